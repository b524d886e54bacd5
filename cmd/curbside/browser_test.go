package main

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"flag"
	"log/slog"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"unicode/utf16"

	"curbside/adapters/web/browsertest"
	"curbside/bot/store/redistest"
	"curbside/config"
)

var updateImages = flag.Bool("images", false, "write the pictures in docs/images anew")

// A practiceDay is the whole program on a real Redis, with its page open in a
// real browser: Dana on the left, Sam on the right.
type practiceDay struct {
	t      *testing.T
	page   *browsertest.Page
	server *redistest.Server
	url    string
	log    *lockedBuffer
}

// A lockedBuffer takes what several goroutines write.
type lockedBuffer struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.Write(p)
}

func (b *lockedBuffer) bytes() []byte {
	b.mu.Lock()
	defer b.mu.Unlock()
	return bytes.Clone(b.buf.Bytes())
}

func newPracticeDay(t *testing.T) *practiceDay {
	t.Helper()
	d := &practiceDay{t: t, server: redistest.Start(t), log: &lockedBuffer{}}
	cfg, _, err := config.Load(settingsOnRedis(t, d.server))
	if err != nil {
		t.Fatal(err)
	}
	s, _, err := newSettings(cfg)
	if err != nil {
		t.Fatal(err)
	}
	p, err := newProgram(t.Context(), s, slog.New(slog.NewJSONHandler(d.log, &slog.HandlerOptions{Level: slog.LevelDebug})))
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
	d.url = p.addresses()[0]
	d.page = browsertest.Open(t, d.url+"?left=dana&right=sam", 1280, 900)
	return d
}

// press is a script that finds what can be pressed in a pane by its words (the
// whole label; with on, that of the line of a list that begins so), presses it,
// and says whether it was there. It does not go by the place on the screen, which
// moves while the page is being told of something else.
const press = `((side, label, on) => {
  const pane = document.querySelector('#pane-' + side), top = pane.querySelector('dialog[open]') ?? pane;
  const words = (e) => { const walk = document.createTreeWalker(e, NodeFilter.SHOW_TEXT); for (let n; (n = walk.nextNode());) if (n.data.trim()) return n.data.trim(); return ''; };
  const within = on ? [...top.querySelectorAll('.checklist li')].find((li) => li.innerText.startsWith(on)) : top;
  const all = within ? [...within.querySelectorAll('button, label.option')] : [];
  const found = all.find((e) => e.checkVisibility() && words(e) === label);
  found?.click();
  return found !== undefined;
})`

// press presses what has the label, in one of the two panes; on names the line
// of a list when every line has such a button.
func (d *practiceDay) press(side, label string, on ...string) {
	d.t.Helper()
	if !d.page.Comes(press + "(" + quoted(side) + "," + quoted(label) + "," + quoted(strings.Join(on, "")) + ")") {
		d.t.Fatalf("%s cannot press %q; the pane says:\n%s", side, label, d.page.Says("document.querySelector('#pane-"+side+"').innerText"))
	}
}

// choose ticks some answers to the question of now, and sends them.
func (d *practiceDay) choose(side, send string, labels ...string) {
	d.t.Helper()
	for _, label := range labels {
		d.press(side, label)
	}
	d.press(side, send)
}

// done marks a line of the action list, and says how much was told.
func (d *practiceDay) done(line string) {
	d.t.Helper()
	d.press("left", "Done", line)
	d.page.Until(`document.querySelector('#left-privates')?.innerText.includes(` + quoted(line) + `)`)
	d.press("left", "The minimum on the card, nothing more")
	d.page.Until(`!document.querySelector('#left-privates').innerText.includes(` + quoted(line) + `)`)
}

// sees waits until a pane says something.
func (d *practiceDay) sees(side, text string) {
	d.t.Helper()
	pane := `document.querySelector('#pane-` + side + `').innerText`
	if !d.page.Comes(pane + `.replace(/\s+/g, ' ').includes(` + quoted(text) + `)`) {
		d.t.Fatalf("%s does not see %q; the pane says:\n%s", side, text, d.page.Says(pane))
	}
}

