package deid_test

import (
	"runtime"
	"strings"
	"testing"
	"time"

	"curbside/dialog/deid"
)

const benchNote = "Client is a 34yo woman with a hx of PTSD and two prior hospitalizations. She reports that her ex-husband " +
	"Marcus Whitfield waited outside her work on 6/30 and texted her from (614) 555-0188. Denies SI/HI/AVH, PHQ-9 was 14, " +
	"GAD-7 was 9. Sertraline raised to 150 mg daily. Discussed limits of confidentiality, duty to protect under § 43.92 and " +
	"a safety plan; her sister will stay with her in Bend for 2 weeks. Supervisor notified, follow-up on Tuesday at 3 pm as agreed."

func BenchmarkNoteOf500Characters(b *testing.B) {
	s := scrubber(b)
	b.SetBytes(int64(len(benchNote)))
	for b.Loop() {
		s.Find(benchNote)
	}
}

func BenchmarkLongText(b *testing.B) {
	s := scrubber(b)
	text := strings.Repeat(benchNote+"\n", 200)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		s.Find(text)
	}
}

func BenchmarkCleanText(b *testing.B) {
	s := scrubber(b)
	text := strings.Repeat("Client reports low mood and poor sleep, denies intent, and agreed to the plan. ", 200)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		s.Find(text)
	}
}

// The dictionaries are decoded once per process, so this test must see the
// first use of them to say anything: it reports, and the bar is generous.
func TestTheDictionariesStaySmall(t *testing.T) {
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	start := time.Now()
	s, err := deid.New(deid.Options{})
	if err != nil {
		t.Fatal(err)
	}
	ready := time.Since(start)
	runtime.GC()
	runtime.ReadMemStats(&after)
	held := int64(after.HeapAlloc) - int64(before.HeapAlloc)
	t.Logf("ready in %v, %d KiB held", ready, held/1024)
	if held > 40<<20 {
		t.Errorf("the dictionaries hold %d MiB, want at most 40", held>>20)
	}
	runtime.KeepAlive(s)
}

// Whatever is repeated, twice as much takes about twice as long: a text of one
// mark, or of one word, holds nobody up.
func TestTimeGrowsWithTheTextAndNoFaster(t *testing.T) {
	t.Parallel()
	s := scrubber(t)
	for _, piece := range []string{
		"<", ">", "@", ".", "-", "/", "(", "[", "[name", "$", "*", "#", "&", "'", "\"", "1", "1-", "1 ", "1/", "a.", "a ", "a-", "<a", "<@", "w/", "of ", "the ", "The ",
		"Of The ", "and ", "v. ", "Marcus ", "marcus, ", "T.N. ", "six ", "hundred ", "may ", "will ", "at ", "\n", "\u200b", "é", "Ж", "only the ", "st. ", "co ", "§", "x@", "http", "I-",
	} {
		took := func(n int) time.Duration {
			text := strings.Repeat(piece, n/len(piece))
			best := time.Hour
			for range 3 {
				start := time.Now()
				s.Find(text)
				best = min(best, time.Since(start))
			}
			return best
		}
		small, large := took(4_000), took(32_000)
		for range 4 { // others keep the machine busy: the best of several tries counts
			if large <= 40*small+50*time.Millisecond {
				break
			}
			large = min(large, took(32_000))
		}
		if large > 40*small+50*time.Millisecond {
			t.Errorf("%q: %v for 4,000 bytes and %v for 32,000", piece, small, large)
		}
	}
}
