package slack

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"testing"

	"curbside/adapters/adaptertest"
	"curbside/adapters/slack/slackfake"
	"curbside/dialog"
)

// A seat is Slack in front of one person, in the words of the suite.
type seat struct {
	t      *testing.T
	fake   *slackfake.Server
	client *slackfake.Client
	slack  *Slack
	user   string
}

// Command types the command in the consultation channel.
func (s *seat) Command(words string) {
	s.t.Helper()
	if _, err := s.client.Command(consults, "/consult", words); err != nil {
		s.t.Fatalf("/consult %s: %v", words, err)
	}
}

// Thread is the newest thread whose first message names the consult.
func (s *seat) Thread(handle string) []adaptertest.Message {
	root := ""
	var thread []adaptertest.Message
	for _, m := range s.fake.Messages(s.user, consults) {
		if m.ThreadTS == "" && m.File == nil && strings.Contains(m.Readable(), handle) {
			root, thread = m.TS, nil
		}
		if root != "" && (m.TS == root || m.ThreadTS == root) {
			thread = append(thread, shown(m))
		}
	}
	return thread
}

// Direct are the messages from the bot; files it sent there stand with [seat.Private].
func (s *seat) Direct() []adaptertest.Message {
	var all []adaptertest.Message
	for _, m := range s.fake.Direct(s.user) {
		if m.File == nil {
			all = append(all, shown(m))
		}
	}
	return all
}

// Private are what only this person sees: ephemeral messages, files that the bot
// sent them alone, and a window that is no form.
func (s *seat) Private() []adaptertest.Message {
	all := s.fake.Ephemeral(s.user)
	for _, m := range s.fake.Direct(s.user) {
		if m.File != nil {
			all = append(all, m)
		}
	}
	slices.SortFunc(all, func(a, b slackfake.Message) int { return cmp.Compare(a.TS, b.TS) })
	var private []adaptertest.Message
	for _, m := range all {
		private = append(private, shown(m))
	}
	if _, form := s.Form(); !form {
		if v, open := s.fake.Modal(s.user); open {
			private = append(private, adaptertest.Message{ID: viewPrefix + v.ID, Text: v.Readable()})
		}
	}
	return private
}

func (s *seat) Notifications() []string { return s.fake.Notifications(s.user) }

// shown is a message as its reader sees it.
func shown(m slackfake.Message) adaptertest.Message {
	mentions := m.Mentions()
	seen := adaptertest.Message{ID: m.Channel + "/" + m.TS, Text: m.Readable(), Loud: mentions.Channel}
	for p, user := range accounts {
		if slices.Contains(mentions.People, user) {
			seen.Pings = append(seen.Pings, p)
		}
	}
	if m.File != nil {
		seen.File = &adaptertest.File{Name: m.File.Name, Content: m.File.Content}
	}
	return seen
}

// Form is the modal in front of the person, once it has fields.
func (s *seat) Form() (adaptertest.Form, bool) {
	v, open := s.fake.Modal(s.user)
	form := adaptertest.Form{Title: v.Title}
	for _, b := range v.Blocks {
		id, ours := strings.CutPrefix(b.BlockID, fieldPrefix)
		if b.Type != "input" || !ours {
			continue
		}
		form.Fields = append(form.Fields, adaptertest.Field{
			ID: dialog.FieldID(id), Label: b.Label.Text, Value: s.fake.Entered(v, b.BlockID, b.Element.ActionID), Fault: v.Errors[b.BlockID],
		})
	}
	return form, open && len(form.Fields) > 0
}

// Submit fills in and sends.
func (s *seat) Submit(fields map[dialog.FieldID]string) {
	s.t.Helper()
	v, _ := s.fake.Modal(s.user)
	for _, b := range v.Blocks {
		if text, given := fields[dialog.FieldID(strings.TrimPrefix(b.BlockID, fieldPrefix))]; given && b.Type == "input" {
			if err := s.client.Type(b.BlockID, b.Element.ActionID, text); err != nil {
				s.t.Fatalf("fill in %s: %v", b.BlockID, err)
			}
		}
	}
	if _, err := s.client.Submit(); err != nil {
		s.t.Fatalf("submit: %v", err)
	}
}

// Home opens the app's home tab and waits until the app has shown it.
func (s *seat) Home() (adaptertest.Message, bool) {
	<-s.client.OpenHome()
	s.slack.Wait()
	v, has := s.fake.Home(s.user)
	return adaptertest.Message{ID: viewPrefix + v.ID, Text: v.Readable()}, has
}

// viewPrefix begins the ids of what stands in a view and is no message.
const viewPrefix = "view/"

// A sheet is a message or a view as it stands now.
type sheet struct {
	slackfake.Where
	text     string
	controls []slackfake.Control
}

func sheetOf(m slackfake.Message) sheet { return sheet{m.Where(), m.Readable(), m.Controls()} }

