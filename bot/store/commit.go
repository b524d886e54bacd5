package store

import (
	"context"
	crand "crypto/rand"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"strconv"
	"time"

	"github.com/redis/go-redis/v9"

	"curbside/bot"
	"curbside/bot/store/keyspace"
	"curbside/dialog"
)

//go:embed commit.lua
var commitLua string

var commit = redis.NewScript(commitLua)

const (
	// remember is how long a committed input is known: platforms redeliver for minutes.
	remember = time.Hour
	// headTries bounds how often a commit comes again because other processes
	// write to the same audit chain. Within a process commits take turns.
	headTries = 50
	// headTurn is how long a process that found the audit head moved may take to
	// come again, before it is another one's turn.
	headTurn = 250 * time.Millisecond
	// headWait is how long a commit waits for the turn of another process.
	headWait = 5 * time.Millisecond
)

// Commit implements [bot.Store]. After an error that is none of those named
// there, the same commit may be tried again: one that was kept is answered with
// [bot.ErrSeen] then, or with [bot.ErrConflict] when its input is not remembered.
// With [Options.OnDisk] such an error may be [ErrNotOnDisk].
func (s *Store) Commit(ctx context.Context, c bot.Commit) error {
	if err := valid(c); err != nil {
		return fmt.Errorf("commit: %w", err)
	}
	if err := s.Check(ctx); err != nil {
		return err
	}
	handle := c.Record.Consult.Handle
	if !opens(c) || c.InputID == "" {
		return s.commit(ctx, c)
	}
	if err := s.reserve(ctx, c.InputID, handle); err != nil {
		return err
	}
	err := s.commit(ctx, c)
	if errors.Is(err, bot.ErrExists) {
		// The caller comes again with another handle for the same input.
		if err := s.release(ctx, c.InputID, handle); err != nil {
			return err
		}
	}
	return err
}

func opens(c bot.Commit) bool { return c.Record.Consult.Version == 1 }

func valid(c bot.Commit) error {
	switch {
	case !keyspace.IsHandle(c.Record.Consult.Handle):
		return errors.New("the consult has no handle")
	case c.Record.Consult.Version == 0:
		return errors.New("the consult has no version")
	case c.Keep < time.Millisecond:
		return errors.New("the consult is not to be kept")
	}
	return nil
}

// commit writes, and waits for the disk if that was asked for.
func (s *Store) commit(ctx context.Context, c bot.Commit) error {
	if err := s.write(ctx, c); err != nil || !s.onDisk {
		return err
	}
	handle := c.Record.Consult.Handle
	if err := s.reachDisk(ctx, s.layout.Of(handle).Consult(handle), c.Keep); err != nil {
		return fmt.Errorf("commit %s: %w", handle, err)
	}
	return nil
}

// write runs the script until the audit head stays where it was hashed.
func (s *Store) write(ctx context.Context, c bot.Commit) error {
	handle := c.Record.Consult.Handle
	at := s.layout.Of(handle)
	state, err := json.Marshal(c.Record)
	if err != nil {
		return fmt.Errorf("commit %s: %w", handle, err)
	}
	sealed, err := s.sealer.seal(state, []byte(at.Consult(handle)))
	if err != nil {
		return fmt.Errorf("commit %s: seal it: %w", handle, err)
	}
	token := crand.Text()
	end := &s.chains[at]
	if len(c.Audit) > 0 {
		if err := end.lock(ctx); err != nil {
			return fmt.Errorf("commit %s: %w", handle, err)
		}
		defer end.unlock()
	}
	for range headTries {
		var links links
		if len(c.Audit) > 0 {
			if links, err = end.extend(c.Audit); err != nil {
				return fmt.Errorf("commit %s: %w", handle, err)
			}
		}
		keys, args, err := s.arguments(c, token, sealed, links)
		if err != nil {
			return fmt.Errorf("commit %s: %w", handle, err)
		}
		answer, err := commit.Run(ctx, s.client, keys, args...).StringSlice()
		if err != nil {
			return fmt.Errorf("commit %s: %w", handle, err)
		}
		switch answer[0] {
		case "committed":
			if len(c.Audit) > 0 {
				end.head = links.to
			}
			return nil
		case "seen":
			return bot.ErrSeen
		case "exists":
			return bot.ErrExists
		case "version":
			return bot.ErrConflict
		case "wait":
			err = wait(ctx, headWait/2+rand.N(headWait))
		default:
			err = end.moved(answer)
		}
		if err != nil {
			return fmt.Errorf("commit %s: %w", handle, err)
		}
	}
	return fmt.Errorf("commit %s: no turn at the audit chain in %d tries", handle, headTries)
}

// wait waits for a while, or for the end of ctx.
func wait(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// arguments are the keys and arguments of the script, in its order.
func (s *Store) arguments(c bot.Commit, token string, sealed []byte, links links) ([]string, []any, error) {
	consult := c.Record.Consult
	at := s.layout.Of(consult.Handle)
	remembered := int64(0)
	if c.InputID != "" && !opens(c) { // an input that opens a consult was reserved
		remembered = remember.Milliseconds()
	}
	keys := []string{
		at.Consult(consult.Handle), at.Seen(c.InputID), at.Audit(), at.AuditCut(), at.Timers(),
		at.Outbox(dialog.LaneNormal), at.Outbox(dialog.LaneUrgent), at.Refs(consult.Handle), at.Receipts(consult.Handle),
		at.AuditTurn(),
	}
	args := []any{
		consult.Handle, token, consult.Version - 1, consult.Version,
		sealed, c.Keep.Milliseconds(), remembered, links.from.seq, links.from.hash,
		len(links.kept), len(c.Effects), len(c.Timers), len(c.Left), len(c.Joined),
		headTurn.Milliseconds(),
	}
	for _, link := range links.kept {
		args = append(args, link)
	}
	for _, e := range c.Effects {
		encoded, err := json.Marshal(e)
		if err != nil {
			return nil, nil, fmt.Errorf("write effect %s: %w", e.ID(), err)
		}
		track := keyspace.TrackOf(e)
		keys = append(keys, at.Track(consult.Handle, track))
		args = append(args, string(keyspace.LaneOf(e)), track, keyspace.WaitingFor(e).String(), encoded)
	}
	for _, t := range c.Timers {
		due := ""
		if !t.Due.IsZero() {
			due = strconv.FormatInt(t.Due.UnixMilli(), 10)
		}
		args = append(args, consult.Handle+"|"+string(t.ID), due)
	}
	for _, p := range c.Left {
		keys = append(keys, at.Person(p))
	}
	for _, p := range c.Joined {
		keys = append(keys, at.Person(p))
	}
	return keys, args, nil
}
