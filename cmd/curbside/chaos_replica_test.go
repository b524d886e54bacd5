package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"os/signal"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/redis/go-redis/v9"

	"curbside/adapters/web"
	"curbside/bot"
	"curbside/config"
	"curbside/dialog"
)

// A replicaPlan is what a replica of these tests is started with, as JSON.
type replicaPlan struct {
	Settings string        // the practice's settings
	Name     string        // by which the world knows it
	World    string        // the address of the world; "" for the platforms of the settings
	Skew     time.Duration // what its clock is ahead by
	Step     time.Duration // how long a step of the chain waits
}

// worldPatience is how long a replica waits for the world to take a delivery.
const worldPatience = 3 * time.Second

// fakePace is how often a channel of the fake Slack is written to: at Slack's one
// message a second, some thousand consults in one channel would take hours.
const fakePace = 5 * time.Millisecond

// beReplica is the program as a process of its own: on the platforms of its
// settings, or on one that lies in the test's process, where presses come in over
// HTTP and deliveries go out over HTTP.
func beReplica(text string) int {
	var plan replicaPlan
	if err := json.Unmarshal([]byte(text), &plan); err != nil {
		return exitUsage
	}
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	log := slog.New(slog.NewTextHandler(os.Stderr, nil))
	if err := serveReplica(ctx, plan, log); err != nil {
		log.Error("the replica ends", "reason", err.Error())
		return exitFailed
	}
	return exitOK
}

func serveReplica(ctx context.Context, plan replicaPlan, log *slog.Logger) error {
	cfg, _, err := config.Load(plan.Settings)
	if err != nil {
		return fmt.Errorf("load the settings: %w", err)
	}
	each := config.PerUrgency{Routine: plan.Step, Today: plan.Step, Imminent: plan.Step}
	cfg.Escalation.StepTime, cfg.Escalation.DecideTime = each, each
	s, _, err := newSettings(cfg)
	if err != nil {
		return err
	}
	client, disconnect, err := connect(ctx, cfg.Redis, log)
	if err != nil {
		return err
	}
	clock := bot.ClockFunc(func() time.Time { return time.Now().Add(plan.Skew) })
	p := &program{settings: s, log: log, close: disconnect, now: clock, pace: fakePace}
	if plan.World == "" {
		err = p.build(ctx, client)
	} else {
		err = p.buildFar(ctx, client, plan)
	}
	if err != nil {
		p.shut()
		return err
	}
	fmt.Println(listening, strings.Join(p.addresses(), " "))
	return p.run(ctx)
}

// listening begins the line in which a replica says where it answers.
const listening = "Listening on"

// buildFar is [program.build] with the recording platform.
func (p *program) buildFar(ctx context.Context, client redis.UniversalClient, plan replicaPlan) (err error) {
	p.workbench, err = web.New(ctx, web.Options{
		Practice: func() *dialog.Practice { return p.office.Practice(web.Name) },
		Board:    web.NewRedisBoard(client, p.settings.config.Retention.Open), Clock: web.NewClock(p.now), Book: p.settings.book, Log: p.log,
	})
	if err != nil {
		return err
	}
	if p.core, err = newCore(p.settings, client, p.now, p.log, p.workbench, newFarPlatform(plan)); err != nil {
		return err
	}
	return p.open(ctx, "127.0.0.1:0", replicaDoor{p.bot})
}

// A pushed is one thing that somebody did, on its way to a replica.
type pushed struct {
	ID     string // of the interaction; the same again is the same
	Who    dialog.PersonID
	Press  string // as a button holds it; "" is the command
	Direct bool   // it was pressed in a direct message
}

// A told is what somebody is told at once.
type told struct {
	Down    bool // nothing was saved
	shown   bool // it was read off a screen, which may show less than is kept
	unsent  bool // it could not be pressed any more
	Notice  string
	Private *face
	View    *face
	Version uint64
}

// A replicaDoor answers what people do.
type replicaDoor struct{ bot *bot.Bot }

