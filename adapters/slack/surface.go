package slack

import (
	"bytes"
	"context"
	"encoding/json"
	"regexp"
	"strings"
	"sync"
	"time"

	slackapi "github.com/slack-go/slack"

	"curbside/bot"
	"curbside/dialog"
)

// What a message is, kept in the ids of its blocks: a press comes back with it.
// A direct message is marked with the person it is for.
const (
	markCard    = "card"
	markMoved   = "moved" // a card that went on in a direct message
	markNote    = "note"
	markPrivate = "private"
	markHome    = "home"
	markDirect  = "dm."
)

var directMark = regexp.MustCompile(`^dm\.[A-Za-z0-9_.-]{1,60}$`)

// isMark reports whether a mark that came back is one that this program writes.
func isMark(mark string) bool {
	switch mark {
	case markCard, markMoved, markNote, markPrivate, markHome:
		return true
	}
	return directMark.MatchString(mark)
}

// A message is what stands on one surface.
type message struct {
	blocks []slackapi.Block
	text   string // what a lock screen and a screen reader get; codes only
}

// ref names a message: a channel and its time stamp there.
func ref(channel, ts string) bot.Ref { return bot.Ref(channel + "/" + ts) }

// placed is the reference to what Slack says that it has posted. It is kept, so
// nothing but ids is taken for one; what else is answered leaves in doubt whether
// anything was posted.
func placed(channel, ts string, err error) (bot.Ref, error) {
	if err == nil && (!slackID.MatchString(channel) || !stamp.MatchString(ts)) {
		err = errGarbled
	}
	if err != nil {
		return "", err
	}
	return ref(channel, ts), nil
}

// split returns the channel and the time stamp of a reference.
func split(r bot.Ref) (channel, ts string) {
	channel, ts, _ = strings.Cut(string(r), "/")
	return channel, ts
}

// screens keep an older view from replacing a newer one: one message is written
// by one at a time, and not with less than it shows. An older version that began to
// be loaded only after the newer one had come here is the truth all the same: the
// store has lost commits. What this process does not remember is shown as it comes.
// They are safe for concurrent use.
type screens struct{ held *memory[*screen] }

type screen struct {
	mu      sync.Mutex
	version uint64
	came    time.Time // when that version had been loaded at the latest
}

func newScreens() *screens { return &screens{newMemory[*screen](8192, 24*time.Hour)} }

// show does what puts a version on a message that began to be loaded at a time,
// unless a newer one is there. The version 0 is not known and always shown.
func (s *screens) show(r bot.Ref, version uint64, loaded time.Time, do func() error) error {
	came := time.Now()
	s.held.add(string(r), &screen{})
	one, ok := s.held.get(string(r))
	if !ok {
		return do() // forgotten at this moment: there was too much else
	}
	one.mu.Lock()
	defer one.mu.Unlock()
	if version > 0 && version < one.version && !loaded.After(one.came) {
		return nil
	}
	err := do()
	if err == nil && version > 0 {
		one.version, one.came = version, came
	}
	return err
}

// draw lays a view out for a message. e is the effect it can be rendered from
// again, for its further pages; nil shows the first page alone.
func (s *Slack) draw(ctx context.Context, v dialog.View, mark string, e *dialog.Effect, in room) message {
	pages := s.drawAll(ctx, v, mark, e, in)
	return message{pages[0], fallback(v)}
}

func (s *Slack) drawAll(ctx context.Context, v dialog.View, mark string, e *dialog.Effect, in room) [][]slackapi.Block {
	p := newPainter(mark, func(handle string) string { return s.link(ctx, handle) })
	if e == nil {
		return p.pages(v, in, nil)
	}
	return p.pages(v, in, p.turner(*e))
}

func fallback(v dialog.View) string {
	if v.Fallback == "" {
		return "Curbside"
	}
	return v.Fallback
}

// escape keeps a text from being read as markup where Slack reads some.
func escape(text string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(text)
}

func (m message) options(more ...slackapi.MsgOption) []slackapi.MsgOption {
	return append([]slackapi.MsgOption{
		slackapi.MsgOptionText(escape(m.text), false),
		slackapi.MsgOptionBlocks(m.blocks...),
		slackapi.MsgOptionDisableLinkUnfurl(),
		slackapi.MsgOptionDisableMediaUnfurl(),
	}, more...)
}

