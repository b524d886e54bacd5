package main

import (
	"encoding/json"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"time"

	"curbside/dialog"
)

// A world is the platform and the phones of the fault tests: it keeps what
// reached whom and when, and misbehaves as often as it is told to.
type world struct {
	server *httptest.Server
	seed   uint64

	mu       sync.Mutex
	rng      *rand.Rand
	mischief float64 // of all calls, how many go wrong
	calls    map[string]int
	arrived  map[string]map[string][]arrival // by consult and effect; a phone's begin with "phone:"
	screens  map[string]screen               // by consult and whose: "" is the card
	cards    map[string][]string             // the handles of the cards, by whose consult it is
	places   map[string][]string             // where the messages of a surface stand on a fake, the newest last
	swallow  func(sent) bool                 // set before anything is delivered: what it reports is lost on the way
}

// An arrival is an effect that reached somebody.
type arrival struct {
	sent
	at       time.Time
	answered bool // the replica was told so, in time
}

// A screen is the newest that a surface has shown.
type screen struct {
	ref     string // which message it is, where a person has several
	version uint64
	face    face
}

// How a call ends.
const (
	answersWell   = "well"
	answersBusy   = "429"
	answersFailed = "500, not done"
	answersBroken = "500, done"
	answersLost   = "no answer, done"
	answersNever  = "no answer, not done"
	answersLate   = "late"
)

func newWorld(seed uint64) *world {
	w := &world{
		seed: seed, rng: rand.New(rand.NewPCG(seed, 1)), calls: map[string]int{}, arrived: map[string]map[string][]arrival{},
		screens: map[string]screen{}, cards: map[string][]string{}, places: map[string][]string{},
	}
	mux := http.NewServeMux()
	mux.HandleFunc("POST /deliver", w.deliver)
	mux.HandleFunc("POST /phone", w.phone)
	w.server = httptest.NewServer(mux)
	return w
}

// behave says of how many calls go wrong from now on.
func (w *world) behave(mischief float64) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.mischief = mischief
}

// next decides how a call ends, and how late.
func (w *world) next() (how string, late time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	how = answersWell
	if w.rng.Float64() < w.mischief {
		ways := []string{answersBusy, answersBusy, answersFailed, answersFailed, answersBroken, answersLost, answersLost, answersNever, answersLate, answersLate}
		how = ways[w.rng.IntN(len(ways))]
		late = time.Duration(w.rng.Int64N(int64(worldPatience * 4 / 3)))
	}
	w.calls[how]++
	return how, late
}

func (w *world) deliver(rw http.ResponseWriter, r *http.Request) {
	var s sent
	if err := json.NewDecoder(r.Body).Decode(&s); err != nil {
		rw.WriteHeader(http.StatusBadRequest)
		return
	}
	if w.swallow != nil && w.swallow(s) {
		panic(http.ErrAbortHandler)
	}
	w.take(rw, r, s.ID, s)
}

// phone takes what the webhook of a pager sends.
func (w *world) phone(rw http.ResponseWriter, r *http.Request) {
	var p struct{ ID, Event, Handle, To string }
	if err := json.NewDecoder(r.Body).Decode(&p); err != nil {
		rw.WriteHeader(http.StatusBadRequest)
		return
	}
	w.take(rw, r, "phone:"+p.Event+":"+p.ID, sent{
		ID: p.ID, To: p.To, Kind: dialog.CallPager, Effect: dialog.Effect{Handle: p.Handle, To: dialog.PersonID(p.To)},
	})
}

// take lets an effect arrive, or not, and answers, or does not.
func (w *world) take(rw http.ResponseWriter, r *http.Request, id string, s sent) {
	how, late := w.next()
	switch how {
	case answersBusy:
		rw.Header().Set("Retry-After", "1")
		rw.WriteHeader(http.StatusTooManyRequests)
	case answersFailed:
		rw.Header().Set("Retry-After", "1")
		rw.WriteHeader(http.StatusInternalServerError)
	case answersNever:
		<-r.Context().Done()
		panic(http.ErrAbortHandler)
	case answersBroken:
		w.keep(id, s, false)
		rw.WriteHeader(http.StatusInternalServerError)
	case answersLost:
		w.keep(id, s, false)
		panic(http.ErrAbortHandler)
	case answersLate:
		time.Sleep(late) // that is the fault
		w.keep(id, s, late < worldPatience/2)
	default:
		w.keep(id, s, true)
	}
}

func (w *world) keep(id string, s sent, answered bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	of := w.arrived[s.Effect.Handle]
	if of == nil {
		of = map[string][]arrival{}
		w.arrived[s.Effect.Handle] = of
	}
	of[id] = append(of[id], arrival{s, time.Now(), answered})
	switch s.Kind {
	case dialog.PostCard, dialog.UpdateCard:
		if !slices.Contains(w.cards[s.Asker], s.Effect.Handle) {
			w.cards[s.Asker] = append(w.cards[s.Asker], s.Effect.Handle)
		}
		w.show(s.Effect.Handle, "", s.Version, s.Face)
	case dialog.Page:
		w.screens[s.Effect.Handle+" "+s.To] = screen{ref: s.ID} // a page is a message of its own
		w.show(s.Effect.Handle, s.To, s.Version, s.Face)
	case dialog.EndPage:
		if w.screens[s.Effect.Handle+" "+s.To].ref == string(s.Ref) {
			w.show(s.Effect.Handle, s.To, s.Version, s.Face)
		}
	}
}

// show puts a face on a surface unless a newer one is there. The lock is held.
func (w *world) show(handle, whose string, version uint64, f *face) {
	key := handle + " " + whose
	if now := w.screens[key]; f != nil && version >= now.version {
		w.screens[key] = screen{now.ref, version, *f}
	}
}

// showTold is show for what a press was answered with.
func (w *world) showTold(handle, whose string, t told) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if t.Notice != "" {
		w.screens[handle+" "+whose] = screen{ref: w.screens[handle+" "+whose].ref} // as it stands, also when a newer one was shown
	}
	w.show(handle, whose, t.Version, t.View)
}

// on is what a surface shows.
func (w *world) on(handle, whose string) face {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.screens[handle+" "+whose].face
}

// reached is when somebody was first paged for an escalation in chat, and when
// their phone first rang for the consult; zero is never.
func (w *world) reached(handle, who, number string) (chat, phone time.Time) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for id, all := range w.arrived[handle] {
		e, first := all[0].Effect, all[0].at
		switch {
		case string(e.To) != who:
		case all[0].Kind == dialog.Page:
			for _, a := range all {
				if of := a.Effect.Args; len(of) > 1 && slices.Contains(of[1:], number) && (chat.IsZero() || a.at.Before(chat)) {
					chat = a.at
				}
			}
		case strings.HasPrefix(id, "phone:page:") && (phone.IsZero() || first.Before(phone)):
			phone = first
		}
	}
	return chat, phone
}

// newCard is a card of somebody's that is not among those they know.
func (w *world) newCard(asker string, known map[string]bool) (handle string, ok bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, handle := range w.cards[asker] {
		if !known[handle] {
			return handle, true
		}
	}
	return "", false
}
