package rules

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// A Severity tells how much a fault matters.
type Severity string

// The severities. A pack with an error is never used; a warning is something
// that whoever writes the pack should look at.
const (
	Error   Severity = "error"
	Warning Severity = "warning"
)

// A Fault is one thing that is wrong in a file of packs.
type Fault struct {
	File     string // as the folder that was loaded names it: "us-ca.yaml"
	Line     int    // counted from 1; 0 when the fault is in no line
	Severity Severity
	What     string // what is wrong
	Remedy   string // what would be right
}

// String returns "file:line: what is wrong; what would be right".
func (f Fault) String() string {
	place := f.File
	if f.Line > 0 {
		place = fmt.Sprintf("%s:%d", f.File, f.Line)
	}
	if f.Remedy == "" {
		return place + ": " + f.What
	}
	return place + ": " + f.What + "; " + f.Remedy
}

// A LoadError holds everything that is wrong in the files of a folder, in the
// order of files and lines.
type LoadError struct {
	Faults []Fault
}

// Error lists the faults, one a line.
func (e *LoadError) Error() string {
	lines := make([]string, len(e.Faults))
	for i, f := range e.Faults {
		lines[i] = f.String()
	}
	return strings.Join(lines, "\n")
}

func sortFaults(faults []Fault) {
	slices.SortStableFunc(faults, func(a, b Fault) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line))
	})
}
