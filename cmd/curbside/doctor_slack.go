package main

import (
	"context"
	"log/slog"

	"curbside/adapters/slack"
)

// examineSlack looks at the app, the channel and everybody's account.
func examineSlack(ctx context.Context, s *settings) []finding {
	cfg := s.config.Slack
	if !cfg.Enabled {
		return nil
	}
	platform, err := slack.New(slackOptions(cfg, slog.New(slog.DiscardHandler)))
	if err != nil {
		return []finding{faultFinding("curbside config check says what is wrong.", "Slack cannot be set up: %v.", err)}
	}
	var staff []slack.Staff
	for _, p := range s.config.People {
		if p.Slack.User != "" {
			staff = append(staff, slack.Staff{Name: p.ID, User: p.Slack.User})
		}
	}
	var found []finding
	for _, f := range platform.Examine(ctx, staff) {
		found = append(found, finding{slackLevels[f.Level], f.What, f.Remedy})
	}
	return found
}

var slackLevels = map[slack.Level]findingLevel{
	slack.Fine: findingFine, slack.Warning: findingWarning, slack.Fault: findingFault,
}
