package main

import (
	"bytes"
	"flag"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"curbside/dialog"
)

var updatePlays = flag.Bool("update-plays", false, "rewrite the golden files of the plays")

// goldenPlay compares with a file of testdata/plays.
func goldenPlay(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", "plays", name)
	if *updatePlays {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("differs from %s; run the test with -update-plays and review the diff. First difference:\n%s", path, firstDifference(got, string(want)))
	}
}

func firstDifference(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range g {
		if i >= len(w) || g[i] != w[i] {
			return "got  " + g[i] + "\nwant " + strings.Join(w[min(i, len(w)):min(i+1, len(w))], "")
		}
	}
	return "got ends early"
}

var (
	aHash   = regexp.MustCompile(`\b[0-9a-f]{64}\b|\b[0-9a-f]{12}\b`)
	aHandle = regexp.MustCompile(`Write its name|Consult ([a-z]+-[a-z]+-[0-9]+)`)
)

// steady takes out of a transcript what differs from run to run and with every
// word of a pack: the handle and the hashes.
func steady(t *testing.T, transcript string) string {
	t.Helper()
	handle := aHandle.FindStringSubmatch(transcript)
	if len(handle) < 2 || handle[1] == "" {
		t.Fatal("the transcript names no consult")
	}
	s := strings.ReplaceAll(transcript, handle[1], "amber-heron-42")
	return aHash.ReplaceAllString(s, "(hash)")
}

func TestEveryPlayPlaysToItsEnd(t *testing.T) {
	t.Parallel()
	for _, name := range scriptNames() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			code, out, errs := curbside(t, "demo", "--play", name)
			if code != exitOK {
				t.Fatalf("the play ended with %d: %s", code, errs)
			}
			for line := range strings.Lines(out) {
				if n := utf8.RuneCountInString(strings.TrimSuffix(line, "\n")); n > transcriptWidth {
					t.Errorf("a line is %d columns wide: %s", n, line)
				}
			}
			if strings.Contains(out, "\x1b") {
				t.Error("a transcript that goes to no terminal holds escape codes")
			}
			course, chart, _ := strings.Cut(steady(t, out), "\nThe record, for the chart\n")
			goldenPlay(t, name+".txt", course)
			for _, section := range []string{"# Record of a consult", "## What the law says", "## Consultation and sign-off", "## What was done", "## To complete in the chart"} {
				if !strings.Contains(chart, "\n"+section+"\n") {
					t.Errorf("the record at the end has no %q", section)
				}
			}
		})
	}
}

func TestPlaysAreListed(t *testing.T) {
	t.Parallel()
	code, out, errs := curbside(t, "demo", "--play", "list")
	if code != exitOK {
		t.Fatalf("demo --play list ended with %d: %s", code, errs)
	}
	for _, name := range []string{"california-threat", "texas-permission", "washington-open"} {
		if !strings.Contains(out, name+" ") {
			t.Errorf("the list lacks %s:\n%s", name, out)
		}
	}
}

func TestAPlayThatIsNotThereIsNamedWithThoseThatAre(t *testing.T) {
	t.Parallel()
	code, _, errs := curbside(t, "demo", "--play", "nevada")
	if code == exitOK || !strings.Contains(errs, `no play "nevada"`) || !strings.Contains(errs, "texas-permission") {
		t.Errorf("demo --play nevada ended with %d and said: %s", code, errs)
	}
}

func TestAPlayStopsWhereTheProgramDoesOtherwise(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct{ steps, want string }{
		"when nobody sees what is expected":      {"- {as: dana, command: new, expect: [a unicorn]}", `step 1: nobody sees "a unicorn"`},
		"when there is no such button":           {"- {as: dana, command: new}\n- {as: dana, press: Fly}", `step 2: dana sees no "Fly", only: California`},
		"when an answer belongs elsewhere":       {"- {as: dana, command: new}\n- {as: dana, choose: [Texas, Fly]}", `step 2: dana sees no "Texas + Fly"`},
		"when the button is on another surface":  {"- {as: dana, command: new}\n- {as: dana, press: Cancel, in: message}", `step 2: dana sees no "Cancel"`},
		"when the expected is on another's desk": {"- {as: sam, command: list, expect: [Where is the client]}", `step 1: nobody sees "Where is the client"`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, err := parseScript([]byte("title: T\nabout: A\nstart: 2026-11-20T20:50:00-08:00\nsteps:\n" + tc.steps))
			if err != nil {
				t.Fatal(err)
			}
			settings, err := demoSettings("127.0.0.1:0")
			if err != nil {
				t.Fatal(err)
			}
			err = playOn(t.Context(), settings, s, io.Discard)
			if err == nil || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("the play ended with %v, want %q", err, tc.want)
			}
		})
	}
}

