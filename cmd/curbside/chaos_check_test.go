package main

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/anishathalye/porcupine"
	"github.com/redis/go-redis/v9"

	"curbside/bot"
	"curbside/bot/outbox"
	"curbside/bot/store"
	"curbside/dialog"
	"curbside/rules"
)

// An aftermath is what is kept when all is over.
type aftermath struct {
	*house
	client  redis.UniversalClient
	store   *store.Store
	kept    map[string]bot.Record
	lossy   bool           // Redis was told to forget: its replicas follow it late
	decided map[string]int // links of the audit chain that say that a sign-off was decided, by consult
}

// aftermath waits until everything that was committed is delivered, and reads
// what is kept.
func (h *house) aftermath(client redis.UniversalClient) *aftermath {
	h.t.Helper()
	keys, err := os.ReadFile(h.keyset)
	if err != nil {
		h.t.Fatal(err)
	}
	seal, err := store.OpenKeyset(keys)
	if err != nil {
		h.t.Fatal(err)
	}
	kept, err := store.New(store.Options{Client: client, Sealer: seal})
	if err != nil {
		h.t.Fatal(err)
	}
	looking := outbox.New(outbox.Parts{Store: kept, Clock: bot.ClockFunc(time.Now)})
	h.until(90*time.Second, "everything is delivered", func() bool {
		settled, err := looking.Settled(context.Background())
		return err == nil && settled
	})
	a := &aftermath{house: h, client: client, store: kept, kept: map[string]bot.Record{}, decided: map[string]int{}}
	a.read()
	return a
}

func (a *aftermath) read() {
	a.t.Helper()
	ctx := context.Background()
	audit := store.NewAudit(a.client)
	seen, err := audit.Verify(ctx, nil)
	if err != nil {
		a.t.Errorf("the audit chain: %v", err)
	}
	a.tally["audit links"] = seen.Links
	for link, err := range audit.Links(ctx) {
		var read store.Link
		if err == nil {
			err = json.Unmarshal([]byte(link.Link), &read)
		}
		if err != nil {
			a.t.Fatalf("read the audit chain: %v", err)
		}
		handle := read.Entry.Handle
		if _, have := a.kept[handle]; !have {
			rec, err := a.store.Load(ctx, handle)
			if err != nil {
				a.t.Errorf("%s stands in the audit chain: %v", handle, err)
			}
			a.kept[handle] = rec
		}
		if read.Entry.Action == "decided" {
			a.decided[handle]++
		}
	}
	a.tally["consults kept"] = len(a.kept)
}

// holds checks everything that was promised.
func (a *aftermath) holds() {
	a.t.Helper()
	for _, s := range a.scenes {
		for _, fault := range s.misuses() {
			a.t.Errorf("the platform was misused: %s", fault)
		}
	}
	a.keepsPromises()
	a.paged()
	a.doubled()
	a.signedOnce()
	if !a.lossy {
		a.keepsCommitted()
		a.shows()
		a.linearises()
	}
}

var committed = regexp.MustCompile(`msg=(?:applied|opened) consult=(\S+)(?: version=(\d+))? `)

// keepsCommitted: what a process says it has committed stands in the consult, and
// no version was committed twice.
func (a *aftermath) keepsCommitted() {
	seen := map[string]string{}
	for _, r := range a.replicas {
		for _, line := range committed.FindAllSubmatch(r.log.bytes(), -1) {
			handle, version := string(line[1]), cmp.Or(string(line[2]), "1")
			n, err := strconv.ParseUint(version, 10, 64)
			a.tally["commits"]++
			switch other, twice := seen[handle+"/"+version]; {
			case err != nil || a.kept[handle].Consult.Version < n:
				a.t.Errorf("%s: %s committed version %s, and kept is %d", handle, r.plan.Name, version, a.kept[handle].Consult.Version)
			case twice:
				a.t.Errorf("%s: %s and %s both committed version %s", handle, other, r.plan.Name, version)
			}
			seen[handle+"/"+version] = r.plan.Name
		}
	}
}

