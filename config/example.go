package config

import (
	_ "embed"
	"slices"
)

//go:embed example.yaml
var example []byte

//go:embed demo.yaml
var demo []byte

// Example returns the commented configuration that a practice starts from.
func Example() []byte { return slices.Clone(example) }

// Demo returns the configuration of the demo's practice, which exists nowhere.
// It takes nothing from the environment.
func Demo() (*Config, []Problem, error) { return Parse(demo, Options{}) }
