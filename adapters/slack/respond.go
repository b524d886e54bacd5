package slack

import (
	"context"
	"net/url"
	"slices"
	"strings"

	slackapi "github.com/slack-go/slack"

	"curbside/dialog"
)

// A change is what becomes of the message that a response URL belongs to.
type change int

const (
	beside  change = iota // it stays, and another one is shown to the same person alone
	instead               // it is replaced
	away                  // it is taken away
)

// respond answers at a response URL: good for half an hour and five uses, and
// outside all limits on posting.
func (s *Slack) respond(ctx context.Context, on surface, m message, how change) error {
	if !s.trusted(on.responseURL) {
		return &fault{method: "response_url", code: "no_address"}
	}
	no := false
	sent := slackapi.WebhookMessage{
		Text: escape(m.text), UnfurlLinks: &no, UnfurlMedia: &no,
		ReplaceOriginal: how == instead, DeleteOriginal: how == away,
	}
	if len(m.blocks) > 0 {
		sent.Blocks = &slackapi.Blocks{BlockSet: m.blocks}
	}
	if how == beside {
		sent.ResponseType, sent.ThreadTimestamp = slackapi.ResponseTypeEphemeral, on.thread
	}
	return s.call(ctx, "response_url", func(ctx context.Context) error {
		return slackapi.PostWebhookCustomHTTPContext(ctx, on.responseURL, s.web, &sent)
	})
}

// trusted reports whether an address is Slack's, or that of the Web API that is
// configured: what a person sees alone is sent nowhere else.
func (s *Slack) trusted(raw string) bool {
	u, err := url.Parse(raw)
	if err != nil || u.Host == "" || safeURL(raw) != nil {
		return false
	}
	api, err := url.Parse(s.options.APIURL)
	if err == nil && loopback(api.Hostname()) && loopback(u.Hostname()) {
		return true
	}
	return u.Scheme == "https" && slices.ContainsFunc([]string{"slack.com", "slack-gov.com"}, func(domain string) bool {
		host := strings.ToLower(u.Hostname())
		return host == domain || strings.HasSuffix(host, "."+domain)
	})
}

// tell shows a view to the one who acted, and to nobody else: as many messages
// as it takes. What cannot be shown where they are is sent to them.
func (s *Slack) tell(ctx context.Context, a asked, v dialog.View, how change) {
	for i, page := range s.drawAll(ctx, v, markPrivate, nil, messageRoom) {
		m := message{page, fallback(v)}
		if i > 0 {
			how = beside
		}
		err := s.respond(ctx, a.on, m, how)
		if err != nil && a.on.channel != "" {
			err = s.whisper(ctx, a.on.channel, a.on.thread, a.in.From.User, m)
		}
		if err != nil {
			err = s.write(ctx, a.in.From.User, m)
		}
		if err != nil {
			s.options.Log.Error("not told", "platform", Name, "input", a.in.ID, "code", codeOf(err))
			return
		}
	}
}

// write sends somebody a direct message.
func (s *Slack) write(ctx context.Context, user string, m message) error {
	channel, err := s.direct(ctx, user)
	if err != nil {
		return err
	}
	_, err = s.post(ctx, channel, "", m)
	return err
}

// window shows a view in a modal. What is longer than a modal follows as direct
// messages.
func (s *Slack) window(ctx context.Context, a asked, id string, v dialog.View) {
	pages := s.drawAll(ctx, v, markPrivate, nil, viewRoom)
	if len(pages[0]) == 0 {
		pages[0] = []slackapi.Block{slackapi.NewSectionBlock(plain("Done."), nil, nil)}
	}
	view := modal("Curbside", pages[0])
	var err error
	if id == "" {
		_, err = s.openView(ctx, a.on, view)
	} else {
		err = s.changeView(ctx, id, view)
	}
	if err != nil {
		s.options.Log.Warn("no window", "platform", Name, "input", a.in.ID, "code", codeOf(err))
		a.on = surface{}
		s.tell(ctx, a, v, beside)
		return
	}
	for _, page := range pages[1:] {
		if err := s.write(ctx, a.in.From.User, message{page, fallback(v)}); err != nil {
			s.options.Log.Error("not told", "platform", Name, "input", a.in.ID, "code", codeOf(err))
			return
		}
	}
}
