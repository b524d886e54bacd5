package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"html"
	"log/slog"
	"maps"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"curbside/bot/store"
	"curbside/bot/store/redistest"
	"curbside/config"
	"curbside/dialog"
)

// An entrance is a way by which words of a person can come in. put sends a plant
// through it and returns all that came back.
type entrance struct {
	name string
	put  func(p plant) []byte
}

// A wing is a row of entrances of one kind. Through those that take whole texts
// goes every plant; of the many others each gets a few in turn, so that every
// plant goes through each wing.
type wing struct {
	entrances func(*canaryDay) []entrance
	texts     bool
	ends      bool // what is pressed there may end the consult
	needs     bool // there is nothing to put it in while Redis is away, or it does not matter
}

// plantsEach is how many plants go through an entrance that takes no whole text.
const plantsEach = 4

func (w wing) plants(n int) []plant {
	if w.texts {
		return plants
	}
	var some []plant
	for k := range plantsEach {
		some = append(some, plants[(n*plantsEach+k)%len(plants)])
	}
	return some
}

// wings are the entrances of the program while a consult goes on. A platform
// adds its own.
var wings = []wing{
	{entrances: commandLineDoors, texts: true, needs: true},
	{entrances: fieldDoors, texts: true, needs: true},
	{entrances: composerDoors, texts: true},
	{entrances: addressDoors},
	{entrances: headerDoors},
	{entrances: bodyDoors},
	{entrances: metricsDoors},
	{entrances: pressDoors, ends: true},
}

// A canaryDay is the whole program on a real Redis, with a consult under way.
type canaryDay struct {
	t              *testing.T
	settings       string // the file
	server         *redistest.Server
	line           *badLine // to it
	program        *program
	log            *lockedBuffer
	bench, metrics string
	dana, sam      *hand
	taken          map[string][]byte // files of the record
}

func newCanaryDay(t *testing.T, more string) *canaryDay {
	t.Helper()
	d := &canaryDay{t: t, server: redistest.Start(t), log: &lockedBuffer{}}
	d.settings = settingsOnRedis(t, d.server)
	d.line = newBadLine(t, d.server.Options.Addrs[0])
	text, err := os.ReadFile(d.settings)
	if err != nil {
		t.Fatal(err)
	}
	text = bytes.ReplaceAll(text, []byte("unix://"+d.server.Options.Addrs[0]), []byte("redis://"+d.line.address))
	text = append(text, "\nmetrics: {listen: 127.0.0.1:"+redistest.FreePort(t)+"}\n"+more...)
	if err := os.WriteFile(d.settings, text, 0o600); err != nil {
		t.Fatal(err)
	}
	cfg, faults, err := config.Load(d.settings)
	if err != nil {
		t.Fatalf("%v: %v", err, faults)
	}
	s, _, err := newSettings(cfg)
	if err != nil {
		t.Fatal(err)
	}
	d.program, err = newProgram(t.Context(), s, slog.New(slog.NewJSONHandler(d.log, &slog.HandlerOptions{Level: slog.LevelDebug})))
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- d.program.run(ctx) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Errorf("the program ended with %v", err)
		}
	})
	at := d.program.addresses()
	d.bench, d.metrics = strings.TrimSuffix(at[0], "/"), strings.TrimSuffix(at[len(at)-1], "/")
	d.dana, d.sam = hands(t, d.bench)
	return d
}

// threat starts a consult and answers up to the duty.
func (d *canaryDay) threat() {
	h := d.dana
	h.send("/command", url.Values{"typed": {"/consult about " + plants[0].text}})
	h.press("California")
	h.choose("Go on", "Harm to others")
	h.press("Imminent: now or within days")
	h.press("Kill somebody or injure somebody seriously")
	h.press("The client")
	h.press("A person (or persons) I can point to")
	h.press("None of these")
	h.press("Go on: what are the ways?")
	h.choose("This is my plan", "Do a structured violence risk assessment")
	h.press("Go on: consult and act")
}

