package store

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/redis/go-redis/v9"

	"curbside/bot"
	"curbside/bot/store/keyspace"
	"curbside/dialog"
)

// scanPage is how many keys are asked for at a time.
const scanPage = 1000

// A Trace is a place in Redis that names a consult.
type Trace struct {
	Key  string
	What string // "key", or what kind of entry in it
}

// A Search is what a search for a consult came to.
type Search struct {
	Keys   int     // looked at
	Traces []Trace // all but the audit chain's, sorted by key
	Links  int     // of the audit chain that name the consult: codes, staff ids and times
}

// Find looks through everything that is kept for what names a consult: the names
// of keys, and the entries of every key that is not another consult's own. It
// takes seconds where there are millions of keys.
func Find(ctx context.Context, c redis.UniversalClient, handle string) (Search, error) {
	return sweep(ctx, c, handle, false)
}

// Forget removes a consult with everything that names it, but for the audit
// chain, in which it leaves entry. It returns what it removed, and what a second
// search found of it: no trace is the proof that nothing remains. A delivery that
// is under way can leave a trace; calling Forget again removes that. It returns
// [bot.ErrNotFound] when nothing names the consult.
func Forget(ctx context.Context, c redis.UniversalClient, handle string, entry dialog.AuditEntry) (removed, left Search, err error) {
	found, err := Find(ctx, c, handle)
	if err != nil {
		return found, left, err
	}
	if len(found.Traces) == 0 {
		return found, left, fmt.Errorf("forget %s: %w", handle, bot.ErrNotFound)
	}
	partitions, err := keptPartitions(ctx, c)
	if err != nil {
		return found, left, err
	}
	// First the entry: what cannot be written down is not done.
	entry.Handle = handle
	at := keyspace.Layout{Partitions: partitions}.Of(handle)
	end := newChain(at)
	if err := appendTo(ctx, c, at, &end, []dialog.AuditEntry{entry}); err != nil {
		return found, left, err
	}
	if removed, err = sweep(ctx, c, handle, true); err != nil {
		return removed, left, err
	}
	left, err = Find(ctx, c, handle)
	return removed, left, err
}

// sweep searches for a consult, and removes what it finds.
func sweep(ctx context.Context, c redis.UniversalClient, handle string, remove bool) (Search, error) {
	if !keyspace.IsHandle(handle) {
		return Search{}, fmt.Errorf("search for a consult: %w", bot.ErrNotFound)
	}
	s := search{
		client: c, handle: handle, remove: remove,
		names: regexp.MustCompile(`(^|[^a-z0-9-])` + regexp.QuoteMeta(handle) + `($|[^a-z0-9-])`),
	}
	err := eachNode(ctx, c, s.node)
	slices.SortFunc(s.Traces, func(a, b Trace) int { return strings.Compare(a.Key+a.What, b.Key+b.What) })
	if err != nil {
		return s.Search, fmt.Errorf("search for %s: %w", handle, err)
	}
	return s.Search, nil
}

// eachNode calls do with every node that holds keys, one after the other.
func eachNode(ctx context.Context, c redis.UniversalClient, do func(context.Context, redis.Cmdable) error) error {
	cluster, ok := c.(*redis.ClusterClient)
	if !ok {
		return do(ctx, c)
	}
	turn := make(chan struct{}, 1)
	return cluster.ForEachMaster(ctx, func(ctx context.Context, node *redis.Client) error {
		turn <- struct{}{}
		defer func() { <-turn }()
		return do(ctx, node)
	})
}

// A search looks for one consult.
type search struct {
	Search
	client redis.UniversalClient
	handle string
	names  *regexp.Regexp
	remove bool
}

// node looks through the keys of one node.
func (s *search) node(ctx context.Context, node redis.Cmdable) error {
	for cursor := uint64(0); ; {
		keys, next, err := node.Scan(ctx, cursor, "curbside:*", scanPage).Result()
		if err != nil {
			return err
		}
		for _, key := range keys {
			s.Keys++
			if err := s.key(ctx, key); err != nil {
				return err
			}
		}
		if cursor = next; cursor == 0 {
			return nil
		}
	}
}

