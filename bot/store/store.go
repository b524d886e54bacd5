// Package store keeps consults in Redis: sealed state, what was committed for
// the outbox, and the audit chain. docs/redis.md describes every key.
package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"sync/atomic"

	"github.com/redis/go-redis/v9"

	"curbside/bot"
	"curbside/bot/store/keyspace"
	"curbside/dialog"
)

// DefaultPartitions is the number of partitions of a practice that names none.
const DefaultPartitions = 16

// maxPartitions bounds what a sweep over all partitions costs.
const maxPartitions = 1024

// Options are what a [Store] is made of.
type Options struct {
	Client     redis.UniversalClient // see [NewClient]
	Sealer     *Sealer               // [OpenKeyset], or [Unencrypted] by name
	Partitions int                   // 0 is [DefaultPartitions]; fixed at the first start
	OnDisk     bool                  // a commit waits until Redis says that it is on its disk: see [DurabilityError]
}

// A Store keeps consults. It is safe for concurrent use by many goroutines, and
// by many processes on one Redis.
type Store struct {
	client  redis.UniversalClient
	sealer  *Sealer
	layout  keyspace.Layout
	onDisk  bool
	checked atomic.Bool // [Store.Check] has passed
	chains  []chain     // by partition
}

var _ bot.Store = (*Store)(nil)

// New makes a store. It does no I/O, so that a program can start, and say what
// is down, while Redis is away.
func New(o Options) (*Store, error) {
	if o.Client == nil || o.Sealer == nil {
		return nil, errors.New("make a store: a client and a sealer are needed")
	}
	if o.Partitions == 0 {
		o.Partitions = DefaultPartitions
	}
	if o.Partitions < 0 || o.Partitions > maxPartitions {
		return nil, fmt.Errorf("make a store: %d partitions, not 1 to %d", o.Partitions, maxPartitions)
	}
	s := &Store{
		client: o.Client,
		sealer: o.Sealer,
		layout: keyspace.Layout{Partitions: o.Partitions},
		onDisk: o.OnDisk,
		chains: make([]chain, o.Partitions),
	}
	for i := range s.chains {
		s.chains[i] = newChain(keyspace.Partition(i))
	}
	return s, nil
}

// Client returns what the store speaks to Redis with.
func (s *Store) Client() redis.UniversalClient { return s.client }

// Layout returns how the store spreads consults over partitions.
func (s *Store) Layout() keyspace.Layout { return s.layout }

// Load implements [bot.Store].
func (s *Store) Load(ctx context.Context, handle string) (bot.Record, error) {
	var rec bot.Record
	if !keyspace.IsHandle(handle) {
		return rec, bot.ErrNotFound
	}
	if err := s.Check(ctx); err != nil {
		return rec, err
	}
	key := s.layout.Of(handle).Consult(handle)
	kept, err := s.client.HMGet(ctx, key, "v", "s").Result()
	if err != nil {
		return rec, fmt.Errorf("load consult %s: %w", handle, err)
	}
	version, hasVersion := kept[0].(string)
	sealed, hasState := kept[1].(string)
	if !hasVersion && !hasState {
		return rec, bot.ErrNotFound
	}
	plain, err := s.sealer.open([]byte(sealed), []byte(key))
	if err != nil {
		return rec, fmt.Errorf("load consult %s: %w", handle, err)
	}
	if err := json.Unmarshal(plain, &rec); err != nil {
		return bot.Record{}, fmt.Errorf("load consult %s: %w", handle, ErrAltered)
	}
	if strconv.FormatUint(rec.Consult.Version, 10) != version || rec.Consult.Handle != handle {
		return bot.Record{}, fmt.Errorf("load consult %s: %w", handle, ErrAltered)
	}
	return rec, nil
}

// Refs implements [bot.Store].
func (s *Store) Refs(ctx context.Context, handle string) (map[string]bot.Ref, error) {
	if !keyspace.IsHandle(handle) {
		return nil, nil
	}
	if err := s.Check(ctx); err != nil {
		return nil, err
	}
	kept, err := s.client.HGetAll(ctx, s.layout.Of(handle).Refs(handle)).Result()
	if err != nil {
		return nil, fmt.Errorf("read references of %s: %w", handle, err)
	}
	refs := make(map[string]bot.Ref, len(kept))
	for surface, ref := range kept {
		refs[surface] = bot.Ref(ref)
	}
	return refs, nil
}

// Involving implements [bot.Store]. The handles are sorted; consults whose
// retention has ended are left out, and forgotten.
func (s *Store) Involving(ctx context.Context, p dialog.PersonID) ([]string, error) {
	if err := s.Check(ctx); err != nil {
		return nil, err
	}
	found, err := s.members(ctx, p)
	if err != nil {
		return nil, fmt.Errorf("list consults of a person: %w", err)
	}
	kept, gone, err := s.present(ctx, found)
	if err != nil {
		return nil, fmt.Errorf("list consults of a person: %w", err)
	}
	for _, handle := range gone {
		at := s.layout.Of(handle)
		if err := forget.Run(ctx, s.client, []string{at.Consult(handle), at.Person(p)}, handle).Err(); err != nil {
			return nil, fmt.Errorf("forget consult %s: %w", handle, err)
		}
	}
	slices.Sort(kept)
	return kept, nil
}

// forget takes a consult that is gone off a person's list.
//
// KEYS: consult, person. ARGV: handle. Returns how many were taken off.
var forget = redis.NewScript(`
if redis.call('EXISTS', KEYS[1]) == 1 then return 0 end
return redis.call('SREM', KEYS[2], ARGV[1])`)

// members returns what stands on a person's lists in all partitions.
func (s *Store) members(ctx context.Context, p dialog.PersonID) ([]string, error) {
	pipe := s.client.Pipeline()
	lists := make([]*redis.StringSliceCmd, 0, s.layout.Partitions)
	for _, at := range s.layout.All() {
		lists = append(lists, pipe.SMembers(ctx, at.Person(p)))
	}
	if _, err := pipe.Exec(ctx); err != nil {
		return nil, err
	}
	var found []string
	for _, list := range lists {
		found = append(found, list.Val()...)
	}
	return found, nil
}

// present parts handles into those whose consult is kept and those whose is gone.
func (s *Store) present(ctx context.Context, handles []string) (kept, gone []string, err error) {
	if len(handles) == 0 {
		return nil, nil, nil
	}
	pipe := s.client.Pipeline()
	exist := make([]*redis.IntCmd, 0, len(handles))
	for _, handle := range handles {
		exist = append(exist, pipe.Exists(ctx, s.layout.Of(handle).Consult(handle)))
	}
	if _, err := pipe.Exec(ctx); err != nil {
		return nil, nil, err
	}
	for i, handle := range handles {
		if exist[i].Val() == 1 {
			kept = append(kept, handle)
		} else {
			gone = append(gone, handle)
		}
	}
	return kept, gone, nil
}
