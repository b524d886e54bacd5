package discord_test

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"curbside/adapters/adaptertest"
	"curbside/adapters/discord/discordfake"
	"curbside/dialog"
)

// A seat is Discord in front of one person, in the words of the suite.
type seat struct {
	t      *testing.T
	fake   *discordfake.Server
	client *discordfake.Client
	user   string
}

// Command uses the command in the consultation channel. Words are what its
// option is given, also those that Discord's own apps do not offer.
func (s *seat) Command(words string) {
	s.t.Helper()
	options := map[string]string{}
	if words != "" {
		options[s.fake.Commands(discordfake.GuildID)[0].Options[0].Name] = words
	}
	if _, err := s.client.Typed(consults, "consult", options); err != nil {
		s.t.Fatalf("/consult %s: %v", words, err)
	}
}

// Thread is the newest thread that is named after the consult.
func (s *seat) Thread(handle string) []adaptertest.Message {
	newest := ""
	for _, c := range s.fake.Threads(s.user) {
		if c.Name == handle && c.ID > newest {
			newest = c.ID
		}
	}
	return shownAll(s.fake.Messages(s.user, newest), false)
}

func (s *seat) Direct() []adaptertest.Message { return shownAll(s.fake.Direct(s.user), false) }

func (s *seat) Private() []adaptertest.Message { return shownAll(s.fake.Ephemeral(s.user), true) }

func (s *seat) Notifications() []string { return s.fake.Notifications(s.user) }

func shownAll(messages []discordfake.Message, private bool) []adaptertest.Message {
	var all []adaptertest.Message
	for _, m := range messages {
		if private == (m.For != "") {
			all = append(all, shown(m))
		}
	}
	return all
}

// shown is a message as its reader sees it.
func shown(m discordfake.Message) adaptertest.Message {
	seen := adaptertest.Message{ID: m.ID, Text: m.Readable(), Loud: m.Everyone}
	for p, user := range accounts {
		if slices.Contains(m.Pings, user) {
			seen.Pings = append(seen.Pings, p)
		}
	}
	if len(m.Files) > 0 {
		seen.File = &adaptertest.File{Name: m.Files[0].Name, Content: m.Files[0].Content}
	}
	return seen
}

// editLabel is the button that opens a refused form again.
const editLabel = "Edit"

// Form is the form in front of the person. Discord closes a form that was sent;
// where it was refused, a private reply says why and opens it again.
func (s *seat) Form() (adaptertest.Form, bool) {
	modal, open := s.fake.Modal(s.user)
	said := ""
	for _, m := range s.fake.Ephemeral(s.user) {
		edit, refused := labelled(m, editLabel)
		if !refused {
			continue
		}
		said = m.Text()
		if !open {
			if _, err := s.client.Press(m.ID, edit.CustomID); err != nil {
				s.t.Fatalf("open the form again: %v", err)
			}
			modal, open = s.fake.Modal(s.user)
		}
	}
	form := adaptertest.Form{Title: modal.Title}
	for _, input := range modal.Inputs() {
		field := adaptertest.Field{ID: dialog.FieldID(input.CustomID), Label: input.Label, Value: input.Value}
		if _, fault, wrong := strings.Cut(said, input.Label+": "); wrong {
			field.Fault, _, _ = strings.Cut(fault, "\n")
		}
		form.Fields = append(form.Fields, field)
	}
	return form, open
}

// Submit fills in and sends.
func (s *seat) Submit(fields map[dialog.FieldID]string) {
	s.t.Helper()
	texts := map[string]string{}
	for id, text := range fields {
		texts[string(id)] = text
	}
	if _, err := s.client.Submit(texts); err != nil {
		s.t.Fatalf("submit: %v", err)
	}
}

// find is a message as it stands now.
func (s *seat) find(id string) (discordfake.Message, bool) {
	all := slices.Concat(s.fake.Direct(s.user), s.fake.Ephemeral(s.user))
	for _, c := range s.fake.Threads(s.user) {
		all = append(all, s.fake.Messages(s.user, c.ID)...)
	}
	at := slices.IndexFunc(all, func(m discordfake.Message) bool { return m.ID == id })
	if at < 0 {
		return discordfake.Message{}, false
	}
	return all[at], true
}

// readOnLabel is a button that shows the further pages in private.
var readOnLabel = regexp.MustCompile(`^Read on \((\d+) more\)$`)

