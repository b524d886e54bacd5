package web

import (
	"bytes"
	"context"
	"hash/maphash"
	"strconv"
)

// A region is a part of the page that is drawn by itself, named as its template.
type region string

const (
	regionClock region = "clock"
	regionLeft  region = "left"
	regionRight region = "right"
)

var regions = []region{regionClock, regionLeft, regionRight}

func (s side) region() region { return region(s.String()) }

// drawings are what a tab's browser has been given, in the order in which it was
// drawn. An answer to a press and the event stream may overtake each other on
// their way; the browser goes by the number.
type drawings struct {
	seed   maphash.Seed
	number int
	given  map[region]uint64
}

// draw renders a region of a tab for its browser, to be merged into the element
// with the same id, and reports whether it differs from what the browser has.
// What is drawn later never shows an earlier state.
func (s *site) draw(ctx context.Context, t *tab, of region) (html []byte, changed bool, err error) {
	t.drawing.Lock()
	defer t.drawing.Unlock()
	t.drawn.number++
	var out bytes.Buffer
	if of == regionClock {
		err = s.pages.ExecuteTemplate(&out, "part-clock", s.renderClock(ctx, t))
	} else {
		err = s.pages.ExecuteTemplate(&out, "part-pane", s.renderPane(ctx, t, map[region]side{regionLeft: left, regionRight: right}[of]))
	}
	if err != nil {
		return nil, false, err
	}
	number := []byte(`data-drawn="` + strconv.Itoa(t.drawn.number) + `"`)
	hash := maphash.Bytes(t.drawn.seed, bytes.Replace(out.Bytes(), number, nil, 1))
	changed = t.drawn.given[of] != hash
	t.drawn.given[of] = hash
	return out.Bytes(), changed, nil
}
