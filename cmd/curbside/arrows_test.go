package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// root is the module's folder as the tests of this package see it.
const root = "../.."

// layers are the folders of the house, from the innermost. A package imports
// its own layer and those before it; config is read by cmd alone.
var layers = []string{"rules", "dialog", "bot", "adapters", "cmd"}

// entries are what the top of the tree holds, besides what git ignores.
var entries = []string{
	".ci", ".dockerignore", ".editorconfig", ".git", ".gitattributes", ".gitignore",
	"CHANGELOG.md", "CONTRIBUTING.md", "Dockerfile", "LICENSE", "Makefile", "NOTICE", "README.md", "compose.yaml", "go.mod", "go.sum",
	"adapters", "bot", "cmd", "config", "dialog", "docs", "rules",
}

// impure are imports that do I/O, keep a log or draw lots: none of them is in
// rules or dialog. A prefix ends in a slash.
var impure = []string{
	"crypto/rand", "database/", "github.com/alicebob/", "github.com/bwmarrin/", "github.com/prometheus/",
	"github.com/redis/", "github.com/slack-go/", "github.com/spf13/", "log", "log/", "math/rand", "math/rand/",
	"net", "net/", "os", "os/", "path/filepath", "plugin", "syscall",
}

// clocks are what of package time reads a clock or waits for one.
var clocks = []string{"After", "AfterFunc", "NewTicker", "NewTimer", "Now", "Since", "Sleep", "Tick", "Until"}

// A source is one Go file of the module.
type source struct {
	name  string // its path in the module
	file  *ast.File
	lines *token.FileSet
}

func (s source) test() bool { return strings.HasSuffix(s.name, "_test.go") }

func (s source) pkg() string { return path.Dir(s.name) }

// coreOf returns the packages of rules and dialog that are part of the program.
// Their tests, and the programs that make or measure their data, are not.
func coreOf(all []source) []string {
	reached, queue := map[string]bool{}, []string{"cmd/curbside"}
	for len(queue) > 0 {
		pkg := queue[0]
		queue = queue[1:]
		if reached[pkg] {
			continue
		}
		reached[pkg] = true
		for _, s := range all {
			if s.pkg() == pkg && !s.test() {
				queue = append(queue, ours(s)...)
			}
		}
	}
	return slices.DeleteFunc(slices.Sorted(maps.Keys(reached)), func(pkg string) bool {
		return topOf(pkg) != "rules" && topOf(pkg) != "dialog"
	})
}

func topOf(name string) string {
	top, _, _ := strings.Cut(name, "/")
	return top
}

func sources(t *testing.T) []source {
	t.Helper()
	var all []source
	err := filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && name != root && strings.HasPrefix(entry.Name(), "."):
			return filepath.SkipDir
		case entry.IsDir() || !strings.HasSuffix(name, ".go"):
			return nil
		}
		lines := token.NewFileSet()
		file, err := parser.ParseFile(lines, name, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		inModule, err := filepath.Rel(root, name)
		all = append(all, source{name: filepath.ToSlash(inModule), file: file, lines: lines})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(all) < 50 {
		t.Fatalf("found only %d files", len(all))
	}
	return all
}

func imports(s source) []string {
	var paths []string
	for _, i := range s.file.Imports {
		p, _ := strconv.Unquote(i.Path.Value) // the parser has read it
		paths = append(paths, p)
	}
	return paths
}

// ours returns what a file imports of this module.
func ours(s source) []string {
	var pkgs []string
	for _, i := range imports(s) {
		if pkg, ok := strings.CutPrefix(i, "curbside/"); ok {
			pkgs = append(pkgs, pkg)
		}
	}
	return pkgs
}

func TestArrowsRunOneWay(t *testing.T) {
	t.Parallel()
	for _, s := range sources(t) {
		for _, imported := range ours(s) {
			if why := turned(s.pkg(), imported); why != "" {
				t.Errorf("%s imports %s: %s", s.name, imported, why)
			}
		}
	}
}

// turned says why package from must not import package to, or "".
func turned(from, to string) string {
	outer, inner := topOf(from), topOf(to)
	switch {
	case outer == inner && outer == "adapters" && adapter(from) != adapter(to) && adapter(to) != "adaptertest":
		return "no adapter knows another"
	case outer == inner:
		return ""
	case inner == "config" && outer == "cmd":
		return ""
	case inner == "config":
		return "config is read by cmd alone"
	case slices.Index(layers, inner) > slices.Index(layers, outer) || outer == "config":
		return "arrows run cmd → adapters → bot → dialog → rules, and config knows nobody"
	}
	return ""
}

