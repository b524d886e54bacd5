package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/redis/go-redis/v9"

	"curbside/adapters/pager"
	"curbside/bot"
	"curbside/bot/outbox"
	"curbside/bot/store"
	"curbside/config"
)

// A core is the program without its doors: the same for the workbench, for
// every chat platform and for a play in the terminal.
type core struct {
	office  *office
	bot     *bot.Bot
	outbox  *outbox.Outbox
	auditor *auditor
}

// newCore puts the parts together. It does no I/O.
func newCore(s *settings, client redis.UniversalClient, clock bot.Clock, log *slog.Logger, phone bot.Pager, platforms ...bot.Platform) (*core, error) {
	seal, err := sealer(s.config.Redis)
	if err != nil {
		return nil, err
	}
	kept, err := store.New(store.Options{
		Client: client, Sealer: seal, Partitions: s.config.Redis.Partitions,
		OnDisk: s.config.Redis.Durability == config.OnDisk,
	})
	if err != nil {
		return nil, err
	}
	c := &core{office: newOffice(s.config, pagerMakers(clock, phone))}
	c.bot = bot.New(bot.Parts{
		Store: kept, Platforms: platforms, Office: c.office, Book: s.book, Scrubber: s.scrubber,
		Clock: clock, Log: log, Program: programVersion(),
		AuditHeads: func(ctx context.Context) (string, error) {
			heads, err := store.NewAudit(client).Heads(ctx)
			return store.HeadsCode(heads), err
		},
		TimersLate: func() bool { return c.outbox.TimersLate() || c.auditor.Late() },
	})
	c.outbox = outbox.New(outbox.Parts{Store: kept, Worker: c.bot, Clock: clock, Log: log})
	c.auditor = &auditor{lag: c.outbox.Lag, ping: pinger(s.config.Alarm), log: log}
	return c, nil
}

// pagerMakers makes a pager of every kind that the configuration may name.
func pagerMakers(clock bot.Clock, phone bot.Pager) map[string]pagerMaker {
	return map[string]pagerMaker{
		config.PagerWorkbench: func(config.Pager) bot.Pager { return phone },
		config.PagerDuty: func(p config.Pager) bot.Pager {
			return pager.NewPagerDuty(cmp.Or(p.URL, pager.PagerDutyURL), p.RoutingKey.Reveal)
		},
		config.PagerWebhook: func(p config.Pager) bot.Pager {
			return pager.NewWebhook(p.URL, p.Secret.Reveal, clock)
		},
	}
}

// connect returns a client for the Redis of a configuration, and what ends it.
// It waits for a Redis that is away, and says so once, until ctx ends.
func connect(ctx context.Context, r config.Redis, log *slog.Logger) (redis.UniversalClient, func(), error) {
	if r.Embedded {
		return store.Embedded(ctx)
	}
	options, err := redisOptions(r)
	if err != nil {
		return nil, nil, err
	}
	client := store.NewClient(options)
	stop := func() { _ = client.Close() } // fails only when it is closed already
	for said := false; ; said = true {
		if err = client.Ping(ctx).Err(); err == nil {
			return client, stop, nil
		}
		if denied(err) {
			stop()
			return nil, nil, advise(errors.New("redis refuses the user name or the password"), "nothing was changed",
				"check redis.username and redis.password_file")
		}
		if !said {
			log.Warn("waiting for redis", "reason", "unavailable")
		}
		select {
		case <-ctx.Done():
			stop()
			return nil, nil, fmt.Errorf("wait for redis: %w", ctx.Err())
		case <-time.After(500 * time.Millisecond):
		}
	}
}

// denied reports whether Redis answered, and will give the same answer again.
func denied(err error) bool {
	for _, code := range []string{"NOAUTH", "WRONGPASS", "NOPERM"} {
		if redis.HasErrorPrefix(err, code) {
			return true
		}
	}
	return false
}

// settle waits until everything that was committed has been delivered and every
// timer that is due has fired.
func (c *core) settle(ctx context.Context) error {
	for {
		settled, err := c.outbox.Settled(ctx)
		if settled || err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("wait for deliveries: %w", ctx.Err())
		case <-time.After(time.Millisecond):
		}
	}
}
