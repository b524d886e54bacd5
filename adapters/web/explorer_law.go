package web

import (
	"net/http"
	"slices"

	"curbside/rules"
)

// jurisdictionData is the law of one jurisdiction.
type jurisdictionData struct {
	explorerData
	ID      rules.JurisdictionID
	Name    string
	Packs   []packData
	Topics  []topicData
	Against rules.JurisdictionID // what the comparison opens with beside it
}

type packData struct {
	*rules.Pack
	Own bool // added by the practice
}

// topicData is what a jurisdiction's packs say on one topic. A rule of several
// topics stands in full under the first of them and is pointed to by the others.
type topicData struct {
	rules.Topic
	Strength   strengthData
	Rules      []ruleData
	Also       []ruleData
	Statements []statementData
}

// statementData is one statement with its licences and its condition in words.
type statementData struct {
	rules.Statement
	Binds string
	Where string
}

// jurisdiction serves the law of one jurisdiction.
func (e *explorer) jurisdiction(w http.ResponseWriter, r *http.Request) {
	id := rules.JurisdictionID(r.PathValue("jurisdiction"))
	name, known := jurisdictionName(id)
	if !known {
		http.Error(w, "There is no such jurisdiction.", http.StatusNotFound)
		return
	}
	data := jurisdictionData{explorerData: e.head(name + ": the law as the pack has it"), ID: id, Name: name, Against: e.other(id)}
	for i, p := range e.book.Packs(id) {
		data.Packs = append(data.Packs, packData{Pack: p, Own: i > 0})
	}
	shown := map[rules.RuleID]bool{}
	for _, t := range e.topics() {
		entry := e.onTopic(id, t)
		entry.Rules, entry.Also = apart(entry.Rules, shown)
		if len(entry.Rules)+len(entry.Also)+len(entry.Statements) > 0 {
			data.Topics = append(data.Topics, entry)
		}
	}
	e.show(w, "rules-law", data)
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

// apart separates the rules not shown before from those that were, and notes
// the former as shown.
func apart(all []ruleData, shown map[rules.RuleID]bool) (fresh, known []ruleData) {
	for _, r := range all {
		if shown[r.ID] {
			known = append(known, r)
			continue
		}
		shown[r.ID] = true
		fresh = append(fresh, r)
	}
	return fresh, known
}

// onTopic gathers what a jurisdiction's packs say on a topic.
func (e *explorer) onTopic(id rules.JurisdictionID, t rules.Topic) topicData {
	data := topicData{Topic: t, Strength: strengthDataOf(strongest(e.book.Packs(id), t.ID, e.today()))}
	for i, p := range e.book.Packs(id) {
		for n := range p.Rules {
			if r := &p.Rules[n]; slices.Contains(r.Topics, t.ID) {
				data.Rules = append(data.Rules, e.rule(id, r, i > 0))
			}
		}
		for n := range p.Statements {
			if s := &p.Statements[n]; slices.Contains(s.Topics, t.ID) {
				data.Statements = append(data.Statements, statementData{*s, e.professions(s.Professions), e.book.SaidWhen(s)})
			}
		}
	}
	return data
}
