package dialog

import (
	"maps"
	"slices"
	"strings"

	"curbside/dialog/record"
	"curbside/rules"
)

// known lists the answers as they were given, and what was not known.
func (b documentation) known() []record.Block {
	var rows []record.Row
	for _, id := range b.facts() {
		label, value := b.answer(id, b.c.Case.Facts[id])
		rows = append(rows, record.Row{Label: label, Value: value})
	}
	var blocks []record.Block
	if len(rows) > 0 {
		blocks = append(blocks, record.Table{Rows: rows})
	}
	if s := b.study; s.asking {
		blocks = append(blocks, record.Paragraph{Tone: record.Alert, Text: "Questions that the law needs were left unanswered, first: " + s.question.Fact.Question})
	}
	if changes := b.changes(); len(changes) > 0 {
		blocks = append(blocks,
			record.Paragraph{Tone: record.Subtitle, Text: "Answers that were changed"},
			record.List{Items: changes})
	}
	return blocks
}

// facts are the facts answered, in the order in which they were.
func (b documentation) facts() []rules.FactID {
	var ids []rules.FactID
	for _, g := range b.c.Case.Order {
		if _, answered := b.c.Case.Facts[g.Fact]; answered && !slices.Contains(ids, g.Fact) {
			ids = append(ids, g.Fact)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(b.c.Case.Facts)) {
		if !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids
}

// answer puts one answer in words.
func (b documentation) answer(id rules.FactID, a rules.Answer) (label, value string) {
	f, ok := b.env.Book.Fact(id)
	if !ok {
		return string(id), joined(a.Values)
	}
	if a.Unknown {
		return f.Short, "Not known"
	}
	return f.Short, answerWords(f, a)
}

// joined shows codes that the book of today has no words for.
func joined[T ~string](codes []T) string {
	words := make([]string, len(codes))
	for i, c := range codes {
		words[i] = string(c)
	}
	return strings.Join(words, ", ")
}

// changes lists the answers that were taken back, with what they had been.
func (b documentation) changes() []string {
	said := make([]string, len(b.c.Changes))
	for i, ch := range b.c.Changes {
		label, was := b.changed(ch)
		said[i] = b.when(ch.At) + ": " + label + ", until then: " + was
	}
	return said
}

func (b documentation) changed(ch Change) (label, was string) {
	if id, ok := strings.CutPrefix(string(ch.Subject), "fact."); ok {
		var a rules.Answer
		for _, code := range ch.Was {
			if code == CodeUnknown {
				a.Unknown = true
			} else {
				a.Values = append(a.Values, rules.Value(code))
			}
		}
		return b.answer(rules.FactID(id), a)
	}
	words := make([]string, len(ch.Was))
	for i, code := range ch.Was {
		words[i] = b.codeWords(ch.Subject, code)
	}
	return subjectWords[ch.Subject], strings.Join(words, "; ")
}

// codeWords puts an answer that is no fact's in words.
func (b documentation) codeWords(s Subject, code Code) string {
	switch s {
	case SubjectProfession:
		return b.profession(rules.ProfessionID(code))
	case SubjectTopics:
		return b.topic(rules.TopicID(code))
	case SubjectLearned:
		return LearnedBands.Label(code)
	case SubjectLicence:
		return b.jurisdiction(rules.JurisdictionID(code))
	default:
		return b.place(code)
	}
}

var subjectWords = map[Subject]string{
	SubjectClient:     "Where the client is",
	SubjectLicence:    "Where the clinician is licensed",
	SubjectProfession: "The clinician’s licence",
	SubjectTopics:     "Concerns",
	SubjectLearned:    "When the clinician learned of it",
}

// limits says what the record can and cannot know.
func (b documentation) limits() []record.Block {
	items := []string{
		"The answers are the clinician’s own, chosen from closed lists: ages are bands, places are states, times are relative. Nothing was checked against the chart.",
		"The consult was held without client identifiers. What colleagues said to each other in the thread is not part of this record.",
	}
	if unknown := b.unknown(); len(unknown) > 0 {
		items = append(items, "Not known when the finding was made: "+strings.Join(unknown, "; ")+".")
	}
	if !b.study.complete() {
		items = append(items, "The finding is not complete: not every question that the law needs was answered.")
	}
	return []record.Block{record.List{Items: items}}
}

// unknown lists the facts the clinician did not know.
func (b documentation) unknown() []string {
	var labels []string
	for _, id := range b.facts() {
		if a := b.c.Case.Facts[id]; a.Unknown {
			label, _ := b.answer(id, a)
			labels = append(labels, label)
		}
	}
	return labels
}
