package outbox_test

import (
	"errors"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"curbside/bot"
	"curbside/bot/store"
	"curbside/bot/store/redistest"
	"curbside/dialog"
)

// documentedACL returns the rules of the user curbside as docs/redis.md gives
// them: the first line for every Redis, the others what a Cluster, the workbench and
// forgetting need besides.
func documentedACL(t *testing.T) (rules, cluster, workbench, forgetting []string) {
	t.Helper()
	text, err := os.ReadFile("../../docs/redis.md")
	must(t, err)
	lines := regexp.MustCompile(`(?m)^ *user curbside (.*)$`).FindAllStringSubmatch(string(text), -1)
	if len(lines) != 4 {
		t.Fatalf("docs/redis.md has %d ACL lines, want 4", len(lines))
	}
	return strings.Fields(lines[0][1]), strings.Fields(lines[1][1]), strings.Fields(lines[2][1]), strings.Fields(lines[3][1])
}

// restrict gives the documented rules to a user and returns a client of that user.
func restrict(t *testing.T, server *redistest.Server, rules []string) redis.UniversalClient {
	t.Helper()
	args := []any{"ACL", "SETUSER", "curbside"}
	for _, rule := range rules {
		args = append(args, rule)
	}
	must(t, server.Client(t).Do(t.Context(), args...).Err())
	o := server.Options
	o.Username, o.Password = "curbside", "PASSWORD"
	client := store.NewClient(o)
	t.Cleanup(func() { _ = client.Close() })
	return client
}

