package store

import (
	"context"
	crand "crypto/rand"
	_ "embed"
	"fmt"
	"math/rand/v2"

	"github.com/redis/go-redis/v9"

	"curbside/bot/store/keyspace"
	"curbside/dialog"
)

//go:embed append.lua
var appendLua string

var appendScript = redis.NewScript(appendLua)

// Append writes entries that belong to no step of a consult, such as who takes
// whose duty, to the audit chain of a partition that name picks. After an error
// it may be called again: an entry may then stand there twice.
func (s *Store) Append(ctx context.Context, name string, entries ...dialog.AuditEntry) error {
	if err := s.Check(ctx); err != nil {
		return err
	}
	at := s.layout.Of(name)
	return appendTo(ctx, s.client, at, &s.chains[at], entries)
}

// appendTo writes entries to the end of a chain.
func appendTo(ctx context.Context, c redis.UniversalClient, at keyspace.Partition, end *chain, entries []dialog.AuditEntry) error {
	if err := end.lock(ctx); err != nil {
		return fmt.Errorf("write to the audit chain of %s: %w", at, err)
	}
	defer end.unlock()
	token := crand.Text()
	for range headTries {
		made, err := end.extend(entries)
		if err != nil {
			return err
		}
		args := []any{token, headTurn.Milliseconds(), made.from.seq, made.from.hash}
		for _, link := range made.kept {
			args = append(args, link)
		}
		answer, err := appendScript.Run(ctx, c, []string{at.Audit(), at.AuditCut(), at.AuditTurn()}, args...).StringSlice()
		if err != nil {
			return fmt.Errorf("write to the audit chain of %s: %w", at, err)
		}
		switch answer[0] {
		case "committed":
			end.head = made.to
			return nil
		case "wait":
			err = wait(ctx, headWait/2+rand.N(headWait))
		default:
			err = end.moved(answer)
		}
		if err != nil {
			return fmt.Errorf("write to the audit chain of %s: %w", at, err)
		}
	}
	return fmt.Errorf("write to the audit chain of %s: no turn in %d tries", at, headTries)
}
