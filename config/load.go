package config

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sort"

	"github.com/go-viper/mapstructure/v2"
	"github.com/spf13/viper"
)

// Options say what a configuration is made of besides its YAML.
type Options struct {
	Dir string   // where relative paths start; "" is the working directory
	Env []string // NAME=value, as [os.Environ] returns it
}

// Load reads the configuration in the file at path, with this process's
// environment. Relative paths in it start at the file's folder. See [Parse].
func Load(path string) (*Config, []Problem, error) {
	src, err := os.ReadFile(path)
	if err != nil {
		return nil, nil, fmt.Errorf("read the configuration: %w", err)
	}
	return Parse(src, Options{Dir: filepath.Dir(path), Env: os.Environ()})
}

// Parse reads a configuration and checks all of it. It returns every problem
// at once, in the order of the file. When one of them is a fault there is no
// configuration and the error is [ErrInvalid].
func Parse(src []byte, o Options) (*Config, []Problem, error) {
	doc, unusable := readDocument(src)
	if len(unusable) > 0 {
		return nil, unusable, ErrInvalid
	}
	env := readEnvironment(o.Env)
	cfg, wrong := decode(doc, env)
	c := &checker{cfg: cfg, dir: o.Dir, env: env, found: append(doc.unknown, wrong...)}
	c.check()
	c.found = append(c.found, env.unknown()...)
	found := arrange(doc, c.found)
	if Faulty(found) {
		return nil, found, ErrInvalid
	}
	return cfg, found, nil
}

// decode lays the file over the defaults and the environment over the file.
func decode(doc *document, env *environment) (*Config, []Problem) {
	v := viper.New()
	for key, value := range withoutLists(schema()) {
		v.SetDefault(key, value)
	}
	cfg := Config{file: doc}
	if err := v.MergeConfigMap(doc.settings()); err != nil {
		return &cfg, []Problem{Fault("", "cannot be read: %v", err)}
	}
	for key, value := range env.settings() {
		v.Set(key, value)
	}
	err := v.Unmarshal(&cfg, func(d *mapstructure.DecoderConfig) {
		d.WeaklyTypedInput = false
		d.DecodeHook = mapstructure.ComposeDecodeHookFunc(personDefaults, dates, durations, scalars)
	})
	return &cfg, wrongShapes(err)
}

// wrongShapes turns the decoder's errors, which may quote values, into what an
// owner would have to write instead.
func wrongShapes(err error) []Problem {
	if err == nil {
		return nil
	}
	if one, ok := errors.AsType[*mapstructure.DecodeError](err); ok && !joined(err) {
		return []Problem{Fault(one.Name(), "%s", shapeAt(one.Name()))}
	}
	var found []Problem
	if many, ok := err.(interface{ Unwrap() []error }); ok {
		for _, e := range many.Unwrap() {
			found = append(found, wrongShapes(e)...)
		}
		return found
	}
	return wrongShapes(errors.Unwrap(err))
}

func joined(err error) bool {
	_, ok := err.(interface{ Unwrap() []error })
	return ok
}

// arrange puts problems in the order of the file and leaves out those that
// only follow from another: beneath or at the path of an earlier fault.
func arrange(doc *document, found []Problem) []Problem {
	var kept []Problem
	for _, p := range found {
		if !follows(p, kept) {
			p.Line = doc.line(p.Path)
			kept = append(kept, p)
		}
	}
	sort.SliceStable(kept, func(i, j int) bool { return kept[i].Line < kept[j].Line })
	return kept
}

func follows(p Problem, earlier []Problem) bool {
	for _, e := range earlier {
		if !e.Warning && e.Path != "" && within(p.Path, e.Path) {
			return true
		}
	}
	return false
}

// within reports whether path is parent or lies beneath it.
func within(path, parent string) bool {
	if len(path) < len(parent) || path[:len(parent)] != parent {
		return false
	}
	rest := path[len(parent):]
	return rest == "" || rest[0] == '.' || rest[0] == '['
}
