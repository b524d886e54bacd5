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
	Twice  bool // one jurisdiction was asked for twice, and another took its second place
}

type choiceData struct {
	ID   rules.JurisdictionID
	Name string
}

type sideData struct {
	choiceData
	Field string // the parameter that chooses this side
	Label string
	Link  string
	Packs []*rules.Pack
	Law   topicData
}

// comparison serves two jurisdictions side by side.
func (e reading) comparison(w http.ResponseWriter, r *http.Request) {
	topic, ok := e.topic(w, r)
	if !ok {
		return
	}
	data := comparisonData{Topic: topic, Topics: e.topics(), Names: choices()}
	fields := [2]sideData{{Field: "a", Label: "First"}, {Field: "b", Label: "Second"}}
	asked := r.URL.Query()
	for i, side := range fields {
		side.ID = rules.JurisdictionID(asked.Get(side.Field))
		data.Twice = i > 0 && side.ID == data.Sides[0].ID
		switch {
		case i == 0:
			side.ID = cmp.Or(side.ID, "US-CA")
		case data.Twice || side.ID == "":
			side.ID = e.other(data.Sides[0].ID)
		}
		if side.Name, ok = jurisdictionName(side.ID); !ok {
			e.noPlace(w)
			return
		}
		side.Link, side.Packs, side.Law = e.place(side.ID, topic.ID), e.book.Packs(side.ID), e.onTopic(side.ID, topic)
		data.Sides[i] = side
	}
	data.explorerData = e.head(data.Sides[0].Name+" and "+data.Sides[1].Name+": "+topic.Label, "/rules/compare",
		"a", string(data.Sides[0].ID), "b", string(data.Sides[1].ID), "topic", string(topic.ID))
	data.Compare = true
	e.show(w, http.StatusOK, "rules-compare", data)
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
