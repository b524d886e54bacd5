package web

import (
	"context"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"curbside/dialog"
)

type pageData struct {
	Tab      string
	Practice string
	Rules    bool // there is an explorer of the rules
	Clock    clockData
	Panes    [2]paneData
}

type clockData struct {
	Tab    string
	Steady bool
	Drawn  int
	Now    string
	ISO    string
	Next   string // what "to the next timer" leads to; "" when there is none
}

type paneData struct {
	Tab, Side    string
	Drawn        int
	Other        string // the other side, and who is there: kept when this one changes
	OtherPerson  dialog.PersonID
	Person       dialog.Person
	Initials     string
	Roles        string
	People       []dialog.Person
	Threads      []threadData
	Direct       []messageData
	Home         viewData
	Private      []messageData
	Form         *formData
	Phones       []phoneData
	Announcement string // what screen readers say: the newest notification text
}

type threadData struct {
	ID, Handle, Title, Status string
	Open                      bool
	Messages                  []messageData
}

type messageData struct {
	ID, Anchor string
	Kind       string // card, note, mention, file, direct, private
	When, ISO  string
	Mention    string // the name of whom it calls
	Urgent     bool
	View       *viewData
	File       *fileData
	Surface    hidden
}

type fileData struct{ Title, Name, Size, URL string }

type phoneData struct {
	Side, Tab, ID, Handle string
	Urgency, When         string
}

// hidden is what every form of the page says about where it stands.
type hidden struct{ Tab, Side, Surface string }

func (s *site) renderPage(ctx context.Context, t *tab) pageData {
	t.drawing.Lock()
	defer t.drawing.Unlock()
	return pageData{
		Tab: t.id, Practice: s.options.Practice().Name, Rules: s.options.Book != nil, Clock: s.renderClock(ctx, t),
		Panes: [2]paneData{s.renderPane(ctx, t, left), s.renderPane(ctx, t, right)},
	}
}

func (s *site) renderClock(ctx context.Context, t *tab) clockData {
	now := s.now()
	data := clockData{Tab: t.id, Steady: s.options.Steady, Drawn: t.drawn.number, Now: now.Format("Mon Jan 2, 3:04 PM MST"), ISO: now.Format(time.RFC3339)}
	if s.options.NextTimer != nil {
		if due, some := s.options.NextTimer(ctx); some && due.After(now) {
			data.Next = relative(due, now)
		}
	}
	return data
}

// now is the practice's time where the practice is.
func (s *site) now() time.Time {
	now := s.options.Clock.Now()
	if at := s.options.Practice().Location; at != nil {
		return now.In(at)
	}
	return now
}

func (s *site) renderPane(ctx context.Context, t *tab, of side) paneData {
	person, _ := s.person(t.person(of))
	data := paneData{
		Tab: t.id, Side: of.String(), Drawn: t.drawn.number, Other: (1 - of).String(), OtherPerson: t.person(1 - of),
		Person: person, Initials: initials(person.Name), Roles: roles(person), People: s.people(),
	}
	draw := painter{tab: t.id, side: of, now: s.now()}
	if home, has := s.bot.Home(ctx, Account(person.ID)); has {
		data.Home = draw.at("home", surface{}).view(home)
	}
	s.fillMessages(ctx, &data, draw, person.ID)
	private := t.pane(of)
	for _, p := range slices.Backward(private.private) {
		data.Private = append(data.Private, draw.private(p))
	}
	if private.form != nil {
		data.Form = draw.form(*private.form)
	}
	for _, r := range s.ringingFor(person.ID) {
		data.Phones = append(data.Phones, phoneData{
			Side: of.String(), Tab: t.id, ID: r.ID, Handle: r.Handle, Urgency: r.Urgency, When: clock(r.At, draw.now),
		})
	}
	return data
}

// fillMessages sorts the messages into threads, newest thread first, and this
// person's direct messages, newest first.
func (s *site) fillMessages(ctx context.Context, data *paneData, draw painter, viewer dialog.PersonID) {
	threads := map[string]int{}
	var newest time.Time
	for _, p := range s.standing() {
		if p.To != "" && p.To != viewer {
			continue
		}
		view, file := s.shown(ctx, p)
		m := draw.message(p, view, file)
		if called, known := s.person(p.Mention); known {
			m.Mention = called.Name
		}
		if !p.Changed.Before(newest) && view != nil && view.Fallback != "" {
			newest, data.Announcement = p.Changed, view.Fallback
		}
		if p.To != "" {
			data.Direct = append(data.Direct, m)
			continue
		}
		at, known := threads[p.Effect.Handle]
		if !known {
			at = len(data.Threads)
			threads[p.Effect.Handle] = at
			data.Threads = append(data.Threads, threadData{
				ID: data.Side + "-thread-" + p.Effect.Handle, Handle: p.Effect.Handle, Title: p.Effect.Handle,
			})
		}
		thread := &data.Threads[at]
		if isCard(p.Effect.Kind) && view != nil {
			thread.Title, thread.Status = view.Title, view.Status
		}
		thread.Messages = append(thread.Messages, m)
	}
	slices.Reverse(data.Threads)
	slices.Reverse(data.Direct)
	if len(data.Threads) > 0 {
		data.Threads[0].Open = true
	}
}

