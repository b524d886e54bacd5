package deid

import (
	"curbside/dialog/deid/internal/lexicon"
)

// transit finds lines by their number, letter or colour: "the 42 bus", "takes the
// Q58", "nights on the blue line".
func (d *doc) transit() {
	for i := 1; i < len(d.t); i++ {
		t := &d.t[i]
		switch {
		case t.hit != "" && t.form != word:
		case t.form == number && d.lineNumber(i):
			t.kept = false
			d.hit(i, i+1, Code)
		case (len(t.text) == 1 && t.form == word && t.text != "i" || t.form == number && len(t.text) <= 2) && d.is(i+1, "train") && d.is(i-1, "the"): // the A train
			t.kept = false
			d.hit(i, i+2, Code)
		case t.text == "line" && t.hit == "" && colours.has(d.at(i-1).text) && d.is(i-2, "the") && (boards.has(d.at(i-3).text) || d.is(i-3, "along", "down") || d.is(i+1, "train", "station", "stop", "platform")):
			d.hit(i-1, i+1, Place)
		}
	}
}

// lineNumber reports "the 42 bus", "takes the 14 home", "the bus is the Q58".
func (d *doc) lineNumber(i int) bool {
	t := &d.t[i]
	if len(t.text) > 4 || t.gap != ' ' || d.is(i+1, "train") && len(t.text) <= 2 {
		return false
	}
	if d.is(i+1, "bus", "tram", "trolley", "streetcar", "outbound", "inbound", "crosstown", "express", "train") {
		return true
	}
	if !d.is(i-1, "the") {
		return false
	}
	if t.text[0] > '9' {
		return boards.has(d.at(i-2).text) && !d.is(i-2, "off") || d.near(i, i+1, rides)
	}
	return boards.has(d.at(i-2).text) && !d.is(i-2, "missed", "on", "off") && d.is(i+1, "to", "home", "back", "in", "downtown", "every") && (figures(t.text) || !d.has(i, lexicon.Unit))
}

// boards are what people do with a bus or a train.
var boards = wordsOf("takes took take rides ride rode riding catch catches caught missed taking on off")

// rides are what has a number and a letter.
var rides = wordsOf("bus train tram trolley streetcar ferry takes rides")

// colours are what lines are called by.
var colours = wordsOf("red blue green orange yellow brown purple pink silver gold gray grey")
