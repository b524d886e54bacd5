package store

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/redis/go-redis/v9"

	"curbside/bot/store/keyspace"
)

// Prune cuts off the links that are older than before, oldest first, and
// returns how many. The hash of the last one stays, so that the rest can still
// be verified. Chains are pruned one after the other; what is cut off while an
// error comes up stays cut off.
func (a *Audit) Prune(ctx context.Context, before time.Time) (int, error) {
	partitions, err := a.partitions(ctx)
	if err != nil {
		return 0, err
	}
	pruned := 0
	for _, p := range partitions {
		n, last, err := a.expired(ctx, p, before)
		if err != nil {
			return pruned, err
		}
		if n == 0 {
			continue
		}
		cut, err := prune.Run(ctx, a.client, []string{p.Audit(), p.AuditCut()}, n, last.Seq, last.Hash).Int()
		if err != nil {
			return pruned, fmt.Errorf("prune the audit chain of %s: %w", p, err)
		}
		pruned += cut
	}
	return pruned, nil
}

// expired counts the links at the front of a chain that are older than before,
// and returns the last of them.
func (a *Audit) expired(ctx context.Context, p keyspace.Partition, before time.Time) (n int, last Head, err error) {
	for page, err := range a.pages(ctx, p) {
		if err != nil {
			return 0, Head{}, err
		}
		for _, kept := range page.links {
			var link Link
			if err := json.Unmarshal([]byte(kept.Link), &link); err != nil {
				return 0, Head{}, fmt.Errorf("prune the audit chain of %s at link %d: %w", p, kept.Seq, ErrAltered)
			}
			if !link.Entry.At.Before(before) {
				return n, last, nil
			}
			n, last = n+1, kept.Head
		}
	}
	return n, last, nil
}

// prune cuts links off the front of a chain. Somebody who was faster makes it do nothing.
//
// KEYS: audit, audit:cut. ARGV: number of links, sequence number and hash of the last of them.
// Returns how many were cut off.
var prune = redis.NewScript(`
local last = redis.call('LINDEX', KEYS[1], ARGV[1] - 1)
if not last or string.sub(last, 1, 64) ~= ARGV[3] then return 0 end
redis.call('HSET', KEYS[2], 'seq', ARGV[2], 'hash', ARGV[3])
redis.call('LTRIM', KEYS[1], ARGV[1], -1)
return tonumber(ARGV[1])`)