func TestScriptsAreReadStrictly(t *testing.T) {
	t.Parallel()
	const head = "title: T\nstart: 2026-11-20T20:50:00-08:00\nsteps:\n"
	for name, tc := range map[string]struct{ script, want string }{
		"a misspelt key":                {head + "- {as: dana, pres: Go}", "field pres not found"},
		"two things in one step":        {head + "- {as: dana, press: Go, wait: 1m}", "step 1: needs exactly one of"},
		"a step that does nothing":      {head + "- {as: dana}", "step 1: needs exactly one of"},
		"a press by nobody":             {head + "- {press: Go}", "step 1: needs as"},
		"a wait into the past":          {head + "- {wait: -1m}", "step 1: wait goes back"},
		"a place that is no surface":    {head + "- {as: dana, press: Go, in: fax}", `step 1: in is "fax"`},
		"a script without a start":      {"title: T\nsteps:\n- {wait: 1m}", "needs a title, a start and steps"},
		"a script in which nobody acts": {head, "needs a title, a start and steps"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := parseScript([]byte(tc.script))
			if err == nil || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("parseScript says %v, want %q", err, tc.want)
			}
		})
	}
}

// everyBlock is a view with one block of every kind.
func everyBlock() dialog.View {
	button := dialog.Button{Label: "Change it"}
	return dialog.View{
		Title: "Consult amber-heron-42", Status: "1 of 5",
		Blocks: []dialog.Block{
			dialog.Text{Tone: dialog.ToneUrgent, Text: "A text that is too long for one line and is broken at a space, as it should be."},
			dialog.Text{},
			dialog.Pairs{Title: "Known", Items: []dialog.Pair{{Label: "Means", Value: "Yes", Change: &button}}},
			dialog.List{Title: "First", Ordered: true, Items: []string{"One", "Two"}},
			dialog.List{Items: []string{"A point that is too long for one line and is broken at a space"}},
			dialog.Law{Effect: "You must", Title: "Protect", Text: "The law.", Points: []string{"Today"}, Citations: []string{"§ 1"}, Footer: "as of today"},
			dialog.Choices{Prompt: "Which?", Options: []dialog.Option{{Label: "A", Selected: true}, {Label: "B", Help: "the other"}}},
			dialog.Choices{Prompt: "Which ones?", Multiple: true, Label: "Go on", Options: []dialog.Option{{Label: "A", Selected: true}, {Label: "B"}}},
			dialog.Buttons{Items: []dialog.Button{{Label: "One button that is long"}, {Label: "Another one that is"}, {Label: "Third"}}},
			dialog.Checklist{Title: "To do", Items: []dialog.CheckItem{{Label: "Call", Detail: "soon", Done: "by the clinician", Press: &button}, {Label: "Write"}}},
			dialog.Clock{Label: "Report", Due: time.Date(2026, 11, 21, 3, 50, 0, 0, time.UTC)},
			dialog.Clock{Label: "Report", Due: time.Date(2026, 11, 21, 3, 50, 0, 0, time.UTC), Done: true},
			dialog.Pointer{Label: "Go", Handle: "amber-heron-42"},
		},
	}
}

func TestEveryBlockReadsAsText(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	for _, block := range textBlocks(everyBlock(), 40, time.UTC) {
		b.WriteString(strings.Join(block.lines(), "\n") + "\n\n")
	}
	goldenPlay(t, "every-block.txt", b.String())
}

func TestOnATerminalOnlyToneIsColoured(t *testing.T) {
	t.Parallel()
	var plain, coloured bytes.Buffer
	for _, tr := range []*transcript{
		{out: &plain, zone: time.UTC, shown: map[string]map[string]bool{}},
		{out: &coloured, color: true, zone: time.UTC, shown: map[string]map[string]bool{}},
	} {
		tr.living("card", cardMargin, everyBlock())
	}
	if !strings.Contains(coloured.String(), "\x1b[1;31m  | A text") {
		t.Error("an urgent text has no colour")
	}
	if bare := regexp.MustCompile("\x1b\\[[0-9;]*m").ReplaceAllString(coloured.String(), ""); bare != plain.String() {
		t.Errorf("without its colours the transcript reads\n%s\nwant\n%s", bare, plain.String())
	}
}

func TestOnlyWhatIsNewIsPrintedAgain(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	tr := &transcript{out: &out, zone: time.UTC, shown: map[string]map[string]bool{}}
	tr.living("card", cardMargin, dialog.View{Title: "T", Blocks: []dialog.Block{dialog.List{Title: "L", Items: []string{"one"}}}})
	out.Reset()
	tr.living("card", cardMargin, dialog.View{Title: "T", Blocks: []dialog.Block{dialog.List{Title: "L", Items: []string{"one", "two"}}}})
	if got, want := out.String(), "  | L\n  |   - two\n"; got != want {
		t.Errorf("the second card prints %q, want %q", got, want)
	}
}

func FuzzParseScript(f *testing.F) {
	for _, name := range scriptNames() {
		data, err := playFiles.ReadFile("plays/" + name + ".yaml")
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		s, err := parseScript(data)
		if err != nil {
			return
		}
		for i, st := range s.Steps {
			if err := st.check(); err != nil {
				t.Errorf("step %d was taken and is wrong: %v", i+1, err)
			}
		}
	})
}
