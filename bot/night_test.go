package bot_test

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"curbside/bot"
	"curbside/dialog"
	"curbside/dialog/deid"
	"curbside/rules"
)

// A night is the whole bot with a clock that runs by itself: what was committed
// is delivered and what is due fires, while people sleep, wake and press what
// they read. It lives in a bubble of synctest, so ten minutes take no time.
type night struct {
	*bot.Bot
	t      *testing.T
	office *nightOffice
	store  *nightStore
	ahead  time.Duration // of the bubble's clock: what year it is is the night's choice
	inputs int

	mu      sync.Mutex
	refs    map[string]bot.Ref
	direct  map[dialog.PersonID]dialog.View // each person's newest page
	private map[dialog.PersonID]sheet       // what answered their last press, for them alone
	card    dialog.View
	ringing map[dialog.PersonID]bool
	lines   []string // what anybody noticed, and when
	asleep  bool     // nothing is written down: the evening before
}

// A sheet is something to press on, and where it is.
type sheet struct {
	view dialog.View
	in   bot.Place
}

// A library is what nights share: it changes nothing and waits for nobody.
type library struct {
	book     *rules.Book
	scrubber *deid.Scrubber
}

func newLibrary(t *testing.T) library {
	t.Helper()
	book, err := rules.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	scrubber, err := deid.New(deid.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return library{book, scrubber}
}

// liveNight has people live through a night that begins at a moment, and returns
// what was noticed. It begins with ana's plan, which waits for a supervisor.
func (l library) liveNight(t *testing.T, start string, change func(*nightOffice), live func(*night)) string {
	t.Helper()
	from, err := time.Parse(time.RFC3339, start)
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	synctest.Test(t, func(t *testing.T) {
		n := &night{
			t: t, office: newNightOffice(t), refs: map[string]bot.Ref{}, direct: map[dialog.PersonID]dialog.View{},
			private: map[dialog.PersonID]sheet{}, ringing: map[dialog.PersonID]bool{}, asleep: true,
			ahead: time.Until(from),
		}
		change(n.office)
		n.office.rings = n.rings
		n.store = &nightStore{memory: newMemory(), night: n, timers: map[dialog.TimerID]*time.Timer{}, turn: make(chan struct{}, 1)}
		n.Bot = bot.New(bot.Parts{
			Store: n.store, Platforms: []bot.Platform{n}, Office: n.office, Book: l.book, Scrubber: l.scrubber,
			Clock: bot.ClockFunc(n.now), Log: slog.New(slog.DiscardHandler), Program: "test", TimersLate: func() bool { return false },
		})
		n.opens()
		synctest.Wait()
		n.asleep = false
		live(n)
		n.store.end()
		synctest.Wait()
		lines = n.lines
	})
	return strings.Join(lines, "\n")
}

func (n *night) now() time.Time { return time.Now().Add(n.ahead) }

func (n *night) wall() string { return n.now().In(n.office.practice.Location).Format("Mon 15:04 MST") }

// noticed writes down what somebody noticed.
func (n *night) noticed(format string, args ...any) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if !n.asleep {
		n.lines = append(n.lines, n.wall()+" "+fmt.Sprintf(format, args...))
	}
}

// at lets time pass until the clock on the wall shows a time, today or tomorrow.
func (n *night) at(clock string) *night {
	n.t.Helper()
	want, err := time.Parse("15:04", clock)
	if err != nil {
		n.t.Fatal(err)
	}
	zone := n.office.practice.Location
	now := n.now().In(zone)
	until := time.Date(now.Year(), now.Month(), now.Day(), want.Hour(), want.Minute(), 0, 0, zone)
	if until.Before(now) {
		until = until.AddDate(0, 0, 1)
	}
	time.Sleep(until.Sub(now) + time.Second)
	return n
}

// opens is ana's consult up to the moment at which she can ask a supervisor.
func (n *night) opens() {
	n.t.Helper()
	n.handle("ana", bot.Inbound{Kind: bot.Command, In: channel})
	n.presses("ana", "Texas", "Harm to others")
	for range 30 {
		if _, _, asked := n.find("ana", "I don't know"); !asked {
			n.presses("ana", "Go on: what are the ways?", "Tell the police")
			return
		}
		n.presses("ana", "I don't know")
	}
	n.t.Fatal("the questions never end")
}

// presses has somebody press what they read, the nearest first.
func (n *night) presses(who dialog.PersonID, labels ...string) *night {
	n.t.Helper()
	for _, label := range labels {
		press, in, can := n.find(who, label)
		if !can {
			n.t.Fatalf("%s: %s has nothing to press that reads %q", n.wall(), who, label)
		}
		n.noticed("%s presses %s", who, label)
		n.handle(who, bot.Inbound{Kind: bot.Pressed, Press: press, In: in})
	}
	return n
}

