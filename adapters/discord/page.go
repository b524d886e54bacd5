package discord

import (
	"fmt"

	"curbside/dialog"
)

// A layout says how a view becomes messages.
type layout struct {
	link  func(handle string) string // where a consult's thread is, "" when it is not known
	asked func(dialog.Button)        // told of every button that asks before it counts
	// more is the id of the button that shows the pages after the first. Without
	// it every page is sent.
	more string
	// loud messages show their text on lock screens; all others have none there.
	fallback bool
}

// pages sets a view as messages of which each keeps Discord's limits. There is
// always a first one.
func (l layout) pages(v dialog.View) []message {
	w := writer{link: l.link}
	w.view(v)
	texts := filled(w.pieces)
	below := controlsOf(v, l.link, l.asked)
	var pages []message
	for i := 0; i == 0 || i < len(texts) || !below.empty(); i++ {
		m := newMessage()
		if i < len(texts) {
			m.Embeds = texts[i]
		} else {
			m.Embeds = []embed{{Description: "-# More to press", Color: colorPlain}}
		}
		most := maxRows
		if i == 0 && l.more != "" && (len(texts) > 1 || below.crowded()) {
			most--
		}
		m.Components = append(m.Components, below.rows(most)...)
		pages = append(pages, m)
	}
	if l.fallback {
		pages[0].Content = shortened(escaped(v.Fallback), maxContent)
	}
	if l.more != "" && len(pages) > 1 {
		label := fmt.Sprintf("Read on (%d more)", len(pages)-1)
		if len(texts) < 2 {
			label = "More to press"
		}
		pages[0].Components = append(pages[0].Components, row(component{Type: typeButton, Style: stylePrimary, Label: label, CustomID: l.more}))
	}
	return pages
}

// crowded reports whether one message cannot hold all of c.
func (c controls) crowded() bool {
	trial := c
	trial.rows(maxRows)
	return !trial.empty()
}

// filled puts pieces into as few messages as hold them. Each page after the
// first says which one it is.
func filled(pieces []piece) [][]embed {
	var pages [][]embed
	var page []embed
	used, group := 0, -1
	for _, p := range pieces {
		between := "\n\n"
		if p.close {
			between = "\n"
		}
		size := width(p.text)
		fresh := len(page) == 0 || p.group != group || width(page[len(page)-1].Description)+len(between)+size > maxDescription
		if len(page) > 0 && (used+len(between)+size > maxEmbedText || fresh && len(page) == maxEmbeds) {
			pages, page, used, fresh = append(pages, page), nil, 0, true
		}
		if fresh {
			page = append(page, embed{Color: p.color})
			between = ""
		}
		at := &page[len(page)-1]
		at.Description += between + p.text
		used += len(between) + size
		group = p.group
	}
	if len(page) > 0 {
		pages = append(pages, page)
	}
	for i := 1; i < len(pages); i++ {
		pages[i][0].Description = fmt.Sprintf("-# Page %d of %d\n", i+1, len(pages)) + pages[i][0].Description
	}
	return pages
}
