package web

import (
	"cmp"
	"log/slog"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/alicebob/miniredis/v2"
	"github.com/redis/go-redis/v9"

	"curbside/bot"
	"curbside/dialog"
)

func newRedis(t *testing.T) (*miniredis.Miniredis, redis.UniversalClient) {
	t.Helper()
	server := miniredis.RunT(t)
	client := redis.NewClient(&redis.Options{Addr: server.Addr()})
	t.Cleanup(func() { _ = client.Close() })
	return server, client
}

func testEntry(n int, at time.Time) Entry {
	e := dialog.Effect{Handle: "amber-heron-42", Version: uint64(n), Index: n, Kind: dialog.PostNote, Code: "paged", Args: []string{"sam"}}
	return Entry{Ref: bot.Ref(e.ID()), Seq: n, Effect: e, Version: e.Version, At: at, Changed: at}
}

func TestTheBoardComesBackFromRedisAsItWas(t *testing.T) {
	t.Parallel()
	_, client := newRedis(t)
	board := NewRedisBoard(client, 24*time.Hour)
	at := time.Date(2026, time.November, 21, 9, 0, 0, 0, time.UTC)
	want := []Entry{testEntry(1, at), testEntry(2, at.Add(time.Minute))}
	for _, e := range append(want, want[0]) {
		if err := board.Save(t.Context(), e); err != nil {
			t.Fatal(err)
		}
	}
	got, err := board.Load(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	slices.SortFunc(got, func(a, b Entry) int { return cmp.Compare(a.Seq, b.Seq) })
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func TestTheBoardIsOneKeyThatExpires(t *testing.T) {
	t.Parallel()
	server, client := newRedis(t)
	board := NewRedisBoard(client, 24*time.Hour)
	if err := board.Save(t.Context(), testEntry(1, time.Unix(0, 0))); err != nil {
		t.Fatal(err)
	}
	if keys := server.Keys(); !slices.Equal(keys, []string{"curbside:{web}:board"}) {
		t.Errorf("keys %q", keys)
	}
	server.FastForward(25 * time.Hour)
	if got, err := board.Load(t.Context()); err != nil || len(got) != 0 {
		t.Errorf("after its time the board holds %v, %v", got, err)
	}
}

func TestOldMessagesLeaveTheBoardWhileNewOnesStay(t *testing.T) {
	t.Parallel()
	server, client := newRedis(t)
	board := NewRedisBoard(client, 24*time.Hour)
	at := time.Date(2026, time.November, 21, 9, 0, 0, 0, time.UTC)
	for n, when := range []time.Time{at, at.Add(2 * time.Hour), at.Add(25 * time.Hour)} {
		if err := board.Save(t.Context(), testEntry(n+1, when)); err != nil {
			t.Fatal(err)
		}
	}
	got, err := board.Load(t.Context())
	if err != nil || len(got) != 2 {
		t.Errorf("loaded %v, %v", got, err)
	}
	if left, _ := server.HKeys("curbside:{web}:board"); len(left) != 2 {
		t.Errorf("Redis still holds %q", left)
	}
}

func TestABoardThatCannotBeReadIsSaidSo(t *testing.T) {
	t.Parallel()
	server, client := newRedis(t)
	board := NewRedisBoard(client, time.Hour)
	server.HSet("curbside:{web}:board", "x", "no entry")
	if _, err := board.Load(t.Context()); err == nil {
		t.Error("a broken entry was taken")
	}
	server.Close()
	if _, err := board.Load(t.Context()); err == nil {
		t.Error("a Redis that is away was taken for an empty one")
	}
	if err := board.Save(t.Context(), testEntry(1, time.Time{})); err == nil {
		t.Error("an entry was taken for kept")
	}
}

func TestAMovedClockIsStillMovedAfterAStart(t *testing.T) {
	t.Parallel()
	server, client := newRedis(t)
	log := slog.New(slog.DiscardHandler)
	noon := bot.ClockFunc(func() time.Time { return time.Date(2026, time.November, 21, 12, 0, 0, 0, time.UTC) })
	first := NewClock(noon)
	if err := KeepClock(t.Context(), client, first, log); err != nil {
		t.Fatal(err)
	}
	first.Advance(time.Hour)
	first.Advance(24 * time.Hour)
	again := NewClock(noon)
	if err := KeepClock(t.Context(), client, again, log); err != nil {
		t.Fatal(err)
	}
	if got, want := again.Now(), noon().Add(25*time.Hour); !got.Equal(want) {
		t.Errorf("after a start it is %s, want %s", got, want)
	}
	server.Close()
	if !again.Advance(time.Minute) {
		t.Error("the clock cannot be moved while Redis is away")
	}
	if err := KeepClock(t.Context(), client, NewClock(noon), log); err == nil {
		t.Error("a Redis that is away was not noticed")
	}
}
