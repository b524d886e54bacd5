package web

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"curbside/bot"
	"curbside/dialog"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func testPress(action dialog.Action, args ...string) dialog.Press {
	return dialog.Press{Handle: "amber-heron-42", Version: 47, Action: action, Args: args}
}

func few() []dialog.Option {
	return []dialog.Option{
		{Label: "Yes", Press: testPress("answer", "victim", "yes"), Selected: true},
		{Label: "I don't know", Help: "The finding says what would settle it", Press: testPress("answer", "victim", "unknown")},
	}
}

func many() []dialog.Option {
	var options []dialog.Option
	for _, code := range strings.Fields("al ak az ar ca co ct de fl ga") {
		options = append(options, dialog.Option{Label: strings.ToUpper(code), Press: testPress("answer", "place", code)})
	}
	options[2].Help = "a community property state"
	return options
}

func TestBlocksAreShownAs(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, time.November, 21, 9, 0, 0, 0, time.FixedZone("PST", -8*3600))
	change := dialog.Button{Label: "Change", Press: testPress("change", "place")}
	for name, block := range map[string]dialog.Block{
		"a paragraph":               dialog.Text{Text: "First line.\nSecond & <last>."},
		"a heading":                 dialog.Text{Tone: dialog.ToneHeading, Text: "What the law says"},
		"a muted line":              dialog.Text{Tone: dialog.ToneMuted, Text: "as of Nov 1"},
		"good practice":             dialog.Text{Tone: dialog.TonePractice, Text: "Tell the client first."},
		"a warning":                 dialog.Text{Tone: dialog.ToneWarning, Text: "The pager does not answer."},
		"something good":            dialog.Text{Tone: dialog.ToneGood, Text: "Approved."},
		"something urgent":          dialog.Text{Tone: dialog.ToneUrgent, Text: "Call 911."},
		"known answers":             dialog.Pairs{Title: "Answered", Items: []dialog.Pair{{Label: "Place", Value: "California", Change: &change}, {Label: "Age", Value: "adult"}}},
		"a list":                    dialog.List{Items: []string{"one", "two"}},
		"urgent steps in order":     dialog.List{Tone: dialog.ToneUrgent, Title: "Now", Ordered: true, Items: []string{"Call 911.", "Stay."}},
		"good practice as a list":   dialog.List{Tone: dialog.TonePractice, Title: "Least intrusive first", Items: []string{"Safety plan"}},
		"a duty":                    dialog.Law{Effect: "You must", Kind: "must", Title: "Protect", Text: "What it says.", Points: []string{"a serious threat"}, Citations: []string{"Cal. Civ. Code § 43.92"}, Footer: "as of 2026-11-01"},
		"a bar":                     dialog.Law{Effect: "You must not", Kind: "must_not", Title: "Disclose"},
		"a question of few answers": dialog.Choices{ID: "victim", Prompt: "Is it clear who?", Help: "A name is not needed.", Options: few()},
		"a question of many":        dialog.Choices{ID: "place", Prompt: "Where?", Options: many()},
		"a question of several": dialog.Choices{
			ID: "topics", Prompt: "What is it about?", Multiple: true, Submit: testPress("topics"), Label: "Continue",
			Options: []dialog.Option{{Label: "Harm to others", Value: "harm", Selected: true}, {Label: "Subpoena", Value: "subpoena", Help: "without a judge"}},
		},
		"buttons": dialog.Buttons{Items: []dialog.Button{
			{Label: "Ask", Style: dialog.StylePrimary, Opens: true, Press: testPress("ask")},
			{Label: "Danger", Style: dialog.StyleDanger, Confirm: "This pages everybody.", Press: testPress("danger")},
			{Label: "Again", Press: testPress("ask")},
		}},
		"an action list":         dialog.Checklist{Title: "To do", Items: []dialog.CheckItem{{Label: "Call", Detail: "the number", Press: &change}, {Label: "Write", Done: "by the clinician"}}},
		"a deadline to come":     dialog.Clock{Label: "Oral report", Due: now.Add(90 * time.Minute)},
		"a deadline gone by":     dialog.Clock{Label: "Oral report", Due: now.Add(-26 * time.Hour)},
		"a deadline that is met": dialog.Clock{Label: "Oral report", Due: now, Done: true},
		"a way to the thread":    dialog.Pointer{Label: "Open the thread", Handle: "amber-heron-42"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			at := painter{tab: "TAB", side: right, now: now}.at("post-amber-heron-42-1-0", surface{post: "amber-heron-42/1/0"})
			checkGolden(t, strings.ReplaceAll(name, " ", "-"), "block", at.block(block))
		})
	}
}

func TestAFormIsShownAs(t *testing.T) {
	t.Parallel()
	form := openForm{
		id: 3, from: surface{post: "amber-heron-42/1/0"},
		form: dialog.Form{
			Title: "Ask the supervisor", Intro: "No names.", Label: "Send", Submit: testPress("ask", "question"),
			Fields: []dialog.Field{
				{ID: "question", Label: "Your question", Hint: "What would help?", Value: "two\nlines", Multiline: true, Required: true, MaxLength: 500},
				{ID: "leaning", Label: "Your leaning", MaxLength: 80},
			},
		},
	}
	at := painter{tab: "TAB", side: left}
	checkGolden(t, "a-form", "form", at.form(form))
	form.faults = map[dialog.FieldID]string{"question": "This names a person."}
	checkGolden(t, "a-refused-form", "form", at.form(form))
}

func TestAButtonKeepsItsNameWhenTheVersionMovesOn(t *testing.T) {
	t.Parallel()
	id := func(version uint64) string {
		press := testPress("change", "place")
		press.Version = version
		at := painter{side: left}.at("post", surface{post: "x"})
		return at.button(dialog.Button{Label: "Change", Press: press}).ID
	}
	if id(1) != id(2) {
		t.Errorf("ids %q and %q: the focus is lost", id(1), id(2))
	}
}

func TestMessagesAreOfTheirKind(t *testing.T) {
	t.Parallel()
	for want, e := range map[string]Entry{
		"card":    {Effect: dialog.Effect{Kind: dialog.PostCard}},
		"note":    {Effect: dialog.Effect{Kind: dialog.PostNote}},
		"file":    {Effect: dialog.Effect{Kind: dialog.SendFile}},
		"direct":  {Effect: dialog.Effect{Kind: dialog.Page}, To: "sam"},
		"mention": {Effect: dialog.Effect{Kind: dialog.Page}, Mention: "sam"},
	} {
		if got := messageKind(&post{Entry: e}); got != want {
			t.Errorf("%+v is a %s, want a %s", e, got, want)
		}
	}
	if got := messageKind(&post{Entry: Entry{Effect: dialog.Effect{Kind: dialog.UpdateCard}, Ref: bot.Ref("x")}}); got != "card" {
		t.Errorf("an updated card is a %s", got)
	}
}

func checkGolden(t *testing.T, name, template string, data any) {
	t.Helper()
	pages, err := parseTemplates()
	if err != nil {
		t.Fatal(err)
	}
	var got bytes.Buffer
	if err := pages.ExecuteTemplate(&got, template, data); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join("testdata", name+".golden.html")
	if *update {
		if err := os.WriteFile(path, got.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got.Bytes(), want) {
		t.Errorf("got\n%s\nwant\n%s", got.Bytes(), want)
	}
}
