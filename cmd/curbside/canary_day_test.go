package main

import (
	"bytes"
	"encoding/json"
	"slices"
	"sync/atomic"
	"time"
)

// day tries all doors while all is well, and then while one thing after the
// other fails, and everything at once; then it looks for the plants. stir has
// the program ask its platform what it would otherwise remember; alive reports
// whether somebody who asks is answered.
func (d *chatDay) day(doors []chatDoor, steers []string, furniture map[string]map[string]any, stir func(), alive func() bool) {
	d.t.Helper()
	began := time.Now()
	doors = append(doors, d.pagerDutyDoors()...)
	lap := func(what string) {
		d.t.Logf("%6.1fs %s", time.Since(began).Seconds(), what)
	}
	before := d.m.times()
	d.try(doors, 1, "all is well")
	lap("all is well")
	d.eventually("what comes through the doors is answered", func() bool { return d.m.times()-before > len(doors)/2 })
	var turn atomic.Int64
	spoil := func(how func(turn int, route string, asked []byte) spoiled) {
		d.m.mu.Lock()
		defer d.m.mu.Unlock()
		d.m.spoil = nil
		if how != nil {
			d.m.spoil = func(route string, asked []byte) spoiled { return how(int(turn.Add(1)), route, asked) }
		}
	}
	names := func(turn int, _ string, _ []byte) spoiled {
		p := plants[turn%len(plants)]
		return spoiled{
			plant: func(body []byte) []byte { return namedAnswer(body, p, turn, steers, furniture) },
			head:  map[string]string{"X-Request-Id": p.text, "Warning": p.text, "X-Oauth-Scopes": p.text, "Set-Cookie": "a=" + word(p.text)},
		}
	}
	fails := func(turn int, _ string, asked []byte) spoiled {
		if turn%40 == 39 {
			return spoiled{never: true}
		}
		return spoiled{raw: badAnswer(turn, plants[(turn/19)%len(plants)], asked)}
	}
	stir()
	spoil(names)
	d.try(doors, share(someFailures), "the platform answers with names")
	lap("names")
	spoil(nil)
	for _, fault := range lineTroubles {
		d.line.set(fault)
		d.try(doors, share(someFailures), fault)
		d.line.set("")
		lap(fault)
	}
	for _, setting := range [][2]string{{"maxmemory", "1"}, {"min-replicas-to-write", "3"}} {
		c := d.server.Client(d.t)
		if err := c.ConfigSet(d.t.Context(), setting[0], setting[1]).Err(); err != nil {
			d.t.Fatal(err)
		}
		d.try(doors, share(someFailures), "redis refuses to write: "+setting[0])
		if err := c.ConfigSet(d.t.Context(), setting[0], "0").Err(); err != nil {
			d.t.Fatal(err)
		}
		lap("redis refuses to write: " + setting[0])
	}
	stir()
	spoil(fails)
	d.try(doors, share(someFailures), "the platform fails")
	lap("the platform fails")
	d.line.set(lineTroubles[1])
	d.try(doors, share(someFailures), "everything fails")
	lap("everything fails")
	d.line.set("")
	spoil(nil)
	stir()
	d.eventually("the program answers again", alive)
	d.m.hangUp(plants[0])
	metrics := d.metricsNow()
	d.end()
	lap("ended")
	places, size := d.search(metrics)
	lap("searched")
	if len(d.doors) < 200 || size < 500_000 {
		d.t.Errorf("only %d doors, %d places and %d bytes", len(d.doors), places, size)
	}
	d.t.Logf("%d plants through %d doors, %d in all; searched %d places, %d bytes, in %d forms; %d faults were recovered from",
		len(plants)+len(ticketPlants), len(d.doors), d.put.Load(), places, size, len(forms("canary canary")), bytes.Count(d.log.bytes(), []byte(`"recovered"`)))
}

// namedAnswer is an answer of a platform in which people have named everything
// they can name after a client. Every third is forged besides, in one of the
// parts by which the program goes.
func namedAnswer(body []byte, p plant, turn int, steers []string, furniture map[string]map[string]any) []byte {
	var v any
	if json.Unmarshal(body, &v) != nil {
		return body
	}
	v = furnish(v, furniture)
	if top, ok := v.(map[string]any); ok {
		top["warning"], top["response_metadata"] = p.text, map[string]any{"messages": []any{p.text}, "warnings": []any{p.text}}
	}
	leaves := leavesOf(v)
	for i, l := range leaves {
		_, text := valueAt(v, l.path).(string)
		forged := turn%3 == 2 && i == turn/3%len(leaves)
		if !l.more && (forged || text && !slices.Contains(steers, l.last())) {
			put := p.text
			if slices.Contains(steers, l.last()) {
				put = ticketPlants[0].text // it may be asked about again
			}
			v = with(v, l.path, []string{put, word(put)}[turn%2])
		}
	}
	return written(v)
}