// types sends a command.
func (d *practiceDay) types(side, words string) {
	d.t.Helper()
	d.page.Type("#"+side+"-typed", words+"\r")
}

// fill writes into the first field of the form that is open, and sends it.
func (d *practiceDay) fill(side, text string) {
	d.t.Helper()
	field := "#pane-" + side + " dialog.form textarea, #pane-" + side + " dialog.form input:not([type=hidden])"
	d.page.Until(`document.querySelector(` + quoted(field) + `) !== null`)
	d.page.Says(`document.querySelector(` + quoted(field) + `).value = ''`)
	d.page.Type(field, text)
	d.page.Click("#pane-" + side + " dialog.form button.primary")
}

// record downloads the record of the one consult, of a kind.
func (d *practiceDay) record(kind string) []byte {
	d.t.Helper()
	link := `document.querySelector('#pane-left a[download$=".` + kind + `"]')`
	d.page.Until(link + ` !== null`)
	return []byte(get(d.t, d.page.Says(link+".href")))
}

// picture keeps what the page looks like.
func (d *practiceDay) picture(name string) {
	d.t.Helper()
	picture := d.page.Picture()
	if len(picture) < 10_000 {
		d.t.Errorf("picture %s: %d bytes show nothing", name, len(picture))
	}
	if !*updateImages {
		return
	}
	if err := os.WriteFile(filepath.Join(root, "docs/images", name), picture, 0o600); err != nil {
		d.t.Fatal(err)
	}
}

func quoted(s string) string {
	text, _ := json.Marshal(s) // a string can always be written
	return string(text)
}

// planted are identifiers that a careless hand types wherever it can.
var planted = []string{"Candace Whitfield", "555-0188", "candace.w@example.net", "Vineland"}

// threat answers everything up to the duty.
func (d *practiceDay) threat() {
	d.t.Helper()
	d.types("left", "/consult about "+strings.Join(planted, " "))
	d.press("left", "Dismiss") // the hint where the consult is
	d.press("left", "California")
	d.choose("left", "Go on", "Harm to others")
	d.press("left", "Imminent: now or within days")
	d.press("left", "Kill somebody or injure somebody seriously")
	d.press("left", "The client")
	d.press("left", "A person (or persons) I can point to")
	d.sees("left", "You must")
}

func TestAThreatInCaliforniaFromTheCommandToTheRecord(t *testing.T) {
	t.Parallel()
	d := newPracticeDay(t)
	d.threat()
	d.sees("left", "Protect a reasonably identifiable victim")
	d.sees("right", "Protect a reasonably identifiable victim")
	d.page.Until(`document.querySelectorAll('#pane-right .phone').length === 1`)
	d.press("left", "None of these")
	d.page.Click("#right-place-direct-label")
	d.picture("workbench-1280.png")
	d.page.Resize(390, 844)
	d.picture("workbench-390.png")
	d.page.Resize(1280, 900)

	d.press("right", "Seen: I am on it")
	d.sees("left", "Sam Okafor knows")
	d.done("Tell the police")
	d.done("Warn the person in danger")
	d.press("left", "Go on: what are the ways?")
	d.choose("left", "This is my plan", "Do a structured violence risk assessment", "Bring in family or friends with the client's consent")

	d.press("left", "Add your question")
	d.fill("left", "She told "+planted[0]+" in "+planted[3]+", call "+planted[1]+" or "+planted[2])
	d.sees("left", "looks like")
	d.picture("refused-1280.png")
	d.fill("left", "The client agreed that a sibling may be told.")
	d.page.Until(`document.querySelector('#pane-left dialog.form') === null`)
	d.press("left", "Sign-off: today")
	d.press("right", "Seen: I am on it")
	d.sees("right", "a sibling may be told")
	d.press("right", "Approve")
	d.sees("left", "Sam Okafor approved")

	d.done("Send the firearms report")
	d.press("left", "Close with the record")
	d.press("left", "Close with the record") // to be sure
	d.sees("left", "Its record is here")

	markdown := d.record("md")
	for _, want := range []string{"Cal. Civ. Code § 43.92", "not reviewed", "Sam Okafor", "The client agreed that a sibling may be told.", "Told"} {
		if !bytes.Contains(markdown, []byte(want)) {
			t.Errorf("the record does not say %q", want)
		}
	}
	if pdf := d.record("pdf"); !bytes.HasPrefix(pdf, []byte("%PDF-")) {
		t.Error("the PDF is none")
	}
	d.holdsNothingOf(planted, map[string][]byte{"the record": markdown})
}

