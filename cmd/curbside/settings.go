package main

import (
	"crypto/ed25519"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"curbside/config"
	"curbside/dialog"
	"curbside/dialog/deid"
	"curbside/rules"
)

// settings is a configuration with what is built from it alone.
type settings struct {
	config   *config.Config
	book     *rules.Book
	scrubber *deid.Scrubber
}

// newSettings opens the rule packs and the scrubber and checks the
// configuration against them. With a fault among the problems the settings
// cannot be used. The error says that the program's own packs are damaged.
func newSettings(cfg *config.Config) (*settings, []config.Problem, error) {
	book, err := rules.Shipped()
	if err != nil {
		return nil, nil, fmt.Errorf("open the rule packs: %w", err)
	}
	var found []config.Problem
	if cfg.PacksDir != "" {
		own, err := book.Extend(os.DirFS(cfg.PacksDir))
		if err != nil {
			found = append(found, packProblems(err)...)
		} else {
			book = own
		}
		var voided []config.Problem
		book, voided = reviewed(book, cfg)
		found = append(found, voided...)
	}
	scrubber, err := deid.New(deid.Options{Allow: cfg.Scrubber.Allow, Forbid: cfg.Scrubber.Forbid, Handle: dialog.IsHandle})
	if err != nil {
		found = append(found, config.Fault("scrubber", "cannot be used: %v", err))
	}
	found = append(found, lawProblems(cfg, book)...)
	found = append(found, redisProblems(cfg.Redis)...)
	return &settings{config: cfg, book: book, scrubber: scrubber}, found, nil
}

// reviewed returns the book with the reviews that counsel's statements in the
// practice's folder prove today. A statement that proves none is a warning: the
// finding then says that the text was not reviewed.
func reviewed(book *rules.Book, cfg *config.Config) (*rules.Book, []config.Problem) {
	var keys []ed25519.PublicKey
	for _, key := range cfg.CounselKeys {
		raw, _ := base64.StdEncoding.DecodeString(key) // the configuration was checked
		keys = append(keys, raw)
	}
	names, _ := filepath.Glob(filepath.Join(cfg.PacksDir, "*.attestation.json")) // fails on a bad pattern only
	var statements []rules.Attestation
	var found []config.Problem
	for _, name := range names {
		var a rules.Attestation
		data, err := os.ReadFile(name)
		if err == nil {
			err = json.Unmarshal(data, &a)
		}
		if err != nil {
			found = append(found, config.Warning("packs_dir", "%s is no statement of counsel and counts for nothing", filepath.Base(name)))
			continue
		}
		statements = append(statements, a)
	}
	book, faults := book.Reviewed(rules.DateOf(time.Now()), keys, statements...)
	for _, f := range faults {
		found = append(found, config.Warning("packs_dir", "%s: %s; %s", f.File, f.What, f.Remedy))
	}
	return book, found
}

// redisProblems opens the files that Redis is reached and its state is sealed with.
func redisProblems(r config.Redis) []config.Problem {
	var found []config.Problem
	if _, err := sealer(r); err != nil {
		found = append(found, config.Fault("redis.encryption.keyset_file", "cannot be used: %v; make one with curbside keyset new FILE", err))
	}
	if r.Embedded {
		return found
	}
	if _, err := redisOptions(r); err != nil {
		found = append(found, config.Fault("redis", "cannot be used: %v", err))
	}
	return found
}

// packProblems lists what is wrong in a practice's own packs.
func packProblems(err error) []config.Problem {
	load, ok := errors.AsType[*rules.LoadError](err)
	if !ok {
		return []config.Problem{config.Fault("packs_dir", "cannot be used: %v", err)}
	}
	var found []config.Problem
	for _, f := range load.Faults {
		found = append(found, config.Fault("packs_dir", "%s", f))
	}
	return found
}

// lawProblems looks up every jurisdiction and profession.
func lawProblems(cfg *config.Config, book *rules.Book) []config.Problem {
	found := packless(book, "practice.jurisdictions", cfg.Practice.Jurisdictions)
	for i, p := range cfg.People {
		at := fmt.Sprintf("people[%d]", i)
		found = append(found, packless(book, at+".licences", p.Licences)...)
		if p.Profession == "" {
			continue
		}
		if _, ok := book.Profession(rules.ProfessionID(p.Profession)); !ok {
			found = append(found, config.Fault(at+".profession", "%q is not known; write one of %s", p.Profession, professions(book)))
		}
	}
	return found
}

func packless(book *rules.Book, path string, ids []string) []config.Problem {
	var found []config.Problem
	for i, id := range ids {
		if _, ok := book.Pack(rules.JurisdictionID(id)); !ok {
			found = append(found, config.Fault(fmt.Sprintf("%s[%d]", path, i), "there is no rule pack for %s; write one that curbside rules list shows, or add a pack of your own in packs_dir", id))
		}
	}
	return found
}

func professions(book *rules.Book) string {
	ids := map[string]bool{}
	for _, p := range book.Vocabulary().Professions {
		ids[string(p.ID)] = true
	}
	return strings.Join(slices.Sorted(maps.Keys(ids)), ", ")
}