func (s *seat) find(id string) (sheet, bool) {
	if view, ok := strings.CutPrefix(id, viewPrefix); ok {
		for _, look := range []func(string) (slackfake.View, bool){s.fake.Modal, s.fake.Home} {
			if v, there := look(s.user); there && v.ID == view {
				return sheet{v.Where(), v.Readable(), v.Controls()}, true
			}
		}
		return sheet{}, false
	}
	channel, ts, _ := strings.Cut(id, "/")
	all := slices.Concat(s.fake.Messages(s.user, channel), s.fake.Ephemeral(s.user))
	at := slices.IndexFunc(all, func(m slackfake.Message) bool { return m.Channel == channel && m.TS == ts })
	if at < 0 {
		return sheet{}, false
	}
	return sheetOf(all[at]), true
}

// pages are a message with all that its More buttons show, as far as somebody
// looking for something has to turn: until wanted is found.
func (s *seat) pages(id string, wanted func(sheet) bool) []sheet {
	s.t.Helper()
	p, ok := s.find(id)
	if !ok {
		return nil
	}
	pages := []sheet{p}
	for !wanted(p) {
		next, more := p.control(func(c slackfake.Control) bool { return moreLabel.MatchString(c.Label()) })
		if !more {
			break
		}
		p = s.turn(p, next)
		pages = append(pages, p)
	}
	return pages
}

// moreLabel is a button that leads to the next page.
var moreLabel = regexp.MustCompile(`^More \(\d+ of \d+\)$`)

// turn presses More and waits for the page, which only this person sees: a new
// message, or one that has changed.
func (s *seat) turn(p sheet, more slackfake.Control) sheet {
	s.t.Helper()
	before := map[string]int{}
	for _, old := range s.fake.Ephemeral(s.user) {
		before[old.TS] = old.Edits + 1
	}
	if _, err := s.client.Press(p.Where, more.BlockID, more.Element.ActionID); err != nil {
		s.t.Fatalf("press %s: %v", more.Label(), err)
	}
	var next sheet
	waitFor(s.t, "the next page shows", func() bool {
		for _, hint := range s.fake.Ephemeral(s.user) {
			if before[hint.TS] != hint.Edits+1 {
				next = sheetOf(hint)
				return true
			}
		}
		return false
	})
	return next
}

func (s *seat) Read(m adaptertest.Message) string {
	s.t.Helper()
	var text []string
	for _, p := range s.pages(m.ID, func(sheet) bool { return false }) {
		text = append(text, p.text)
	}
	return strings.Join(text, "\n")
}

func (p sheet) control(is func(slackfake.Control) bool) (slackfake.Control, bool) {
	at := slices.IndexFunc(p.controls, is)
	if at < 0 {
		return slackfake.Control{}, false
	}
	return p.controls[at], true
}

// reach finds a control on whatever page of a message it is.
func (s *seat) reach(m adaptertest.Message, what string, is func(slackfake.Control) bool) (slackfake.Where, slackfake.Control) {
	s.t.Helper()
	has := func(p sheet) bool { _, ok := p.control(is); return ok }
	for _, p := range s.pages(m.ID, has) {
		if c, ok := p.control(is); ok {
			return p.Where, c
		}
	}
	s.t.Fatalf("there is no %q to press in %q", what, m.Text)
	return slackfake.Where{}, slackfake.Control{}
}

func (s *seat) Press(m adaptertest.Message, label string) (asked string) {
	s.t.Helper()
	at, c := s.reach(m, label, func(c slackfake.Control) bool { return c.Element.Type == "button" && c.Label() == label })
	if _, err := s.client.Press(at, c.BlockID, c.Element.ActionID); err != nil {
		s.t.Fatalf("press %s: %v", label, err)
	}
	return c.Question()
}

func (s *seat) Choose(m adaptertest.Message, label string) {
	s.t.Helper()
	at, c := s.reach(m, label, func(c slackfake.Control) bool {
		return c.Element.Type == "button" && c.Label() == label || slices.Contains(c.Options(), label)
	})
	var err error
	if c.Element.Type == "button" {
		_, err = s.client.Press(at, c.BlockID, c.Element.ActionID)
	} else {
		_, err = s.client.Choose(at, c.BlockID, c.Element.ActionID, label)
	}
	if err != nil {
		s.t.Fatalf("choose %s: %v", label, err)
	}
}

func (s *seat) Pick(m adaptertest.Message, send string, labels ...string) {
	s.t.Helper()
	for len(labels) > 0 {
		at, c := s.reach(m, labels[0], func(c slackfake.Control) bool { return slices.Contains(c.Options(), labels[0]) })
		var here, elsewhere []string
		for _, label := range labels {
			if slices.Contains(c.Options(), label) {
				here = append(here, label)
			} else {
				elsewhere = append(elsewhere, label)
			}
		}
		if _, err := s.client.Choose(at, c.BlockID, c.Element.ActionID, here...); err != nil {
			s.t.Fatalf("pick %s: %v", strings.Join(here, ", "), err)
		}
		labels = elsewhere
	}
	s.Press(m, send)
}
