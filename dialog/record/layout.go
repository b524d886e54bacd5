package record

// A piece is one line of a page: what is drawn, how high it is, and where a page may end.
type piece struct {
	space  float64 // above it; dropped at the top of a page
	height float64
	keep   bool // stays on the page of the piece after it
	draw   func(top float64)
}

// A placed piece has found its page; top is measured from the top of the text area.
type placed struct {
	piece
	top float64
}

// paginate fills pages of a height with pieces. Pieces that are kept together
// move to the next page together, unless no page could hold them.
func paginate(pieces []piece, height float64) [][]placed {
	pages := [][]placed{nil}
	end := 0.0
	put := func(p piece) {
		last := len(pages) - 1
		if end > 0 {
			end += p.space
		}
		pages[last] = append(pages[last], placed{p, end})
		end += p.height
	}
	turn := func() { pages, end = append(pages, nil), 0 }
	for len(pieces) > 0 {
		group := pieces[:together(pieces)]
		pieces = pieces[len(group):]
		if need := tall(group); end > 0 && end+group[0].space+need > height && need <= height {
			turn()
		}
		for _, p := range group {
			if end > 0 && end+p.space+p.height > height {
				turn()
			}
			put(p)
		}
	}
	return pages
}

// together is how many of the first pieces belong on one page.
func together(pieces []piece) int {
	for i, p := range pieces {
		if !p.keep {
			return i + 1
		}
	}
	return len(pieces)
}

// tall is the height of a group at the top of a page.
func tall(group []piece) float64 {
	h := -group[0].space
	for _, p := range group {
		h += p.space + p.height
	}
	return h
}

// keepEnds lets no page begin or end with a single line of a text: its first
// two and its last two lines stay together.
func keepEnds(lines []piece) []piece {
	for i := range lines {
		if i < len(lines)-1 && (i == 0 || i == len(lines)-2) {
			lines[i].keep = true
		}
	}
	return lines
}

// keepStart keeps the first three pieces together, so that no heading ends a
// page with only a line or two under it.
func keepStart(pieces []piece) {
	for i := range min(2, len(pieces)-1) {
		pieces[i].keep = true
	}
}

// keepAll keeps pieces on one page, and with what follows when next is set.
func keepAll(pieces []piece, next bool) []piece {
	for i := range pieces {
		pieces[i].keep = next || i < len(pieces)-1
	}
	return pieces
}
