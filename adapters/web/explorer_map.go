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
	Topics  []topicLink
	Tiles   []tileData
	Federal tileData
	Legend  []legendData
}

// topicLink leads to the map of a topic.
type topicLink struct {
	rules.Topic
	Link string
}

type tileData struct {
	Code, Name  string
	Link        string
	Speaks      bool // its packs say something on the topic
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
func (e reading) overview(w http.ResponseWriter, r *http.Request) {
	topic, ok := e.topic(w, r)
	if !ok {
		return
	}
	data := overviewData{
		explorerData: e.head(fmt.Sprintf("%s: the law by state", topic.Label), "/rules", "topic", string(topic.ID)),
		Topic:        topic, Federal: e.tile(square{id: rules.Federal, name: "Federal law"}, topic.ID),
	}
	data.Map = true
	for _, t := range e.topics() {
		data.Topics = append(data.Topics, topicLink{t, e.link("/rules", "topic", string(t.ID))})
	}
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
		if len(entry.Tiles) > 0 || data.Federal.Strength.ID == s {
			data.Legend = append(data.Legend, entry)
		}
	}
	e.show(w, http.StatusOK, "rules-map", data)
}

func (e reading) tile(q square, topic rules.TopicID) tileData {
	code := string(q.id)
	if q.id != rules.Federal {
		code = code[len("US-"):]
	}
	packs := e.book.Packs(q.id)
	return tileData{
		Code: code, Name: q.name, Link: e.place(q.id, topic), Speaks: speaks(packs, topic), Row: q.row, Column: q.column,
		Strength: strengthDataOf(strongest(packs, topic, e.day)),
	}
}
