package main

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"

	"curbside/dialog"
)

//go:embed plays/*.yaml
var playFiles embed.FS

// A script is a canned consult as data: who does what, when, and what they then see.
type script struct {
	Title string    `yaml:"title"`
	About string    `yaml:"about"`
	Start time.Time `yaml:"start"`
	Steps []step    `yaml:"steps"`
}

// A step is one thing that happens. Exactly one of Say, Command, Press, Choose
// and Wait is set.
type step struct {
	Say     string          `yaml:"say"`     // the narrator
	As      dialog.PersonID `yaml:"as"`      // who acts
	Command string          `yaml:"command"` // the word after /consult, "new" for none
	Press   string          `yaml:"press"`   // the label of a button
	On      string          `yaml:"on"`      // with Press: the line of a list that the button stands on
	Choose  []string        `yaml:"choose"`  // labels of answers to one question
	In      surface         `yaml:"in"`      // where to look; "" tries all, what only the presser sees first
	Wait    time.Duration   `yaml:"wait"`    // how far the clock is moved
	Expect  []string        `yaml:"expect"`  // what the one who acts (or, after a wait, anybody) then sees
}

// A surface is one place where a person sees something.
type surface string

// The surfaces.
const (
	onPrivate surface = "private" // a private reply to a press
	onCard    surface = "card"    // the living card in the thread
	onMessage surface = "message" // a direct message
)

// scriptNames lists the plays that are built in.
func scriptNames() []string {
	entries, err := playFiles.ReadDir("plays")
	if err != nil {
		return nil // the folder is embedded, so it can be read
	}
	names := make([]string, len(entries))
	for i, e := range entries {
		names[i] = strings.TrimSuffix(e.Name(), path.Ext(e.Name()))
	}
	return names
}

// loadScript reads a play that is built in.
func loadScript(name string) (script, error) {
	if !slices.Contains(scriptNames(), name) {
		return script{}, fmt.Errorf("there is no play %q; there are %s", name, strings.Join(scriptNames(), ", "))
	}
	data, err := playFiles.ReadFile("plays/" + name + ".yaml")
	if err != nil {
		return script{}, fmt.Errorf("read play %s: %w", name, err)
	}
	s, err := parseScript(data)
	if err != nil {
		return script{}, fmt.Errorf("read play %s: %w", name, err)
	}
	return s, nil
}

// parseScript reads a script strictly: a misspelt key is a fault.
func parseScript(data []byte) (script, error) {
	var s script
	d := yaml.NewDecoder(bytes.NewReader(data))
	d.KnownFields(true)
	if err := d.Decode(&s); err != nil {
		return script{}, fmt.Errorf("decode: %w", err)
	}
	if s.Title == "" || s.Start.IsZero() || len(s.Steps) == 0 {
		return script{}, errors.New("a script needs a title, a start and steps")
	}
	for i, st := range s.Steps {
		if err := st.check(); err != nil {
			return script{}, fmt.Errorf("step %d: %w", i+1, err)
		}
	}
	return s, nil
}

func (s step) check() error {
	kinds := 0
	for _, set := range []bool{s.Say != "", s.Command != "", s.Press != "", len(s.Choose) > 0, s.Wait != 0} {
		if set {
			kinds++
		}
	}
	switch {
	case kinds != 1:
		return errors.New("needs exactly one of say, command, press, choose and wait")
	case s.acts() && s.As == "":
		return errors.New("needs as: who does it")
	case s.Wait < 0:
		return errors.New("wait goes back in time")
	case s.In != "" && !slices.Contains([]surface{onPrivate, onCard, onMessage}, s.In):
		return fmt.Errorf("in is %q, not private, card or message", s.In)
	default:
		return nil
	}
}

// acts reports whether a person does something in the step.
func (s step) acts() bool { return s.Command != "" || s.Press != "" || len(s.Choose) > 0 }
