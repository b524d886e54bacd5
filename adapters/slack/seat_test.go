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
			private = append(private, adaptertest.Message{ID: "view/" + v.ID, Text: v.Readable()})
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

// find is a message as it stands now.
func (s *seat) find(id string) (slackfake.Message, bool) {
	channel, ts, _ := strings.Cut(id, "/")
	all := slices.Concat(s.fake.Messages(s.user, channel), s.fake.Ephemeral(s.user))
	at := slices.IndexFunc(all, func(m slackfake.Message) bool { return m.Channel == channel && m.TS == ts })
	if at < 0 {
		return slackfake.Message{}, false
	}
	return all[at], true
}

// pages are a message with all that its More buttons show, as far as somebody
// looking for something has to turn: until wanted is found.
func (s *seat) pages(id string, wanted func(slackfake.Message) bool) []slackfake.Message {
	s.t.Helper()
	m, ok := s.find(id)
	if !ok {
		return nil
	}
	pages := []slackfake.Message{m}
	for !wanted(m) {
		next, more := control(m, func(c slackfake.Control) bool { return moreLabel.MatchString(c.Label()) })
		if !more {
			break
		}
		m = s.turn(m, next)
		pages = append(pages, m)
	}
	return pages
}

// moreLabel is a button that leads to the next page.
var moreLabel = regexp.MustCompile(`^More \(\d+ of \d+\)$`)

// turn presses More and waits for the page, which only this person sees: a new
// message, or one that has changed.
func (s *seat) turn(m slackfake.Message, more slackfake.Control) slackfake.Message {
	s.t.Helper()
	before := map[string]int{}
	for _, old := range s.fake.Ephemeral(s.user) {
		before[old.TS] = old.Edits + 1
	}
	if _, err := s.client.Press(m.Where(), more.BlockID, more.Element.ActionID); err != nil {
		s.t.Fatalf("press %s: %v", more.Label(), err)
	}
	var page slackfake.Message
	waitFor(s.t, "the next page shows", func() bool {
		for _, hint := range s.fake.Ephemeral(s.user) {
			if before[hint.TS] != hint.Edits+1 {
				page = hint
				return true
			}
		}
		return false
	})
	return page
}

func (s *seat) Read(m adaptertest.Message) string {
	s.t.Helper()
	var text []string
	for _, page := range s.pages(m.ID, func(slackfake.Message) bool { return false }) {
		text = append(text, page.Readable())
	}
	return strings.Join(text, "\n")
}

func control(m slackfake.Message, is func(slackfake.Control) bool) (slackfake.Control, bool) {
	all := m.Controls()
	at := slices.IndexFunc(all, is)
	if at < 0 {
		return slackfake.Control{}, false
	}
	return all[at], true
}

// reach finds a control on whatever page of a message it is.
func (s *seat) reach(m adaptertest.Message, what string, is func(slackfake.Control) bool) (slackfake.Message, slackfake.Control) {
	s.t.Helper()
	has := func(page slackfake.Message) bool { _, ok := control(page, is); return ok }
	for _, page := range s.pages(m.ID, has) {
		if c, ok := control(page, is); ok {
			return page, c
		}
	}
	s.t.Fatalf("there is no %q to press in %q", what, m.Text)
	return slackfake.Message{}, slackfake.Control{}
}

func (s *seat) Press(m adaptertest.Message, label string) (asked string) {
	s.t.Helper()
	at, c := s.reach(m, label, func(c slackfake.Control) bool { return c.Element.Type == "button" && c.Label() == label })
	if _, err := s.client.Press(at.Where(), c.BlockID, c.Element.ActionID); err != nil {
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
		_, err = s.client.Press(at.Where(), c.BlockID, c.Element.ActionID)
	} else {
		_, err = s.client.Choose(at.Where(), c.BlockID, c.Element.ActionID, label)
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
		if _, err := s.client.Choose(at.Where(), c.BlockID, c.Element.ActionID, here...); err != nil {
			s.t.Fatalf("pick %s: %v", strings.Join(here, ", "), err)
		}
		labels = elsewhere
	}
	s.Press(m, send)
}
