// Package slack is the bot in a Slack workspace: the consult as a thread in the
// practice's private channel, pages as direct messages, forms as modals, and an
// App Home for everybody.
//
// What Slack sends comes in by Socket Mode ([Slack.Run]) or over HTTP
// ([Slack.Handler]); an app uses one of the two. Both end in the same decoder and
// the same answers. The package keeps nothing that a restart would miss: which
// message shows what stands in the bot's store, and what is remembered here only
// spares a request or keeps an older view from replacing a newer one.
//
// A view that is longer than a Slack message stands on several pages: its buttons
// and questions stay on the message, the rest of what is to be read is shown to
// whoever presses More, in a reply that only they see.
package slack

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	slackapi "github.com/slack-go/slack"

	"curbside/bot"
	"curbside/dialog"
)

// Name is the platform's name.
const Name bot.PlatformName = "slack"

// APIURL is where Slack's Web API answers, except for GovSlack.
const APIURL = slackapi.APIURL

// Workspace names a workspace as [bot.Identity] and [bot.Place] hold it: a team,
// within its organisation if it has one.
func Workspace(enterprise, team string) string {
	if enterprise == "" {
		return team
	}
	return enterprise + "/" + team
}

// Answers is what Slack needs of the bot. It is safe for concurrent use.
type Answers interface {
	// Handle answers one thing that a person did.
	Handle(ctx context.Context, in bot.Inbound) bot.Reply
	// Home shows a person what concerns them; false is for strangers.
	Home(ctx context.Context, who bot.Identity) (dialog.View, bool)
	// Show renders again what an effect put in front of people, as it stands now.
	Show(ctx context.Context, e dialog.Effect) (dialog.View, *dialog.File, bool)
}

// Options are what a Slack is made of.
type Options struct {
	// BotToken and AppToken return the tokens that begin with xoxb- and xapp-.
	// BotToken is required; AppToken is, for Socket Mode.
	BotToken, AppToken func() string
	// SigningSecret proves where a request over HTTP comes from. Required for
	// [Slack.Handler].
	SigningSecret func() string
	// APIURL is the Web API's base and ends in "/"; "" is [APIURL]. Plain http is
	// for the loopback alone.
	APIURL string
	// Enterprise is the organisation, on Enterprise Grid; Team the workspace.
	// Team is required.
	Enterprise, Team string
	// Channel is the practice's consultation channel. Required.
	Channel string
	// SharedWorkspaces lets the channel belong to several workspaces of one
	// organisation; Guests lets it have guests.
	SharedWorkspaces, Guests bool
	// Pace is how often a channel is written to; 0 is once a second, as Slack
	// asks. Anything else is for a stand-in of Slack.
	Pace time.Duration
	// Connections is how many sockets Socket Mode keeps open; 0 means 2.
	Connections int
	// Card returns where a consult's card stands, for links to it. nil links to
	// the cards that this process has seen, and to the channel for others.
	Card func(ctx context.Context, handle string) (bot.Ref, bool)
	// Log gets ids and codes only. Required.
	Log *slog.Logger
}

// A Slack is a [bot.Platform]. It is safe for concurrent use.
type Slack struct {
	options Options
	api     *slackapi.Client
	web     *http.Client
	gates   *gates
	members *memory[member]
	directs *memory[string]   // user id to the channel of their direct message
	posted  *memory[bot.Ref]  // what an effect has posted
	cards   *memory[bot.Ref]  // handle to its card
	urls    *memory[string]   // a form to where what opened it can be changed
	seen    *memory[struct{}] // ids of events
	screens *screens
	channel *watch
	visits  *visits
	counts  *prometheus.CounterVec
	working sync.WaitGroup // answers that are under way

	who struct {
		sync.Mutex
		user  string    // the bot's own user id
		url   string    // the workspace's own address
		again time.Time // when to ask for it again
	}
}

var _ bot.Platform = (*Slack)(nil)

// New makes a Slack. It does no I/O.
func New(o Options) (*Slack, error) {
	if o.BotToken == nil || o.Team == "" || o.Channel == "" || o.Log == nil {
		return nil, errors.New("slack needs a bot token, a team, a channel and a log")
	}
	o.APIURL = cmp.Or(o.APIURL, APIURL)
	o.Connections = cmp.Or(o.Connections, 2)
	if err := safeURL(o.APIURL); err != nil {
		return nil, err
	}
	s := &Slack{
		options: o,
		web:     newClient(),
		gates:   newGates(cmp.Or(o.Pace, slackPace)),
		members: newMemory[member](4096, 10*time.Minute),
		directs: newMemory[string](4096, 24*time.Hour),
		posted:  newMemory[bot.Ref](8192, time.Hour),
		cards:   newMemory[bot.Ref](8192, 30*24*time.Hour),
		urls:    newMemory[string](4096, 30*time.Minute),
		seen:    newMemory[struct{}](65536, time.Hour),
		screens: newScreens(),
		channel: &watch{},
		visits:  &visits{},
		counts: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "curbside_slack_total",
			Help: "What came in from Slack and was malformed, refused, repeated, or ended in a fault of this program.",
		}, []string{"what"}),
	}
	options := []slackapi.Option{
		slackapi.OptionAPIURL(o.APIURL), slackapi.OptionHTTPClient(s.web), slackapi.OptionLog(silence{}),
	}
	if o.AppToken != nil {
		options = append(options, slackapi.OptionAppLevelToken(o.AppToken()))
	}
	s.api = slackapi.New(o.BotToken(), options...)
	return s, nil
}

// Name implements [bot.Platform].
func (s *Slack) Name() bot.PlatformName { return Name }

// Metrics count what an operator should hear of.
func (s *Slack) Metrics() prometheus.Collector { return s.counts }

// Home is the practice's consultation channel.
func (s *Slack) Home() bot.Place {
	return bot.Place{Platform: Name, Workspace: s.workspace(), Channel: s.options.Channel}
}

func (s *Slack) workspace() string { return Workspace(s.options.Enterprise, s.options.Team) }

// Wait returns when no answer is under way any more: the last step of a shutdown.
func (s *Slack) Wait() { s.working.Wait() }