func TestASupervisorWhoDoesNotAnswerIsFollowedByTheNext(t *testing.T) {
	t.Parallel()
	d := newPracticeDay(t)
	d.threat()
	d.page.Until(`document.querySelectorAll('#pane-right .phone').length === 1`)
	d.page.Click("#move-5m")
	d.page.Click("#left-place-direct-label")
	d.sees("left", "Nobody answered in time")
	d.page.Says(`location.search = '?left=dana&right=kim'`)
	d.page.Until(`document.querySelector('#pane-right .phone') !== null`)
	d.page.Click("#right-place-direct-label")
	d.picture("escalated-1280.png")
	d.press("right", "Seen: I am on it")
	d.sees("left", "Kim Lindqvist knows")
}

// holdsNothingOf searches everything that was written, in every spelling that a
// program might have given it.
func (d *practiceDay) holdsNothingOf(identifiers []string, more map[string][]byte) {
	d.t.Helper()
	searched := map[string][]byte{"the log": d.log.bytes()}
	for name, content := range more {
		searched[name] = content
	}
	for name, content := range d.server.Files(d.t) {
		searched["redis: "+name] = content
	}
	c, ctx := d.server.Client(d.t), d.t.Context()
	keys, err := c.Keys(ctx, "*").Result()
	if err != nil || len(keys) < 5 {
		d.t.Fatalf("redis holds %d keys: %v", len(keys), err)
	}
	for _, key := range keys {
		dump, err := c.Dump(ctx, key).Result()
		if err == nil { // a key may expire while it is looked at
			searched["redis: "+key] = append([]byte(key+"\n"), dump...)
		}
	}
	size := 0
	for name, content := range searched {
		size += len(content)
		for _, id := range identifiers {
			for _, word := range append(strings.Fields(id), id) {
				for spelling, text := range spellings(word) {
					if bytes.Contains(bytes.ToLower(content), bytes.ToLower(text)) {
						d.t.Errorf("%s holds a planted identifier (%s)", name, spelling)
					}
				}
			}
		}
	}
	if size < 10_000 {
		d.t.Errorf("only %d bytes were searched", size)
	}
	d.t.Logf("searched %d places, %d bytes", len(searched), size)
}

// spellings are the ways in which a text may be written down.
func spellings(s string) map[string][]byte {
	wide := make([]byte, 0, 2*len(s))
	for _, unit := range utf16.Encode([]rune(s)) {
		wide = append(wide, byte(unit), byte(unit>>8))
	}
	all := map[string][]byte{
		"raw": []byte(s), "quoted": []byte(strings.Trim(strconv.QuoteToASCII(s), `"`)),
		"url": []byte(strings.ReplaceAll(s, " ", "%20")), "form": []byte(strings.ReplaceAll(s, " ", "+")), "utf-16": wide,
	}
	// In base64 a text looks one of three ways, by where it begins; its edges depend on what is beside it.
	for shift := range 3 {
		coded := base64.StdEncoding.EncodeToString(append(make([]byte, shift), s...))
		if from, to := []int{0, 2, 3}[shift], len(coded)-4; to-from >= 6 {
			all["base64/"+strconv.Itoa(shift)] = []byte(coded[from:to])
		}
	}
	return all
}

func TestAPlantedIdentifierWouldBeFound(t *testing.T) {
	t.Parallel()
	for spelling, text := range map[string]string{
		"raw":    "x Candace Whitfield y",
		"base64": base64.StdEncoding.EncodeToString([]byte("a Candace Whitfield b")),
		"url":    "q=Candace%20Whitfield",
		"utf-16": string(spellings("Candace Whitfield")["utf-16"]),
	} {
		found := false
		for _, s := range spellings("Candace Whitfield") {
			found = found || strings.Contains(text, string(s))
		}
		if !found {
			t.Errorf("%s: not found in %q", spelling, text)
		}
	}
}
