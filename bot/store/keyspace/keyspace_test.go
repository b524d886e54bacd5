package keyspace_test

import (
	"fmt"
	"testing"

	"curbside/bot/store/keyspace"
	"curbside/dialog"
)

func TestKeysOfAConsultShareTheTagOfItsPartition(t *testing.T) {
	t.Parallel()
	// Consults are found by these for ever.
	for handle, want := range map[string]string{
		"amber-heron-42": "curbside:{p8}:consult:amber-heron-42",
		"quiet-otter-07": "curbside:{p6}:consult:quiet-otter-07",
	} {
		if got := (keyspace.Layout{Partitions: 16}).Of(handle).Consult(handle); got != want {
			t.Errorf("key = %s, want %s", got, want)
		}
	}
}

func TestConsultsAreSpreadEvenly(t *testing.T) {
	t.Parallel()
	const each = 1000
	layout := keyspace.Layout{Partitions: 16}
	found := make(map[keyspace.Partition]int)
	for i := range each * layout.Partitions {
		found[layout.Of(fmt.Sprintf("amber-heron-%d", i))]++
	}
	for _, p := range layout.All() {
		if n := found[p]; n < each*8/10 || n > each*12/10 {
			t.Errorf("%s holds %d consults, want about %d", p, n, each)
		}
	}
}

func TestAHandleNamesNoOtherKey(t *testing.T) {
	t.Parallel()
	for handle, want := range map[string]bool{
		"amber-heron-42": true, "a": true,
		"": false, "a:b": false, "a|b": false, "{p1}": false, "a b": false, "A": false, "a\n": false,
	} {
		if got := keyspace.IsHandle(handle); got != want {
			t.Errorf("%q: %t, want %t", handle, got, want)
		}
	}
}

func TestTheOrderOfEffectsIsKeptWithin(t *testing.T) {
	t.Parallel()
	urgent := func(kind dialog.EffectKind, to dialog.PersonID) dialog.Effect {
		return dialog.Effect{Kind: kind, To: to, Lane: dialog.LaneUrgent}
	}
	for name, tc := range map[string]struct {
		one, other dialog.Effect
		same       bool
	}{
		"a consult's ordinary effects":     {dialog.Effect{Kind: dialog.PostCard}, dialog.Effect{Kind: dialog.Message, To: "dana"}, true},
		"one person's page and its end":    {urgent(dialog.Page, "dana"), urgent(dialog.EndPage, "dana"), true},
		"two people's pages":               {urgent(dialog.Page, "dana"), urgent(dialog.Page, "eli"), false},
		"a person's page and pager":        {urgent(dialog.Page, "dana"), urgent(dialog.CallPager, "dana"), false},
		"a person's pager and its end":     {urgent(dialog.CallPager, "dana"), urgent(dialog.EndPager, "dana"), true},
		"a page and the card":              {urgent(dialog.Page, "dana"), urgent(dialog.UpdateCard, ""), false},
		"an urgent and an ordinary update": {urgent(dialog.UpdateCard, ""), dialog.Effect{Kind: dialog.UpdateCard}, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := keyspace.TrackOf(tc.one) == keyspace.TrackOf(tc.other); got != tc.same {
				t.Errorf("same track: %t, want %t", got, tc.same)
			}
		})
	}
}

func FuzzParseWaiting(f *testing.F) {
	f.Add("1-0|a/1/0|page|page/dana")
	f.Add("1-0||")
	f.Add("")
	f.Fuzz(func(t *testing.T, s string) {
		w := keyspace.ParseWaiting(s)
		if again := keyspace.ParseWaiting(w.String()); again != w {
			t.Errorf("%q reads as %+v and then as %+v", s, w, again)
		}
	})
}
