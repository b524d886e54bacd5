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

// Demo returns the configuration of the demo's practice, which exists nowhere,
// on an address to listen on; "" is the default one. It takes nothing else from
// outside.
func Demo(listen string) (*Config, []Problem, error) {
	return Parse(demo, Options{Env: []string{envName("web.listen") + "=" + listen}})
}
