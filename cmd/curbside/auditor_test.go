package main

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"time"

	"curbside/bot"
	"curbside/bot/store"
	"curbside/dialog"
)

func TestTheAuditorSaysWhenPagingIsLate(t *testing.T) {
	t.Parallel()
	const inTime, late = time.Second, 5 * time.Minute
	away := errors.New("redis is away")
	type look struct {
		behind time.Duration
		err    error
	}
	for name, tc := range map[string]struct {
		looks []look
		late  bool
		said  string
	}{
		"nothing was looked at yet":           {nil, false, ""},
		"what is due goes out":                {[]look{{inTime, nil}, {inTime, nil}}, false, ""},
		"one look fell into a sweep":          {[]look{{inTime, nil}, {late, nil}}, false, ""},
		"what is due does not go out":         {[]look{{late, nil}, {late, nil}}, true, "paging is late"},
		"it goes out again":                   {[]look{{late, nil}, {late, nil}, {inTime, nil}}, false, "paging is in time again"},
		"a look that failed changes nothing":  {[]look{{late, nil}, {late, nil}, {0, away}}, true, "paging is late"},
		"and is no proof that all is well":    {[]look{{0, away}}, false, ""},
		"it says so once, however long it is": {[]look{{late, nil}, {late, nil}, {late, nil}, {late, nil}}, true, "paging is late"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var said bytes.Buffer
			pings := 0
			a := &auditor{
				lag: func(context.Context) (time.Duration, error) {
					next := tc.looks[0]
					tc.looks = tc.looks[1:]
					return next.behind, next.err
				},
				ping: func(context.Context) error { pings++; return nil },
				log:  slog.New(slog.NewTextHandler(&said, nil)),
			}
			seen := false
			for len(tc.looks) > 0 {
				seen = seen || tc.looks[0].err == nil
				a.look(t.Context())
			}
			a.tell(t.Context())
			if a.Late() != tc.late {
				t.Errorf("late: %t, want %t", a.Late(), tc.late)
			}
			if told := pings == 1; told != (seen && !tc.late) {
				t.Errorf("told somebody outside that all is well: %t", told)
			}
			if !strings.Contains(said.String(), tc.said) || strings.Count(said.String(), "is late") > 1 || (tc.said == "" && said.Len() > 0) {
				t.Errorf("said %q", said.String())
			}
		})
	}
}

func TestTheAuditorSeesWhatNoProcessSent(t *testing.T) {
	t.Parallel()
	client, stop, err := store.Embedded(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer stop()
	s, err := demoSettings("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	now := time.Now()
	c, err := newCore(s, client, bot.ClockFunc(func() time.Time { return now }), slog.New(slog.DiscardHandler), newStage(), newStage())
	if err != nil {
		t.Fatal(err)
	}
	commit := func(handle string, change func(*bot.Commit)) {
		t.Helper()
		made := bot.Commit{Record: bot.Record{Consult: dialog.Consult{Handle: handle, Version: 1}}, Keep: time.Hour}
		change(&made)
		if err := c.outbox.Store.Commit(t.Context(), made); err != nil {
			t.Fatal(err)
		}
	}
	if heads, err := c.bot.AuditHeads(t.Context()); err != nil || !strings.HasPrefix(heads, "heads1.") {
		t.Errorf("owners are told %q, %v of the audit chain", heads, err)
	}
	behind := func() time.Duration {
		t.Helper()
		d, err := c.outbox.Lag(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return d.Round(time.Second)
	}
	commit("amber-heron-1", func(m *bot.Commit) { m.Timers = []dialog.Timer{{ID: "later", Due: now.Add(time.Hour)}} })
	commit("amber-heron-2", func(m *bot.Commit) { m.Effects = []dialog.Effect{{Kind: dialog.UpdateCard}} })
	if got := behind(); got != 0 {
		t.Errorf("with a timer to come and an ordinary effect: %s behind", got)
	}
	commit("amber-heron-3", func(m *bot.Commit) { m.Timers = []dialog.Timer{{ID: "step", Due: now.Add(-time.Minute)}} })
	if got := behind(); got != time.Minute {
		t.Errorf("with a timer a minute late: %s behind", got)
	}
	now = now.Add(-2 * time.Minute) // before the timer was due
	commit("amber-heron-4", func(m *bot.Commit) {
		m.Effects = []dialog.Effect{{Kind: dialog.Page, To: "robin", Lane: dialog.LaneUrgent}}
	})
	time.Sleep(600 * time.Millisecond)
	if got, err := c.outbox.Lag(t.Context()); err != nil || got < 500*time.Millisecond || got > 10*time.Second {
		t.Errorf("with a page that nobody sent: %s behind, %v", got, err)
	}
}
