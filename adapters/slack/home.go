package slack

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"sync"
	"time"

	slackapi "github.com/slack-go/slack"

	"curbside/bot"
	"curbside/dialog"
)

const (
	// homeFor is how long after a visit an App Home is kept true.
	homeFor = 12 * time.Hour
	// homeEvery is how often, when nothing is known to have changed.
	homeEvery = time.Minute
	// homeLook is how soon after something has.
	homeLook = 3 * time.Second
)

// visits are those who have opened their App Home, so that it stays true while
// they may look at it. They are safe for concurrent use.
type visits struct {
	mu   sync.Mutex
	held map[string]*visit // by user id
}

type visit struct {
	who   bot.Identity
	until time.Time
	next  time.Time // of publishing again
	shown [sha256.Size]byte
}

// opened remembers a visit.
func (v *visits) opened(who bot.Identity) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.held == nil {
		v.held = map[string]*visit{}
	}
	one := v.held[who.User]
	if one == nil || one.who != who {
		one = &visit{who: who}
		v.held[who.User] = one
	}
	one.until, one.next = time.Now().Add(homeFor), time.Now().Add(homeEvery)
}

// stale has a visitor's home published again soon.
func (v *visits) stale(user string) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if one := v.held[user]; one != nil {
		one.next = time.Time{}
	}
}

// due returns whose home is to be published again.
func (v *visits) due() []bot.Identity {
	v.mu.Lock()
	defer v.mu.Unlock()
	now := time.Now()
	var due []bot.Identity
	for user, one := range v.held {
		switch {
		case now.After(one.until):
			delete(v.held, user)
		case now.After(one.next):
			one.next = now.Add(homeEvery)
			due = append(due, one.who)
		}
	}
	return due
}

// differs keeps what a home shows, and reports whether that is something new.
func (v *visits) differs(user string, blocks []slackapi.Block) bool {
	text, _ := json.Marshal(blocks) // blocks of our own
	sum := sha256.Sum256(text)
	v.mu.Lock()
	defer v.mu.Unlock()
	one := v.held[user]
	if one == nil {
		return true
	}
	changed := one.shown != sum
	one.shown = sum
	return changed
}

// publish shows somebody their App Home as it is now. It is theirs alone.
func (s *Slack) publish(ctx context.Context, b Answers, who bot.Identity) {
	view, known := b.Home(ctx, who)
	if !known {
		view = dialog.View{Title: "Curbside", Blocks: []dialog.Block{
			dialog.Text{Text: "Curbside does not know this account. Ask your practice's owner to add it."},
		}}
	}
	pages := s.drawAll(ctx, view, markHome, nil, viewRoom)
	blocks := pages[0]
	if len(pages) > 1 {
		blocks = append(blocks, slackapi.NewContextBlock("", plain("There is more than fits here. Type /consult list to see all of it.")))
	}
	if !s.visits.differs(who.User, blocks) {
		return
	}
	err := s.call(ctx, "views.publish", func(ctx context.Context) error {
		_, err := s.api.PublishViewContext(ctx, slackapi.PublishViewContextRequest{
			UserID: who.User,
			View:   slackapi.HomeTabViewRequest{Type: slackapi.VTHomeTab, Blocks: slackapi.Blocks{BlockSet: blocks}},
		})
		return err
	})
	if err != nil {
		s.visits.differs(who.User, nil) // to be published next time
		s.options.Log.Warn("home not shown", "platform", Name, "code", codeOf(err))
	}
}

// keepHomes keeps the homes true that somebody may be looking at.
func (s *Slack) keepHomes(ctx context.Context, b Answers) {
	for tick := time.NewTicker(homeLook); ; {
		select {
		case <-ctx.Done():
			tick.Stop()
			return
		case <-tick.C:
		}
		for _, who := range s.visits.due() {
			s.guarded("home", func() { s.publish(ctx, b, who) })
		}
	}
}