// key looks at one key. What is another consult's own is not opened: its name
// says whose it is, and its state is sealed.
func (s *search) key(ctx context.Context, key string) error {
	kind := kindOf(key)
	switch {
	case kind != "person" && s.names.MatchString(key):
		return s.found(key, "key", func() error { return s.client.Del(ctx, key).Err() })
	case slices.Contains([]string{"consult", "refs", "receipts", "work", "track"}, kind):
		return nil
	}
	held, err := s.client.Type(ctx, key).Result()
	if err != nil {
		return err
	}
	switch held {
	case "string":
		return s.text(ctx, key)
	case "set":
		return s.set(ctx, key)
	case "zset":
		return s.sorted(ctx, key)
	case "hash":
		return s.hash(ctx, key)
	case "list":
		return s.list(ctx, key, kind)
	case "stream":
		return s.stream(ctx, key)
	}
	return nil
}

// kindOf returns the word after the hash tag of a key, as in "curbside:{p0}:consult:…".
func kindOf(key string) string {
	_, rest, _ := strings.Cut(key, "}:")
	kind, _, _ := strings.Cut(rest, ":")
	return kind
}

// found notes a trace, and takes it away if that was asked for.
func (s *search) found(key, what string, take func() error) error {
	s.Traces = append(s.Traces, Trace{Key: key, What: what})
	if !s.remove {
		return nil
	}
	return take()
}

func (s *search) text(ctx context.Context, key string) error {
	value, err := s.client.Get(ctx, key).Result()
	if errors.Is(err, redis.Nil) {
		return nil // it expired meanwhile
	}
	if err != nil || !s.names.MatchString(value) {
		return err
	}
	return s.found(key, "key", func() error { return s.client.Del(ctx, key).Err() })
}

func (s *search) set(ctx context.Context, key string) error {
	member, err := s.client.SIsMember(ctx, key, s.handle).Result()
	if err != nil || !member {
		return err
	}
	return s.found(key, "entry", func() error { return s.client.SRem(ctx, key, s.handle).Err() })
}

func (s *search) sorted(ctx context.Context, key string) error {
	var members []string
	for cursor := uint64(0); ; {
		page, next, err := s.client.ZScan(ctx, key, cursor, s.handle+"|*", scanPage).Result()
		if err != nil {
			return err
		}
		for i := 0; i < len(page); i += 2 { // a member and its score
			members = append(members, page[i])
		}
		if cursor = next; cursor == 0 {
			break
		}
	}
	for _, member := range members {
		if err := s.found(key, "timer", func() error { return s.client.ZRem(ctx, key, member).Err() }); err != nil {
			return err
		}
	}
	return nil
}

func (s *search) hash(ctx context.Context, key string) error {
	fields, err := s.client.HGetAll(ctx, key).Result()
	if err != nil {
		return err
	}
	for field, value := range fields {
		if !s.names.MatchString(field) && !s.names.MatchString(value) {
			continue
		}
		if err := s.found(key, "field", func() error { return s.client.HDel(ctx, key, field).Err() }); err != nil {
			return err
		}
	}
	return nil
}

// list looks through a list. The audit chain's links are counted and stay.
func (s *search) list(ctx context.Context, key, kind string) error {
	for from := int64(0); ; from += auditPage {
		entries, err := s.client.LRange(ctx, key, from, from+auditPage-1).Result()
		if err != nil || len(entries) == 0 {
			return err
		}
		for _, entry := range entries {
			switch {
			case !s.names.MatchString(entry):
			case kind == "audit":
				s.Links++
			default:
				if err := s.found(key, "entry", func() error { return s.client.LRem(ctx, key, 0, entry).Err() }); err != nil {
					return err
				}
			}
		}
	}
}

// stream looks through what is not delivered yet.
func (s *search) stream(ctx context.Context, key string) error {
	for after := "-"; ; {
		entries, err := s.client.XRangeN(ctx, key, after, "+", auditPage).Result()
		if err != nil || len(entries) == 0 {
			return err
		}
		for _, entry := range entries {
			if entry.Values["h"] != s.handle {
				continue
			}
			if err := s.found(key, "effect", func() error { return s.client.XDel(ctx, key, entry.ID).Err() }); err != nil {
				return err
			}
		}
		after = "(" + entries[len(entries)-1].ID
	}
}
