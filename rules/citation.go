package rules

import (
	"errors"
	"regexp"
	"strings"
)

// The forms of a citation, as lawyers write them. The grammar is tolerant of
// style and of remarks at the end; what it insists on is that a reader can find
// the text: the code and a section, or the parties, a reporter and a year.
var (
	namesCase = regexp.MustCompile(`(^| )v\. |^(In re|In the Matter of|Matter of|Ex parte) `)
	caseForm  = regexp.MustCompile(`^[A-Z0-9].*, .*\d.*\((?:[^()]* )?\d{4}\)`)
	codeForm  = regexp.MustCompile(`^(?:\d+[A-Z]?\s+)?[A-Z]\.?\s?[A-Za-z][^§\d]*(?:§+\s*)?\d`)
)

var (
	errNoSection = errors.New("names no code and section")
	errNoYear    = errors.New("is a case without reporter and year")
)

// checkCitation says why a reader could not find what s cites.
func checkCitation(s string) error {
	if namesCase.MatchString(s) {
		if !caseForm.MatchString(s) {
			return errNoYear
		}
		return nil
	}
	if s != strings.TrimSpace(s) || !codeForm.MatchString(s) {
		return errNoSection
	}
	return nil
}
