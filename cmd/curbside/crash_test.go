package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"curbside/adapters/web"
	"curbside/bot"
	"curbside/bot/store/redistest"
	"curbside/config"
	"curbside/dialog"
)

// The test binary is also the processes that are killed: which one, this
// variable says.
const (
	actAs     = "TEST_ACT_AS"
	asProgram = "program" // the program itself, with the arguments given
	asStuck   = "stuck"   // a program whose first page is never answered
	asReplica = "replica" // a program whose platform is a test's: see [beReplica]
)

func TestMain(m *testing.M) {
	switch os.Getenv(actAs) {
	case asProgram:
		os.Exit(run(context.Background(), os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
	case asStuck:
		os.Exit(stuck(os.Args[1]))
	case asReplica:
		os.Exit(beReplica(os.Args[1]))
	default:
		os.Exit(m.Run())
	}
}

// child starts this binary as another process. It is killed with the test.
func child(t *testing.T, as string, args ...string) (*exec.Cmd, *bufio.Reader) {
	t.Helper()
	cmd := exec.Command(os.Args[0], args...)
	cmd.Env = append(os.Environ(), actAs+"="+as)
	cmd.Stderr = io.Discard
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	return cmd, bufio.NewReader(out)
}

// expectLine reads until a line contains want and returns it.
func expectLine(t *testing.T, r *bufio.Reader, want string) string {
	t.Helper()
	for {
		line, err := r.ReadString('\n')
		if strings.Contains(line, want) {
			return line
		}
		if err != nil {
			t.Fatalf("no line with %q: %v", want, err)
		}
	}
}

// settingsOnRedis writes the settings of the demo's practice for a real Redis and
// returns their path.
func settingsOnRedis(t *testing.T, server *redistest.Server) string {
	t.Helper()
	dir := t.TempDir()
	keyset := filepath.Join(dir, "keyset.json")
	if code := run(t.Context(), []string{"keyset", "new", keyset}, nil, io.Discard, io.Discard); code != exitOK {
		t.Fatal("no keyset was made")
	}
	demo, err := os.ReadFile(filepath.Join(root, "config/demo.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	kept := fmt.Sprintf("redis:\n  url: unix://%s\n  encryption: {keyset_file: %s}\n", server.Options.Addrs[0], keyset)
	text := strings.Replace(string(demo), "redis:\n  embedded: true\n", kept, 1)
	text = strings.Replace(text, "web:\n", "web:\n  listen: 127.0.0.1:0\n", 1)
	path := filepath.Join(dir, "curbside.yaml")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// A stuckPlatform takes everything but pages, on which it waits for ever.
type stuckPlatform struct{ *stage }

func (s stuckPlatform) Deliver(ctx context.Context, d bot.Delivery) bot.Receipt {
	if d.Kind != dialog.Page {
		return s.stage.Deliver(ctx, d)
	}
	fmt.Println("paging")
	select {}
}

// stuck commits a page and is killed while it delivers it.
func stuck(path string) int {
	cfg, _, err := config.Load(path)
	if err != nil {
		return exitFailed
	}
	s, _, err := newSettings(cfg)
	if err != nil {
		return exitFailed
	}
	ctx, log := context.Background(), slog.New(slog.DiscardHandler)
	client, _, err := connect(ctx, cfg.Redis, log)
	if err != nil {
		return exitFailed
	}
	st := newStage()
	silent := bot.PagerFunc(func(context.Context, bot.PageRequest) bot.Receipt { select {} })
	c, err := newCore(s, client, bot.ClockFunc(time.Now), log, silent, stuckPlatform{st})
	if err != nil {
		return exitFailed
	}
	go func() { _ = c.outbox.Run(ctx) }()
	dana := bot.Inbound{From: web.Account("dana"), In: web.Home(), Kind: bot.Command}
	c.bot.Handle(ctx, dana)
	handle, _ := c.bot.Home(ctx, dana.From)
	dana.Kind, dana.Press = bot.Pressed, dialog.Press{Handle: handleIn(handle), Version: 1, Action: dialog.ActDanger}
	c.bot.Handle(ctx, dana)
	select {}
}

// handleIn returns the first handle that a view points to.
func handleIn(v dialog.View) string {
	for _, b := range v.Blocks {
		if p, ok := b.(dialog.Pointer); ok {
			return p.Handle
		}
	}
	return ""
}

var (
	directCount = regexp.MustCompile(`id="right-place-direct-label">Direct messages <span class="number[^"]*">(\d+)<`)
	phoneCount  = regexp.MustCompile(`class="phone"`)
)

func TestAPageThatWasCommittedArrivesOnceAfterACrash(t *testing.T) {
	t.Parallel()
	path := settingsOnRedis(t, redistest.Start(t))

	dying, out := child(t, asStuck, path)
	expectLine(t, out, "paging")
	if err := dying.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = dying.Wait()

	_, out = child(t, asProgram, "serve", "--config", path)
	address := strings.TrimSpace(strings.TrimPrefix(expectLine(t, out, "Listening on"), "Listening on "))
	for _, person := range []string{"sam", "kim"} {
		var page string
		for deadline := time.Now().Add(15 * time.Second); ; time.Sleep(100 * time.Millisecond) {
			page = get(t, address+"?right="+person)
			if phoneCount.MatchString(page) || time.Now().After(deadline) {
				break
			}
		}
		time.Sleep(500 * time.Millisecond) // time for a second one
		page = get(t, address+"?right="+person)
		direct := directCount.FindStringSubmatch(page)
		if direct == nil || direct[1] != "1" {
			t.Errorf("%s has %v direct messages, want 1", person, direct)
		}
		if got := len(phoneCount.FindAllString(page[strings.Index(page, `id="pane-right"`):], -1)); got != 1 {
			t.Errorf("%s's phone rings %d times, want once", person, got)
		}
	}
}

func get(t *testing.T, url string) string {
	t.Helper()
	resp, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	body, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode != http.StatusOK {
		t.Fatalf("%s: %d %v", url, resp.StatusCode, err)
	}
	return string(body)
}
