package record

import (
	"testing"

	"pgregory.net/rapid"
)

func TestPagesKeepEveryPieceOnceInOrderAndInside(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		const height = 100.0
		pieces := rapid.SliceOf(rapid.Custom(func(t *rapid.T) piece {
			return piece{
				space:  float64(rapid.IntRange(0, 20).Draw(t, "space")),
				height: float64(rapid.IntRange(1, 40).Draw(t, "height")),
				keep:   rapid.Bool().Draw(t, "keep"),
			}
		})).Draw(t, "pieces")
		order := 0
		for i := range pieces {
			pieces[i].draw = func(float64) { order = i }
		}
		pageOf := make([]int, 0, len(pieces))
		for n, page := range paginate(pieces, height) {
			end := 0.0
			for _, p := range page {
				p.draw(0)
				if order != len(pageOf) {
					t.Fatalf("piece %d stands where %d belongs", order, len(pageOf))
				}
				if p.top < end || p.top+p.height > height {
					t.Fatalf("piece %d from %v to %v overlaps or leaves the page", order, p.top, p.top+p.height)
				}
				end = p.top + p.height
				pageOf = append(pageOf, n)
			}
		}
		if len(pageOf) != len(pieces) {
			t.Fatalf("%d of %d pieces were placed", len(pageOf), len(pieces))
		}
		for i := 0; i < len(pieces); {
			n := together(pieces[i:])
			if tall(pieces[i:i+n]) <= height && pageOf[i] != pageOf[i+n-1] {
				t.Fatalf("pieces %d to %d fit on a page and were parted", i, i+n-1)
			}
			i += n
		}
	})
}

func TestATextLeavesNoSingleLineBehind(t *testing.T) {
	t.Parallel()
	lines := keepEnds(make([]piece, 5))
	var got []bool
	for _, l := range lines {
		got = append(got, l.keep)
	}
	for i, want := range []bool{true, false, false, true, false} {
		if got[i] != want {
			t.Errorf("line %d kept with the next = %v, want %v", i+1, got[i], want)
		}
	}
}
