package slack

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"testing/quick"

	slackapi "github.com/slack-go/slack"

	"curbside/dialog"
)

// textOf is everything that stands in blocks.
func textOf(t testing.TB, blocks []slackapi.Block) string {
	t.Helper()
	raw, err := json.Marshal(blocks)
	if err != nil {
		t.Fatal(err)
	}
	var all []any
	if err := json.Unmarshal(raw, &all); err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	var walk func(any)
	walk = func(v any) {
		switch v := v.(type) {
		case []any:
			for _, one := range v {
				walk(one)
			}
		case map[string]any:
			if s, ok := v["text"].(string); ok {
				b.WriteString(s + "\n")
			} else {
				walk(v["text"])
			}
			for _, key := range []string{"elements", "accessory", "options", "description"} {
				walk(v[key])
			}
		}
	}
	walk(all)
	return b.String()
}

func duty(n, sentences int) dialog.Law {
	return dialog.Law{
		Effect: "You must", Kind: "must", Title: fmt.Sprintf("Duty %02d", n),
		Text:   strings.Repeat(fmt.Sprintf("Sentence of duty %02d. ", n), sentences) + fmt.Sprintf("Last words of duty %02d.", n),
		Points: []string{"a point"}, Citations: []string{fmt.Sprintf("Code § %02d", n)}, Footer: "as of 2026-11-21",
	}
}

// layout draws a view and returns its pages.
func layout(v dialog.View) [][]slackapi.Block {
	p := newPainter(markCard, func(string) string { return "https://harbor.slack.com/" })
	return p.pages(v, messageRoom, p.turner(dialog.Effect{Handle: "amber-heron-42", Kind: dialog.UpdateCard}))
}

func TestWhatCanBePressedStaysOnTheMessageAndTheLawMovesWhole(t *testing.T) {
	t.Parallel()
	v := dialog.View{Title: "Consult amber-heron-42", Status: "Think through"}
	for n := range 20 {
		v.Blocks = append(v.Blocks, duty(n, 30))
	}
	v.Blocks = append(v.Blocks, dialog.Buttons{Items: []dialog.Button{{Label: "Go on", Press: dialog.Press{Handle: "amber-heron-42", Version: 1, Action: "go"}}}})
	pages := layout(v)
	if len(pages) < 2 {
		t.Fatalf("twenty duties stand on %d page", len(pages))
	}
	first := textOf(t, pages[0])
	for _, want := range []string{"Go on", "Duty 00", fmt.Sprintf("More (2 of %d)", len(pages))} {
		if !strings.Contains(first, want) {
			t.Errorf("%q is not on the message", want)
		}
	}
	for n := range 20 {
		title, last := fmt.Sprintf("Duty %02d", n), fmt.Sprintf("Last words of duty %02d.", n)
		found := 0
		for _, page := range pages {
			text := textOf(t, page)
			if strings.Contains(text, title) != strings.Contains(text, last) {
				t.Errorf("%s is cut in two", title)
			}
			found += strings.Count(text, title)
		}
		if found != 1 {
			t.Errorf("%s stands %d times", title, found)
		}
	}
}

func TestPagesAreInTheOrderOfTheView(t *testing.T) {
	t.Parallel()
	v := dialog.View{Title: "Consult"}
	for n := range 40 {
		v.Blocks = append(v.Blocks, duty(n, 20))
	}
	var all strings.Builder
	for _, page := range layout(v) {
		all.WriteString(textOf(t, page))
	}
	at := 0
	for n := range 40 {
		next := strings.Index(all.String(), fmt.Sprintf("Duty %02d", n))
		if next < at {
			t.Fatalf("duty %d comes before the one before it", n)
		}
		at = next
	}
}

func TestATextLongerThanAPageIsCutBetweenSentences(t *testing.T) {
	t.Parallel()
	pages := layout(dialog.View{Title: "Consult", Blocks: []dialog.Block{duty(1, 2000)}})
	var all strings.Builder
	for _, page := range pages {
		withinLimits(t, "a long law", page, mostInMessage)
		all.WriteString(textOf(t, page))
	}
	if got := strings.Count(all.String(), "Sentence of duty 01."); got != 2000 {
		t.Errorf("%d whole sentences, want 2000", got)
	}
}

func TestAViewOfAnyTextFitsIntoSlack(t *testing.T) {
	t.Parallel()
	fits := func(title, status, text, label, help string, n uint8) bool {
		p := dialog.Press{Handle: "amber-heron-42", Version: 1, Action: "answer"}
		v := dialog.View{Title: title, Status: status, Blocks: []dialog.Block{
			dialog.Text{Text: strings.Repeat(text, int(n))},
			dialog.Law{Effect: label, Title: title, Text: strings.Repeat(text, int(n)), Points: []string{text, help}},
			dialog.List{Title: title, Items: []string{text, help}},
			dialog.Buttons{Items: []dialog.Button{{Label: "x" + label, Press: p, Confirm: text}}},
		}}
		if label != "" && n > 0 {
			ch := dialog.Choices{ID: label, Prompt: "x" + help, Multiple: n%2 == 0, Submit: p, Label: "Go on"}
			for i := range n {
				ch.Options = append(ch.Options, dialog.Option{Label: fmt.Sprint(i) + label, Help: help, Value: fmt.Sprint(i), Press: p})
			}
			v.Blocks = append(v.Blocks, ch)
		}
		checked(t, fmt.Sprintf("%q", []string{title, status, text, label, help}), v, markCard)
		return !t.Failed()
	}
	if err := quick.Check(fits, &quick.Config{MaxCount: 25}); err != nil {
		t.Error(err)
	}
}

func TestALabelThatIsTooLongForAButtonStandsInFullAboveIt(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("a", 70)
	blocks := layout(dialog.View{Title: "Consult", Blocks: []dialog.Block{dialog.Choices{
		ID: "long", Prompt: "Which?", Options: []dialog.Option{{Label: long, Press: dialog.Press{Action: "answer"}}},
	}}})[0]
	if !strings.Contains(textOf(t, blocks), long) {
		t.Error("the label cannot be read in full")
	}
}

func TestTheSameAnswersKeepTheirIDsFromVersionToVersion(t *testing.T) {
	t.Parallel()
	ids := func(version uint64, more ...dialog.Block) string {
		c := dialog.Choices{
			ID: "topics", Prompt: "What?", Multiple: true, Label: "Go on", Submit: dialog.Press{Version: version, Action: "topics"},
			Options: []dialog.Option{{Label: "one", Value: "one"}, {Label: "two", Value: "two"}},
		}
		var all []string
		for _, b := range layout(dialog.View{Title: "Consult", Blocks: append(more, c)})[0] {
			if a, ok := b.(*slackapi.ActionBlock); ok {
				all = append(all, a.BlockID)
			}
		}
		return strings.Join(all, " ")
	}
	if before, after := ids(1), ids(7, dialog.Text{Text: "something new"}); before != after {
		t.Errorf("what was picked would be lost: %q became %q", before, after)
	}
}
