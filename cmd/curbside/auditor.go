package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"curbside/bot/store"
	"curbside/config"
)

const (
	// lookEvery is how often the auditor looks whether pages go out.
	lookEvery = 10 * time.Second
	// tooLate is how far paging may be behind before the card says so.
	tooLate = 60 * time.Second
)

// An auditor looks from outside whether what was due was sent, whichever process
// had to do it. It is safe for concurrent use.
type auditor struct {
	lag  func(context.Context) (time.Duration, error) // how far paging is behind
	ping func(context.Context) error                  // tells somebody outside that all is well; nil tells nobody
	log  *slog.Logger

	behind atomic.Int64 // nanoseconds: the less of the last two looks, for one may fall into a sweep
	before time.Duration
	looked atomic.Int64 // Unix nanoseconds of the last look that saw anything; 0 before the first
	late   atomic.Bool  // what was said last
}

// run looks until ctx ends, pings every so often, and returns nil.
func (a *auditor) run(ctx context.Context, pingEvery time.Duration) error {
	look, tell := time.NewTicker(lookEvery), time.NewTicker(pingEvery)
	defer look.Stop()
	defer tell.Stop()
	a.look(ctx)
	a.tell(ctx)
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-look.C:
			a.look(ctx)
		case <-tell.C:
			a.tell(ctx)
		}
	}
}

// look measures once how far paging is behind.
func (a *auditor) look(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, lookEvery)
	defer cancel()
	behind, err := a.lag(ctx)
	if err != nil {
		return // the outbox says that Redis is away; the age of this look tells the rest
	}
	behind, a.before = min(behind, a.before), behind
	a.behind.Store(int64(behind))
	a.looked.Store(time.Now().UnixNano())
	switch late := behind > tooLate; {
	case late == a.late.Swap(late):
	case late:
		a.log.Error("paging is late", "behind", behind.Round(time.Second))
	default:
		a.log.Info("paging is in time again")
	}
}

// tell pings, unless paging is late or nobody has looked.
func (a *auditor) tell(ctx context.Context) {
	if a.ping == nil || a.Late() || a.looked.Load() == 0 {
		return
	}
	if err := a.ping(ctx); err != nil {
		a.log.Warn("ping failed", "reason", err.Error())
	}
}

// Late reports whether somebody may not be paged in time: what is due is not
// sent, or nobody could look for a while.
func (a *auditor) Late() bool {
	looked := a.looked.Load()
	return looked != 0 && (time.Duration(a.behind.Load()) > tooLate || time.Since(time.Unix(0, looked)) > tooLate)
}

// collectors measure what the auditor sees.
func (a *auditor) collectors() []prometheus.Collector {
	return []prometheus.Collector{
		prometheus.NewGaugeFunc(prometheus.GaugeOpts{
			Name: "curbside_paging_behind_seconds",
			Help: "Age of the oldest due timer or urgent effect that has not gone out, of all processes.",
		}, func() float64 { return time.Duration(a.behind.Load()).Seconds() }),
		prometheus.NewGaugeFunc(prometheus.GaugeOpts{
			Name: "curbside_paging_looked_seconds",
			Help: "Time since the auditor last saw whether pages go out; -1 before the first time.",
		}, func() float64 {
			looked := a.looked.Load()
			if looked == 0 {
				return -1
			}
			return time.Since(time.Unix(0, looked)).Seconds()
		}),
	}
}

// pinger returns what asks the address of the settings, nil without one. Its
// errors are codes: the address is a secret.
func pinger(a config.Alarm) func(context.Context) error {
	if a.PingURL.IsZero() {
		return nil
	}
	client := &http.Client{Timeout: 5 * time.Second}
	return func(ctx context.Context) error {
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, a.PingURL.Reveal(), nil)
		if err != nil {
			return errors.New("bad_address")
		}
		resp, err := client.Do(req)
		if err != nil {
			return errors.New("no_answer")
		}
		_ = resp.Body.Close() // nothing in it is of use
		if resp.StatusCode/100 != 2 {
			return fmt.Errorf("http_%d", resp.StatusCode)
		}
		return nil
	}
}

// verifyChain checks the audit chain once, at the start, and says what it saw.
func verifyChain(ctx context.Context, audit *store.Audit, log *slog.Logger) {
	seen, err := audit.Verify(ctx, nil)
	if broken, ok := errors.AsType[*store.BrokenLinkError](err); ok {
		log.Error("audit chain is broken", "partition", broken.Partition, "link", broken.Seq, "next", "curbside audit verify --config FILE")
		return
	}
	if err != nil {
		log.Warn("audit chain not verified", "reason", "unavailable")
		return
	}
	log.Info("audit chain verified", "links", seen.Links, "chains", len(seen.Heads))
}
