package main

import (
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"curbside/dialog"
)

const (
	transcriptWidth = 80
	cardMargin      = "  | " // the card in the thread
	noteMargin      = "  # " // a line in the thread
	directMargin    = "  @ " // a direct message
	phoneMargin     = "  * " // a phone, a file
	aloneMargin     = "  : " // what one person alone sees
)

// A transcript prints a play, at most 80 columns wide. After the first error it
// prints nothing more and keeps the error.
type transcript struct {
	out   io.Writer
	color bool
	zone  *time.Location
	err   error
	shown map[string]map[string]bool // by surface: the parts that were printed last
	told  strings.Builder            // what was printed since the last step, without layout
}

// onTerminal reports whether w is a terminal that takes colours.
func onTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok || os.Getenv("NO_COLOR") != "" || os.Getenv("TERM") == "dumb" {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// The few things colour says; without colour the words say them too.
const (
	plainText  = ""
	strongText = "1"
	quietText  = "2"
	alarmText  = "1;31"
	goodText   = "32"
)

func (t *transcript) line(style, s string) {
	if t.err != nil {
		return
	}
	t.told.WriteString(s + "\n")
	if t.color && style != plainText && strings.TrimSpace(s) != "" {
		s = "\x1b[" + style + "m" + s + "\x1b[0m"
	}
	_, t.err = fmt.Fprintln(t.out, strings.TrimRight(s, " "))
}

func (t *transcript) para(style, lead, s string) {
	for _, l := range (texter{width: transcriptWidth, zone: t.zone}).wrap(lead, s) {
		t.line(style, l)
	}
}

// begin opens the transcript of a play.
func (t *transcript) begin(s script) {
	t.line(strongText, s.Title)
	t.line(strongText, strings.Repeat("=", len([]rune(s.Title))))
	t.para(plainText, "", s.About)
}

// act says what somebody did, and begins a step.
func (t *transcript) act(at time.Time, who, did string) {
	t.told.Reset()
	t.line(plainText, "")
	t.para(strongText, at.In(t.zone).Format("15:04")+"  ", who+" "+did)
}

// narrate says what the play does not show.
func (t *transcript) narrate(s string) {
	t.told.Reset()
	t.line(plainText, "")
	t.para(quietText, "", s)
}

// alone prints what one person alone is told.
func (t *transcript) alone(who string, v dialog.View) {
	t.line(quietText, aloneMargin+"to "+who+" alone:")
	t.blocks(aloneMargin, textBlocks(v, transcriptWidth-len(aloneMargin), t.zone))
}

func (t *transcript) notice(who, s string) { t.para(quietText, aloneMargin+"to "+who+" alone: ", s) }

// living prints those parts of a surface that are not as they were printed
// before; each surface has a name of its own.
func (t *transcript) living(name, margin string, v dialog.View) {
	seen := map[string]bool{}
	var fresh []textBlock
	for _, b := range textBlocks(v, transcriptWidth-len(margin), t.zone) {
		news := textBlock{tone: b.tone, head: b.head}
		for _, part := range b.parts {
			key := strings.Join(slices.Concat(b.head, part), "\n")
			seen[key] = true
			if !t.shown[name][key] {
				news.parts = append(news.parts, part)
			}
		}
		if len(news.parts) > 0 {
			fresh = append(fresh, news)
		}
	}
	t.shown[name] = seen
	if len(fresh) == 0 && margin == directMargin {
		t.line(quietText, margin+"(brought up to date)")
	}
	t.blocks(margin, fresh)
}

func (t *transcript) blocks(margin string, blocks []textBlock) {
	for i, b := range blocks {
		if i > 0 {
			t.line(plainText, margin)
		}
		for _, l := range b.lines() {
			t.line(styleOf(b.tone), margin+l)
		}
	}
}

func styleOf(tone dialog.Tone) string {
	switch tone {
	case dialog.ToneHeading:
		return strongText
	case dialog.ToneMuted, dialog.TonePractice:
		return quietText
	case dialog.ToneUrgent, dialog.ToneWarning:
		return alarmText
	case dialog.ToneGood:
		return goodText
	default:
		return plainText
	}
}

// event prints one thing that reached somebody.
func (t *transcript) event(e event, name func(dialog.PersonID) string) {
	switch e.kind {
	case dialog.CallPager:
		state := "rings"
		if e.page.End {
			state = "is quiet again"
		}
		t.para(alarmText, phoneMargin, name(e.to)+"'s phone "+state+": "+e.page.Handle+", "+string(e.page.Urgency))
	case dialog.SendFile:
		t.para(plainText, phoneMargin, "in the thread: the file "+e.file.Name)
	case dialog.PostNote:
		t.blocks(noteMargin, textBlocks(e.view, transcriptWidth-len(noteMargin), t.zone))
	case dialog.Page:
		t.line(alarmText, directMargin+"page to "+name(e.to)+":")
		t.living("page to "+string(e.to), directMargin, e.view)
	case dialog.EndPage:
		t.line(quietText, directMargin+"the page to "+name(e.to)+" now says:")
		t.living("page to "+string(e.to), directMargin, e.view)
	default:
		t.line(quietText, directMargin+"direct message to "+name(e.to)+":")
		t.blocks(directMargin, textBlocks(e.view, transcriptWidth-len(directMargin), t.zone))
	}
}

// record prints the record at the end.
func (t *transcript) record(markdown []byte) {
	t.line(plainText, "")
	t.line(strongText, "The record, for the chart")
	t.line(strongText, "-------------------------")
	for l := range strings.Lines(string(markdown)) {
		l = strings.TrimRight(l, "\n")
		if l == "" {
			t.line(plainText, "")
			continue
		}
		t.para(plainText, "", l)
	}
}
