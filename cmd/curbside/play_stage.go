package main

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"
	"sync"

	"curbside/adapters/web"
	"curbside/bot"
	"curbside/dialog"
)

// A stage is where a play takes place: the workbench's platform and phones,
// without the browser. It keeps what everybody sees and what happened since it
// was last asked. It is safe for concurrent use.
type stage struct {
	mu       sync.Mutex
	handled  map[string]bot.Receipt // by delivery
	card     dialog.View
	version  uint64                              // of the consult that the card shows
	messages map[dialog.PersonID][]directMessage // oldest first
	private  map[dialog.PersonID]dialog.View     // the newest private reply
	news     []event                             // in no order
	records  map[string][]byte                   // the newest record, by kind
}

// A directMessage is one message to one person; a page's is updated in place.
type directMessage struct {
	ref  bot.Ref
	view dialog.View
}

// An event is one thing that reached somebody.
type event struct {
	order [2]uint64 // version and index of the effect that caused it
	kind  dialog.EffectKind
	to    dialog.PersonID
	page  bot.PageRequest // on a phone
	view  dialog.View
	file  *dialog.File
}

var (
	_ bot.Platform = (*stage)(nil)
	_ bot.Pager    = (*stage)(nil)
)

func newStage() *stage {
	return &stage{
		handled:  map[string]bot.Receipt{},
		messages: map[dialog.PersonID][]directMessage{},
		private:  map[dialog.PersonID]dialog.View{},
		records:  map[string][]byte{},
	}
}

// Name implements [bot.Platform].
func (*stage) Name() bot.PlatformName { return web.Name }

// Check implements [bot.Platform]: as in the workbench, the one channel is private.
func (*stage) Check(_ context.Context, p bot.Place) (bot.Verdict, error) {
	return bot.Verdict{Private: p == web.Home()}, nil
}

// Deliver implements [bot.Platform].
func (s *stage) Deliver(_ context.Context, d bot.Delivery) bot.Receipt {
	s.mu.Lock()
	defer s.mu.Unlock()
	if had, ok := s.handled[d.ID]; ok {
		return had
	}
	e := event{order: [2]uint64{d.Effect.Version, uint64(d.Effect.Index)}, kind: d.Kind, view: d.View, file: d.File}
	receipt := bot.Receipt{Outcome: bot.Delivered, Ref: cmp.Or(d.Ref, bot.Ref(d.ID))}
	switch d.Kind {
	case dialog.PostCard, dialog.UpdateCard:
		if d.Version >= s.version {
			s.card, s.version = d.View, d.Version
		}
	case dialog.Message, dialog.Page, dialog.EndPage:
		e.to = dialog.PersonID(d.To.User)
		s.message(e.to, directMessage{receipt.Ref, d.View})
		s.news = append(s.news, e)
	case dialog.SendFile:
		s.records[strings.TrimPrefix(d.File.Name, d.Handle+".")] = d.File.Content
		s.news = append(s.news, e)
	default:
		s.news = append(s.news, e)
	}
	s.handled[d.ID] = receipt
	return receipt
}

// message puts a message in the place of the one with the same reference, as
// the newest.
func (s *stage) message(to dialog.PersonID, m directMessage) {
	rest := slices.DeleteFunc(s.messages[to], func(have directMessage) bool { return have.ref == m.ref })
	s.messages[to] = append(rest, m)
}

// Page implements [bot.Pager]: a phone rings.
func (s *stage) Page(_ context.Context, r bot.PageRequest) bot.Receipt {
	s.mu.Lock()
	defer s.mu.Unlock()
	if had, ok := s.handled["phone:"+r.ID]; ok {
		return had
	}
	s.news = append(s.news, event{order: orderOf(r.ID), kind: dialog.CallPager, to: r.To, page: r})
	receipt := bot.Receipt{Outcome: bot.Delivered}
	s.handled["phone:"+r.ID] = receipt
	return receipt
}

// orderOf reads version and index from the id of an effect: see [dialog.Effect.ID].
func orderOf(id string) (order [2]uint64) {
	parts := strings.Split(id, "/")
	for i, part := range parts[max(0, len(parts)-2):] {
		order[i], _ = strconv.ParseUint(part, 10, 64) // an id that is not an effect's comes first
	}
	return order
}

// happened returns what has reached people since the last call, in the order in
// which it was caused.
func (s *stage) happened() []event {
	s.mu.Lock()
	defer s.mu.Unlock()
	news := s.news
	s.news = nil
	slices.SortStableFunc(news, func(x, y event) int { return slices.Compare(x.order[:], y.order[:]) })
	return news
}

// answer takes in what the presser sees in answer to a press.
func (s *stage) answer(who dialog.PersonID, in surface, r bot.Reply) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if r.View != nil && in == onMessage {
		if mine := s.messages[who]; len(mine) > 0 {
			mine[len(mine)-1].view = *r.View
		}
	} else if r.View != nil {
		s.card = *r.View
	}
	delete(s.private, who)
	if r.Private != nil {
		s.private[who] = *r.Private
	}
}

// living returns the card as it stands in the thread.
func (s *stage) living() dialog.View {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.card
}

// A sight is one surface as somebody sees it now.
type sight struct {
	surface surface
	view    dialog.View
}

// sees returns what somebody sees, what is for them alone first.
func (s *stage) sees(who dialog.PersonID) []sight {
	s.mu.Lock()
	defer s.mu.Unlock()
	var all []sight
	if v, ok := s.private[who]; ok {
		all = append(all, sight{onPrivate, v})
	}
	all = append(all, sight{onCard, s.card})
	for _, m := range slices.Backward(s.messages[who]) {
		all = append(all, sight{onMessage, m.view})
	}
	return all
}

// record returns the newest record of a kind, "md" or "pdf".
func (s *stage) record(kind string) ([]byte, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	content, ok := s.records[kind]
	return content, ok
}
