package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"slices"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/redis/go-redis/v9"

	"curbside/adapters/pager"
	"curbside/adapters/web"
	"curbside/bot"
	"curbside/config"
	"curbside/dialog"
)

// stopTime is how long what is under way may take once the program is to end.
const stopTime = 5 * time.Second

// A program is everything that serves, as a value: demo, serve and the tests
// run the same one.
type program struct {
	*core
	settings  *settings
	log       *slog.Logger
	workbench *web.Workbench
	chats     []chat
	doors     []door
	close     func()        // ends the connection to Redis
	now       bot.Clock     // the machine's
	pace      time.Duration // of Slack: see [slack.Options]
}

// A chat joins one platform to the program.
type chat struct {
	platform bot.Platform
	listen   string                                // where handler answers; "" is nowhere
	handler  func(*bot.Bot) http.Handler           // set with listen
	run      func(context.Context, *bot.Bot) error // until ctx ends; nil has nothing to run
	metrics  prometheus.Collector                  // nil counts nothing
}

// A door is an address that the program answers on.
type door struct {
	listener net.Listener
	handler  http.Handler
}

// newProgram builds a program that is ready to run: connected to Redis, and
// listening. It must be shut when it is not run.
func newProgram(ctx context.Context, s *settings, log *slog.Logger) (*program, error) {
	client, stop, err := connect(ctx, s.config.Redis, log)
	if err != nil {
		return nil, err
	}
	p := &program{settings: s, log: log, close: stop, now: bot.ClockFunc(time.Now)}
	if err := p.build(ctx, client); err != nil {
		p.shut()
		return nil, err
	}
	return p, nil
}

// build puts the platforms and the core together, and opens the doors.
func (p *program) build(ctx context.Context, client redis.UniversalClient) (err error) {
	cfg, clock := p.settings.config, web.NewClock(p.now)
	if cfg.Web.MoveClock {
		if err := web.KeepClock(ctx, client, clock, p.log); err != nil {
			return err
		}
	}
	p.workbench, err = web.New(ctx, web.Options{
		Practice:  func() *dialog.Practice { return p.office.Practice(web.Name) },
		Admits:    p.admits,
		Board:     web.NewRedisBoard(client, cfg.Retention.Open),
		Clock:     clock,
		Steady:    !cfg.Web.MoveClock,
		NextTimer: p.nextTimer,
		Hosts:     cfg.Web.Hosts,
		Book:      p.settings.book,
		Log:       p.log,
	})
	if err != nil {
		return err
	}
	onDiscord, err := p.discordChat(client)
	if err != nil {
		return err
	}
	onSlack, err := p.slackChat()
	if err != nil {
		return err
	}
	p.chats = slices.Concat([]chat{p.webChat()}, onSlack, onDiscord)
	platforms := make([]bot.Platform, 0, len(p.chats))
	for _, c := range p.chats {
		platforms = append(platforms, c.platform)
	}
	if p.core, err = newCore(p.settings, client, clock, p.log, p.workbench, platforms...); err != nil {
		return err
	}
	clock.OnMove(p.outbox.Wake)
	for _, c := range p.chats {
		if c.listen == "" {
			continue
		}
		if err := p.open(ctx, c.listen, c.handler(p.bot)); err != nil {
			return err
		}
	}
	if hook := cfg.PagerDuty; hook.Listen != "" {
		mux := http.NewServeMux()
		mux.Handle("/pagerduty", pager.NewPagerDutyWebhook(hook.Secret.Reveal, clock, p.bot.Acknowledge, p.log))
		if err := p.open(ctx, hook.Listen, mux); err != nil {
			return err
		}
	}
	if cfg.Metrics.Listen != "" {
		return p.open(ctx, cfg.Metrics.Listen, metricsHandler(p.collectors()...))
	}
	return nil
}

// webChat is the workbench as a platform. It is there also when nobody can open
// it: consults begun in it are still delivered and their phones rung.
func (p *program) webChat() chat {
	c := chat{platform: p.workbench, handler: func(b *bot.Bot) http.Handler { return p.workbench.Handler(b) }}
	if p.settings.config.Web.Enabled {
		c.listen = p.settings.config.Web.Listen
	}
	return c
}