// same reports whether two messages show the same.
func (m message) same(other message) bool {
	one, _ := json.Marshal(m.blocks) // blocks of our own
	two, _ := json.Marshal(other.blocks)
	return bytes.Equal(one, two)
}

// post puts a new message into a channel, or into a thread of it.
func (s *Slack) post(ctx context.Context, channel, thread string, m message) (bot.Ref, error) {
	var options []slackapi.MsgOption
	if thread != "" {
		options = append(options, slackapi.MsgOptionTS(thread))
	}
	var posted bot.Ref
	err := s.callAt(ctx, "chat.postMessage", "chat.postMessage "+channel, func(ctx context.Context) error {
		at, ts, err := s.api.PostMessageContext(ctx, channel, m.options(options...)...)
		posted, err = placed(at, ts, err)
		return err
	})
	return posted, err
}

// edit puts something else where a message stands.
func (s *Slack) edit(ctx context.Context, r bot.Ref, m message) error {
	channel, ts := split(r)
	return s.call(ctx, "chat.update", func(ctx context.Context) error {
		_, _, _, err := s.api.UpdateMessageContext(ctx, channel, ts, m.options()...)
		return err
	})
}

// whisper posts what one person in a channel sees alone, until they reload.
func (s *Slack) whisper(ctx context.Context, channel, thread, user string, m message) error {
	var options []slackapi.MsgOption
	if thread != "" {
		options = append(options, slackapi.MsgOptionTS(thread))
	}
	return s.call(ctx, "chat.postEphemeral", func(ctx context.Context) error {
		_, err := s.api.PostEphemeralContext(ctx, channel, user, m.options(options...)...)
		return err
	})
}

// roomy does with less room what Slack found too long.
func roomy(do func(room) error) error {
	err := do(messageRoom)
	if tooLong(err) {
		err = do(messageRoom.half())
	}
	return err
}

// direct opens the direct message with a person. It may be done any number of times.
func (s *Slack) direct(ctx context.Context, user string) (string, error) {
	if channel, ok := s.directs.get(user); ok {
		return channel, nil
	}
	var channel string
	err := s.call(ctx, "conversations.open", func(ctx context.Context) error {
		opened, _, _, err := s.api.OpenConversationContext(ctx, &slackapi.OpenConversationParameters{Users: []string{user}})
		if err == nil && !slackID.MatchString(opened.ID) {
			err = errGarbled
		}
		if err == nil {
			channel = opened.ID
		}
		return err
	})
	if err == nil {
		s.directs.put(user, channel)
	}
	return channel, err
}

// link leads to a consult's card, or to the channel when nobody knows where it is.
func (s *Slack) link(ctx context.Context, handle string) string {
	card, ok := s.cards.get(handle)
	if !ok {
		card, ok = s.cardOf(ctx, handle)
	}
	channel, ts := split(card)
	if base := s.address(ctx); ok && base != "" {
		return base + "archives/" + channel + "/p" + strings.ReplaceAll(ts, ".", "")
	}
	return "https://slack.com/app_redirect?team=" + s.options.Team + "&channel=" + s.options.Channel
}

// cardOf is where a consult's card stands.
func (s *Slack) cardOf(ctx context.Context, handle string) (bot.Ref, bool) {
	if s.options.Card != nil && handle != "" {
		if card, ok := s.options.Card(ctx, handle); ok {
			return card, true
		}
	}
	return s.cards.get(handle)
}

// askAgain is how long to make do without the workspace's address when Slack has
// not given it.
const askAgain = time.Minute

// address is the workspace's own web address, asked for once.
func (s *Slack) address(ctx context.Context) string {
	s.who.Lock()
	defer s.who.Unlock()
	if s.who.url == "" && time.Now().After(s.who.again) {
		s.who.again = time.Now().Add(askAgain)
		if err := s.authenticate(ctx); err != nil {
			s.options.Log.Warn("workspace not known", "platform", Name, "code", codeOf(err))
		}
	}
	return s.who.url
}
