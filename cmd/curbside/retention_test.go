package main

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"
	"time"

	"curbside/bot"
	"curbside/bot/store"
	"curbside/dialog"
)

func TestAuditLinksGoWhenTheirRetentionHasEnded(t *testing.T) {
	t.Parallel()
	client, stop, err := store.Embedded(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer stop()
	kept, err := store.New(store.Options{Client: client, Sealer: store.Unencrypted(), Partitions: 1})
	if err != nil {
		t.Fatal(err)
	}
	now := time.Now()
	for handle, age := range map[string]time.Duration{"amber-heron-42": 3 * time.Hour, "quiet-otter-7": time.Hour} {
		err := kept.Commit(t.Context(), bot.Commit{
			Record: bot.Record{Consult: dialog.Consult{Handle: handle, Version: 1}},
			Audit:  []dialog.AuditEntry{{Handle: handle, Action: dialog.ActOpen, At: now.Add(-age)}},
			Keep:   time.Hour,
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	var said bytes.Buffer
	audit := store.NewAudit(client)
	log := slog.New(slog.NewTextHandler(&said, nil))
	pruneAudit(t.Context(), audit, now.Add(-4*time.Hour), log)
	if said.Len() > 0 {
		t.Errorf("nothing had ended, and it said %s", &said)
	}
	pruneAudit(t.Context(), audit, now.Add(-time.Minute), log)
	for link, err := range audit.Links(t.Context()) {
		t.Errorf("left: %+v, error %v", link, err)
	}
	if !strings.Contains(said.String(), "msg=\"audit pruned\" links=2") {
		t.Errorf("said %s", &said)
	}
	stop()
	said.Reset()
	pruneAudit(t.Context(), audit, now, log)
	if !strings.Contains(said.String(), "audit not pruned") || strings.Contains(said.String(), "127.0.0.1") {
		t.Errorf("with Redis away it said %s", &said)
	}
}