// pages are a message with all that its button for more shows.
func (s *seat) pages(id string) []discordfake.Message {
	s.t.Helper()
	m, ok := s.find(id)
	if !ok {
		return nil
	}
	pages := []discordfake.Message{m}
	for _, c := range m.Controls() {
		number := readOnLabel.FindStringSubmatch(c.Label)
		if number == nil {
			continue
		}
		before := s.fake.Ephemeral(s.user)
		more, _ := strconv.Atoi(number[1])
		if _, err := s.client.Press(m.ID, c.CustomID); err != nil {
			s.t.Fatalf("press %s: %v", c.Label, err)
		}
		waitFor(s.t, "the further pages show", func() bool { return len(s.fake.Ephemeral(s.user)) >= len(before)+more })
		pages = append(pages, s.fake.Ephemeral(s.user)[len(before):]...)
	}
	return pages
}

// Read reads all pages and takes those away again that were shown for it.
func (s *seat) Read(m adaptertest.Message) string {
	s.t.Helper()
	var text []string
	for i, page := range s.pages(m.ID) {
		text = append(text, page.Readable())
		if i > 0 {
			s.client.Hide(page.ID)
		}
	}
	return strings.Join(text, "\n")
}

func labelled(m discordfake.Message, label string) (discordfake.Component, bool) {
	return control(m, func(c discordfake.Component) bool { return c.Button() && c.Label == label })
}

func control(m discordfake.Message, is func(discordfake.Component) bool) (discordfake.Component, bool) {
	all := m.Controls()
	at := slices.IndexFunc(all, is)
	if at < 0 {
		return discordfake.Component{}, false
	}
	return all[at], true
}

// offers reports whether a label stands in a list.
func offers(c discordfake.Component, label string) bool {
	return slices.ContainsFunc(c.Options, func(o discordfake.Option) bool { return o.Label == label })
}

// reach finds a control on whatever page of a message it is.
func (s *seat) reach(id, what string, is func(discordfake.Component) bool) (discordfake.Message, discordfake.Component) {
	s.t.Helper()
	if m, ok := s.find(id); ok {
		if c, ok := control(m, is); ok {
			return m, c
		}
	}
	for _, page := range s.pages(id) {
		if c, ok := control(page, is); ok {
			return page, c
		}
	}
	s.t.Fatalf("there is no %q to press", what)
	return discordfake.Message{}, discordfake.Component{}
}

// leaveLabel stands beside the button that says yes to a question.
const leaveLabel = "Leave it"

// Press presses a button, or what stands for it in a list, and says yes where it
// is asked.
func (s *seat) Press(m adaptertest.Message, label string) (asked string) {
	s.t.Helper()
	out := s.do(m.ID, label)
	question, ok := s.find(out.Message)
	if !ok || question.For == "" || out.Message == m.ID {
		return ""
	}
	yes, sure := labelled(question, label)
	if _, asks := labelled(question, leaveLabel); !asks || !sure {
		return ""
	}
	if _, err := s.client.Press(question.ID, yes.CustomID); err != nil {
		s.t.Fatalf("say yes to %s: %v", label, err)
	}
	return question.Text()
}

func (s *seat) do(id, label string) discordfake.Outcome {
	s.t.Helper()
	at, c := s.reach(id, label, func(c discordfake.Component) bool {
		return c.Button() && c.Label == label || offers(c, label)
	})
	var out discordfake.Outcome
	var err error
	if c.Button() {
		out, err = s.client.Press(at.ID, c.CustomID)
	} else {
		out, err = s.client.Choose(at.ID, c.CustomID, label)
	}
	if err != nil {
		s.t.Fatalf("press %s: %v", label, err)
	}
	return out
}

func (s *seat) Choose(m adaptertest.Message, label string) {
	s.t.Helper()
	s.do(m.ID, label)
}

// Pick picks in every list that holds some of the labels. Where a pick opens a
// private reply to go on in, it goes on there.
func (s *seat) Pick(m adaptertest.Message, send string, labels ...string) {
	s.t.Helper()
	id := m.ID
	for len(labels) > 0 {
		at, c := s.reach(id, labels[0], func(c discordfake.Component) bool { return offers(c, labels[0]) })
		var here, elsewhere []string
		for _, label := range labels {
			if offers(c, label) {
				here = append(here, label)
			} else {
				elsewhere = append(elsewhere, label)
			}
		}
		out, err := s.client.Choose(at.ID, c.CustomID, here...)
		if err != nil {
			s.t.Fatalf("pick %s: %v", strings.Join(here, ", "), err)
		}
		if out.Message != "" {
			id = out.Message
		}
		labels = elsewhere
	}
	s.do(id, send)
}
