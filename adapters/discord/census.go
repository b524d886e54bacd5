package discord

import (
	"context"
	"fmt"
	"net/http"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"
)

// censusTime is how long a count of who holds which role is good for. It is taken
// anew every [checkEvery], because it takes longer than somebody who opens a
// consult can wait; what the channel lets a role do is asked for every time.
const censusTime = 2*checkEvery + time.Minute

// askAtOnce is how many members are asked for at the same time.
const askAtOnce = 5

// Holders say how many members hold each role, and how many of those are of the
// practice. Where both are the same, nobody else holds it.
type holders struct {
	all   map[string]int
	staff map[string]int
}

// A census counts who holds which role. Nobody has to be listed for it, which
// Discord grants to few: it gives the counts, and the roles of those who are
// asked for by name.
type census struct {
	mu     sync.Mutex
	taken  time.Time
	counts holders
}

func (c *census) forget() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.taken = time.Time{}
}

// of returns the count, taking it anew when it is old.
func (c *census) of(ctx context.Context, d *Discord) (holders, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if time.Since(c.taken) < censusTime {
		return c.counts, nil
	}
	counted, err := d.count(ctx)
	if err != nil {
		return holders{}, err
	}
	c.taken, c.counts = time.Now(), counted
	return counted, nil
}

func (d *Discord) count(ctx context.Context) (holders, error) {
	found := holders{all: map[string]int{}, staff: map[string]int{}}
	var mu sync.Mutex
	asking, ctx := errgroup.WithContext(ctx)
	asking.SetLimit(askAtOnce)
	asking.Go(func() error {
		return d.read(ctx, request{method: http.MethodGet, path: "guilds/" + d.options.Guild + "/roles/member-counts", out: &found.all})
	})
	for _, id := range d.options.Staff() {
		asking.Go(func() error {
			var member struct {
				Roles []string `json:"roles"`
			}
			err := d.read(ctx, request{method: http.MethodGet, path: "guilds/" + d.options.Guild + "/members/" + id, out: &member})
			if coded(err, codeUnknownMember, codeUnknownUser) {
				return nil
			}
			mu.Lock()
			defer mu.Unlock()
			for _, r := range member.Roles {
				found.staff[r]++
			}
			return err
		})
	}
	if err := asking.Wait(); err != nil {
		return holders{}, fmt.Errorf("count who holds which role: %w", err)
	}
	return found, nil
}

const (
	onceTries = 3               // of one question to which Discord did not answer
	onceTime  = 4 * time.Second // for one of them
)

// read is a request that only reads, made again where Discord did not answer: one
// lost answer among those of a whole practice would undo the count.
func (d *Discord) read(ctx context.Context, r request) (err error) {
	for range onceTries {
		once, cancel := context.WithTimeout(ctx, onceTime)
		err = d.api.do(once, r)
		cancel()
		if !unclear(err) {
			break
		}
	}
	return err
}
