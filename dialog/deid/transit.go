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
		case d.is(i+1, "train") && t.form == word && len(t.text) == 1 && t.gap == ' ' && d.is(i-1, "the") && t.text != "i":
			t.kept = false
			d.hit(i, i+2, Code)
		case t.form == number && len(t.text) <= 2 && d.is(i+1, "train") && d.is(i-1, "the"):
			t.kept = false
			d.hit(i, i+2, Code) // the 6 train
		case t.form == number && len(t.text) <= 4 && t.gap == ' ' && t.hit == "" && (d.is(i+1, "bus", "tram", "trolley", "streetcar", "outbound", "inbound", "crosstown", "express", "train") || d.is(i-1, "the") && d.is(i-2, "takes", "took", "take", "rides", "ride", "rode", "riding", "catch", "catches", "caught", "missed", "on", "off", "taking") && d.is(i+1, "to", "home", "back", "in", "downtown", "every") && (figures(t.text) || !d.has(i, lexicon.Unit)) && !d.is(i-2, "missed", "on", "off")),
			t.form == number && t.gap == ' ' && t.hit == "" && len(t.text) <= 4 && t.text[0] > '9' && d.is(i-1, "the") && d.is(i-2, "takes", "took", "take", "rides", "ride", "rode", "riding", "catch", "catches", "caught", "missed", "taking", "on"):
			t.kept = false
			d.hit(i, i+1, Code)
		case t.form == number && t.gap == ' ' && t.hit == "" && len(t.text) <= 4 && t.text[0] > '9' && d.is(i-1, "the") && d.near(i, i+1, rides):
			t.kept = false
			d.hit(i, i+1, Code) // the bus she takes is the Q58
		case d.is(i, "line") && colours.has(d.at(i-1).text) && d.is(i-2, "the") && (d.is(i-3, "on", "off", "ride", "rides", "riding", "rode", "takes", "took", "take", "taking", "catch", "along", "down", "down") || d.is(i+1, "train", "station", "stop", "platform")) && t.hit == "":
			d.hit(i-1, i+1, Place)
		}
	}
}

// rides are what has a number and a letter.
var rides = wordsOf("bus train tram trolley streetcar ferry takes rides")

// colours are what lines are called by.
var colours = wordsOf("red blue green orange yellow brown purple pink silver gold gray grey")
