package outbox

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"

	"curbside/bot/store/keyspace"
	"curbside/dialog"
)

const (
	// slots is how many ordinary deliveries go on at once, and urgentSlots how many
	// urgent ones: while a platform hangs, each holds its slot until the call is given
	// up, and phones are to ring all the same.
	slots       = 16
	urgentSlots = 64
	// maxTracks bounds how many tracks of a lane are followed at once. Reading
	// stops above it; the effects stay in their stream meanwhile.
	maxTracks = 4096
	// deadKept is how many unreadable effects are kept for an operator.
	deadKept = 1000
)

// A lane delivers the effects of one lane. What is urgent shares nothing with
// what is not: neither reads, nor slots, nor order.
type lane struct {
	*Outbox
	name       dialog.Lane
	partitions map[string]keyspace.Partition // by stream
	slots      chan struct{}
	following  sync.WaitGroup

	mu     sync.Mutex
	tracks map[trackID]*track
}

// A track is followed as long as effects wait on it.
type track struct {
	id      trackID
	entries map[string]bool // its stream entries that this process has read; guarded by lane.mu
	wake    chan struct{}
	token   string // what its next delivery is leased with; only who drains it knows
}

func newLane(o *Outbox, name dialog.Lane) *lane {
	most := slots
	if name == dialog.LaneUrgent {
		most = urgentSlots
	}
	l := &lane{
		Outbox:     o,
		name:       name,
		partitions: make(map[string]keyspace.Partition),
		slots:      make(chan struct{}, most),
		tracks:     make(map[trackID]*track),
	}
	for _, p := range o.layout.All() {
		l.partitions[p.Outbox(name)] = p
	}
	return l
}

// run delivers until ctx ends, and waits for what is under way.
func (l *lane) run(ctx context.Context) {
	var all sync.WaitGroup
	for _, streams := range l.reads() {
		all.Go(func() {
			doing := fmt.Sprintf("read %s of %s", l.name, l.partitions[streams[0]])
			l.forever(ctx, doing, func(ctx context.Context) (time.Duration, error) { return 0, l.read(ctx, streams) })
		})
	}
	all.Go(func() {
		l.forever(ctx, "tend "+string(l.name), func(ctx context.Context) (time.Duration, error) { return tendTime, l.tend(ctx) })
	})
	all.Wait()
	l.following.Wait()
	l.handBack(ctx)
}

// reads parts the streams into those that one command can wait for: all of them,
// or on a Redis Cluster, where they lie in different slots, each by itself.
func (l *lane) reads() [][]string {
	_, cluster := l.client.(*redis.ClusterClient)
	var all []string
	var each [][]string
	for _, p := range l.layout.All() {
		all = append(all, p.Outbox(l.name))
		each = append(each, []string{p.Outbox(l.name)})
	}
	if cluster {
		return each
	}
	return [][]string{all}
}

// read waits for new effects and has their tracks followed.
func (l *lane) read(ctx context.Context, streams []string) error {
	for l.open() >= maxTracks {
		if !pause(ctx, 100*time.Millisecond, nil) {
			return nil
		}
	}
	after := make([]string, len(streams))
	for i := range after {
		after[i] = ">"
	}
	// Not ended by ctx: what Redis hands out meanwhile would be nobody's for claimTime.
	waiting, cancel := context.WithTimeout(context.WithoutCancel(ctx), blockTime+2*time.Second)
	defer cancel()
	found, err := l.client.XReadGroup(waiting, &redis.XReadGroupArgs{
		Group: group, Consumer: consumer, Streams: append(streams[:len(streams):len(streams)], after...), Count: 64, Block: blockTime,
	}).Result()
	switch {
	case errors.Is(err, redis.Nil):
		return nil
	case redis.HasErrorPrefix(err, "NOGROUP"):
		return l.createGroups(ctx)
	case err != nil:
		return fmt.Errorf("read lane %s: %w", l.name, err)
	}
	for _, stream := range found {
		if err := l.admit(ctx, l.partitions[stream.Stream], stream.Messages); err != nil {
			return err
		}
	}
	return nil
}

// tend keeps the entries of this process from being taken over, and takes over
// those that nobody keeps.
func (l *lane) tend(ctx context.Context) error {
	pipe := l.client.Pipeline()
	for p, entries := range l.held() {
		pipe.XClaimJustID(ctx, &redis.XClaimArgs{
			Stream: p.Outbox(l.name), Group: group, Consumer: consumer, Messages: entries,
		})
	}
	var idle []*redis.XAutoClaimCmd
	for _, p := range l.layout.All() {
		idle = append(idle, pipe.XAutoClaim(ctx, &redis.XAutoClaimArgs{
			Stream: p.Outbox(l.name), Group: group, Consumer: consumer, MinIdle: claimTime, Start: "0-0", Count: 100,
		}))
	}
	_, failed := pipe.Exec(ctx)
	// A node of a cluster that is away keeps nobody from the others.
	for i, p := range l.layout.All() {
		messages, _, err := idle[i].Result()
		if err != nil {
			failed = err
			continue
		}
		if err := l.admit(ctx, p, messages); err != nil {
			return err
		}
	}
	switch {
	case redis.HasErrorPrefix(failed, "NOGROUP"):
		return l.createGroups(ctx)
	case failed != nil:
		return fmt.Errorf("tend lane %s: %w", l.name, failed)
	}
	return nil
}

