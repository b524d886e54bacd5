package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// documents returns what people read, by its place in the tree.
func documents(t *testing.T) map[string]string {
	t.Helper()
	var names []string
	for _, pattern := range []string{"*.md", "docs/*.md", "compose.yaml", "config/example.yaml"} {
		found, err := filepath.Glob(filepath.Join(root, pattern))
		if err != nil {
			t.Fatal(err)
		}
		names = append(names, found...)
	}
	read := map[string]string{}
	for _, name := range names {
		content, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		read[name] = string(content)
	}
	if len(read) < 6 {
		t.Fatalf("found only %d documents", len(read))
	}
	return read
}

var (
	mdLink   = regexp.MustCompile(`\]\(([^)#:]+)(?:#[^)]*)?\)`)
	mdPath   = regexp.MustCompile("`([a-z][a-zA-Z0-9_-]*/[a-zA-Z0-9_./-]*[a-zA-Z0-9])`")
	mdMake   = regexp.MustCompile("(?m)(?:^|`)make ([a-z-]+)")
	mdScript = regexp.MustCompile("(?m)(?:^#? *|`|: |bin/)curbside ((?:[a-z-]+ ?)+)((?:--[a-z]+)?)")
)

func TestLinksLeadSomewhere(t *testing.T) {
	t.Parallel()
	for name, text := range documents(t) {
		for _, link := range mdLink.FindAllStringSubmatch(text, -1) {
			if _, err := os.Stat(filepath.Join(filepath.Dir(name), link[1])); err != nil {
				t.Errorf("%s links to %s, which is not there", filepath.Base(name), link[1])
			}
		}
	}
}

func TestPathsThatAreNamedExist(t *testing.T) {
	t.Parallel()
	for name, text := range documents(t) {
		for _, named := range mdPath.FindAllStringSubmatch(text, -1) {
			if strings.Contains(named[1], "NAME") {
				continue // to be filled in by whoever reads it
			}
			if _, err := os.Stat(filepath.Join(root, named[1])); err != nil {
				t.Errorf("%s names %s, which is not there", filepath.Base(name), named[1])
			}
		}
	}
}

func TestMakeTargetsThatAreNamedExist(t *testing.T) {
	t.Parallel()
	makefile, err := os.ReadFile(filepath.Join(root, "Makefile"))
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range documents(t) {
		for _, named := range mdMake.FindAllStringSubmatch(text, -1) {
			if !strings.Contains(string(makefile), "\n"+named[1]+":") {
				t.Errorf("%s names make %s, which is not there", filepath.Base(name), named[1])
			}
		}
	}
}

func TestCommandsThatAreNamedExist(t *testing.T) {
	t.Parallel()
	named := 0
	for name, text := range documents(t) {
		for _, line := range mdScript.FindAllStringSubmatch(text, -1) {
			words := strings.Fields(line[1])
			cmd, rest, err := newRootCommand().Find(words)
			if err != nil || !cmd.HasParent() || cmd.HasSubCommands() && len(rest) > 0 {
				t.Errorf("%s names curbside %s, which is not there", filepath.Base(name), line[1])
				continue
			}
			named++
			if flag := strings.TrimPrefix(line[2], "--"); flag != "" && cmd.Flags().Lookup(flag) == nil {
				t.Errorf("%s names %s --%s, which is not there", filepath.Base(name), cmd.CommandPath(), flag)
			}
		}
	}
	if named < 6 {
		t.Errorf("found only %d commands", named)
	}
}
