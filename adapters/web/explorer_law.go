package web

import (
	"net/http"
	"slices"
	"strings"

	"curbside/rules"
)

// jurisdictionData is the law of one jurisdiction.
type jurisdictionData struct {
	explorerData
	Name    string
	Packs   []packData
	Topics  []topicData
	Federal string // leads to federal law; "" on its own page
	Against string // leads to the comparison with another
}

type packData struct {
	*rules.Pack
	Own bool // added by the practice
}

// topicData is what a jurisdiction's packs say on one topic. What is said on
// several topics stands in full under the first of them and is pointed to by the
// others.
type topicData struct {
	rules.Topic
	Strength   strengthData
	Rules      []ruleData
	Statements []statementData
	Also       []alsoData
}

// alsoData points to what stands elsewhere on the page.
type alsoData struct{ ID, Title string }

// statementData is one statement with its ids in words.
type statementData struct {
	*rules.Statement
	Binds, Confidence string
	Where             string // the condition on which it is said, "" for always
}

// jurisdiction serves the law of one jurisdiction.
func (e reading) jurisdiction(w http.ResponseWriter, r *http.Request) {
	id := rules.JurisdictionID(r.PathValue("jurisdiction"))
	name, known := jurisdictionName(id)
	if !known {
		e.noPlace(w)
		return
	}
	data := jurisdictionData{
		explorerData: e.head(name+": the law as the pack has it", "/rules/"+string(id)), Name: name,
		Against: e.link("/rules/compare", "a", string(id), "b", string(e.other(id))),
	}
	if id != rules.Federal {
		data.Federal = e.link("/rules/" + string(rules.Federal))
	}
	for i, p := range e.book.Packs(id) {
		data.Packs = append(data.Packs, packData{Pack: p, Own: i > 0})
	}
	shown := map[string]bool{}
	for _, t := range e.topics() {
		if speaks(e.book.Packs(id), t.ID) {
			entry := e.onTopic(id, t)
			entry.pointTo(shown)
			data.Topics = append(data.Topics, entry)
		}
	}
	e.show(w, http.StatusOK, "rules-law", data)
}

func (e reading) noPlace(w http.ResponseWriter) {
	e.refuse(w, http.StatusNotFound, "There is no such jurisdiction", "The map shows the states, the District of Columbia and federal law.")
}

// other returns another jurisdiction that has a pack.
func (e *explorer) other(id rules.JurisdictionID) rules.JurisdictionID {
	for _, j := range e.book.Jurisdictions() {
		if j != id && j != rules.Federal {
			return j
		}
	}
	return rules.Federal
}

// pointTo leaves in full what was not shown before and points to the rest, and
// notes the former as shown.
func (t *topicData) pointTo(shown map[string]bool) {
	known := func(id, title string) bool {
		if shown[id] {
			t.Also = append(t.Also, alsoData{id, title})
			return true
		}
		shown[id] = true
		return false
	}
	t.Rules = slices.DeleteFunc(t.Rules, func(r ruleData) bool { return known(string(r.ID), r.Title) })
	t.Statements = slices.DeleteFunc(t.Statements, func(s statementData) bool { return known(s.ID, beginning(s.Text)) })
}

// beginning is a text's first words.
func beginning(text string) string {
	const most = 90 // letters
	letters := []rune(text)
	if len(letters) <= most {
		return text
	}
	first := string(letters[:most])
	return first[:max(strings.LastIndexByte(first, ' '), 1)] + " …"
}

// onTopic gathers what a jurisdiction's packs say on a topic, the strongest first
// and what is not in force last among the rules.
func (e reading) onTopic(id rules.JurisdictionID, t rules.Topic) topicData {
	data := topicData{Topic: t, Strength: strengthDataOf(strongest(e.book.Packs(id), t.ID, e.day))}
	for i, p := range e.book.Packs(id) {
		for n := range p.Rules {
			if r := &p.Rules[n]; slices.Contains(r.Topics, t.ID) {
				data.Rules = append(data.Rules, e.rule(id, r, i > 0))
			}
		}
		for n := range p.Statements {
			if s := &p.Statements[n]; slices.Contains(s.Topics, t.ID) {
				data.Statements = append(data.Statements, statementData{
					s, e.professions(s.Professions), confidenceWords(s.Confidence), e.book.SaidWhen(s),
				})
			}
		}
	}
	slices.SortStableFunc(data.Rules, func(a, b ruleData) int { return a.Strength.rank() - b.Strength.rank() })
	return data
}