// handle hands something to the bot, lets everything come of it, and puts the
// answer in front of the person.
func (n *night) handle(who dialog.PersonID, in bot.Inbound) {
	n.inputs++
	in.ID, in.From = fmt.Sprintf("interaction-%d", n.inputs), account(string(who))
	reply := n.Handle(context.Background(), in)
	if reply.Notice != "" {
		n.noticed("%s is answered: %s", who, reply.Notice)
	}
	n.mu.Lock()
	delete(n.private, who)
	if reply.Private != nil {
		n.private[who] = sheet{*reply.Private, in.In}
	}
	switch {
	case reply.View == nil:
	case in.In.Direct:
		n.direct[who] = *reply.View
	default:
		n.card = *reply.View
	}
	n.mu.Unlock()
	time.Sleep(time.Second)
}

// find looks for a label on what somebody has in front of them.
func (n *night) find(who dialog.PersonID, label string) (p dialog.Press, in bot.Place, ok bool) {
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, s := range []sheet{n.private[who], {n.direct[who], bot.DirectTo(account(string(who)))}, {n.card, channel}} {
		if press, can := pressOf(s.view, label); can {
			return press, s.in, true
		}
	}
	return dialog.Press{}, bot.Place{}, false
}

// pressOf finds what has a label: a button, or an option that is picked alone.
func pressOf(v dialog.View, label string) (dialog.Press, bool) {
	for _, block := range v.Blocks {
		switch block := block.(type) {
		case dialog.Buttons:
			for _, b := range block.Items {
				if b.Label == label {
					return b.Press, true
				}
			}
		case dialog.Choices:
			for _, o := range block.Options {
				switch {
				case o.Label != label:
				case block.Multiple:
					return block.Submit.With(o.Value), true
				default:
					return o.Press, true
				}
			}
		}
	}
	return dialog.Press{}, false
}

// Name implements [bot.Platform].
func (n *night) Name() bot.PlatformName { return "chat" }

// Check implements [bot.Platform].
func (n *night) Check(context.Context, bot.Place) (bot.Verdict, error) {
	return bot.Verdict{Private: true}, nil
}

// Deliver implements [bot.Platform]: it puts things in front of people.
func (n *night) Deliver(_ context.Context, d bot.Delivery) bot.Receipt {
	var who dialog.PersonID
	if d.To != nil {
		who = dialog.PersonID(d.To.User)
	}
	if n.office.gone[who] {
		return bot.Receipt{Outcome: bot.Unreachable, Code: "dm_closed"}
	}
	n.mu.Lock()
	switch d.Kind {
	case dialog.PostCard, dialog.UpdateCard:
		n.card = d.View
	case dialog.Page, dialog.EndPage:
		n.direct[who] = d.View
	}
	n.mu.Unlock()
	switch d.Kind {
	case dialog.Page:
		n.noticed("  %s is called in the chat", who)
	case dialog.Message:
		n.noticed("  %s reads: %s", who, firstText(d.View))
	}
	return bot.Receipt{Outcome: bot.Delivered, Ref: bot.Ref(d.ID)}
}

func firstText(v dialog.View) string {
	for _, block := range v.Blocks {
		if words, is := block.(dialog.Text); is {
			return words.Text
		}
	}
	return ""
}

// rings is a phone.
func (n *night) rings(r bot.PageRequest) bot.Receipt {
	n.mu.Lock()
	was := n.ringing[r.To]
	n.ringing[r.To] = !r.End
	n.mu.Unlock()
	switch {
	case !r.End:
		n.noticed("  the phone of %s rings: %s", r.To, r.Urgency)
	case was:
		n.noticed("  the phone of %s is quiet", r.To)
	}
	return bot.Receipt{}
}

// A nightStore keeps consults in memory, delivers what was committed, in that
// order, and fires what is due.
type nightStore struct {
	*memory
	night  *night
	mu     sync.Mutex
	timers map[dialog.TimerID]*time.Timer
	turn   chan struct{} // one delivery after the other
}

func (s *nightStore) Commit(ctx context.Context, c bot.Commit) error {
	if err := s.memory.Commit(ctx, c); err != nil {
		return err
	}
	for _, timer := range c.Timers {
		s.set(c.Record.Consult.Handle, timer)
	}
	time.AfterFunc(time.Millisecond, func() { s.deliver(c.Effects) })
	return nil
}

