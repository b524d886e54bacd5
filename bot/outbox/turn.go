package outbox

import (
	"context"
	"embed"
	"fmt"
	"strconv"
	"time"

	"github.com/redis/go-redis/v9"

	"curbside/bot"
	"curbside/bot/store/keyspace"
	"curbside/dialog"
)

//go:embed lua
var lua embed.FS

// script reads a script of this package, with what all of them share.
func script(name string) *redis.Script {
	var text []byte
	for _, file := range []string{"lua/prelude.lua", "lua/" + name + ".lua"} {
		part, err := lua.ReadFile(file)
		if err != nil {
			panic(err) // the file is embedded by its name
		}
		text = append(text, part...)
	}
	return redis.NewScript(string(text))
}

var (
	takeScript   = script("take")
	finishScript = script("finish")
	laterScript  = script("later")
	extendScript = script("extend")
)

// A trackID names one track of one consult.
type trackID struct {
	at     keyspace.Partition
	handle string
	name   string // see [keyspace.TrackOf]
}

func (id trackID) key() string { return id.at.Track(id.handle, id.name) }

// A turn is what [lane.take] hands out.
type turn struct {
	track   trackID
	state   string        // as take.lua names them
	wait    time.Duration // hold: until the next try
	token   string        // go: of the lease
	place   string        // go: the effect's place on its track
	broken  bool          // go: somebody began a try on this surface and kept no end of it
	receipt receipt       // go: of the tries before
	effect  string        // go: its JSON, "" when the stream has lost it
	refs    map[string]bot.Ref
}

// waiting is the effect's place on its track, read.
func (t turn) waiting() keyspace.Waiting { return keyspace.ParseWaiting(t.place) }

// take asks for the oldest effect of a track.
func (l *lane) take(ctx context.Context, id trackID, token string) (turn, error) {
	keys := []string{
		id.key(), id.at.Outbox(l.name), id.at.Receipts(id.handle), id.at.Refs(id.handle), id.at.Work(id.handle), id.at.Consult(id.handle),
		id.at.Track(id.handle, keyspace.TrackNormal), id.at.Track(id.handle, keyspace.TrackUrgentCard),
	}
	ends := dialog.EndPage
	if id.handle == dialog.DeskHandle {
		ends = "" // every rehearsal has messages of its own
	}
	args := []any{
		token, leaseTime.Milliseconds(), id.name, group, receipt{Outcome: merged, At: time.Now().UTC()}.String(),
		bot.RefCard, string(dialog.PostCard), string(dialog.UpdateCard), string(ends), string(dialog.Page),
		string(dialog.UpdateCard), string(dialog.PostNote), string(dialog.SendFile),
	}
	answer, err := takeScript.Run(ctx, l.client, keys, args...).StringSlice()
	if err != nil {
		return turn{}, fmt.Errorf("take an effect of %s: %w", id.handle, err)
	}
	t := turn{track: id, state: answer[0], token: token}
	switch t.state {
	case "hold":
		ms, err := strconv.ParseInt(answer[1], 10, 64)
		if err != nil {
			return turn{}, fmt.Errorf("take an effect of %s: %w", id.handle, err)
		}
		t.wait = time.Duration(ms) * time.Millisecond
	case "go":
		t.place, t.receipt, t.effect, t.broken = answer[1], readReceipt(answer[2]), answer[3], answer[4] == "1"
		t.refs = make(map[string]bot.Ref)
		for i := 5; i+1 < len(answer); i += 2 {
			t.refs[answer[i]] = bot.Ref(answer[i+1])
		}
	}
	return t, nil
}

// finish keeps what became of an effect. Its place is free for the next one.
func (l *lane) finish(ctx context.Context, t turn, r receipt, key string, ref bot.Ref) error {
	if ref == "" {
		key = ""
	}
	id := t.track
	keys := []string{id.key(), id.at.Outbox(l.name), id.at.Receipts(id.handle), id.at.Refs(id.handle), id.at.Work(id.handle), id.at.Consult(id.handle)}
	args := []any{t.token, t.place, r.String(), key, string(ref), group, id.name}
	if err := finishScript.Run(ctx, l.client, keys, args...).Err(); err != nil {
		return fmt.Errorf("finish an effect of %s: %w", id.handle, err)
	}
	return nil
}

// later puts an effect off.
func (l *lane) later(ctx context.Context, t turn, r receipt, wait time.Duration) error {
	id := t.track
	keys := []string{id.at.Receipts(id.handle), id.at.Work(id.handle), id.at.Consult(id.handle), id.key()}
	args := []any{t.token, t.place, r.String(), id.name, wait.Milliseconds()}
	if err := laterScript.Run(ctx, l.client, keys, args...).Err(); err != nil {
		return fmt.Errorf("put off an effect of %s: %w", id.handle, err)
	}
	return nil
}

// keep extends a lease until stop is called, also while ctx has ended: the
// delivery under way is finished. While Redis is away it cannot, and whoever
// reads says so.
func (o *Outbox) keep(ctx context.Context, key, field, token string) (stop func()) {
	ctx, cancel := context.WithCancel(context.WithoutCancel(ctx))
	done := make(chan struct{})
	go func() {
		defer close(done)
		for pause(ctx, extendTime, nil) {
			_ = extendScript.Run(ctx, o.client, []string{key}, token, field, leaseTime.Milliseconds()).Err()
		}
	}()
	return func() {
		cancel()
		<-done
	}
}
