package slack

import (
	"context"
	"strconv"
	"strings"
	"time"

	slackapi "github.com/slack-go/slack"

	"curbside/bot"
	"curbside/dialog"
)

const (
	// lookTime bounds the look for a page that may have arrived: the page waits for it.
	lookTime = 2 * time.Second
	// lookBack is how old a message may be that is taken for such a page.
	lookBack = time.Hour
)

// pageText is the top-level text of a page. It names the step of the consult that
// the page came from, which no other page of any consult has, and what stands in
// its place after an edit does not name it: see [Slack.arrived].
func pageText(d bot.Delivery) string {
	text := fallback(d.View)
	if d.Handle == dialog.DeskHandle { // a rehearsal
		return text
	}
	return text + " (step " + strconv.FormatUint(d.Effect.Version, 10) + ")"
}

// arrived looks whether an earlier try of a page has arrived. Slack has no way to
// ask for a message without permission to read what people write, but says of a
// direct message what stands last in it
// (docs.slack.dev/reference/objects/conversation-object, conversations.open with
// return_im). Only a message of the bot's own, with this page's very text, newer
// than the page before it, is taken for it. Whatever else Slack says or fails to
// say, the page is sent: it rather comes twice than never.
func (s *Slack) arrived(ctx context.Context, d bot.Delivery) (bot.Ref, bool) {
	if d.Kind != dialog.Page || !d.Again {
		return "", false
	}
	ctx, cancel := context.WithTimeout(ctx, lookTime)
	defer cancel()
	me := s.self(ctx)
	var im *slackapi.Channel
	err := s.call(ctx, "conversations.open", func(ctx context.Context) (err error) {
		im, _, _, err = s.api.OpenConversationContext(ctx, &slackapi.OpenConversationParameters{Users: []string{d.To.User}, ReturnIM: true})
		return err
	})
	if err != nil || im == nil || im.Latest == nil || me == "" {
		s.options.Log.Info("nothing tells whether a page arrived", "consult", d.Handle, "effect", d.ID, "code", codeOf(err))
		return "", false
	}
	last := im.Latest
	if last.User != me || last.Text != escape(pageText(d)) || !recent(last.Timestamp) || !later(last.Timestamp, d.Older) ||
		!slackID.MatchString(im.ID) || !stamp.MatchString(last.Timestamp) {
		return "", false
	}
	s.options.Log.Info("page had arrived", "consult", d.Handle, "effect", d.ID)
	return ref(im.ID, last.Timestamp), true
}

// recent reports whether a time stamp of Slack's is of the last hour.
func recent(ts string) bool {
	seconds, _, _ := strings.Cut(ts, ".")
	at, err := strconv.ParseInt(seconds, 10, 64)
	return err == nil && stamp.MatchString(ts) && time.Since(time.Unix(at, 0)) < lookBack
}

// later reports whether a time stamp is after that of a message. Slack writes all
// of them with as many digits.
func later(ts string, than bot.Ref) bool {
	_, before := split(than)
	return len(ts) > len(before) || len(ts) == len(before) && ts > before
}

// self is the bot's own user id, asked for once; "" when Slack does not say.
func (s *Slack) self(ctx context.Context) string {
	s.who.Lock()
	defer s.who.Unlock()
	if s.who.user == "" {
		if err := s.authenticate(ctx); err != nil {
			s.options.Log.Warn("own account not known", "platform", Name, "code", codeOf(err))
		}
	}
	return s.who.user
}
