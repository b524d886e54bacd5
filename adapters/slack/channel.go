package slack

import (
	"context"
	"sync"
	"time"

	slackapi "github.com/slack-go/slack"

	"curbside/bot"
)

const (
	// freshFor is how old an answer about the channel may be before a first post.
	freshFor = 5 * time.Second
	// goodFor is how old it may be for what follows in a consult. Events of the
	// channel make it older at once.
	goodFor = time.Minute
	// lookups is how many accounts are looked up at the same time.
	lookups = 6
)

// A watch is what is known about the consultation channel. It is safe for
// concurrent use.
type watch struct {
	mu      sync.Mutex
	verdict bot.Verdict
	at      time.Time
}

func (w *watch) last(noOlderThan time.Duration) (bot.Verdict, bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.verdict, !w.at.IsZero() && time.Since(w.at) < noOlderThan
}

func (w *watch) learn(v bot.Verdict) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.verdict, w.at = v, time.Now()
}

// forget makes the next question be asked of Slack.
func (w *watch) forget() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.at = time.Time{}
}

// Check implements [bot.Platform]. What it says of the practice's own channel is
// at most five seconds old.
func (s *Slack) Check(ctx context.Context, p bot.Place) (bot.Verdict, error) {
	return s.check(ctx, p, freshFor)
}

func (s *Slack) check(ctx context.Context, p bot.Place, noOlderThan time.Duration) (bot.Verdict, error) {
	if p.Platform != Name || p.Workspace != s.workspace() {
		return refused("unknown"), nil
	}
	if p.Direct {
		return refused("direct"), nil
	}
	if p != s.Home() {
		return s.look(ctx, p.Channel)
	}
	if known, ok := s.channel.last(noOlderThan); ok {
		return known, nil
	}
	verdict, err := s.look(ctx, p.Channel)
	if err == nil {
		s.channel.learn(verdict)
	}
	return verdict, err
}

// look asks Slack about a channel and everybody in it.
func (s *Slack) look(ctx context.Context, channel string) (bot.Verdict, error) {
	var info *slackapi.Channel
	err := s.call(ctx, "conversations.info", func(ctx context.Context) (err error) {
		info, err = s.api.GetConversationInfoContext(ctx, &slackapi.GetConversationInfoInput{ChannelID: channel})
		return err
	})
	switch codeOf(err) {
	case "":
	case "channel_not_found", "missing_scope", "not_in_channel":
		return refused("not_member"), nil
	default:
		return bot.Verdict{}, err
	}
	if code := s.flaw(info); code != "" {
		return refused(code), nil
	}
	if s.options.Guests {
		return bot.Verdict{Private: true}, nil
	}
	return s.company(ctx, channel)
}

// flaw is what keeps a channel from being private enough, by its flags. An id
// says nothing: private channels have begun with C since 2021.
func (s *Slack) flaw(c *slackapi.Channel) string {
	switch {
	case c.IsIM || c.IsMpIM:
		return "direct"
	case c.IsExtShared || c.IsPendingExtShared || len(c.PendingShared) > 0 || c.IsGlobalShared:
		return "shared"
	case !c.IsPrivate:
		return "public"
	case c.IsArchived:
		return "archived"
	case !c.IsMember:
		return "not_member"
	case (c.IsOrgShared || len(c.InternalTeamIDs) > 1) && !s.options.SharedWorkspaces:
		return "workspaces"
	default:
		return ""
	}
}

// company refuses a channel with anybody in it who is no full member. The
// practice's own bot is; other apps are not looked for, since every app that was
// invited reads along only by a permission an administrator gave it.
func (s *Slack) company(ctx context.Context, channel string) (bot.Verdict, error) {
	users, err := s.membersOf(ctx, channel)
	if err != nil {
		return bot.Verdict{}, err
	}
	var (
		mu     sync.Mutex
		group  sync.WaitGroup
		slots  = make(chan struct{}, lookups)
		guests bool
		failed error
	)
	for _, user := range users {
		slots <- struct{}{}
		group.Go(func() {
			defer func() { <-slots }()
			found, err := s.member(ctx, user)
			mu.Lock()
			defer mu.Unlock()
			guests = guests || found.code == memberGuest || found.code == memberStranger || found.code == memberUnknown
			if err != nil {
				failed = err
			}
		})
	}
	group.Wait()
	switch {
	case guests:
		return refused("guests"), nil
	case failed != nil:
		return bot.Verdict{}, failed
	default:
		return bot.Verdict{Private: true}, nil
	}
}

// membersOf returns the ids of everybody in a channel.
func (s *Slack) membersOf(ctx context.Context, channel string) ([]string, error) {
	var all []string
	for cursor := ""; ; {
		var page []string
		err := s.call(ctx, "conversations.members", func(ctx context.Context) (err error) {
			page, cursor, err = s.api.GetUsersInConversationContext(ctx, &slackapi.GetUsersInConversationParameters{
				ChannelID: channel, Cursor: cursor, Limit: 200,
			})
			return err
		})
		if err != nil {
			return nil, err
		}
		if all = append(all, page...); cursor == "" {
			return all, nil
		}
	}
}

// refused is why a channel is not used, and what to do about it.
func refused(code string) bot.Verdict {
	words := map[string][2]string{
		"unknown":    {"This is not a channel of the practice's workspace.", "Name the practice's private channel in the settings."},
		"direct":     {"This is a direct message, and others cannot help there.", "Use the practice's private channel."},
		"public":     {"The channel is public.", "Make it private in the channel's settings."},
		"shared":     {"The channel is shared with another company, or is about to be.", "End the sharing in the channel's settings, or use another private channel."},
		"archived":   {"The channel is archived.", "Take it out of the archive, or use another private channel."},
		"workspaces": {"The channel belongs to several workspaces.", "Use a channel of one workspace, or allow this in the settings."},
		"guests":     {"There are guests in the channel.", "Take the guests out of the channel, or allow them in the settings."},
		"not_member": {"Curbside is not in the channel.", "Invite it: type /invite @Curbside in the channel."},
	}[code]
	return bot.Verdict{Code: code, Reason: words[0], Remedy: words[1]}
}
