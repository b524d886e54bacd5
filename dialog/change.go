package dialog

import (
	"strings"

	"curbside/rules"
)

// change lists the answers that can be changed, or asks one of them again.
func (t *turn) change() {
	s := Subject(t.arg(0))
	if s == "" {
		t.private(changeView(t.env, t.c))
		return
	}
	if !t.c.answered(s) {
		t.notice("There is no such answer to change.")
		return
	}
	t.c.Ask = s
	t.moveCase()
}

// keep leaves the answer that was to be changed as it is.
func (t *turn) keep() {
	if t.c.Ask == "" {
		t.notice("Nothing is being changed.")
		return
	}
	t.c.Ask = ""
	t.moveCase()
}

// answered reports whether a subject can be asked again.
func (c Consult) answered(s Subject) bool {
	switch s {
	case SubjectClient:
		return c.Case.Where != ""
	case SubjectAnywhere:
		return true
	case SubjectLicence:
		return c.Case.Licence != ""
	case SubjectProfession:
		return c.Case.Profession != ""
	case SubjectTopics:
		return len(c.Case.Topics) > 0
	case SubjectLearned:
		return c.Found != nil
	default:
		_, had := c.Case.Facts[rules.FactID(strings.TrimPrefix(string(s), "fact."))]
		return had && strings.HasPrefix(string(s), "fact.")
	}
}

// setLearned answers when the clinician learned of it, which starts the clocks.
func (t *turn) setLearned() {
	band := Code(t.arg(0))
	if !LearnedBands.Has(band) {
		t.notice("Choose one of the answers.")
		return
	}
	was := t.c.Case.Learned
	t.c.Case.Learned = band
	t.took(SubjectLearned, was != "" && was != band, was)
}

// explain shows which rules and elements need the question.
func (t *turn) explain() {
	s := studied(t.env, t.c)
	if !s.asking || string(s.question.Fact.ID) != t.arg(0) {
		t.notice("That question is not the one that is open now.")
		return
	}
	t.private(whyView(t.env, t.c, s))
}
