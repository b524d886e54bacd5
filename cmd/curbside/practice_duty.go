package main

import (
	"fmt"
	"strings"
	"time"

	"curbside/adapters/web"
	"curbside/bot"
	"curbside/config"
	"curbside/dialog"
	"curbside/rules"
)

// rotas hands the rotas of the settings on to the dialog.
func rotas(cfg *config.Config) []dialog.Rota {
	var all []dialog.Rota
	for _, r := range cfg.Rotas {
		rota := dialog.Rota{ID: dialog.RotaID(r.ID), Name: r.Name, Location: r.Location, Starts: rules.DateOf(r.First)}
		for _, t := range r.Turns {
			for _, s := range t.Spans {
				rota.Shifts = append(rota.Shifts, dialog.Shift{
					From: dialog.WeekTime(s.From), Until: dialog.WeekTime(s.Until), Holidays: s.Holidays, People: as[dialog.PersonID](t.People),
				})
			}
		}
		all = append(all, rota)
	}
	return all
}

func absences(cfg *config.Config) []dialog.Absence {
	var all []dialog.Absence
	for _, a := range cfg.Absences {
		all = append(all, dialog.Absence{Who: dialog.PersonID(a.Person), From: a.Begins, Until: a.Ends, Instead: dialog.PersonID(a.Instead)})
	}
	return all
}

func teamChains(cfg *config.Config) map[dialog.TeamID][][]dialog.PersonID {
	teams := map[dialog.TeamID][][]dialog.PersonID{}
	for _, t := range cfg.Teams {
		teams[dialog.TeamID(t.ID)] = chain(t.Chain)
	}
	return teams
}

// calendar is the days off that the practice knows of.
func calendar(cfg *config.Config) dialog.Calendar {
	var days dialog.Calendar
	if cfg.Holidays.Federal {
		days = dialog.FederalHolidays()
	}
	for _, h := range cfg.Holidays.Days {
		rule := dialog.HolidayRule{
			Month: h.Rule.Month, Day: h.Rule.Day, Weekday: h.Rule.Weekday, Nth: h.Rule.Nth,
			Easter: h.Rule.Easter, Plus: h.Rule.Plus, Observed: dialog.Observed(h.Observed),
		}
		if !h.Rule.Date.IsZero() {
			rule.On = rules.DateOf(h.Rule.Date)
		}
		days = append(days, dialog.Holiday{Name: h.Name, Law: rules.JurisdictionID(h.Law), Day: rule, Source: h.Source})
	}
	return days
}

// enabled reports whether consults can be held on a platform at all.
func enabled(platform bot.PlatformName, cfg *config.Config) bool {
	_, used := channelOn(platform, cfg)
	return used
}

// reachable returns who can be paged: on a platform that is in use, or by a pager.
func reachable(cfg *config.Config) func(dialog.PersonID) bool {
	can := map[dialog.PersonID]bool{}
	for _, p := range cfg.People {
		for _, platform := range platformNames {
			if _, has := accountOn(platform, p, cfg); has && enabled(platform, cfg) {
				can[dialog.PersonID(p.ID)] = true
			}
		}
		if p.Pager.Kind != config.PagerNone {
			can[dialog.PersonID(p.ID)] = true
		}
	}
	return func(p dialog.PersonID) bool { return can[p] }
}

// dutyProblems are what would keep a page from reaching somebody in the next
// fourteen days, as far as the settings tell: what was taken over in chat is not
// in them. They are faults for whoever checks the settings, and never keep the
// program from starting: at night a gap next week is the lesser evil.
func dutyProblems(cfg *config.Config, now time.Time) []config.Problem {
	practice := practiceOn(web.Name, cfg)
	can := reachable(cfg)
	var found []config.Problem
	for _, g := range practice.Gaps(now, nil, can) {
		who := "nobody has the duty"
		if len(g.People) > 0 {
			who = "whoever has the duty cannot be reached (" + strings.Join(asWords(g.People), ", ") + ")"
		}
		found = append(found, config.Fault(rotaPath(cfg, g.Rota), "%s from %s until %s; name somebody in turns, a stand-in in absences, or take it over in chat",
			who, wallClock(cfg, g.From), wallClock(cfg, g.Until)))
	}
	for _, who := range practice.Unreachable(can) {
		found = append(found, config.Fault(personPath(cfg, who), "%s is in the chain and cannot be reached: give them an account on a platform that is enabled, or a pager", who))
	}
	return found
}

func wallClock(cfg *config.Config, at time.Time) string {
	return at.In(cfg.Practice.Location).Format("Mon Jan 2, 15:04 MST")
}

func rotaPath(cfg *config.Config, id dialog.RotaID) string {
	for i, r := range cfg.Rotas {
		if r.ID == string(id) {
			return fmt.Sprintf("rotas[%d]", i)
		}
	}
	return "rotas"
}

func personPath(cfg *config.Config, id dialog.PersonID) string {
	for i, p := range cfg.People {
		if p.ID == string(id) {
			return fmt.Sprintf("people[%d]", i)
		}
	}
	return "people"
}

// asWords gives typed words back to the settings.
func asWords[T ~string](typed []T) []string {
	words := make([]string, len(typed))
	for i, w := range typed {
		words[i] = string(w)
	}
	return words
}
