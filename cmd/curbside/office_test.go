package main

import (
	"context"
	"reflect"
	"slices"
	"testing"
	"time"

	"curbside/adapters/web"
	"curbside/bot"
	"curbside/config"
	"curbside/dialog"
	"curbside/rules"
)

// harbor is a practice with accounts everywhere.
func harbor() *config.Config {
	cfg := config.Default()
	cfg.Practice = config.Practice{
		Name: "Harbor", Location: time.UTC, Jurisdictions: []string{"US-CA", "US-TX"}, EmergencyContact: "Director",
	}
	cfg.People = []config.Person{
		{
			ID: "dana", Name: "Dana", Roles: []string{"clinician"}, Profession: "psychologist", Licences: []string{"US-CA"}, Web: true,
			Slack: config.SlackAccount{Enterprise: "E01", Team: "T01", User: "U01"}, Discord: config.DiscordAccount{User: "100000000000000001"},
		},
		{ID: "sam", Name: "Sam", Roles: []string{"supervisor"}, Pager: config.Pager{Kind: config.PagerWorkbench}},
		{ID: "kim", Name: "Kim", Roles: []string{"supervisor", "owner"}, Slack: config.SlackAccount{Team: "T01", User: "U03"}},
	}
	cfg.Escalation.Chain = [][]string{{"sam"}, {"kim"}}
	cfg.Slack = config.Slack{Enabled: true, Enterprise: "E01", Team: "T01", Channel: "C01"}
	cfg.Discord.Guild = "200000000000000001"
	return &cfg
}

func ring(config.Pager) bot.Pager {
	return bot.PagerFunc(func(context.Context, bot.PageRequest) bot.Receipt { return bot.Receipt{Code: "rang"} })
}

func harborOffice() *office {
	return newOffice(harbor(), map[string]pagerMaker{config.PagerWorkbench: ring})
}

func TestAnAccountIsItsPersonByIdsAlone(t *testing.T) {
	t.Parallel()
	o := harborOffice()
	for name, tc := range map[string]struct {
		id   bot.Identity
		want dialog.PersonID
	}{
		"the workbench":                    {web.Account("dana"), "dana"},
		"Slack, in an organisation":        {bot.Identity{Platform: "slack", Workspace: "E01/T01", User: "U01"}, "dana"},
		"Slack, in a workspace":            {bot.Identity{Platform: "slack", Workspace: "T01", User: "U03"}, "kim"},
		"Discord":                          {bot.Identity{Platform: "discord", Workspace: "200000000000000001", User: "100000000000000001"}, "dana"},
		"the same user of another team":    {bot.Identity{Platform: "slack", Workspace: "T02", User: "U03"}, ""},
		"the same id on another platform":  {bot.Identity{Platform: "discord", Workspace: "200000000000000001", User: "U03"}, ""},
		"no user":                          {bot.Identity{Platform: "slack", Workspace: "", User: ""}, ""},
		"somebody whom the workbench bars": {web.Account("sam"), ""},
		"a stranger":                       {web.Account("zoe"), ""},
	} {
		got, ok := o.Person(tc.id)
		if got.ID != tc.want || ok != (tc.want != "") {
			t.Errorf("%s: got %q, %t, want %q", name, got.ID, ok, tc.want)
		}
		if !ok {
			continue
		}
		if back, ok := o.Account(tc.want, tc.id.Platform); !ok || back != tc.id {
			t.Errorf("%s: the way back is %+v, %t", name, back, ok)
		}
	}
	if _, ok := o.Account("zoe", web.Name); ok {
		t.Error("a stranger has an account")
	}
}

