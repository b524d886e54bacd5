package rules

import (
	"runtime"
	"testing"
)

// mostMemory is what the law of every jurisdiction may take, in bytes, with
// every rule compiled.
const mostMemory = 64 << 20

func TestEveryPackInUseFitsItsMemory(t *testing.T) {
	held := func() uint64 {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	before := held()
	book, err := Shipped()
	if err != nil {
		t.Fatal(err)
	}
	for _, state := range jurisdictions {
		for _, topic := range book.vocabulary.Topics {
			q := Query{Client: JurisdictionID("US-" + state), Profession: "psychologist", Topics: []TopicID{topic.ID}, AsOf: Date{2026, 11, 21}}
			if _, _, err := book.Next(q); err != nil {
				t.Fatal(err)
			}
		}
	}
	after := held()
	runtime.KeepAlive(book)
	t.Logf("%d MiB", (after-before)>>20)
	if after > before+mostMemory {
		t.Errorf("the packs take %d MiB, more than %d", (after-before)>>20, mostMemory>>20)
	}
}
