package store

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"github.com/redis/go-redis/v9"

	"curbside/bot/store/keyspace"
)

// A PartitionsError says that this Redis keeps consults in another number of
// partitions than the configuration names: they would not be found.
type PartitionsError struct {
	Kept       int // what this Redis was started with
	Configured int
}

// Error says what to do.
func (e *PartitionsError) Error() string {
	return fmt.Sprintf("this Redis keeps its consults in %d partitions, but %d are configured: set redis.partitions to %d, or use an empty Redis",
		e.Kept, e.Configured, e.Kept)
}

// Check fixes the number of partitions at the first start and compares it at
// every other. It returns a [*PartitionsError] when they differ, a
// [*DurabilityError] when Redis cannot do what [Options.OnDisk] asks; any other
// error means that Redis cannot be reached. Every method of the store runs it until it
// has passed once; a program calls it at its start to learn of it early.
func (s *Store) Check(ctx context.Context) error {
	if s.checked.Load() {
		return nil
	}
	kept, err := keptPartitions(ctx, s.client)
	if err == nil && kept == 0 {
		// Another process may start at the same moment: the first one fixes it.
		if err := s.client.HSetNX(ctx, keyspace.Meta, keyspace.MetaPartitions, s.layout.Partitions).Err(); err != nil {
			return fmt.Errorf("fix the number of partitions: %w", err)
		}
		kept, err = keptPartitions(ctx, s.client)
	}
	if err != nil {
		return err
	}
	if kept != s.layout.Partitions {
		return &PartitionsError{Kept: kept, Configured: s.layout.Partitions}
	}
	if s.onDisk {
		if err := s.checkDisk(ctx); err != nil {
			return err
		}
	}
	s.checked.Store(true)
	return nil
}

// keptPartitions returns the number of partitions of a Redis, 0 when nothing
// was ever kept in it.
func keptPartitions(ctx context.Context, c redis.UniversalClient) (int, error) {
	kept, err := c.HGet(ctx, keyspace.Meta, keyspace.MetaPartitions).Result()
	if errors.Is(err, redis.Nil) {
		return 0, nil
	}
	if err != nil {
		return 0, fmt.Errorf("read the number of partitions: %w", err)
	}
	n, err := strconv.Atoi(kept)
	if err != nil || n < 1 {
		return 0, fmt.Errorf("read the number of partitions: %w", ErrAltered)
	}
	return n, nil
}
