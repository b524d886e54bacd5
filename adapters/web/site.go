package web

import (
	"context"
	"crypto/rand"
	"net/http"
	"sync"
	"time"

	"curbside/bot"
	"curbside/dialog"
)

// A site is a workbench with the bot that answers on it.
type site struct {
	*Workbench
	bot Bot

	tabsMu sync.Mutex
	tabs   map[string]*tab
}

func (s *site) routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", s.index)
	mux.HandleFunc("GET /events", s.events)
	mux.HandleFunc("GET /file/post", s.postedFile)
	mux.HandleFunc("GET /file/private", s.privateFile)
	mux.HandleFunc("POST /command", s.inPane(s.command))
	mux.HandleFunc("POST /press", s.inPane(s.press))
	mux.HandleFunc("POST /submit", s.inPane(s.submit))
	mux.HandleFunc("POST /cancel", s.inPane(s.cancel))
	mux.HandleFunc("POST /dismiss", s.inPane(s.dismiss))
	mux.HandleFunc("POST /silence", s.inPane(s.silencePhone))
	if !s.options.Steady {
		mux.HandleFunc("POST /clock", s.moveClock)
	}
	mux.Handle("GET /static/", staticFiles())
	s.explore(mux)
	return mux
}

// index opens a page for the two people asked for.
func (s *site) index(w http.ResponseWriter, r *http.Request) {
	people := s.people()
	if len(people) == 0 {
		http.Error(w, "Nobody of the practice may use the workbench.", http.StatusServiceUnavailable)
		return
	}
	chosen := [2]dialog.PersonID{firstWith(people, dialog.Clinician), s.firstPaged(people)}
	for i, name := range []string{"left", "right"} {
		if asked := dialog.PersonID(r.URL.Query().Get(name)); asked != "" {
			if _, known := s.person(asked); !known {
				http.Error(w, "Nobody of the practice has this id.", http.StatusNotFound)
				return
			}
			chosen[i] = asked
		}
	}
	s.page(w, r, s.openTab(chosen))
}

// firstPaged is who is paged first now, and anybody who may sign off when none of
// the chain uses the workbench.
func (s *site) firstPaged(people []dialog.Person) dialog.PersonID {
	for _, step := range s.options.Practice().ChainAt("", s.options.Clock.Now(), nil) {
		for _, id := range step.People {
			if _, known := s.person(id); known {
				return id
			}
		}
	}
	return firstWith(people, dialog.Supervisor)
}

func firstWith(people []dialog.Person, role dialog.Role) dialog.PersonID {
	for _, p := range people {
		if p.Has(role) {
			return p.ID
		}
	}
	return people[0].ID
}

// An acting is who does something on which page.
type acting struct {
	tab  *tab
	side side
	as   dialog.PersonID
}

// inPane answers what was done in a pane with the pane as it then stands.
func (s *site) inPane(do func(*http.Request, acting) error) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		t, known := s.tab(r.PostFormValue("tab"))
		if !known {
			w.Header().Set("HX-Refresh", "true") // a page from before the last start
			return
		}
		a := acting{tab: t}
		if r.PostFormValue("side") == right.String() {
			a.side = right
		}
		a.as = t.person(a.side)
		if _, staff := s.person(a.as); !staff {
			w.Header().Set("HX-Refresh", "true") // left the practice while the page was open
			return
		}
		if err := do(r, a); err != nil {
			http.Error(w, "This page did not understand that. Nothing was changed.", http.StatusBadRequest)
			return
		}
		s.send(w, r, a.tab, a.side.region())
	}
}

func (s *site) command(r *http.Request, a acting) error {
	word, ours := decodeCommand(r.PostFormValue("typed"))
	if !ours {
		a.tab.whisper(a.side, notice(Home(), "The workbench takes /consult, /consult list, /consult duty and /consult help. What you typed was not kept."))
		return nil
	}
	s.ask(r, a, bot.Inbound{Kind: bot.Command, Word: word, In: Home()}, surface{}, nil)
	return nil
}

func (s *site) press(r *http.Request, a acting) error {
	p, err := decodePress(r.PostForm)
	if err != nil {
		return err
	}
	in, shown := s.place(a, p.from)
	if !shown {
		a.tab.whisper(a.side, notice(Home(), "That message is gone. Nothing was changed."))
		return nil
	}
	s.ask(r, a, bot.Inbound{Kind: bot.Pressed, Press: p.press, In: in}, p.from, nil)
	return nil
}

