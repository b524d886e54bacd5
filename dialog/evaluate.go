package dialog

import (
	"slices"

	"curbside/rules"
)

// setClient answers where the client is. A clinician who is licensed there, or
// nowhere else, need not say under which licence they practise.
func (t *turn) setClient() {
	k := &t.c.Case
	was := k.place()
	switch to := t.arg(0); to {
	case string(WhereUnknown), string(WhereElsewhere):
		k.Where, k.Client = Whereabouts(to), ""
	default:
		j := rules.JurisdictionID(to)
		if !slices.Contains(places(t.env), j) {
			t.notice("That place is not in the list. Choose another, or \"Somewhere else\".")
			return
		}
		k.Where, k.Client = WhereKnown, j
	}
	t.took(SubjectClient, was != "" && was != k.place(), was)
	if likely := likelyLicence(t.env.Practice.People[t.c.Clinician].Licences, k.Client); likely != "" {
		k.Licence = likely
	}
	t.audit(ActClient, "client", string(k.place()), "licence", string(k.Licence))
}

// places are the jurisdictions on offer: the practice's own first, then every
// other that has a pack.
func places(env Env) []rules.JurisdictionID {
	all := slices.Clone(env.Practice.Jurisdictions)
	for _, j := range env.Book.Jurisdictions() {
		if j != rules.Federal && !slices.Contains(all, j) {
			all = append(all, j)
		}
	}
	return all
}

// likelyLicence returns the licence that needs no question, or "".
func likelyLicence(held []rules.JurisdictionID, client rules.JurisdictionID) rules.JurisdictionID {
	switch {
	case client != "" && slices.Contains(held, client):
		return client
	case len(held) == 1:
		return held[0]
	default:
		return ""
	}
}

// place is where the client is, as a code.
func (k Case) place() Code {
	if k.Where == WhereKnown {
		return Code(k.Client)
	}
	return Code(k.Where)
}

func (t *turn) setLicence() {
	j := rules.JurisdictionID(t.arg(0))
	if j != NoLicence && !slices.Contains(places(t.env), j) {
		t.notice("That place is not in the list. Choose another.")
		return
	}
	was := Code(t.c.Case.Licence)
	t.c.Case.Licence = j
	t.took(SubjectLicence, was != "" && was != Code(j), was)
	t.audit(ActLicence, "licence", string(j))
}

func (t *turn) setProfession() {
	p := rules.ProfessionID(t.arg(0))
	if _, ok := t.env.Book.Profession(p); !ok {
		t.notice("That licence is not in the list. Choose another.")
		return
	}
	was := Code(t.c.Case.Profession)
	t.c.Case.Profession = p
	t.took(SubjectProfession, was != "" && was != Code(p), was)
	t.audit(ActProfession, "profession", string(p))
}

// setTopics answers which concerns there are, kept in order of urgency.
func (t *turn) setTopics() {
	var picked []rules.TopicID
	for _, topic := range t.env.Book.Vocabulary().Topics {
		if slices.Contains(t.in.Args, string(topic.ID)) {
			picked = append(picked, topic.ID)
		}
	}
	if len(picked) == 0 {
		t.notice("Pick at least one concern.")
		return
	}
	var was []Code
	for _, topic := range t.c.Case.Topics {
		was = append(was, Code(topic))
	}
	changed := len(was) > 0 && !slices.Equal(t.c.Case.Topics, picked)
	t.c.Case.Topics = picked
	t.took(SubjectTopics, changed, was...)
}

// answerFact takes the answer to the question of now.
func (t *turn) answerFact() {
	id := rules.FactID(t.arg(0))
	fact, ok := t.env.Book.Fact(id)
	if !ok || subject(t.c, studied(t.env, t.c)) != SubjectOf(id) {
		t.notice("That question is not asked any more. This is how the consult stands.")
		return
	}
	answer, fitting := readAnswer(t.in, fact)
	if !fitting {
		t.notice("Choose one of the answers, or \"I don't know\".")
		return
	}
	k := &t.c.Case
	old, had := k.Facts[id]
	if had && same(old, answer) {
		t.keep()
		return
	}
	if k.Facts == nil {
		k.Facts = rules.Facts{}
	}
	k.Facts[id] = answer
	if !slices.ContainsFunc(k.Order, func(g Given) bool { return g.Fact == id }) {
		k.Order = append(k.Order, Given{Fact: id, After: int(t.now().Sub(t.c.Opened).Seconds())})
	}
	t.took(SubjectOf(id), had, codesOf(old)...)
}

// readAnswer reads which answer was pressed; false when the fact cannot have it.
func readAnswer(in Input, fact *rules.Fact) (rules.Answer, bool) {
	switch in.Action {
	case ActDunno:
		return rules.Answer{Unknown: true}, true
	case ActNone:
		return rules.Answer{}, fact.Kind == rules.Choices
	default:
		var a rules.Answer
		for _, v := range in.Args[min(1, len(in.Args)):] {
			a.Values = append(a.Values, rules.Value(v))
		}
		slices.Sort(a.Values)
		a.Values = slices.Compact(a.Values)
		return a, fits(fact, a)
	}
}

// took notes that a subject is answered now. When it had an answer before, that
// is a change, and everybody is to see what it changes in the finding.
func (t *turn) took(s Subject, had bool, was ...Code) {
	t.c.Ask = ""
	t.moveCase()
	if !had {
		return
	}
	t.changedAnswer = true
	t.c.Changes = append(t.c.Changes, Change{Subject: s, Was: was, At: t.now()})
	t.audit(ActChange, "subject", string(s))
}

func same(a, b rules.Answer) bool { return a.Unknown == b.Unknown && slices.Equal(a.Values, b.Values) }

// codesOf writes an answer as codes.
func codesOf(a rules.Answer) []Code {
	if a.Unknown {
		return []Code{CodeUnknown}
	}
	var codes []Code
	for _, v := range a.Values {
		codes = append(codes, Code(v))
	}
	return codes
}

// answered says that the clinician has given the same answer before, or "".
func answered(t *turn) string {
	k := t.c.Case
	if t.in.Version >= t.c.Moved.Case {
		return ""
	}
	did := false
	when := ""
	switch t.in.Action {
	case ActClient:
		did = string(k.place()) == t.arg(0)
	case ActLicence:
		did = string(k.Licence) == t.arg(0)
	case ActProfession:
		did = string(k.Profession) == t.arg(0)
	case ActTopics:
		did = len(k.Topics) == len(t.in.Args) && !slices.ContainsFunc(k.Topics, func(id rules.TopicID) bool {
			return !slices.Contains(t.in.Args, string(id))
		})
	default:
		did, when = t.answeredFact(rules.FactID(t.arg(0)))
	}
	if !did {
		return ""
	}
	return t.person(t.c.Clinician) + " has answered that already" + when + ". This is how the consult stands."
}

func (t *turn) answeredFact(id rules.FactID) (did bool, when string) {
	fact, ok := t.env.Book.Fact(id)
	have, had := t.c.Case.Facts[id]
	if !ok || !had {
		return false, ""
	}
	answer, _ := readAnswer(t.in, fact)
	for _, g := range t.c.Case.Order {
		if g.Fact == id {
			when = ", " + ago(t.env.Now, t.c.given(g))
		}
	}
	return same(have, answer), when
}