func TestNothingOfAPlantIsFoundBehindAnyDoor(t *testing.T) {
	t.Parallel()
	d := newCanaryDay(t, "")
	d.threat()
	sieve, put, count := newSieve(plants...), 0, 0
	var lasting []entrance // those that are there whatever fails
	for _, w := range wings {
		d.dana, d.sam = hands(t, d.bench) // of pages opened too often the first are forgotten
		if w.ends {
			d.takeRecord()
		}
		for n, at := range w.entrances(d) {
			count++
			if !w.needs {
				lasting = append(lasting, at)
			}
			for _, p := range w.plants(n) {
				put++
				if found := newSieve(p).find(at.put(p)); len(found) > 0 {
					t.Errorf("%s: what comes back holds %s", at.name, strings.Join(found, "; "))
				}
			}
		}
	}
	for i, trouble := range lineTroubles {
		put += d.tryWhile(trouble, i, lasting)
	}
	searched := d.everythingWritten()
	size := 0
	for name, content := range searched {
		size += len(content)
		if found := sieve.find(content); len(found) > 0 {
			t.Errorf("%s holds %s", name, strings.Join(found, "; "))
		}
	}
	if count < 60 || size < 50_000 || len(searched) < 20 {
		t.Errorf("only %d doors, %d places and %d bytes", count, len(searched), size)
	}
	t.Logf("%d plants through %d doors, %d in all; searched %d places, %d bytes, in %d forms", len(plants), count, put, len(searched), size, len(forms("canary canary")))
}

// tryWhile sends one plant through a share of doors while Redis fails in a way,
// and returns through how many.
func (d *canaryDay) tryWhile(trouble string, round int, doors []entrance) (put int) {
	d.t.Helper()
	d.line.set(trouble)
	defer d.line.set("")
	var all sync.WaitGroup
	slots := make(chan struct{}, atOnce)
	for n, at := range doors {
		if (n+round)%share(len(lineTroubles)) != 0 {
			continue
		}
		put++
		slots <- struct{}{}
		all.Go(func() {
			defer func() { <-slots }()
			p := plants[(n+round*7)%len(plants)]
			if found := sieves()[p.kind].find(at.put(p)); len(found) > 0 {
				d.t.Errorf("%s, while %s: what comes back holds %s", at.name, trouble, strings.Join(found, "; "))
			}
		})
	}
	all.Wait()
	return put
}

// What a practice allows are words. A number, an address or a date that stands in
// the list is refused all the same, and the list itself is told to nobody.
func TestTheListOfAllowedWordsIsNoWayIn(t *testing.T) {
	t.Parallel()
	var allowed []string
	for _, p := range plants {
		allowed = append(allowed, fmt.Sprintf("%q", p.text))
	}
	d := newCanaryDay(t, "scrubber: {allow: ["+strings.Join(allowed, ", ")+"]}\n")
	d.threat()
	words := map[string]bool{"a name": true, "a name without capitals": true, "a city": true, "an organization": true, "a position": true, "a street": true, "a court case": true, "a name in another script": true, "a name in look-alikes": true}
	var refused []plant
	for _, at := range fieldDoors(d) {
		for _, p := range plants {
			if !words[p.kind] {
				refused = append(refused, p)
				if found := newSieve(p).find(at.put(p)); len(found) > 0 {
					t.Errorf("%s: what comes back holds %s", at.name, strings.Join(found, "; "))
				}
			}
		}
	}
	all, sieve := newSieve(plants...), newSieve(refused...)
	for name, content := range d.everythingWritten() {
		if found := sieve.find(content); len(found) > 0 {
			t.Errorf("%s holds %s", name, strings.Join(found, "; "))
		}
		if name == "the log" || name == "the metrics" {
			if found := all.find(content); len(found) > 0 {
				t.Errorf("%s tells of the list: %s", name, strings.Join(found, "; "))
			}
		}
	}
}