func adapter(pkg string) string {
	_, below, _ := strings.Cut(pkg, "/")
	return topOf(below)
}

func TestAnArrowThatTurnsIsFound(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		from, to string
		turned   bool
	}{
		"the core below":                     {"dialog", "rules", false},
		"a package of the same layer":        {"bot/store", "bot", false},
		"over a layer":                       {"adapters/web", "rules", false},
		"the core above":                     {"rules", "dialog", true},
		"the runtime to an adapter":          {"bot", "adapters/web", true},
		"an adapter to another":              {"adapters/slack", "adapters/discord", true},
		"an adapter to its part":             {"adapters/web", "adapters/web/live", false},
		"an adapter to the tests of all":     {"adapters/web", "adapters/adaptertest", false},
		"the program to the configuration":   {"cmd/curbside", "config", false},
		"the runtime to the configuration":   {"bot", "config", true},
		"the configuration to the core":      {"config", "rules", true},
		"an adapter to the program":          {"adapters/web", "cmd/curbside", true},
		"the core to a folder nobody named":  {"rules", "extras", false}, // TestTheTopHoldsNothingElse finds that folder
		"the scrubber to what it belongs to": {"dialog/deid", "dialog", false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if why := turned(tc.from, tc.to); (why != "") != tc.turned {
				t.Errorf("%s → %s: %q, want turned: %t", tc.from, tc.to, why, tc.turned)
			}
		})
	}
}

func TestTheCoreIsPure(t *testing.T) {
	t.Parallel()
	all := sources(t)
	pure := coreOf(all)
	for _, pkg := range []string{"rules", "dialog", "dialog/deid", "dialog/record"} {
		if !slices.Contains(pure, pkg) {
			t.Errorf("%s is not found among the core %v", pkg, pure)
		}
	}
	for _, s := range all {
		if s.test() || !slices.Contains(pure, s.pkg()) {
			continue
		}
		for _, i := range imports(s) {
			if slices.ContainsFunc(impure, func(p string) bool { return i == p || strings.HasSuffix(p, "/") && strings.HasPrefix(i, p) }) {
				t.Errorf("%s imports %s: rules and dialog do no I/O", s.name, i)
			}
		}
		for _, what := range impurities(s.file) {
			t.Errorf("%s: %s: rules and dialog read no clock and start no goroutine", s.lines.Position(what.Pos()), describe(what))
		}
	}
}

// impurities returns what in a file reads a clock or starts a goroutine.
func impurities(file *ast.File) []ast.Node {
	var found []ast.Node
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.GoStmt:
			found = append(found, n)
		case *ast.SelectorExpr:
			if pkg, ok := n.X.(*ast.Ident); ok && pkg.Name == "time" && slices.Contains(clocks, n.Sel.Name) {
				found = append(found, n)
			}
		}
		return true
	})
	return found
}

func describe(n ast.Node) string {
	if s, ok := n.(*ast.SelectorExpr); ok {
		return "time." + s.Sel.Name
	}
	return "go statement"
}

func TestImpurityIsFound(t *testing.T) {
	t.Parallel()
	for code, want := range map[string]int{
		"func f() { go f() }":                            1,
		"func f() time.Time { return time.Now() }":       1,
		"var f = time.Since":                             1,
		"func f(t time.Time) bool { return t.IsZero() }": 0,
	} {
		file, err := parser.ParseFile(token.NewFileSet(), "x.go", "package x\nimport \"time\"\n"+code, 0)
		if err != nil {
			t.Fatal(err)
		}
		if got := len(impurities(file)); got != want {
			t.Errorf("%s: found %d, want %d", code, got, want)
		}
	}
}

func TestNothingRunsBeforeMain(t *testing.T) {
	t.Parallel()
	for _, s := range sources(t) {
		for _, d := range s.file.Decls {
			if f, ok := d.(*ast.FuncDecl); ok && f.Recv == nil && f.Name.Name == "init" {
				t.Errorf("%s has a func init", s.name)
			}
		}
	}
}

func TestTheTopHoldsNothingElse(t *testing.T) {
	t.Parallel()
	ignore, err := os.ReadFile(filepath.Join(root, ".gitignore"))
	if err != nil {
		t.Fatal(err)
	}
	found, err := os.ReadDir(root)
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range found {
		ignored := slices.ContainsFunc(strings.Fields(string(ignore)), func(pattern string) bool {
			ok, err := path.Match(strings.Trim(pattern, "/"), entry.Name())
			return err == nil && ok
		})
		if !ignored && !slices.Contains(entries, entry.Name()) {
			t.Errorf("%s does not belong at the top of the tree", entry.Name())
		}
	}
}