// admits reports whether a person may use the workbench.
func (p *program) admits(id dialog.PersonID) bool {
	_, ok := p.office.Account(id, web.Name)
	return ok
}

// open listens on an address; [program.run] answers.
func (p *program) open(ctx context.Context, address string, h http.Handler) error {
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", address)
	if err != nil {
		return advise(fmt.Errorf("listen on %s: %w", address, err), "nothing was changed",
			"end the program that uses the address, or choose another one")
	}
	p.doors = append(p.doors, door{listener, h})
	return nil
}

// shut lets go of everything that was opened.
func (p *program) shut() {
	for _, d := range p.doors {
		_ = d.listener.Close() // fails only when it is closed already
	}
	p.close()
}

// addresses are where the program answers, the workbench first.
func (p *program) addresses() []string {
	var all []string
	for _, d := range p.doors {
		all = append(all, "http://"+d.listener.Addr().String()+"/")
	}
	return all
}

// nextTimer tells the workbench when something will happen by itself.
func (p *program) nextTimer(ctx context.Context) (time.Time, bool) {
	due, ok, err := p.outbox.Next(ctx)
	if err != nil {
		p.log.Warn("next timer unknown", "reason", "unavailable")
	}
	return due, ok && err == nil
}

// run serves until ctx ends or a part fails, and then stops in the order in
// which people would notice: no new presses, no new deliveries, no connection.
func (p *program) run(ctx context.Context) error {
	defer p.shut()
	answering, stopAnswering := context.WithCancel(ctx)
	defer stopAnswering()
	delivering, stopDelivering := context.WithCancel(context.WithoutCancel(ctx))
	defer stopDelivering()

	ended, running := make(chan error), 0
	start := func(part func() error) {
		running++
		go func() { ended <- part() }()
	}
	start(func() error { return p.outbox.Run(delivering) })
	start(func() error { return p.bot.Tend(delivering) })
	start(func() error { return p.auditor.run(delivering, p.settings.config.Alarm.PingEvery) })
	for _, c := range p.chats {
		if c.run != nil {
			start(func() error { return c.run(answering, p.bot) })
		}
	}
	servers := p.servers(answering)
	for i, server := range servers {
		start(func() error { return served(server.Serve(p.doors[i].listener)) })
	}

	var failed error
	select {
	case <-ctx.Done():
	case failed = <-ended:
		running--
	}
	stopAnswering()
	p.stop(ctx, servers)
	stopDelivering()
	for range running {
		failed = errors.Join(failed, <-ended)
	}
	return failed
}

// servers are one for each door; streams of events end with ctx.
func (p *program) servers(ctx context.Context) []*http.Server {
	var all []*http.Server
	for _, d := range p.doors {
		all = append(all, &http.Server{
			Handler:           d.handler,
			ReadHeaderTimeout: stopTime,
			ErrorLog:          slog.NewLogLogger(slog.DiscardHandler, slog.LevelError), // it quotes what came in
			BaseContext:       func(net.Listener) context.Context { return ctx },
		})
	}
	return all
}

// stop ends the servers and waits for the answers that are under way.
func (p *program) stop(ctx context.Context, servers []*http.Server) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopTime)
	defer cancel()
	for _, server := range servers {
		if err := server.Shutdown(ctx); err != nil {
			_ = server.Close() // a page held its connection, and nothing is lost by that
		}
	}
	p.workbench.Wait()
}

func served(err error) error {
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return fmt.Errorf("serve: %w", err)
}

// watch puts every good change of the settings file in force and says of a bad
// one that it changed nothing. Redis, the packs and the addresses stay as they
// are until the next start.
func (p *program) watch(ctx context.Context, path string) {
	err := config.Watch(ctx, path, func(c config.Change) {
		var found []config.Problem
		if c.Err == nil {
			_, found, c.Err = newSettings(c.Config)
		}
		if c.Err != nil || config.Faulty(append(found, c.Problems...)) {
			p.log.Error("settings refused", "reason", "faults", "next", "curbside config check FILE")
			return
		}
		p.office.reload(c.Config)
		p.log.Info("settings reloaded")
	})
	if err != nil {
		p.log.Warn("settings are not watched", "reason", "unavailable")
	}
}