func (d replicaDoor) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var p pushed
	if err := json.NewDecoder(r.Body).Decode(&p); err != nil {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	in := bot.Inbound{ID: p.ID, From: web.Account(p.Who), In: web.Home(), Kind: bot.Command}
	if p.Press != "" {
		press, err := dialog.ParsePress(p.Press)
		if err != nil {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		in.Kind, in.Press = bot.Pressed, press
	}
	if p.Direct {
		in.In = bot.DirectTo(in.From)
	}
	reply := d.bot.Handle(r.Context(), in)
	answer := told{Notice: reply.Notice, Version: reply.Version}
	if reply.View != nil {
		answer.View = faceOf(*reply.View)
	}
	if reply.Private != nil {
		answer.Private = faceOf(*reply.Private)
		answer.Down = reply.Private.Title == "Curbside is down"
	}
	_ = json.NewEncoder(w).Encode(answer) // whoever has gone reads no answer
}

// A face is a view as a person sees it: what can be read, and by its label what
// can be pressed or chosen.
type face struct {
	Text  string
	Can   map[string]string
	Leads string // the consult that it points to

	version uint64 // the newest that something on it can be pressed for
}

func faceOf(v dialog.View) *face {
	f := &face{Can: map[string]string{}}
	for _, b := range textBlocks(v, 1<<20, time.UTC) {
		f.Text += strings.Join(b.lines(), "\n") + "\n"
	}
	for _, b := range v.Blocks {
		switch b := b.(type) {
		case dialog.Buttons:
			for _, item := range b.Items {
				f.Can[item.Label] = item.Press.String()
			}
		case dialog.Choices:
			for _, o := range b.Options {
				press := o.Press
				if b.Multiple {
					press = b.Submit.With(o.Value)
				}
				f.Can[o.Label] = press.String()
			}
		case dialog.Pointer:
			f.Leads = b.Handle
		}
	}
	return f
}

// A sent is one delivery on its way to the world.
type sent struct {
	Replica string
	ID      string
	Kind    dialog.EffectKind
	Effect  dialog.Effect
	Version uint64
	Ref     bot.Ref
	To      string
	Asker   string
	Face    *face
}

// A farPlatform delivers to the world over HTTP.
type farPlatform struct {
	replicaPlan
	client *http.Client
}

func newFarPlatform(plan replicaPlan) farPlatform {
	return farPlatform{plan, &http.Client{Timeout: worldPatience, Transport: &http.Transport{MaxIdleConnsPerHost: 32}}}
}

// Name implements [bot.Platform].
func (farPlatform) Name() bot.PlatformName { return web.Name }

// Check implements [bot.Platform].
func (farPlatform) Check(_ context.Context, p bot.Place) (bot.Verdict, error) {
	return bot.Verdict{Private: p == web.Home()}, nil
}

// Deliver implements [bot.Platform]. What it makes of an answer is what the
// adapters make of their platforms' answers.
func (f farPlatform) Deliver(ctx context.Context, d bot.Delivery) bot.Receipt {
	s := sent{Replica: f.replicaPlan.Name, ID: d.ID, Kind: d.Kind, Effect: d.Effect, Version: d.Version, Ref: d.Ref, Face: faceOf(d.View)}
	if d.To != nil {
		s.To = d.To.User
	}
	if d.Asker != nil {
		s.Asker = d.Asker.User
	}
	body, err := json.Marshal(s)
	if err != nil {
		return bot.Receipt{Outcome: bot.Unreachable, Code: "bad_delivery"}
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, f.World+"/deliver", bytes.NewReader(body))
	if err != nil {
		return bot.Receipt{Outcome: bot.Unreachable, Code: "bad_address"}
	}
	resp, err := f.client.Do(req)
	if errors.Is(err, syscall.ECONNREFUSED) {
		return bot.Receipt{Outcome: bot.Busy, Code: "refused"}
	}
	if err != nil {
		return bot.Receipt{Outcome: bot.Ambiguous, Code: "no_answer"}
	}
	defer func() { _ = resp.Body.Close() }()
	code := "http_" + strconv.Itoa(resp.StatusCode)
	switch {
	case resp.StatusCode == http.StatusTooManyRequests:
		seconds, _ := strconv.Atoi(resp.Header.Get("Retry-After"))
		return bot.Receipt{Outcome: bot.Busy, RetryAfter: time.Duration(seconds) * time.Second, Code: code}
	case resp.StatusCode != http.StatusOK:
		return bot.Receipt{Outcome: bot.Ambiguous, Code: code}
	}
	return bot.Receipt{Outcome: bot.Delivered, Ref: cmp.Or(d.Ref, bot.Ref(d.ID))}
}
