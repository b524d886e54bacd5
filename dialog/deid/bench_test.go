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
