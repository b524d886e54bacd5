package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"github.com/redis/go-redis/v9"

	"curbside/adapters/discord"
	"curbside/bot"
	"curbside/config"
)

// discordChat is Discord as a platform, if the practice is there.
func (p *program) discordChat(client redis.UniversalClient) ([]chat, error) {
	cfg := p.settings.config.Discord
	if !cfg.Enabled {
		return nil, nil
	}
	options := discordOptions(cfg)
	options.Staff = func() []string { return discordUsers(p.office.now.Load().config) }
	options.Roles = func() []string { return p.office.now.Load().config.Discord.Roles }
	options.Lease = discord.NewRedisLease(client, cfg.Application)
	options.Log = p.log
	d, err := discord.New(options)
	if err != nil {
		return nil, fmt.Errorf("set up discord: %w", err)
	}
	c := chat{platform: d, metrics: d.Metrics(), run: func(ctx context.Context, b *bot.Bot) error { return discordEnded(d.Run(ctx, b)) }}
	if discord.Mode(cfg.Mode) == discord.ModeHTTP {
		c.listen = cfg.Listen
		c.handler = func(b *bot.Bot) http.Handler { return d.Handler(b) }
	}
	return []chat{c}, nil
}

// discordOptions is what the settings alone say.
func discordOptions(cfg config.Discord) discord.Options {
	return discord.Options{
		Mode: discord.Mode(cfg.Mode), Application: cfg.Application, PublicKey: cfg.PublicKey,
		Guild: cfg.Guild, Channel: cfg.Channel, Token: cfg.BotToken.Reveal,
		API: cfg.APIURL, Gateway: cfg.GatewayURL,
	}
}

// discordUsers are the accounts of the practice's people.
func discordUsers(cfg *config.Config) []string {
	var ids []string
	for _, p := range cfg.People {
		if p.Discord.User != "" {
			ids = append(ids, p.Discord.User)
		}
	}
	return ids
}

// discordEnded says what to do when Discord has ended the connection for good.
func discordEnded(err error) error {
	if _, fatal := errors.AsType[*discord.FatalError](err); fatal {
		return advise(err, "nothing was lost: what was committed is delivered after the next start", "put right what it says, then start again")
	}
	return err
}
