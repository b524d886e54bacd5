package main

import (
	"context"
	"log/slog"

	"curbside/adapters/discord"
)

// examineDiscord looks at Discord, if the practice is there.
func examineDiscord(ctx context.Context, s *settings) []finding {
	cfg := s.config.Discord
	if !cfg.Enabled {
		return nil
	}
	options := discordOptions(cfg)
	options.Staff = func() []string { return discordUsers(s.config) }
	options.Roles = func() []string { return cfg.Roles }
	options.Log = slog.New(slog.DiscardHandler) // what was found is said, and nothing else
	d, err := discord.New(options)
	if err != nil {
		return []finding{faultFinding("put right what curbside config check says", "cannot be set up: %v", err)}
	}
	var staff []discord.Member
	for _, p := range s.config.People {
		if p.Discord.User != "" {
			staff = append(staff, discord.Member{Name: p.Name, User: p.Discord.User})
		}
	}
	var found []finding
	for _, f := range d.Examine(ctx, staff) {
		level := map[discord.Level]findingLevel{discord.Warning: findingWarning, discord.Fault: findingFault}[f.Level]
		found = append(found, finding{level, f.What, f.Remedy})
	}
	return found
}
