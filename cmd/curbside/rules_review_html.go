package main

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"
)

//go:embed rules_review.html
var reviewPage string

// html is the sheet as one page that loads nothing from elsewhere. It can be
// filled in before it is printed.
func (s *reviewSheet) html() ([]byte, error) {
	page, err := template.New("review").Parse(reviewPage)
	if err != nil {
		return nil, fmt.Errorf("set the review sheet: %w", err)
	}
	var out bytes.Buffer
	if err := page.Execute(&out, s); err != nil {
		return nil, fmt.Errorf("set the review sheet: %w", err)
	}
	return out.Bytes(), nil
}