func (s *site) submit(r *http.Request, a acting) error {
	press, err := dialog.ParsePress(r.PostFormValue("press"))
	if err != nil {
		return errNotOurs
	}
	form := a.tab.pane(a.side).form
	if form == nil || press.String() != form.form.Submit.String() {
		return nil // sent twice: the first one counted
	}
	values, faults := decodeFields(form.form, r.PostForm)
	if len(faults) > 0 {
		a.tab.refuse(a.side, form.id, faults)
		return nil
	}
	s.ask(r, a, bot.Inbound{Kind: bot.Submit, Press: press, Form: values, In: form.in}, form.from, form)
	return nil
}

func (s *site) cancel(_ *http.Request, a acting) error {
	if form := a.tab.pane(a.side).form; form != nil {
		a.tab.shut(a.side, form.id)
	}
	return nil
}

func (s *site) dismiss(r *http.Request, a acting) error {
	from, err := parseSurface(r.PostFormValue("surface"))
	if err != nil {
		return err
	}
	a.tab.hush(a.side, from.private)
	return nil
}

func (s *site) silencePhone(r *http.Request, a acting) error {
	s.silence(r.PostFormValue("page"), a.as)
	return nil
}

// place says where a surface is, and whether this person can see it at all.
func (s *site) place(a acting, from surface) (bot.Place, bool) {
	switch {
	case from.post != "":
		p, ok := s.post(from.post)
		switch {
		case !ok || p.To != "" && p.To != a.as:
			return bot.Place{}, false
		case p.To != "":
			return bot.DirectTo(Account(a.as)), true
		default:
			return Home(), true
		}
	case from.private > 0:
		p, ok := a.tab.whispered(a.side, from.private)
		return p.in, ok
	default:
		return bot.DirectTo(Account(a.as)), true
	}
}

// ask has the bot answer and puts the answer into the pane. It returns after
// [Options.Patience] at the latest; a later answer still comes.
func (s *site) ask(r *http.Request, a acting, in bot.Inbound, from surface, sent *openForm) {
	in.ID, in.From = "web-"+rand.Text(), Account(a.as)
	ctx := context.WithoutCancel(r.Context()) // what was pressed is carried through
	answered := make(chan struct{})
	s.late.Go(func() {
		defer close(answered)
		defer func() {
			if cause := recover(); cause != nil {
				s.options.Log.Error("recovered", "in", "handle", "input", in.ID)
				a.tab.whisper(a.side, notice(in.In, "Something went wrong in the program. Please press again."))
			}
			s.watch.wake()
		}()
		s.answer(a, in, from, sent, s.bot.Handle(ctx, in))
	})
	timer := time.NewTimer(s.options.Patience)
	defer timer.Stop()
	select {
	case <-answered:
	case <-timer.C:
		waiting := a.tab.whisper(a.side, notice(in.In, "This takes longer than it should. The answer will appear here as soon as it is there."))
		s.late.Go(func() {
			<-answered
			a.tab.hush(a.side, waiting)
			s.watch.wake()
		})
	}
}

// answer puts the bot's reply where the one who acted sees it.
func (s *site) answer(a acting, in bot.Inbound, from surface, sent *openForm, reply bot.Reply) {
	if sent != nil {
		if len(reply.FieldErrors) > 0 {
			a.tab.refuse(a.side, sent.id, reply.FieldErrors)
			return
		}
		a.tab.shut(a.side, sent.id)
	}
	if reply.View != nil {
		s.update(a, in.In, from, reply)
	}
	if reply.Form != nil {
		a.tab.open(a.side, openForm{form: *reply.Form, from: from, in: in.In})
	}
	if reply.Notice != "" {
		a.tab.whisper(a.side, notice(in.In, reply.Notice))
	}
	if reply.Private != nil && from.private > 0 {
		a.tab.rewrite(a.side, from.private, *reply.Private)
	} else if reply.Private != nil {
		a.tab.whisper(a.side, private{in: in.In, view: *reply.Private})
	}
	if reply.File != nil {
		a.tab.whisper(a.side, private{in: in.In, file: reply.File})
	}
}

// update replaces the surface that was pressed. A private reply has served when
// something in it was pressed: it goes, unless another one takes its place. The
// home view and a command have no surface that lasts: there the view is a
// private reply.
func (s *site) update(a acting, in bot.Place, from surface, reply bot.Reply) {
	switch {
	case from.post != "":
		s.replace(from.post, *reply.View)
	case from.private > 0:
		if reply.Private == nil {
			a.tab.hush(a.side, from.private)
		}
	default:
		a.tab.whisper(a.side, private{in: in, view: *reply.View})
	}
}

func notice(in bot.Place, text string) private {
	return private{in: in, view: dialog.View{Blocks: []dialog.Block{dialog.Text{Text: text}}}}
}