// everythingWritten gathers what is kept, sealed and unsealed, what was logged,
// counted and shown, and what can be taken away.
func (d *canaryDay) everythingWritten() map[string][]byte {
	d.t.Helper()
	d.dana, d.sam = hands(d.t, d.bench)
	d.dana.look()
	d.sam.look()
	all := map[string][]byte{"the log": d.log.bytes(), "Dana's pane": d.dana.pane, "Sam's pane": d.sam.pane}
	for name, content := range d.server.Files(d.t) {
		all["redis: "+name] = content
	}
	d.keysOfRedis(all)
	d.unsealed(all)
	maps.Copy(all, d.taken)
	for _, two := range []string{"left=dana&right=sam", "left=kim&right=dana", "left=sam&right=kim"} {
		all["the page of "+two] = d.dana.request(request{method: http.MethodGet, path: "/", query: queryOf(two)})
	}
	all["the metrics"] = []byte(get(d.t, d.metrics+"/metrics"))
	for _, args := range [][]string{{"audit", "export", "--config", d.settings}, {"audit", "verify", "--config", d.settings}} {
		var out, errs bytes.Buffer
		if code := run(d.t.Context(), args, nil, &out, &errs); code != exitOK {
			d.t.Errorf("%v ends with %d: %s", args, code, errs.String())
		}
		all[strings.Join(args[:2], " ")] = append(out.Bytes(), errs.Bytes()...)
	}
	return all
}

// takeRecord fetches the record as it stands, in every kind of file.
func (d *canaryDay) takeRecord() {
	d.t.Helper()
	d.taken = map[string][]byte{}
	d.dana.press("Record so far")
	for end := time.Now().Add(20 * time.Second); len(d.taken) == 0 && time.Now().Before(end); d.dana.look() {
		for _, link := range regexp.MustCompile(`href="(/file/[^"]+)"`).FindAllStringSubmatch(string(d.dana.pane), -1) {
			d.taken["the record: "+link[1]] = []byte(get(d.t, d.bench+html.UnescapeString(link[1])))
		}
	}
	if len(d.taken) == 0 {
		d.t.Errorf("no record can be taken away; the pane says:\n%s", d.dana.says())
	}
}

func queryOf(s string) url.Values {
	v, err := url.ParseQuery(s)
	if err != nil {
		return nil
	}
	return v
}

func (d *canaryDay) keysOfRedis(all map[string][]byte) {
	c, ctx := d.server.Client(d.t), d.t.Context()
	keys, err := c.Keys(ctx, "*").Result()
	if err != nil || len(keys) < 5 {
		d.t.Fatalf("redis holds %d keys: %v", len(keys), err)
	}
	for _, key := range keys {
		if dump, err := c.Dump(ctx, key).Result(); err == nil { // a key may expire while it is looked at
			all["redis: "+key] = append([]byte(key+"\n"), dump...)
		}
	}
}

// unsealed adds the consults as the program reads them.
func (d *canaryDay) unsealed(all map[string][]byte) {
	cfg, _, err := config.Load(d.settings)
	if err != nil {
		d.t.Fatal(err)
	}
	seal, err := sealer(cfg.Redis)
	if err != nil {
		d.t.Fatal(err)
	}
	kept, err := store.New(store.Options{Client: d.server.Client(d.t), Sealer: seal, Partitions: cfg.Redis.Partitions})
	if err != nil {
		d.t.Fatal(err)
	}
	seen := 0
	for _, who := range []dialog.PersonID{"dana", "sam", "kim"} {
		handles, err := kept.Involving(d.t.Context(), who)
		if err != nil {
			d.t.Fatal(err)
		}
		for _, handle := range handles {
			record, err := kept.Load(d.t.Context(), handle)
			if err != nil {
				d.t.Fatal(err)
			}
			text, err := json.Marshal(record)
			if err != nil {
				d.t.Fatal(err)
			}
			all["the consult "+handle] = text
			seen++
		}
	}
	if seen == 0 {
		d.t.Fatal("no consult could be unsealed")
	}
}