// keepsPromises: what people were told was taken stands in the consult.
func (a *aftermath) keepsPromises() {
	lost := 0
	for _, p := range a.promises {
		rec, have := a.kept[p.handle]
		switch done := have && kept(rec.Consult, p); {
		case done && (a.lossy || rec.Consult.Version >= p.version):
		case a.lossy:
			lost++
			a.pressedAgain(p)
		default:
			lost++
			a.t.Errorf("%s was told at version %d that %q was taken; kept is version %d without it. The processes say:\n%s",
				p.who, p.version, p.press.String(), rec.Consult.Version, a.saidOf(p.handle))
		}
	}
	a.tally["presses promised"] = len(a.promises)
	a.tally["presses lost"] = lost
	lasting := []dialog.Action{
		dialog.ActClient, dialog.ActTopics, dialog.ActAnswer, dialog.ActSignOff, dialog.ActDanger,
		dialog.ActSeen, dialog.ActJoined, dialog.ActApprove, dialog.ActDecline,
	}
	for _, d := range a.denials {
		again := func(p promise) bool {
			return p.handle == d.handle && p.who == d.who && p.press.Action == d.press.Action && slices.Equal(p.press.Args, d.press.Args)
		}
		if slices.Contains(lasting, d.press.Action) && kept(a.kept[d.handle].Consult, d) && !slices.ContainsFunc(a.promises, again) {
			a.tally["presses that were kept although people were told that nothing was saved"]++
		}
	}
}

// pressedAgain: what a failover has lost can be done again, or whoever tries is
// told how it stands.
func (a *aftermath) pressedAgain(p promise) {
	if p.press.Action == "" {
		return // the consult is gone: another one is opened
	}
	t, known := a.press(p.handle, p.who, p.press.String(), false)
	if !known || t.Down {
		a.t.Errorf("%s: %q was lost and cannot be pressed again", p.handle, p.press.String())
	}
	rec, err := a.store.Load(context.Background(), p.handle)
	if t.Notice == "" && (err != nil || !kept(rec.Consult, p)) {
		a.t.Errorf("%s: %q was lost, and pressed again it is not kept and nothing is said", p.handle, p.press.String())
	}
}

// kept reports whether a consult holds what a press did.
func kept(c dialog.Consult, p promise) bool {
	arg := func(i int) string {
		if i < len(p.press.Args) {
			return p.press.Args[i]
		}
		return ""
	}
	turned := func(kinds ...dialog.TurnKind) bool {
		n, _ := strconv.Atoi(arg(0))
		return n > 0 && n <= len(c.Escalations) && slices.ContainsFunc(c.Escalations[n-1].Turns, func(t dialog.Turn) bool {
			return slices.Contains(kinds, t.Kind) && string(t.By) == p.who
		})
	}
	switch p.press.Action {
	case "":
		return c.Version > 0 && string(c.Clinician) == p.who
	case dialog.ActClient:
		return string(c.Case.Client) == arg(0)
	case dialog.ActTopics:
		return len(c.Case.Topics) == 1 && string(c.Case.Topics[0]) == arg(0)
	case dialog.ActAnswer, dialog.ActNone:
		return slices.ContainsFunc(c.Case.Order, func(g dialog.Given) bool { return string(g.Fact) == arg(0) })
	case dialog.ActPlan:
		return c.Plan != nil && slices.ContainsFunc(c.Plan.Actions, func(w rules.ActionID) bool { return string(w) == arg(0) })
	case dialog.ActSignOff:
		return len(c.Escalations) > 1 && c.Escalations[1].Kind == dialog.KindSignOff
	case dialog.ActDanger:
		return c.Danger != nil && string(c.Danger.By) == p.who
	case dialog.ActSeen:
		return turned(dialog.TurnSeen)
	case dialog.ActJoined:
		return turned(dialog.TurnHeard)
	case dialog.ActApprove:
		return turned(dialog.TurnApproved)
	case dialog.ActDecline:
		return turned(dialog.TurnDeclined)
	default:
		return true // it goes on, or only asks for something to read
	}
}

// paged: whoever had to be paged was, in chat and by phone, unless it was over
// before: then a receipt says so.
func (a *aftermath) paged() {
	for handle, rec := range a.kept {
		movedOn := a.movedOn(handle)
		for i, e := range rec.Consult.Escalations {
			number := strconv.Itoa(i + 1)
			due := map[dialog.PersonID]bool{}
			for _, t := range e.Turns {
				if t.Kind == dialog.TurnPaged {
					due[t.By] = true
				}
			}
			for _, who := range slices.Sorted(maps.Keys(due)) {
				chat, phone := a.world.reached(handle, string(who), number)
				a.tally["pages due"]++
				switch {
				case !chat.IsZero():
					a.tally["pages sent"]++
				case movedOn > 0 && !e.Live():
					movedOn--
					a.tally["pages no longer due"]++
				default:
					a.t.Errorf("%s: %s was never paged for escalation %s (%s, %s)", handle, who, number, e.Kind, e.State)
				}
				if phone.IsZero() {
					a.t.Errorf("%s: the phone of %s never rang", handle, who)
				}
			}
		}
	}
}

