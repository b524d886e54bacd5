package config

import (
	"errors"
	"fmt"
	"strings"
)

// ErrInvalid says that a configuration has faults and cannot be used.
var ErrInvalid = errors.New("the configuration has faults")

// A Problem is one thing that an owner should put right.
type Problem struct {
	Path    string // of the setting, such as people[1].roles; "" is the whole file
	Line    int    // in the file; 0 when the setting is not in it
	Text    string // what is wrong and what would be right; never a secret
	Warning bool   // a warning does not stop the program
}

// Fault returns a problem that stops the program.
func Fault(path, format string, args ...any) Problem {
	return Problem{Path: path, Text: fmt.Sprintf(format, args...)}
}

// Warning returns a problem that does not stop the program.
func Warning(path, format string, args ...any) Problem {
	return Problem{Path: path, Text: fmt.Sprintf(format, args...), Warning: true}
}

// String returns one line, such as "fault: line 7: people[0].id: is taken".
func (p Problem) String() string {
	var b strings.Builder
	b.WriteString("fault: ")
	if p.Warning {
		b.Reset()
		b.WriteString("warning: ")
	}
	if p.Line > 0 {
		fmt.Fprintf(&b, "line %d: ", p.Line)
	}
	if p.Path != "" {
		b.WriteString(p.Path + ": ")
	}
	b.WriteString(p.Text)
	return b.String()
}

// Faulty reports whether any of the problems stops the program.
func Faulty(problems []Problem) bool {
	for _, p := range problems {
		if !p.Warning {
			return true
		}
	}
	return false
}
