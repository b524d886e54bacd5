package web

import (
	"fmt"
	"net/http"

	"curbside/rules"
)

// overviewData is the map of one topic.
type overviewData struct {
	explorerData
	Topic   rules.Topic
	Topics  []rules.Topic
	Tiles   []tileData
	Federal tileData
	Legend  []legendData
	Day     rules.Date
}

type tileData struct {
	ID          rules.JurisdictionID
	Code, Name  string
	Row, Column int
	Strength    strengthData
}

// legendData is one strength with the jurisdictions that have it.
type legendData struct {
	Strength strengthData
	Tiles    []tileData
}

type strengthData struct {
	ID                 strength
	Glyph, Word, Label string
}

func strengthDataOf(s strength) strengthData {
	return strengthData{ID: s, Glyph: s.glyph(), Word: s.word(), Label: s.label()}
}

// overview serves the map.
func (e *explorer) overview(w http.ResponseWriter, r *http.Request) {
	topic, ok := e.topic(w, r)
	if !ok {
		return
	}
	data := overviewData{
		explorerData: e.head(fmt.Sprintf("%s: the law by state", topic.Label)),
		Topic:        topic, Topics: e.topics(), Day: e.today(),
		Federal: e.tile(square{id: rules.Federal, name: "Federal law"}, topic.ID),
	}
	data.Map = true
	for _, q := range squares() {
		data.Tiles = append(data.Tiles, e.tile(q, topic.ID))
	}
	for _, s := range strengths() {
		entry := legendData{Strength: strengthDataOf(s)}
		for _, t := range data.Tiles {
			if t.Strength.ID == s {
				entry.Tiles = append(entry.Tiles, t)
			}
		}
		data.Legend = append(data.Legend, entry)
	}
	e.show(w, "rules-map", data)
}

func (e *explorer) tile(q square, topic rules.TopicID) tileData {
	code := string(q.id)
	if q.id != rules.Federal {
		code = code[len("US-"):]
	}
	return tileData{
		ID: q.id, Code: code, Name: q.name, Row: q.row, Column: q.column,
		Strength: strengthDataOf(strongest(e.book.Packs(q.id), topic, e.today())),
	}
}
