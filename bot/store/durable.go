package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/redis/go-redis/v9"

	"curbside/bot/store/keyspace"
)

// diskTime is how long a commit waits for the disk. It is longer than the second
// of appendfsync everysec, and with the time of the commit itself shorter than
// what a platform waits for an answer.
const diskTime = 1500 * time.Millisecond

// ErrNotOnDisk says that a commit was made and that Redis did not confirm in time
// that it is on its disk. Whoever pressed may press again.
var ErrNotOnDisk = errors.New("not confirmed by Redis to be on its disk")

// A DurabilityError says that this Redis cannot confirm what is on its disk.
type DurabilityError struct{ Cause error }

// Error says what to do.
func (e *DurabilityError) Error() string {
	return "redis.durability is disk, and this Redis cannot confirm it: use Redis 7.2 or newer with appendonly yes; " +
		"or set appendfsync always in Redis and take redis.durability out"
}

// Unwrap returns what Redis answered.
func (e *DurabilityError) Unwrap() error { return e.Cause }

// reachDisk waits until what was written to a consult before this call is on the
// disk of the node that holds it (WAITAOF, Redis 7.2). A connection can wait for
// its own writes alone, so it first writes: the same retention once more.
func (s *Store) reachDisk(ctx context.Context, key string, keep time.Duration) error {
	return s.onNode(ctx, key, func(conn *redis.Conn) error {
		if err := conn.PExpire(ctx, key, keep).Err(); err != nil {
			return fmt.Errorf("wait for the disk: %w", err)
		}
		disks, err := conn.WaitAOF(ctx, 1, 0, diskTime).Result()
		if err == nil && (len(disks) == 0 || disks[0] < 1) {
			err = ErrNotOnDisk
		}
		if err != nil {
			return fmt.Errorf("wait for the disk: %w", err)
		}
		return nil
	})
}

// checkDisk asks once, at the start, whether Redis can confirm what is on disk.
func (s *Store) checkDisk(ctx context.Context) error {
	return s.onNode(ctx, keyspace.Meta, func(conn *redis.Conn) error {
		var answer redis.Error
		switch err := conn.WaitAOF(ctx, 1, 0, diskTime).Err(); {
		case errors.As(err, &answer):
			return &DurabilityError{Cause: err}
		case err != nil:
			return fmt.Errorf("ask whether Redis can confirm what is on disk: %w", err)
		}
		return nil
	})
}

// onNode calls do with one connection to the node that holds a key.
func (s *Store) onNode(ctx context.Context, key string, do func(*redis.Conn) error) error {
	var node *redis.Client
	switch c := s.client.(type) {
	case *redis.Client:
		node = c
	case *redis.ClusterClient:
		// The client learns of a move when it is told of one, and only for calls of its own.
		if err := c.Exists(ctx, key).Err(); err != nil {
			return fmt.Errorf("find the node of a key: %w", err)
		}
		var err error
		if node, err = c.MasterForKey(ctx, key); err != nil {
			return fmt.Errorf("find the node of a key: %w", err)
		}
	default:
		return fmt.Errorf("wait for the disk: a client of kind %T", s.client)
	}
	conn := node.Conn()
	defer func() { _ = conn.Close() }() // fails only when it is closed already
	return do(conn)
}
