package main

import (
	"context"
	"log/slog"
	"time"

	"curbside/bot/store"
)

// pruneEvery is how often audit links whose retention has ended are cut off.
// Consults expire by themselves.
const pruneEvery = time.Hour

// keepRetention cuts off the audit links whose retention has ended, at once and
// again and again, until ctx ends. It goes by the system's clock: the
// workbench's can be moved, and what is cut off is gone.
func (p *program) keepRetention(ctx context.Context) {
	audit := store.NewAudit(p.outbox.Store.Client())
	for ctx.Err() == nil {
		pruneAudit(ctx, audit, time.Now().Add(-p.office.keepAudit()), p.log)
		select {
		case <-ctx.Done():
		case <-time.After(pruneEvery):
		}
	}
}

// pruneAudit cuts off the links from before a moment. What fails is done the
// next time.
func pruneAudit(ctx context.Context, audit *store.Audit, before time.Time, log *slog.Logger) {
	switch pruned, err := audit.Prune(ctx, before); {
	case err != nil:
		log.Warn("audit not pruned", "reason", "unavailable", "links", pruned)
	case pruned > 0:
		log.Info("audit pruned", "links", pruned)
	}
}

// keepAudit returns how long a link of the audit chain is kept.
func (o *office) keepAudit() time.Duration { return o.now.Load().config.Retention.Audit }