// everything does all that Curbside does with a Redis.
func everything(t *testing.T, c redis.UniversalClient) {
	t.Helper()
	p := newPractice(t, c)
	var tries, fired atomic.Int32
	w := &platform{
		answer: func(e dialog.Effect, _ map[string]bot.Ref) (bot.Receipt, string) {
			if e.Kind == dialog.PostCard && tries.Add(1) == 1 {
				return bot.Receipt{Outcome: bot.Busy, RetryAfter: 2 * time.Second}, ""
			}
			return bot.Receipt{Ref: "m1"}, bot.RefCard
		},
		fire: func(string, dialog.TimerID) error {
			if fired.Add(1) == 1 {
				return errors.New("the store is away")
			}
			return nil
		},
	}
	p.keep(bot.Commit{
		InputID: "command",
		Effects: []dialog.Effect{{Kind: dialog.PostCard}, {Kind: dialog.UpdateCard}, {Kind: dialog.UpdateCard}},
		Timers:  []dialog.Timer{{ID: "now", Due: time.Now()}, {ID: "later", Due: time.Now().Add(time.Hour)}},
		Audit:   []dialog.AuditEntry{{Handle: "a"}, {Handle: "a"}},
		Joined:  []dialog.PersonID{"dana"},
	}, "a", 1)
	must(t, c.Ping(t.Context()).Err()) // the program does when it starts
	o, _ := p.start(w)
	p.keep(bot.Commit{
		InputID: "press", Left: []dialog.PersonID{"dana"}, Joined: []dialog.PersonID{"eli"}, Timers: []dialog.Timer{{ID: "later"}},
		Effects: []dialog.Effect{{Kind: dialog.UpdateCard, Lane: dialog.LaneUrgent}},
	}, "a", 2)
	taken := bot.Commit{Record: bot.Record{Consult: dialog.Consult{Handle: "a", Version: 1}}, InputID: "other", Keep: time.Hour}
	if err := p.store.Commit(t.Context(), taken); !errors.Is(err, bot.ErrExists) {
		t.Errorf("commit = %v", err)
	}
	short := bot.Commit{Record: bot.Record{Consult: dialog.Consult{Handle: "short", Version: 1}}, Joined: []dialog.PersonID{"eli"}, Keep: time.Millisecond}
	must(t, p.store.Commit(t.Context(), short))
	time.Sleep(20 * time.Millisecond)
	if list, err := p.store.Involving(t.Context(), "eli"); err != nil || !slices.Equal(list, []string{"a"}) {
		t.Errorf("involving = %v, %v", list, err)
	}
	at := p.store.Layout().Of("b")
	p.commit("b", 1, dialog.Effect{Kind: dialog.PostNote})
	// An entry that the outbox cannot read is written by somebody else.
	p.commit("b", 2, dialog.Effect{Kind: dialog.PostNote, Args: []string{strings.Repeat("x", 10)}})
	must(t, c.Eval(t.Context(), `return redis.call('XADD', KEYS[1], '*', 'nonsense', '1')`, []string{at.Outbox(dialog.LaneNormal)}).Err())

	eventually(t, 15*time.Second, func() bool { return len(w.deliveries()) == 5 && len(w.timers()) == 1 }, func() string {
		return fmt.Sprint(w.deliveries(), w.timers(), "\n", p.log.String())
	})
	time.Sleep(1500 * time.Millisecond) // the lanes were tended, and a lease extended
	if _, err := p.store.Load(t.Context(), "a"); err != nil {
		t.Error(err)
	}
	if refs, err := p.store.Refs(t.Context(), "a"); err != nil || refs[bot.RefCard] != "m1" {
		t.Errorf("refs = %v, %v", refs, err)
	}
	if _, err := o.Settled(t.Context()); err != nil {
		t.Error(err)
	}
	if _, _, err := o.Next(t.Context()); err != nil {
		t.Error(err)
	}
	// The workbench keeps its messages in a hash.
	must(t, c.HVals(t.Context(), "curbside:{web}:board").Err())
	must(t, c.Expire(t.Context(), "curbside:{web}:board", time.Hour).Err())
	audit := store.NewAudit(c)
	if seen, err := audit.Verify(t.Context(), nil); err != nil || seen.Links != 2 {
		t.Errorf("verified %+v, %v", seen, err)
	}
	if n, err := audit.Prune(t.Context(), time.Now()); err != nil || n != 2 {
		t.Errorf("pruned %d, %v", n, err)
	}
	must(t, c.ZAdd(t.Context(), at.Timers(), redis.Z{Score: float64(time.Now().Add(time.Hour).UnixMilli()), Member: "b|later"}).Err())
	if _, left, err := store.Forget(t.Context(), c, "a", dialog.AuditEntry{At: time.Now()}); err != nil || len(left.Traces) > 0 {
		t.Errorf("forgotten, left %v, %v", left.Traces, err)
	}
	if strings.Contains(p.log.String(), "redis away") {
		t.Errorf("the log:\n%s", p.log.String())
	}
}

func TestTheDocumentedACLIsEnoughAndNoMore(t *testing.T) {
	t.Parallel()
	rules, forCluster, forWorkbench, forForgetting := documentedACL(t)
	for name, tc := range map[string]struct {
		start func(testing.TB) *redistest.Server
		rules []string
	}{
		"server":  {func(t testing.TB) *redistest.Server { return redistest.Start(t) }, slices.Concat(rules, forWorkbench, forForgetting)},
		"cluster": {redistest.StartCluster, slices.Concat(rules, forCluster, forWorkbench, forForgetting)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := tc.start(t)
			c := restrict(t, server, tc.rules)
			admin := server.Client(t)
			must(t, admin.ConfigResetStat(t.Context()).Err())
			everything(t, c)
			if refused := admin.Do(t.Context(), "ACL", "LOG").Val(); len(refused.([]any)) > 0 {
				t.Errorf("refused: %v", refused)
			}
			used := admin.Info(t.Context(), "commandstats").Val()
			for _, rule := range tc.rules {
				command, allows := strings.CutPrefix(rule, "+")
				if allows && !strings.Contains(used, "cmdstat_"+command+":") {
					t.Errorf("%s is allowed and was not used", command)
				}
			}
		})
	}
}