// held returns the stream entries that this process works on.
func (l *lane) held() map[keyspace.Partition][]string {
	l.mu.Lock()
	defer l.mu.Unlock()
	held := make(map[keyspace.Partition][]string)
	for id, t := range l.tracks {
		for entry := range t.entries {
			held[id.at] = append(held[id.at], entry)
		}
	}
	return held
}

// open returns how many tracks are followed.
func (l *lane) open() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.tracks)
}

// admit has the tracks of stream entries followed.
func (l *lane) admit(ctx context.Context, p keyspace.Partition, entries []redis.XMessage) error {
	for _, entry := range entries {
		handle, _ := entry.Values["h"].(string)
		name, _ := entry.Values["t"].(string)
		if !keyspace.IsHandle(handle) || name == "" {
			if err := l.bury(ctx, p, entry.ID, entry.Values); err != nil {
				return err
			}
			continue
		}
		l.follow(ctx, trackID{at: p, handle: handle, name: name}, entry.ID)
	}
	return nil
}

// follow starts to follow a track, or wakes who does.
func (l *lane) follow(ctx context.Context, id trackID, entry string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if t := l.tracks[id]; t != nil {
		t.entries[entry] = true
		select {
		case t.wake <- struct{}{}:
		default: // it is awake already
		}
		return
	}
	t := &track{id: id, entries: map[string]bool{entry: true}, wake: make(chan struct{}, 1), token: rand.Text()}
	l.tracks[id] = t
	l.Metrics.tracks.WithLabelValues(string(l.name)).Inc()
	l.following.Go(func() { l.drain(ctx, t) })
}

// drain delivers the effects of a track until none waits or ctx ends.
func (l *lane) drain(ctx context.Context, t *track) {
	defer l.Metrics.tracks.WithLabelValues(string(l.name)).Dec()
	doing := fmt.Sprintf("deliver %s of %s", l.name, t.id.at)
	for {
		wait, err := l.step(ctx, t)
		if err != nil {
			l.trouble.begins(doing, err)
			wait = 500 * time.Millisecond
		} else {
			l.trouble.ends(doing)
		}
		if wait == finished && l.leave(t) {
			return
		}
		if !pause(ctx, wait, t.wake) {
			return // see [lane.handBack]
		}
	}
}

// handBack lets other processes take over at once what this one has read and not
// delivered. When Redis is away they do so after claimTime.
func (l *lane) handBack(ctx context.Context) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), keepTime)
	defer cancel()
	pipe := l.client.Pipeline()
	for p, entries := range l.held() {
		args := []any{"XCLAIM", p.Outbox(l.name), group, consumer, 0}
		for _, entry := range entries {
			args = append(args, entry)
		}
		pipe.Do(ctx, append(args, "IDLE", claimTime.Milliseconds(), "JUSTID")...)
	}
	_, _ = pipe.Exec(ctx)
	l.mu.Lock()
	defer l.mu.Unlock()
	clear(l.tracks)
}

// leave ends the following of a track, unless an effect came in meanwhile.
func (l *lane) leave(t *track) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	select {
	case <-t.wake:
		return false
	default:
		delete(l.tracks, t.id)
		return true
	}
}

// entriesOf returns the stream entries of a track that were read up to now.
func (l *lane) entriesOf(t *track) []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	entries := make([]string, 0, len(t.entries))
	for entry := range t.entries {
		entries = append(entries, entry)
	}
	return entries
}

// clear forgets stream entries of a track on which nothing waits any more. They
// were finished, perhaps by another process.
func (l *lane) clear(ctx context.Context, t *track, entries []string) error {
	if len(entries) > 0 {
		stream := t.id.at.Outbox(l.name)
		pipe := l.client.Pipeline()
		pipe.XAck(ctx, stream, group, entries...)
		pipe.XDel(ctx, stream, entries...)
		if _, err := pipe.Exec(ctx); err != nil {
			return fmt.Errorf("clear a track of %s: %w", t.id.handle, err)
		}
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, entry := range entries {
		delete(t.entries, entry)
	}
	return nil
}

// bury moves an entry that cannot be read to the dead list. What it says is for
// an operator to look at, not for the log.
func (l *lane) bury(ctx context.Context, p keyspace.Partition, entry string, fields map[string]any) error {
	text, err := json.Marshal(map[string]any{"entry": entry, "lane": l.name, "fields": fields})
	if err != nil {
		return fmt.Errorf("write a dead entry: %w", err)
	}
	pipe := l.client.Pipeline()
	pipe.LPush(ctx, p.Dead(), text)
	pipe.LTrim(ctx, p.Dead(), 0, deadKept-1)
	pipe.XAck(ctx, p.Outbox(l.name), group, entry)
	pipe.XDel(ctx, p.Outbox(l.name), entry)
	if _, err := pipe.Exec(ctx); err != nil {
		return fmt.Errorf("bury an entry: %w", err)
	}
	l.Metrics.effects.WithLabelValues(string(l.name), dead).Inc()
	l.Log.Error("effect cannot be read", "partition", p.String(), "lane", l.name, "entry", entry)
	return nil
}
