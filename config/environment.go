package config

import (
	"maps"
	"slices"
	"strings"
	"time"
)

const envPrefix = "CURBSIDE_"

// An environment is the variables that begin with CURBSIDE_.
type environment struct {
	vars map[string]string
	used map[string]bool
}

func readEnvironment(environ []string) *environment {
	e := &environment{vars: map[string]string{}, used: map[string]bool{}}
	for _, line := range environ {
		name, value, _ := strings.Cut(line, "=")
		if strings.HasPrefix(name, envPrefix) && value != "" {
			e.vars[name] = value
		}
	}
	return e
}

// envName returns the variable that stands for a key: web.listen is CURBSIDE_WEB_LISTEN.
func envName(key string) string {
	return envPrefix + strings.ToUpper(strings.NewReplacer(".", "_", "-", "_").Replace(key))
}

// take returns the value for a key.
func (e *environment) take(key string) (string, bool) {
	name := envName(key)
	value, ok := e.vars[name]
	e.used[name] = ok
	return value, ok
}

// settings returns the single values that the environment sets, by key.
func (e *environment) settings() map[string]string {
	set := map[string]string{}
	for _, key := range scalarKeys(schema(), "") {
		if value, ok := e.take(key); ok {
			set[key] = value
		}
	}
	return set
}

// scalarKeys returns the keys of all single values beneath a section.
func scalarKeys(s section, prefix string) []string {
	var keys []string
	for _, name := range slices.Sorted(maps.Keys(s)) {
		switch value := s[name].(type) {
		case section:
			keys = append(keys, scalarKeys(value, prefix+name+".")...)
		case string, bool, int, time.Duration:
			keys = append(keys, prefix+name)
		}
	}
	return keys
}

// unknown warns of variables that stand for nothing. They do not stop the
// program: orchestrators set variables with the name of a service in them.
func (e *environment) unknown() []Problem {
	var found []Problem
	for _, name := range slices.Sorted(maps.Keys(e.vars)) {
		if e.used[name] {
			continue
		}
		var known []string
		for _, key := range scalarKeys(schema(), "") {
			known = append(known, envName(key))
		}
		hint := "only single values can be set by the environment"
		if near := nearest(name, known); near != "" {
			hint = "did you mean " + near + "?"
		}
		found = append(found, Warning("", "the environment variable %s sets nothing; %s", name, hint))
	}
	return found
}
