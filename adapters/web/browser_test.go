package web

import (
	"context"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"curbside/adapters/adaptertest"
	"curbside/adapters/web/browsertest"
	"curbside/bot"
	"curbside/dialog"
)

const (
	askButton    = "#left-post-amber-heron-42-1-0-press-amber-heron-42-ask"
	dangerButton = "#left-post-amber-heron-42-1-0-press-amber-heron-42-danger"
)

// talk is a bot for a browser: it opens a form, refuses it, and counts presses.
type talk struct {
	adaptertest.Bot
	bench func() *Workbench

	mu    sync.Mutex
	heard []bot.Inbound
}

func (b *talk) Handle(ctx context.Context, in bot.Inbound) bot.Reply {
	b.mu.Lock()
	b.heard = append(b.heard, in)
	b.mu.Unlock()
	switch {
	case in.Kind == bot.Submit:
		return bot.Reply{Reply: dialog.Reply{FieldErrors: map[dialog.FieldID]string{"question": "This names a person."}}}
	case in.Press.Action == "ask":
		return bot.Reply{Reply: dialog.Reply{Form: &dialog.Form{
			Title: "Ask", Label: "Send", Submit: testPress("ask", "question"),
			Fields: []dialog.Field{{ID: "question", Label: "Your question", Multiline: true}, {ID: "leaning", Label: "Your leaning"}},
		}}}
	case in.Press.Action == "danger":
		b.bench().Deliver(ctx, talkCard(2, "danger was pressed"))
		return bot.Reply{}
	default:
		return bot.Reply{Reply: dialog.Reply{Notice: "a private word"}}
	}
}

func (b *talk) count() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return len(b.heard)
}

func talkCard(version uint64, says string) bot.Delivery {
	d := card(version, says)
	d.ID, d.Effect.Version = "amber-heron-42/1/0", 1
	d.View.Blocks = append(d.View.Blocks,
		dialog.Choices{ID: "victim", Prompt: "Is it clear who?", Options: few()},
		dialog.Law{Effect: "You must", Kind: "must", Title: "Protect", Text: "What it says.", Citations: []string{"Cal. Civ. Code § 43.92"}, Footer: "as of 2026-11-01"},
		dialog.Text{Tone: dialog.TonePractice, Text: "Tell the client first."},
		dialog.Text{Tone: dialog.ToneUrgent, Text: "Call 911."},
		dialog.Text{Tone: dialog.ToneWarning, Text: "The pager does not answer."},
		dialog.Text{Tone: dialog.ToneGood, Text: "Approved."},
		dialog.Checklist{Items: []dialog.CheckItem{{Label: "Call", Detail: "the number"}, {Label: "Write", Done: "by the clinician"}}},
		dialog.Clock{Label: "Oral report", Due: time.Unix(0, 0)},
		dialog.Buttons{Items: []dialog.Button{
			{Label: "Ask", Style: dialog.StylePrimary, Opens: true, Press: testPress("ask")},
			{Label: "Danger", Style: dialog.StyleDanger, Confirm: "This pages everybody.", Press: testPress("danger")},
		}},
	)
	return d
}

func newTalk(t *testing.T) (*server, *talk) {
	t.Helper()
	b := &talk{}
	s := newServer(t, b, Options{})
	b.bench = func() *Workbench { return s.bench }
	s.bench.Deliver(t.Context(), talkCard(1, "first look"))
	return s, b
}

func TestInABrowserThePageIsUsedByKeyboardAndKeepsItsPlace(t *testing.T) {
	t.Parallel()
	s, b := newTalk(t)
	c := browsertest.Open(t, s.URL, 1280, 900)
	const active = "document.activeElement.id"

	c.Type("#left-typed", "/consult help Jane\r")
	c.Until(`document.querySelector('#left-privates').innerText.includes('a private word')`)
	if got := c.Says("document.querySelector('#left-typed').value"); got != "" {
		t.Errorf("the composer still holds %q", got)
	}
	if got := c.Says(active); got != "left-typed" {
		t.Errorf("the focus went to %q", got)
	}
	if got := c.Says(`document.querySelector('#right-privates').innerText`); got != "" {
		t.Errorf("the other person sees %q", got)
	}

	c.Click(askButton)
	c.Until(active + ` === 'left-form-2-question'`)
	c.Type("#left-form-2-question", "May I tell Jane?")
	c.Type("#left-form-2-leaning", "warn")
	c.Click("#left-form-2-send")
	c.Until(`document.querySelector('.fault')?.innerText === 'This names a person.'`)
	c.Until(active + ` === 'left-form-2-question'`)
	s.bench.Deliver(t.Context(), talkCard(2, "second look"))
	c.Until(`document.querySelector('#left-channel').innerText.includes('second look')`)
	if got := c.Says(`document.querySelector('#left-form-2-question').value + '|' + document.querySelector('#left-form-2-leaning').value`); got != "May I tell Jane?|warn" {
		t.Errorf("the form holds %q", got)
	}
	c.Do(chromedp.KeyEvent("\x1b"))
	c.Until(`!document.querySelector('dialog.form')`)

	before := b.count()
	c.Click(dangerButton)
	c.Until(active + ` === '` + dangerButton[1:] + `-back'`)
	c.Do(chromedp.KeyEvent("\x1b"))
	c.Until(`!document.querySelector('dialog[open]')`)
	if b.count() != before {
		t.Error("a press that was not confirmed reached the bot")
	}
	c.Click(dangerButton)
	c.Click(dangerButton + "-sure")
	c.Until(`document.querySelector('#left-channel').innerText.includes('danger was pressed')`)
	c.Until(`document.querySelector('#right-channel').innerText.includes('danger was pressed')`)
	c.Until(active + ` === '` + dangerButton[1:] + `'`)

	c.Do(chromedp.Reload())
	c.Until(`document.querySelector('#left-channel').innerText.includes('danger was pressed')`)
	if got := c.Says(`document.querySelector('#left-privates').innerText`); got != "" {
		t.Errorf("after loading again there is still %q", got)
	}
}

