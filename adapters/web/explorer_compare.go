package web

import (
	"cmp"
	"net/http"
	"slices"

	"curbside/rules"
)

// comparisonData is two jurisdictions on one topic.
type comparisonData struct {
	explorerData
	Topic  rules.Topic
	Topics []rules.Topic
	Names  []choiceData // what can be compared
	Sides  [2]sideData
}

type choiceData struct {
	ID   rules.JurisdictionID
	Name string
}

type sideData struct {
	choiceData
	Field string // the parameter that chooses this side
	Label string
	Packs []*rules.Pack
	Law   topicData
}

// comparison serves two jurisdictions side by side.
func (e *explorer) comparison(w http.ResponseWriter, r *http.Request) {
	topic, ok := e.topic(w, r)
	if !ok {
		return
	}
	data := comparisonData{Topic: topic, Topics: e.topics(), Names: choices()}
	fields := [2]sideData{{Field: "a", Label: "First"}, {Field: "b", Label: "Second"}}
	first := rules.JurisdictionID("US-CA")
	for i, side := range fields {
		fallback := first
		if i > 0 {
			fallback = e.other(data.Sides[0].ID)
		}
		side.ID = cmp.Or(rules.JurisdictionID(r.URL.Query().Get(side.Field)), fallback)
		if side.Name, ok = jurisdictionName(side.ID); !ok {
			http.Error(w, "There is no such jurisdiction.", http.StatusNotFound)
			return
		}
		side.Packs, side.Law = e.book.Packs(side.ID), e.onTopic(side.ID, topic)
		data.Sides[i] = side
	}
	data.explorerData = e.head(data.Sides[0].Name + " and " + data.Sides[1].Name + ": " + topic.Label)
	data.Compare = true
	e.show(w, "rules-compare", data)
}

// choices are all jurisdictions, federal law first and then by name.
func choices() []choiceData {
	all := make([]choiceData, 0, len(squares())+1)
	for _, q := range squares() {
		all = append(all, choiceData{q.id, q.name})
	}
	slices.SortFunc(all, func(a, b choiceData) int { return cmp.Compare(a.Name, b.Name) })
	return slices.Insert(all, 0, choiceData{rules.Federal, "Federal law"})
}
