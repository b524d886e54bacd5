package slack

import (
	"fmt"
	"testing"
	"testing/synctest"
	"time"
)

func TestAMemoryForgetsWhatIsOldAndWhatIsTooMuch(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		m := newMemory[int](3, time.Hour)
		for i := range 5 {
			m.put(fmt.Sprint(i), i)
		}
		if _, ok := m.get("1"); ok {
			t.Error("it keeps more than it may")
		}
		if v, ok := m.get("4"); !ok || v != 4 {
			t.Error("the newest is gone")
		}
		time.Sleep(time.Hour + time.Second)
		if _, ok := m.get("4"); ok {
			t.Error("it keeps what is old")
		}
	})
}

func TestAnEventIsNewOnceAnHour(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		m := newMemory[struct{}](100, time.Hour)
		if !m.add("Ev1", struct{}{}) || m.add("Ev1", struct{}{}) {
			t.Error("an event is new twice, or never")
		}
		time.Sleep(59 * time.Minute)
		if m.add("Ev1", struct{}{}) {
			t.Error("it is forgotten within the hour")
		}
		time.Sleep(2 * time.Minute)
		if !m.add("Ev1", struct{}{}) {
			t.Error("it is remembered for ever")
		}
	})
}

func TestAMemoryOfChangingKeysDoesNotGrow(t *testing.T) {
	t.Parallel()
	m := newMemory[int](10, time.Hour)
	for i := range 1000 {
		m.put("same", i)
		m.drop("same")
	}
	if len(m.order) > 10 || len(m.held) > 10 {
		t.Errorf("it holds %d keys for %d values", len(m.order), len(m.held))
	}
}
