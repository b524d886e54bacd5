package discord

import (
	"maps"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"curbside/bot"
)

func TestWhatAnOperatorShouldHearOfIsCounted(t *testing.T) {
	l := newLab(t)
	l.post([]byte(`[]`), time.Now())
	l.post([]byte(`{"id":"1","type":1}`), time.Now().Add(-time.Hour))
	l.bot.answers(func(bot.Inbound) bot.Reply { panic("a fault") })
	l.did(pressing("amber-heron-42:7:a", cardMessage()))
	registry := prometheus.NewPedanticRegistry()
	registry.MustRegister(l.Metrics())
	families, err := registry.Gather()
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]float64{}
	for _, family := range families {
		for _, m := range family.GetMetric() {
			if labels := m.GetLabel(); len(labels) == 1 {
				got[labels[0].GetValue()] = m.GetCounter().GetValue()
			}
		}
	}
	if want := map[string]float64{"malformed": 1, "refused": 1, "fault": 1}; !maps.Equal(got, want) {
		t.Errorf("counted %v, want %v", got, want)
	}
}
