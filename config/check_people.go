package config

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
)

var (
	personID  = regexp.MustCompile(`^[a-z][a-z0-9-]{0,30}$`)
	slackUser = regexp.MustCompile(`^[UW][A-Z0-9]{2,20}$`)
	slackTeam = regexp.MustCompile(`^T[A-Z0-9]{2,20}$`)
	slackOrg  = regexp.MustCompile(`^E[A-Z0-9]{2,20}$`)
	snowflake = regexp.MustCompile(`^[0-9]{15,20}$`)
)

// The roles a person may have.
const (
	RoleClinician  = "clinician"
	RoleSupervisor = "supervisor"
	RoleOwner      = "owner"
)

func (c *checker) people() {
	if len(c.cfg.People) == 0 {
		c.fault(peopleKey, "is missing; list at least one clinician and one supervisor")
		return
	}
	ids, accounts := map[string]bool{}, map[string]string{}
	for i := range c.cfg.People {
		p, at := &c.cfg.People[i], fmt.Sprintf("people[%d]", i)
		switch {
		case !personID.MatchString(p.ID):
			c.fault(at+".id", "%q is no id; write small letters, digits and dashes, such as dana", p.ID)
		case ids[p.ID]:
			c.fault(at+".id", "%q is taken by somebody above; every person needs an id of their own", p.ID)
		}
		ids[p.ID] = true
		c.text(at+".name", p.Name, 60, "the name that colleagues know")
		c.roles(at, *p)
		c.slackAccount(at+".slack", &p.Slack)
		c.discordAccount(at+".discord", p.Discord)
		c.ownAccounts(at, *p, accounts)
		c.pager(at+".pager", p)
	}
	c.staffing()
}

func (c *checker) roles(at string, p Person) {
	if len(p.Roles) == 0 {
		c.fault(at+".roles", "is missing; write what this person does: clinician, supervisor, owner")
	}
	for i, role := range p.Roles {
		path := fmt.Sprintf("%s.roles[%d]", at, i)
		c.oneOf(path, role, RoleClinician, RoleSupervisor, RoleOwner)
		if slices.Contains(p.Roles[:i], role) {
			c.fault(path, "%s stands here twice; take one out", role)
		}
	}
	c.jurisdictions(at+".licences", p.Licences)
	if !p.Has(RoleClinician) {
		return
	}
	if p.Profession == "" {
		c.fault(at+".profession", "is missing; the law differs by licence, so write one such as psychologist")
	}
	if len(p.Licences) == 0 {
		c.fault(at+".licences", "is missing; list where this clinician is licensed, such as [US-CA]")
	}
}

func (c *checker) slackAccount(at string, a *SlackAccount) {
	if *a == (SlackAccount{}) {
		return
	}
	a.Team = cmp.Or(a.Team, c.cfg.Slack.Team)
	a.Enterprise = cmp.Or(a.Enterprise, c.cfg.Slack.Enterprise)
	if !slackUser.MatchString(a.User) {
		c.fault(at+".user", "%q is no Slack member id; it begins with U or W and stands in the member's profile under the three dots", a.User)
	}
	if !slackTeam.MatchString(a.Team) {
		c.fault(at+".team", "%q is no Slack workspace id; it begins with T, and slack.team can give it for everybody", a.Team)
	}
	if a.Enterprise != "" && !slackOrg.MatchString(a.Enterprise) {
		c.fault(at+".enterprise", "%q is no Slack organisation id; it begins with E, and only Enterprise Grid has one", a.Enterprise)
	}
}

func (c *checker) discordAccount(at string, a DiscordAccount) {
	if a.User != "" && !snowflake.MatchString(a.User) {
		c.fault(at+".user", "%q is no Discord user id; it is a long number, to be had with Copy User ID in developer mode", a.User)
	}
}

// ownAccounts makes sure that an account stands for one person only: a
// sign-off is bound to it.
func (c *checker) ownAccounts(at string, p Person, taken map[string]string) {
	claim := func(path, account string) {
		if other, ok := taken[account]; ok {
			c.fault(path, "is the account of %s as well; a sign-off must show who signed, so everybody needs an account of their own", other)
		}
		taken[account] = p.ID
	}
	if p.Slack.User != "" {
		claim(at+".slack.user", "slack "+p.Slack.Team+" "+p.Slack.User)
	}
	if p.Discord.User != "" {
		claim(at+".discord.user", "discord "+p.Discord.User)
	}
	if p.Slack.User == "" && p.Discord.User == "" && !p.Web {
		c.warn(at, "has no account on Slack, Discord or the workbench, so cannot open or sign anything")
	}
}

// staffing looks at the practice as a whole.
func (c *checker) staffing() {
	count := map[string]int{}
	for _, p := range c.cfg.People {
		for _, role := range p.Roles {
			count[role]++
		}
	}
	if count[RoleClinician] == 0 {
		c.fault(peopleKey, "nobody has the role clinician, so nobody could open a consult")
	}
	if count[RoleSupervisor] == 0 {
		c.fault(peopleKey, "nobody has the role supervisor, so nobody could sign")
	}
	if count[RoleOwner] == 0 {
		c.warn(peopleKey, "nobody has the role owner, so nobody can change settings in chat")
	}
}

func (c *checker) person(id string) (Person, bool) {
	for _, p := range c.cfg.People {
		if p.ID == id {
			return p, true
		}
	}
	return Person{}, false
}
