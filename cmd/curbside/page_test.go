package main

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"curbside/adapters/web"
	"curbside/bot"
	"curbside/bot/store/redistest"
	"curbside/dialog"
)

// A spoken is what a command says while it runs.
type spoken struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (s *spoken) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.Write(p)
}

func (s *spoken) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.String()
}

// says waits until a command has said something.
func (s *spoken) says(t *testing.T, what string) {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); !strings.Contains(s.String(), what); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("it does not say %q, only:\n%s", what, s)
		}
	}
}

// serving runs the program of a settings file until the test ends.
func serving(t *testing.T, path string) *program {
	t.Helper()
	s, err := loadConfig(path, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	p, err := newProgram(t.Context(), s, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- p.run(ctx) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Errorf("the program ended with %v", err)
		}
	})
	return p
}

func TestAPageTestGoesTheWholeWayAndReportsTheTime(t *testing.T) {
	t.Parallel()
	path := settingsOnRedis(t, redistest.Start(t))
	p := serving(t, path)
	var out spoken
	code := make(chan int, 1)
	go func() {
		code <- run(t.Context(), []string{"page", "test", "--config", path, "--to", "sam"}, nil, &out, &out)
	}()
	out.says(t, "The message in the workbench was taken after")
	out.says(t, "The pager was taken after")
	sam := web.Account("sam")
	press := dialog.Press{Action: dialog.ActGot, Args: []string{"1"}}
	reply := p.bot.Handle(t.Context(), bot.Inbound{ID: "i1", From: sam, In: bot.DirectTo(sam), Kind: bot.Pressed, Press: press})
	if !strings.Contains(reply.Notice, "Your page arrived") {
		t.Errorf("sam is answered %q", reply.Notice)
	}
	if got := <-code; got != exitOK || !strings.Contains(out.String(), "Answered after") {
		t.Errorf("it ended with %d and said\n%s", got, out.String())
	}
	if handles, err := p.outbox.Store.Involving(t.Context(), "sam"); err != nil || len(handles) != 0 {
		t.Errorf("the rehearsal has made the consults %v, %v", handles, err)
	}
}

func TestAPageTestSaysWhyItCannotBegin(t *testing.T) {
	t.Parallel()
	path := settingsOnRedis(t, redistest.Start(t))
	for name, tc := range map[string]struct{ to, want string }{
		"nobody of that id":    {"zoe", "Nobody of the practice has that id"},
		"nobody who serves it": {"sam", "sam has not answered"},
	} {
		var out spoken
		if code := run(t.Context(), []string{"page", "test", "--config", path, "--to", tc.to, "--wait", "1s"}, nil, &out, &out); code == exitOK || !strings.Contains(out.String(), tc.want) {
			t.Errorf("%s: it ended with %d and said\n%s", name, code, out.String())
		}
	}
}
