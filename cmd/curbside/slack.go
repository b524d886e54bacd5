package main

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"

	"curbside/adapters/slack"
	"curbside/bot"
	"curbside/config"
)

// slackChat is Slack as a platform, if the practice is there.
func (p *program) slackChat() ([]chat, error) {
	cfg := p.settings.config.Slack
	if !cfg.Enabled {
		return nil, nil
	}
	options := slackOptions(cfg, p.log)
	options.Pace = p.pace
	options.Card = func(ctx context.Context, handle string) (bot.Ref, bool) {
		refs, err := p.bot.Store.Refs(ctx, handle)
		return refs[bot.RefCard], err == nil && refs[bot.RefCard] != ""
	}
	s, err := slack.New(options)
	if err != nil {
		return nil, fmt.Errorf("set up slack: %w", err)
	}
	c := chat{platform: s, metrics: s.Metrics(), run: func(ctx context.Context, b *bot.Bot) error { return slackEnded(s.Run(ctx, b)) }}
	if cfg.Mode == config.SlackHTTP {
		c.listen = cfg.Listen
		c.handler = func(b *bot.Bot) http.Handler { return s.Handler(b) }
	}
	return []chat{c}, nil
}

// slackOptions is what the settings alone say.
func slackOptions(cfg config.Slack, log *slog.Logger) slack.Options {
	o := slack.Options{
		BotToken: cfg.BotToken.Reveal, APIURL: cfg.APIURL, Enterprise: cfg.Enterprise, Team: cfg.Team, Channel: cfg.Channel,
		SharedWorkspaces: cfg.SharedWorkspaces, Guests: cfg.Guests, Connections: cfg.Connections, Log: log,
	}
	if cfg.Mode == config.SlackHTTP {
		o.SigningSecret = cfg.SigningSecret.Reveal
	} else {
		o.AppToken = cfg.AppToken.Reveal
	}
	return o
}

// slackEnded says what to do when Slack has refused the tokens for good.
func slackEnded(err error) error {
	return advise(err, "nothing was lost: what was committed is delivered after the next start",
		"curbside doctor says what Slack refuses; put it right, then start again")
}
