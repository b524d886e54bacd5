package web

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"time"

	"github.com/redis/go-redis/v9"
)

// boardKey is a hash from reference to entry, as JSON.
const boardKey = "curbside:{web}:board"

// clockKey holds by how much the workbench's clock was moved, as a duration.
const clockKey = "curbside:{web}:clock"

// clockTime bounds how long a move waits to be kept.
const clockTime = 2 * time.Second

// KeepClock moves c by as much as it was moved before the last start, and keeps
// every move from now on: what was due by a moved clock is not put off by a start.
func KeepClock(ctx context.Context, r redis.UniversalClient, c *Clock, log *slog.Logger) error {
	kept, err := r.Get(ctx, clockKey).Result()
	if err != nil && !errors.Is(err, redis.Nil) {
		return fmt.Errorf("read %s: %w", clockKey, err)
	}
	if by, err := time.ParseDuration(kept); err == nil {
		c.Advance(by)
	}
	c.OnMove(func() {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), clockTime)
		defer cancel()
		if err := r.Set(ctx, clockKey, c.Moved().String(), 0).Err(); err != nil {
			log.Warn("move of the clock not kept", "reason", "unavailable")
		}
	})
	return nil
}

// A RedisBoard is a [Board] in one Redis hash. Entries older than messages are
// kept go when the board is loaded, and the hash as a whole when nothing is
// posted for as long.
type RedisBoard struct {
	redis redis.UniversalClient
	keep  time.Duration
}

var _ Board = (*RedisBoard)(nil)

// NewRedisBoard keeps entries in r until nothing has been posted for keep.
func NewRedisBoard(r redis.UniversalClient, keep time.Duration) *RedisBoard {
	return &RedisBoard{redis: r, keep: keep}
}

// Load implements [Board].
func (b *RedisBoard) Load(ctx context.Context) ([]Entry, error) {
	values, err := b.redis.HVals(ctx, boardKey).Result()
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", boardKey, err)
	}
	entries := make([]Entry, len(values))
	var newest time.Time
	for i, v := range values {
		if err := json.Unmarshal([]byte(v), &entries[i]); err != nil {
			return nil, fmt.Errorf("read an entry of %s: %w", boardKey, err)
		}
		if entries[i].Changed.After(newest) {
			newest = entries[i].Changed
		}
	}
	var old []string
	entries = slices.DeleteFunc(entries, func(e Entry) bool {
		if newest.Sub(e.Changed) <= b.keep {
			return false
		}
		old = append(old, string(e.Ref))
		return true
	})
	if len(old) > 0 {
		if err := b.redis.HDel(ctx, boardKey, old...).Err(); err != nil {
			return nil, fmt.Errorf("drop old entries of %s: %w", boardKey, err)
		}
	}
	return entries, nil
}

// Save implements [Board].
func (b *RedisBoard) Save(ctx context.Context, e Entry) error {
	value, err := json.Marshal(e)
	if err != nil {
		return fmt.Errorf("write entry %s: %w", e.Ref, err)
	}
	_, err = b.redis.TxPipelined(ctx, func(p redis.Pipeliner) error {
		p.HSet(ctx, boardKey, string(e.Ref), value)
		p.Expire(ctx, boardKey, b.keep)
		return nil
	})
	if err != nil {
		return fmt.Errorf("keep entry %s: %w", e.Ref, err)
	}
	return nil
}
