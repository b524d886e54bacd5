package web

import (
	"slices"
	"strconv"
	"strings"

	"curbside/rules"
)

// words makes an id readable.
func words(id string) string {
	s := strings.ReplaceAll(id, "_", " ")
	if s == "" {
		return ""
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

func effectWords(r *rules.Rule) string {
	said := map[rules.Effect]string{
		rules.Must: "You must", rules.May: "You may", rules.MustNot: "A limit the law sets", rules.Should: "Good practice",
	}[r.Effect]
	switch {
	case neverFirm(r):
		return "Undetermined, even when everything is met · " + said
	case strengthOf(r) == manner:
		return said + ", if you disclose"
	default:
		return said
	}
}

func basisWords(basis []rules.Basis) string {
	named := make([]string, len(basis))
	for i, b := range basis {
		named[i] = words(string(b))
	}
	return strings.Join(named, ", ")
}

func signOffWords(s rules.SignOff) string {
	if s == rules.Required {
		return "A supervisor decides before anything is disclosed."
	}
	return "A supervisor is told at the same moment; nothing waits for it."
}

func confidenceWords(c rules.Confidence) string {
	switch c {
	case rules.High:
		return "High: the text or an official source was read"
	case rules.Medium:
		return "Medium: a secondary source, or part of the text, was read"
	default:
		return "Low: a pointer for counsel, never shown as settled"
	}
}

// timeWords says how long there is.
func timeWords(d rules.Deadline) string {
	var parts []string
	switch d.Immediate {
	case "law":
		parts = append(parts, "At once, by the law's own word")
	case "treat_as":
		parts = append(parts, "Treat as immediate (the law sets no clock)")
	}
	if limit := limitWords(d); limit != "" {
		parts = append(parts, limit)
	}
	return strings.Join(parts, "; at the latest ")
}

// limitWords says the outer limit of a clock, "" for none.
func limitWords(d rules.Deadline) string {
	var limits []string
	if d.Hours > 0 {
		limit := counted(d.Hours, "hour")
		if d.DaysOff != "" {
			limit += ", weekends and holidays left out"
		}
		limits = append(limits, limit)
	}
	if d.WorkingDays > 0 {
		limit := counted(d.WorkingDays, "working day")
		if d.Until != "" {
			limit = "the end of the next " + strings.TrimPrefix(limit, "1 ")
		}
		limits = append(limits, limit)
	}
	said := strings.Join(limits, " or ")
	if d.Whichever != "" {
		said += ", whichever is " + d.Whichever
	}
	return said
}

func counted(n int, unit string) string {
	if n != 1 {
		unit += "s"
	}
	return strconv.Itoa(n) + " " + unit
}

func startWords(from string) string {
	switch from {
	case "oral_report":
		return "from the oral report"
	case "consent":
		return "from the client's consent"
	case "request":
		return "from the day on which you are asked for it"
	default:
		return "from when you know"
	}
}

// sentence ends a text as one, with a single mark.
func sentence(text string) string {
	if text == "" || strings.HasSuffix(text, "?") || strings.HasSuffix(text, "!") {
		return text
	}
	return strings.TrimRight(text, ".") + "."
}

// forceWords says from when until when a rule is in force, "" for always.
func forceWords(in rules.Period) string {
	var parts []string
	if !in.From.IsZero() {
		parts = append(parts, "from "+in.From.String())
	}
	if !in.Until.IsZero() {
		parts = append(parts, "until "+in.Until.String())
	}
	return strings.Join(parts, " ")
}

func formWords(form string) string {
	if slices.Contains([]string{"", "any"}, form) {
		return "in any form"
	}
	return form
}