// shown returns what a message says, rendered by the bot if the workbench has
// not seen it since its start. A nil view is a message the bot cannot show now.
func (s *site) shown(ctx context.Context, p *post) (*dialog.View, *dialog.File) {
	if p.view != nil || p.Mention != "" {
		return p.view, p.file
	}
	view, file, ok := s.bot.Show(ctx, p.Effect)
	if !ok {
		return nil, nil
	}
	s.remember(p, view, file)
	return &view, file
}

func roles(p dialog.Person) string {
	names := make([]string, len(p.Roles))
	for i, r := range p.Roles {
		names[i] = string(r)
	}
	return strings.Join(names, ", ")
}

// initials are the first letters of the first and the last part of a name.
func initials(name string) string {
	words := strings.Fields(name)
	if len(words) > 2 {
		words = []string{words[0], words[len(words)-1]}
	}
	var letters strings.Builder
	for _, word := range words {
		first, _ := utf8.DecodeRuneInString(word)
		letters.WriteRune(unicode.ToUpper(first))
	}
	return letters.String()
}

// A painter turns views into what the templates show, at one place of one page.
type painter struct {
	tab  string
	side side
	now  time.Time
	id   string // begins the ids of everything in this view
	from surface
	used map[string]int
}

// at returns a painter for the view of another surface.
func (d painter) at(id string, from surface) painter {
	d.id, d.from, d.used = d.side.String()+"-"+id, from, map[string]int{}
	return d
}

// name returns an id that stays with the same thing when the view is drawn again.
func (d painter) name(parts ...string) string {
	id := d.id + "-" + plainID(strings.Join(parts, "-"))
	d.used[id]++
	if n := d.used[id]; n > 1 {
		id += "-" + strconv.Itoa(n)
	}
	return id
}

// plainID leaves letters, digits, dashes and underscores of a text.
func plainID(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r == '-', r == '_':
			return r
		default:
			return '-'
		}
	}, text)
}

func (d painter) hidden() hidden {
	return hidden{Tab: d.tab, Side: d.side.String(), Surface: d.from.String()}
}

func (d painter) message(p *post, view *dialog.View, file *dialog.File) messageData {
	at := d.at("post-"+plainID(string(p.Ref)), surface{post: p.Ref})
	m := messageData{ID: at.id, Kind: messageKind(p), When: clock(p.At, d.now), ISO: p.At.Format(time.RFC3339), Surface: at.hidden()}
	m.Urgent = p.Effect.Kind == dialog.Page
	if view != nil && (view.Title != "" || view.Status != "" || len(view.Blocks) > 0) {
		drawn := at.view(*view)
		m.View = &drawn
	}
	if file != nil {
		m.File = d.file(file, "/file/post?"+url.Values{"tab": {d.tab}, "ref": {string(p.Ref)}}.Encode())
	}
	return m
}

func messageKind(p *post) string {
	switch {
	case p.Mention != "":
		return "mention"
	case p.To != "":
		return "direct"
	case isCard(p.Effect.Kind):
		return "card"
	case p.Effect.Kind == dialog.SendFile:
		return "file"
	default:
		return "note"
	}
}

func (d painter) private(p private) messageData {
	at := d.at("private-"+strconv.Itoa(p.id), surface{private: p.id})
	m := messageData{ID: at.id, Kind: "private", Surface: at.hidden()}
	if len(p.view.Blocks) > 0 || p.view.Title != "" {
		drawn := at.view(p.view)
		m.View = &drawn
	}
	if p.file != nil {
		m.File = d.file(p.file, "/file/private?"+url.Values{"tab": {d.tab}, "id": {strconv.Itoa(p.id)}}.Encode())
	}
	return m
}

func (d painter) file(f *dialog.File, link string) *fileData {
	size := strconv.Itoa(len(f.Content)) + " bytes"
	if kb := (len(f.Content) + 1023) / 1024; kb > 1 {
		size = strconv.Itoa(kb) + " KB"
	}
	title := f.Title
	if title == "" {
		title = f.Name
	}
	return &fileData{Title: title, Name: f.Name, Size: size, URL: link}
}

// clock is a time as a message shows it: with its day unless that is today.
func clock(at, now time.Time) string {
	at = at.In(now.Location())
	if at.YearDay() == now.YearDay() && at.Year() == now.Year() {
		return at.Format("3:04 PM")
	}
	return at.Format("Mon Jan 2, 3:04 PM")
}

// relative is how far a time is from now, in words.
func relative(at, now time.Time) string {
	d := at.Sub(now)
	switch {
	case d < 0:
		return span(-d) + " ago"
	case d < time.Minute:
		return "in less than a minute"
	default:
		return "in " + span(d)
	}
}

func span(d time.Duration) string {
	minutes := int(d.Round(time.Minute) / time.Minute)
	days, hours, rest := minutes/(24*60), minutes/60%24, minutes%60
	var parts []string
	if days > 0 {
		parts = append(parts, count(days, "day"))
	}
	if hours > 0 {
		parts = append(parts, count(hours, "hour"))
	}
	if days == 0 && (rest > 0 || hours == 0) {
		parts = append(parts, count(rest, "minute"))
	}
	return strings.Join(parts, " ")
}

func count(n int, unit string) string {
	if n == 1 {
		return "1 " + unit
	}
	return strconv.Itoa(n) + " " + unit + "s"
}