// movedOn counts the effects of a consult that had nothing left to show.
func (a *aftermath) movedOn(handle string) (n int) {
	for id, text := range a.client.HGetAll(context.Background(), a.store.Layout().Of(handle).Receipts(handle)).Val() {
		switch {
		case strings.HasSuffix(text, " moved_on"):
			n++
		case strings.HasPrefix(text, "unclear"):
			a.tally["effects given up as unclear"]++
		case strings.HasPrefix(text, "unreachable"), strings.HasPrefix(text, "dead"), strings.HasPrefix(text, "busy"), strings.HasPrefix(text, "ambiguous"):
			a.t.Errorf("%s: effect %s ends as %q", handle, id, text)
		}
	}
	return n
}

// signedOnce: nobody has signed who may not, and nothing was signed twice.
func (a *aftermath) signedOnce() {
	for handle, rec := range a.kept {
		decisions := 0
		for i, e := range rec.Consult.Escalations {
			if !e.Decides() {
				continue
			}
			a.tally["sign-offs"]++
			made := 0
			for _, t := range e.Turns {
				if t.Kind != dialog.TurnApproved && t.Kind != dialog.TurnConditions && t.Kind != dialog.TurnDeclined {
					continue
				}
				made++
				if !slices.Contains(e.Paged, t.By) || t.By == rec.Consult.Clinician {
					a.t.Errorf("%s: %s decided and was not asked", handle, t.By)
				}
			}
			decisions += made
			if made != 1 && (made > 1 || !a.lossy) {
				a.t.Errorf("%s: escalation %d was decided %d times", handle, i+1, made)
			}
		}
		if decisions != a.decided[handle] {
			a.t.Errorf("%s: %d decisions, and %d in the audit chain", handle, decisions, a.decided[handle])
		}
	}
}

// linearises: what everybody was told of every sign-off fits one order in which
// it happened, and what is kept in the end.
func (a *aftermath) linearises() {
	end := time.Since(a.began).Nanoseconds()
	for handle, history := range a.signing {
		last := ""
		for _, t := range a.kept[handle].Consult.Escalations[1].Turns {
			if t.Kind == dialog.TurnApproved || t.Kind == dialog.TurnDeclined {
				last = string(t.By)
			}
		}
		history = append(history, porcupine.Operation{ClientId: len(history), Input: signed{}, Output: verdictTold{stands: last}, Call: end, Return: end + 1})
		a.tally["presses and looks in the histories of sign-offs"] += len(history)
		if result := porcupine.CheckOperationsTimeout(oneSignOff, history, 10*time.Second); result != porcupine.Ok {
			a.t.Errorf("%s: what people were told of its sign-off is no one row: %s\n%s", handle, result, told1(history))
		}
	}
	a.tally["histories of sign-offs"] = len(a.signing)
}

func told1(history []porcupine.Operation) string {
	var text strings.Builder
	for _, o := range history {
		_, _ = fmt.Fprintf(&text, "%s to %s: %+v came to %+v\n", time.Duration(o.Call), time.Duration(o.Return), o.Input, o.Output)
	}
	return text.String()
}

// report prints what was counted.
func (a *aftermath) report() {
	for _, how := range slices.Sorted(maps.Keys(a.world.calls)) {
		a.tally["platform: answers "+how] = a.world.calls[how]
	}
	a.t.Logf("seed %d, %s", a.world.seed, time.Since(a.began).Round(time.Second))
	for _, what := range slices.Sorted(maps.Keys(a.tally)) {
		a.t.Logf("%7d  %s", a.tally[what], what)
	}
	if len(a.waits) > 0 {
		a.t.Logf("from the answer to the page: %s", spread(a.waits))
	}
	if len(a.failovers) > 0 {
		a.t.Logf("until a replica of Redis was the master: %s", spread(a.failovers))
	}
}

// spread says how times lie.
func spread(all []time.Duration) string {
	slices.Sort(all)
	n := len(all)
	return fmt.Sprintf("median %v, 99 of 100 within %v, longest %v, of %d", all[n/2].Round(time.Millisecond),
		all[n*99/100].Round(time.Millisecond), all[n-1].Round(time.Millisecond), n)
}