func TestThePracticeIsHandedOnWhole(t *testing.T) {
	t.Parallel()
	got := harborOffice().Practice(slackName)
	d := config.Default()
	want := &dialog.Practice{
		Name: "Harbor", Location: time.UTC, Jurisdictions: []rules.JurisdictionID{"US-CA", "US-TX"}, EmergencyContact: "Director",
		People: map[dialog.PersonID]dialog.Person{
			"dana": {ID: "dana", Name: "Dana", Roles: []dialog.Role{dialog.Clinician}, Profession: "psychologist", Licences: []rules.JurisdictionID{"US-CA"}, Reachable: true},
			"sam":  {ID: "sam", Name: "Sam", Roles: []dialog.Role{dialog.Supervisor}, Licences: []rules.JurisdictionID{}, Reachable: true},
			"kim":  {ID: "kim", Name: "Kim", Roles: []dialog.Role{dialog.Supervisor, dialog.Owner}, Licences: []rules.JurisdictionID{}, Reachable: true},
		},
		Chain: [][]dialog.PersonID{{"sam"}, {"kim"}},
		StepTime: map[dialog.Urgency]time.Duration{
			dialog.Routine: d.Escalation.StepTime.Routine, dialog.Today: d.Escalation.StepTime.Today, dialog.Imminent: d.Escalation.StepTime.Imminent,
		},
		DecideTime: map[dialog.Urgency]time.Duration{
			dialog.Routine: d.Escalation.DecideTime.Routine, dialog.Today: d.Escalation.DecideTime.Today, dialog.Imminent: d.Escalation.DecideTime.Imminent,
		},
		RemindAfter: d.Consult.RemindAfter, CloseAfter: d.Consult.CloseAfter,
		Holidays: dialog.FederalHolidays(), Teams: map[dialog.TeamID][][]dialog.PersonID{},
		Signatures: map[dialog.EscalationKind]int{dialog.KindSignOff: 1, dialog.KindDeparture: 1}, KeepClosed: d.Retention.Closed,
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

func TestReachableIsSaidPerPlatform(t *testing.T) {
	t.Parallel()
	o := harborOffice()
	for platform, want := range map[bot.PlatformName][]dialog.PersonID{
		web.Name:    {"dana", "sam"}, // sam by pager; kim is on Slack alone
		slackName:   {"dana", "kim", "sam"},
		discordName: {"dana", "sam"},
	} {
		var got []dialog.PersonID
		for id, p := range o.Practice(platform).People {
			if p.Reachable {
				got = append(got, id)
			}
		}
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("%s: reachable are %v, want %v", platform, got, want)
		}
	}
}

func TestFreeTextIsSaidPerPlatform(t *testing.T) {
	t.Parallel()
	cfg := harbor()
	for want := range map[bool]bool{true: true, false: true} {
		cfg.FreeText = config.FreeText{Slack: config.PlatformText{Enabled: want}, Discord: config.PlatformText{Enabled: !want}, Web: config.WebText{Enabled: want}}
		for platform, want := range map[bot.PlatformName]bool{slackName: want, discordName: !want, web.Name: want} {
			if got := practiceOn(platform, cfg).FreeText; got != want {
				t.Errorf("%s: free text %t, want %t", platform, got, want)
			}
		}
	}
}

func TestTheOfficeKnowsItsChannelsAndPagers(t *testing.T) {
	t.Parallel()
	o := harborOffice()
	if got, ok := o.Channel(slackName); !ok || got != (bot.Place{Platform: "slack", Workspace: "E01/T01", Channel: "C01"}) {
		t.Errorf("Slack: %+v, %t", got, ok)
	}
	if got, ok := o.Channel(web.Name); !ok || got != web.Home() {
		t.Errorf("workbench: %+v, %t", got, ok)
	}
	if _, ok := o.Channel(discordName); ok {
		t.Error("Discord is not enabled and has a channel")
	}
	if p, ok := o.Pager("sam"); !ok || p.Page(t.Context(), bot.PageRequest{}).Code != "rang" {
		t.Error("sam's pager does not ring")
	}
	if _, ok := o.Pager("kim"); ok {
		t.Error("kim has no pager and is given one")
	}
}

func TestAReloadSwapsEverythingAtOnce(t *testing.T) {
	t.Parallel()
	o := harborOffice()
	next := harbor()
	next.Practice.Name = "Harbor North"
	next.People = next.People[:2]
	next.Retention = config.Retention{Open: time.Hour, Closed: 2 * time.Hour}
	o.reload(next)
	if got := o.Practice(web.Name).Name; got != "Harbor North" {
		t.Errorf("name = %s", got)
	}
	if _, ok := o.Person(bot.Identity{Platform: "slack", Workspace: "T01", User: "U03"}); ok {
		t.Error("kim has left and is still known")
	}
	if o.Keep(false) != time.Hour || o.Keep(true) != 2*time.Hour {
		t.Errorf("kept for %s and %s", o.Keep(false), o.Keep(true))
	}
}
