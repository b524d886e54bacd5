package main

import (
	"time"

	"curbside/adapters/discord"
	"curbside/adapters/slack"
	"curbside/adapters/web"
	"curbside/bot"
	"curbside/config"
	"curbside/dialog"
	"curbside/rules"
)

// The platforms besides [web.Name].
const (
	slackName   = slack.Name
	discordName = discord.Name
)

var platformNames = []bot.PlatformName{web.Name, slackName, discordName}

// practiceOn returns what the dialog needs to know of a practice for consults
// that live on a platform.
func practiceOn(platform bot.PlatformName, cfg *config.Config) *dialog.Practice {
	return &dialog.Practice{
		Name:             cfg.Practice.Name,
		Location:         cfg.Practice.Location,
		Jurisdictions:    as[rules.JurisdictionID](cfg.Practice.Jurisdictions),
		People:           peopleOn(platform, cfg),
		Chain:            chain(cfg.Escalation.Chain),
		StepTime:         perUrgency(cfg.Escalation.StepTime),
		DecideTime:       perUrgency(cfg.Escalation.DecideTime),
		EmergencyContact: cfg.Practice.EmergencyContact,
		RemindAfter:      cfg.Consult.RemindAfter,
		CloseAfter:       cfg.Consult.CloseAfter,
		FreeText:         freeTextOn(platform, cfg.FreeText),
		Holidays:         calendar(cfg),
		Rotas:            rotas(cfg),
		Absences:         absences(cfg),
		Teams:            teamChains(cfg),
		QuietFrom:        dialog.DayTime(cfg.Escalation.QuietHours.Begins),
		QuietUntil:       dialog.DayTime(cfg.Escalation.QuietHours.Ends),
		Signatures: map[dialog.EscalationKind]int{
			dialog.KindSignOff: cfg.Escalation.Signatures.SignOff, dialog.KindDeparture: cfg.Escalation.Signatures.Departure,
		},
		KeepClosed: cfg.Retention.Closed,
	}
}

func peopleOn(platform bot.PlatformName, cfg *config.Config) map[dialog.PersonID]dialog.Person {
	people := make(map[dialog.PersonID]dialog.Person, len(cfg.People))
	for _, p := range cfg.People {
		_, hasAccount := accountOn(platform, p, cfg)
		people[dialog.PersonID(p.ID)] = dialog.Person{
			ID:         dialog.PersonID(p.ID),
			Name:       p.Name,
			Roles:      as[dialog.Role](p.Roles),
			Profession: rules.ProfessionID(p.Profession),
			Licences:   as[rules.JurisdictionID](p.Licences),
			Reachable:  hasAccount || p.Pager.Kind != config.PagerNone,
			Team:       dialog.TeamID(p.Team),
		}
	}
	return people
}

// accountOn returns a person's account on a platform. What stands for the
// workspace is what the platform's adapter reports with every press.
func accountOn(platform bot.PlatformName, p config.Person, cfg *config.Config) (bot.Identity, bool) {
	switch platform {
	case web.Name:
		return web.Account(dialog.PersonID(p.ID)), p.Web
	case slackName:
		return bot.Identity{Platform: slackName, Workspace: slack.Workspace(p.Slack.Enterprise, p.Slack.Team), User: p.Slack.User}, p.Slack.User != ""
	case discordName:
		return bot.Identity{Platform: discordName, Workspace: cfg.Discord.Guild, User: p.Discord.User}, p.Discord.User != ""
	}
	return bot.Identity{}, false
}

// channelOn returns the practice's consultation channel on a platform.
func channelOn(platform bot.PlatformName, cfg *config.Config) (bot.Place, bool) {
	switch platform {
	case web.Name:
		return web.Home(), cfg.Web.Enabled
	case slackName:
		return bot.Place{Platform: slackName, Workspace: slack.Workspace(cfg.Slack.Enterprise, cfg.Slack.Team), Channel: cfg.Slack.Channel}, cfg.Slack.Enabled
	case discordName:
		return bot.Place{Platform: discordName, Workspace: cfg.Discord.Guild, Channel: cfg.Discord.Channel}, cfg.Discord.Enabled
	}
	return bot.Place{}, false
}

func freeTextOn(platform bot.PlatformName, f config.FreeText) bool {
	switch platform {
	case web.Name:
		return f.Web.Enabled
	case slackName:
		return f.Slack.Enabled
	case discordName:
		return f.Discord.Enabled
	}
	return false
}

func chain(named [][]string) [][]dialog.PersonID {
	steps := make([][]dialog.PersonID, len(named))
	for i, step := range named {
		steps[i] = as[dialog.PersonID](step)
	}
	return steps
}

func perUrgency(t config.PerUrgency) map[dialog.Urgency]time.Duration {
	return map[dialog.Urgency]time.Duration{
		dialog.Routine:  t.Routine,
		dialog.Today:    t.Today,
		dialog.Imminent: t.Imminent,
	}
}

// as gives words of the configuration the type they have in the core.
func as[T ~string](words []string) []T {
	typed := make([]T, len(words))
	for i, w := range words {
		typed[i] = T(w)
	}
	return typed
}