// set sets a timer, or removes it.
func (s *nightStore) set(handle string, timer dialog.Timer) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if old := s.timers[timer.ID]; old != nil {
		old.Stop()
	}
	if timer.Due.IsZero() {
		return
	}
	s.timers[timer.ID] = time.AfterFunc(timer.Due.Sub(s.night.now()), func() {
		for s.night.Fire(context.Background(), handle, timer.ID) != nil {
			time.Sleep(2 * time.Second)
		}
	})
}

func (s *nightStore) deliver(effects []dialog.Effect) {
	s.turn <- struct{}{}
	defer func() { <-s.turn }()
	for _, e := range effects {
		receipt, key := s.night.Bot.Deliver(context.Background(), e, s.night.refs, false)
		for receipt.Outcome == bot.Busy {
			time.Sleep(receipt.RetryAfter)
			receipt, key = s.night.Bot.Deliver(context.Background(), e, s.night.refs, true)
		}
		if receipt.Ref != "" && key != "" {
			s.night.refs[key] = receipt.Ref
		}
	}
}

// isAway takes Redis away, or gives it back.
func (s *nightStore) isAway(away bool) {
	s.memory.mu.Lock()
	defer s.memory.mu.Unlock()
	s.away = away
}

// end stops all that is still to come.
func (s *nightStore) end() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, timer := range s.timers {
		timer.Stop()
	}
}

// A nightOffice is a practice in New York. Ana asks; sam, kim and lee take turns
// week by week; olive is the second step; theo has a phone and no account.
type nightOffice struct {
	practice dialog.Practice
	phones   []dialog.PersonID
	gone     map[dialog.PersonID]bool // whose direct messages do not get through
	rings    func(bot.PageRequest) bot.Receipt
}

func newNightOffice(t *testing.T) *nightOffice {
	t.Helper()
	zone, err := time.LoadLocation("America/New_York")
	if err != nil {
		t.Fatal(err)
	}
	people := map[dialog.PersonID]dialog.Person{
		"ana": {ID: "ana", Name: "Ana Reyes", Roles: []dialog.Role{dialog.Clinician}, Profession: "psychologist", Licences: []rules.JurisdictionID{"US-TX"}, Reachable: true},
	}
	for id, name := range map[dialog.PersonID]string{"sam": "Sam Okafor", "kim": "Kim Lindqvist", "lee": "Lee Park", "olive": "Olive Hart", "theo": "Theo Brandt"} {
		people[id] = dialog.Person{ID: id, Name: name, Roles: []dialog.Role{dialog.Supervisor}, Reachable: true}
	}
	const monday8 = dialog.WeekTime(8 * 60)
	return &nightOffice{
		phones: []dialog.PersonID{"sam", "theo"}, gone: map[dialog.PersonID]bool{},
		practice: dialog.Practice{
			Name: "Harbor Street Counseling", Location: zone, Jurisdictions: []rules.JurisdictionID{"US-TX"}, People: people,
			Chain:            [][]dialog.PersonID{{"first"}, {"olive"}},
			StepTime:         map[dialog.Urgency]time.Duration{dialog.Routine: time.Hour, dialog.Today: 10 * time.Minute, dialog.Imminent: 2 * time.Minute},
			DecideTime:       map[dialog.Urgency]time.Duration{dialog.Routine: 2 * time.Hour, dialog.Today: 20 * time.Minute, dialog.Imminent: 5 * time.Minute},
			EmergencyContact: "Director on call, 555-0100", RemindAfter: 48 * time.Hour, CloseAfter: 96 * time.Hour,
			Rotas: []dialog.Rota{{
				ID: "first", Name: "First call", Location: zone, Starts: rules.Date{Year: 2026, Month: time.March, Day: 2},
				Shifts: []dialog.Shift{{From: monday8, Until: monday8, People: []dialog.PersonID{"sam", "kim", "lee"}}},
			}},
		},
	}
}

func (o *nightOffice) Practice(bot.PlatformName) *dialog.Practice { return &o.practice }

func (o *nightOffice) Person(id bot.Identity) (dialog.Person, bool) {
	p, ok := o.practice.People[dialog.PersonID(id.User)]
	return p, ok && p.ID != "theo"
}

func (o *nightOffice) Account(p dialog.PersonID, on bot.PlatformName) (bot.Identity, bool) {
	_, ok := o.practice.People[p]
	return account(string(p)), ok && on == "chat" && p != "theo"
}

func (o *nightOffice) Channel(on bot.PlatformName) (bot.Place, bool) { return channel, on == "chat" }

func (o *nightOffice) Pager(p dialog.PersonID) (bot.Pager, bool) {
	return bot.PagerFunc(func(_ context.Context, r bot.PageRequest) bot.Receipt { return o.rings(r) }), slices.Contains(o.phones, p)
}

func (o *nightOffice) Keep(bool) time.Duration { return 30 * 24 * time.Hour }
