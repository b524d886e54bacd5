package store

import (
	"bytes"
	"errors"
	"os"
	"testing"
)

func TestStateKeptLongAgoIsReadAgain(t *testing.T) {
	t.Parallel()
	// The file was written once, and must be read by every later version.
	kept, err := os.ReadFile("testdata/state-v1.z")
	if err != nil {
		t.Fatal(err)
	}
	want, err := os.ReadFile("testdata/state-v1.json")
	if err != nil {
		t.Fatal(err)
	}
	if got, err := grow(kept); err != nil || !bytes.Equal(got, want) {
		t.Errorf("read %q, %v", got, err)
	}
}

func TestStateThatNobodyShrankIsRefused(t *testing.T) {
	t.Parallel()
	var s shrinker
	bomb, err := s.shrink(make([]byte, maxState+1))
	if err != nil {
		t.Fatal(err)
	}
	for name, kept := range map[string][]byte{
		"nothing": nil, "JSON": []byte(`{"consult":{}}`), "half of it": {shrunk, 0xaa}, "far more than a consult": bomb,
	} {
		if got, err := grow(kept); !errors.Is(err, ErrAltered) {
			t.Errorf("%s: read %d bytes, %v", name, len(got), err)
		}
	}
}

func FuzzShrink(f *testing.F) {
	var s shrinker
	f.Add([]byte(`{"consult":{"handle":"amber-heron-42"}}`))
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, state []byte) {
		kept, err := s.shrink(state)
		if err != nil {
			t.Fatal(err)
		}
		if back, err := grow(kept); err != nil || !bytes.Equal(back, state) {
			t.Errorf("%q came back as %q, %v", state, back, err)
		}
		_, _ = grow(append([]byte{shrunk}, state...)) // whatever it is, it does not panic
	})
}

func BenchmarkShrink(b *testing.B) {
	state, err := os.ReadFile("testdata/state-v1.json")
	if err != nil {
		b.Fatal(err)
	}
	var s shrinker
	kept, err := s.shrink(state)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(len(state))/float64(len(kept)), "times-smaller")
	for b.Loop() {
		kept, _ = s.shrink(state)
		_, _ = grow(kept)
	}
}