func TestInABrowserAnAnswerThatWasOvertakenShowsNothingOld(t *testing.T) {
	t.Parallel()
	s, _ := newTalk(t)
	c := browsertest.Open(t, s.URL, 1280, 900)
	c.Until(`document.querySelector('#left-channel').innerText.includes('first look')`)
	c.Says(`window.old = '<hx-partial hx-target="#pane-left" hx-swap="outerMorph">' + document.querySelector('#pane-left').outerHTML + '</hx-partial>'`)
	s.bench.Deliver(t.Context(), talkCard(2, "second look"))
	c.Until(`document.querySelector('#left-channel').innerText.includes('second look')`)
	c.Says(`window.swapped = 'not yet', htmx.swap({ text: window.old, swap: 'none', sourceElement: document.body }).then(() => { window.swapped = 'done' })`)
	c.Until(`window.swapped === 'done'`)
	if got := c.Says(`document.querySelector('#left-channel').innerText.includes('first look')`); got != "false" {
		t.Error("the page went back to what it showed before")
	}
}

func TestInABrowserAnOpenQuestionKeepsWhatIsTicked(t *testing.T) {
	t.Parallel()
	s, _ := newTalk(t)
	d := card(3, "several")
	d.View.Blocks = append(d.View.Blocks, dialog.Choices{
		ID: "topics", Prompt: "What is it about?", Multiple: true, Submit: testPress("topics"), Label: "Continue",
		Options: []dialog.Option{{Label: "Harm", Value: "harm"}, {Label: "Subpoena", Value: "subpoena"}},
	})
	d.ID, d.Ref = "amber-heron-42/3/0", "amber-heron-42/1/0"
	s.bench.Deliver(t.Context(), d)
	c := browsertest.Open(t, s.URL, 1280, 900)
	const box = "#left-post-amber-heron-42-1-0-ask-topics-subpoena"
	c.Click(box)
	note := card(3, "a note")
	note.ID, note.Kind, note.Effect.Kind, note.Effect.Index = "amber-heron-42/3/1", dialog.PostNote, dialog.PostNote, 1
	s.bench.Deliver(t.Context(), note)
	c.Until(`document.querySelector('#left-channel').innerText.includes('a note')`)
	if got := c.Says(`document.querySelector('` + box + `').checked`); got != "true" {
		t.Error("the tick is gone")
	}
}

// weak lists texts that stand out too little from what is behind them, by the
// measure of WCAG 2.2, 1.4.3.
const weak = `(() => {
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const rgba = (color) => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = color; canvas.fillRect(0, 0, 1, 1); return [...canvas.getImageData(0, 0, 1, 1).data]; };
  const light = ([r, g, b]) => [r, g, b].map((v) => v / 255).map((v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = (element) => { for (let e = element; e; e = e.parentElement) { const c = rgba(getComputedStyle(e).backgroundColor); if (c[3] === 255) return c; } return [255, 255, 255, 255]; };
  const found = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node; (node = walk.nextNode());) {
    const element = node.parentElement;
    if (!node.data.trim() || !element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) || element.closest('.unseen, noscript, option')) continue;
    const style = getComputedStyle(element), size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && style.fontWeight >= 700);
    let opacity = 1;
    for (let e = element; e; e = e.parentElement) opacity *= getComputedStyle(e).opacity;
    const ground = behind(element), ink = rgba(style.color).map((v, i) => v * opacity + ground[i] * (1 - opacity));
    const [a, b] = [light(ink), light(ground)].sort((x, y) => y - x), ratio = (a + 0.05) / (b + 0.05);
    if (ratio < (large ? 3 : 4.5)) found.push(ratio.toFixed(2) + ' ' + node.data.trim().slice(0, 40));
  }
  return found.join('; ');
})()`

func TestInABrowserThePageFitsAndCanBeReadInLightAndDark(t *testing.T) {
	t.Parallel()
	s, _ := newTalk(t)
	s.bench.Page(t.Context(), bot.PageRequest{ID: "amber-heron-42/3/1", Handle: "amber-heron-42", Urgency: dialog.Imminent, To: "dana"})
	for _, width := range []int64{1280, 390} {
		c := browsertest.Open(t, s.URL, width, 844)
		c.Until(`document.querySelector('#left-channel').innerText.includes('first look')`)
		for _, scheme := range []string{"light", "dark"} {
			c.Prefer(scheme)
			if got := c.Says(weak); got != "" {
				t.Errorf("%d wide, %s: too weak: %s", width, scheme, got)
			}
		}
		if c.Says("document.documentElement.scrollWidth <= innerWidth") != "true" {
			t.Errorf("%d wide: the page is wider than its window", width)
		}
		if width < 800 {
			c.Click("label[for=show-right]")
			c.Until(`!document.querySelector('#pane-left').checkVisibility() && document.querySelector('#pane-right').checkVisibility()`)
		}
		c.ForceColors()
		for what, marked := range map[string]string{
			"the place that is open": `['.places label', 'borderBottomColor']`,
			"whose screen is shown":  `['.sides label', 'backgroundColor']`,
		} {
			if c.Says(`new Set([...document.querySelectorAll(`+marked+`[0])].map((e) => getComputedStyle(e)[`+marked+`[1]])).size > 1`) != "true" {
				t.Errorf("%d wide, in forced colors: nothing marks %s", width, what)
			}
		}
	}
}
