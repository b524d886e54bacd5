package config

import (
	"net/url"
	"regexp"
	"strings"
)

var slackChannel = regexp.MustCompile(`^[CG][A-Z0-9]{2,20}$`)

// mostSockets is how many connections Slack lets an app keep open.
const mostSockets = 10

func (c *checker) slack() {
	s := &c.cfg.Slack
	s.BotToken = c.secret("slack.bot_token", &s.BotTokenFile)
	s.AppToken = c.secret("slack.app_token", &s.AppTokenFile)
	s.SigningSecret = c.secret("slack.signing_secret", &s.SigningSecretFile)
	if !s.Enabled {
		return
	}
	c.slackURL()
	if !slackTeam.MatchString(s.Team) {
		c.fault("slack.team", "%q is no Slack workspace id; it begins with T", s.Team)
	}
	if s.Enterprise != "" && !slackOrg.MatchString(s.Enterprise) {
		c.fault("slack.enterprise", "%q is no Slack organisation id; it begins with E, and only Enterprise Grid has one", s.Enterprise)
	}
	if !slackChannel.MatchString(s.Channel) {
		c.fault("slack.channel", "%q is no Slack channel id; it begins with C or G and stands at the foot of the channel's details", s.Channel)
	}
	if s.SharedWorkspaces && s.Enterprise == "" {
		c.fault("slack.shared_workspaces", "has no use without slack.enterprise; take the line out")
	}
	c.token("slack.bot_token", s.BotToken, "xoxb-")
	c.slackMode()
}

// slackMode wants what each way in needs.
func (c *checker) slackMode() {
	s := c.cfg.Slack
	switch s.Mode {
	case SlackSocket:
		c.token("slack.app_token", s.AppToken, "xapp-")
		if s.Listen != "" {
			c.fault("slack.listen", "has no use with mode: socket; write mode: http, or take the line out")
		}
		if s.Connections < 1 || s.Connections > mostSockets {
			c.fault("slack.connections", "%d is out of bounds; write between 1 and %d", s.Connections, mostSockets)
		}
	case SlackHTTP:
		if at := "slack.signing_secret_file"; s.SigningSecret.IsZero() && !c.faulty(at) {
			c.fault(at, "is missing; name the file that holds the app's signing secret, or set the environment variable %s", envName("slack.signing_secret"))
		}
		if s.Listen == "" {
			c.fault("slack.listen", "is missing; write where your proxy hands on what Slack sends, such as 127.0.0.1:8082")
		} else if _, ok := c.address("slack.listen", s.Listen); ok && c.cfg.Web.Enabled && s.Listen == c.cfg.Web.Listen {
			c.fault("slack.listen", "is the workbench's address; write another port")
		}
	default:
		c.oneOf("slack.mode", s.Mode, SlackSocket, SlackHTTP)
	}
}

// slackURL wants TLS; a plain address is for a stand-in on this machine.
func (c *checker) slackURL() {
	u, err := url.Parse(c.cfg.Slack.APIURL)
	if err != nil || u.Host == "" || u.User != nil || u.RawQuery != "" || u.Scheme != "https" && (u.Scheme != "http" || !loopback(u.Hostname())) {
		c.fault("slack.api_url", "is no web address; write one that begins with https://, or take the line out")
		return
	}
	if !strings.HasSuffix(u.Path, "/") {
		c.fault("slack.api_url", "must end in /, such as https://slack.com/api/")
	}
}
