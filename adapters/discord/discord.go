// Package discord is the adapter for Discord: consults in private threads of the
// practice's private channel, pages as direct messages, and both ways in, the
// gateway and the endpoint for interactions over HTTP.
//
// It asks for no intent but GUILDS, so it cannot read what people write. What it
// sends calls nobody but those it names by id, and shows on a lock screen a
// handle and a code of what happened.
package discord

import (
	"cmp"
	"context"
	"crypto/ed25519"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"sync"
	"time"

	"github.com/bwmarrin/discordgo"

	"curbside/bot"
	"curbside/dialog"
)

// Name is the platform's name.
const Name bot.PlatformName = "discord"

// DefaultAPI is where Discord is.
const DefaultAPI = "https://discord.com"

// A Mode is how interactions come in. Discord allows one of them at a time.
type Mode string

// The modes.
const (
	ModeGateway Mode = "gateway" // a connection from here; one process at a time
	ModeHTTP    Mode = "http"    // Discord calls an address; any number of processes
)

// Answers is what the adapter asks of the bot.
type Answers interface {
	// Handle answers one thing that a person did.
	Handle(ctx context.Context, in bot.Inbound) bot.Reply
	// Show renders again what an effect put in front of people.
	Show(ctx context.Context, e dialog.Effect) (dialog.View, *dialog.File, bool)
}

// Options are what the adapter is made of.
type Options struct {
	Mode        Mode
	Application string // the application's id. Required
	PublicKey   string // the application's public key in hex. Required with ModeHTTP
	Guild       string // the practice's server. Required
	Channel     string // its consultation channel. Required
	// Token returns the bot's token, without "Bot". Required.
	Token func() string
	// API stands for https://discord.com; "" is that. Gateway stands for what
	// Discord says its gateway is; "" asks. Plain addresses are for this machine.
	API, Gateway string
	// Staff returns the Discord user ids of the practice's people. Required.
	Staff func() []string
	// Roles returns the ids of roles that may see the channel though Curbside
	// cannot see who holds them.
	Roles func() []string
	// Lease makes sure that one process of several keeps the gateway. nil is for
	// a single process.
	Lease Lease
	// Patience is how long Discord is kept waiting for an answer before it is
	// told that one will come; 0 means 2.2 s of the 3 s that it waits.
	Patience time.Duration
	// Transport connects to the API; nil is one of the adapter's own.
	Transport http.RoundTripper
	// Log gets ids and codes only. Required.
	Log *slog.Logger
}

// A Discord is a [bot.Platform]. It is safe for concurrent use.
type Discord struct {
	options Options
	api     client
	wire    *transport
	key     ed25519.PublicKey
	log     *slog.Logger

	threads threads
	directs directs
	shown   shown
	asked   recent[string, string] // press → what is asked before it counts
	census  census
	self    self
	metrics *metrics
	// settleAfter is when a card is looked at again after a reply.
	settleAfter time.Duration
	late        sync.WaitGroup // answers that are still to come

	rechecks chan struct{} // holds a value when the channel has to be looked at
	end      chan struct{} // closed when the program ends
	ending   sync.Once
}

var _ bot.Platform = (*Discord)(nil)

// New makes the adapter. It does no I/O.
func New(o Options) (*Discord, error) {
	if o.Token == nil || o.Staff == nil || o.Log == nil || o.Application == "" || o.Guild == "" || o.Channel == "" {
		return nil, errors.New("discord needs an application, a server, a channel, a token, staff and a log")
	}
	o.API = cmp.Or(o.API, DefaultAPI)
	o.Patience = cmp.Or(o.Patience, 2200*time.Millisecond)
	to, err := address(o.API, "https", "http")
	if err != nil {
		return nil, fmt.Errorf("discord.api_url %w", err)
	}
	d := &Discord{
		options: o, log: o.Log, wire: &transport{to: to, next: o.Transport},
		metrics: newMetrics(), settleAfter: settleAfter, rechecks: make(chan struct{}, 1), end: make(chan struct{}),
	}
	if d.wire.next == nil {
		d.wire.next = baseTransport()
	}
	if o.Gateway != "" {
		if _, err := address(o.Gateway, "wss", "ws"); err != nil {
			return nil, fmt.Errorf("discord.gateway_url %w", err)
		}
	}
	if o.Mode == ModeHTTP {
		if d.key, err = publicKey(o.PublicKey); err != nil {
			return nil, err
		}
	}
	d.api.session, err = newSession(o.Token(), httpClient(d.wire))
	if err != nil {
		return nil, err
	}
	return d, nil
}

// publicKey reads the key with which Discord signs what it sends.
func publicKey(text string) (ed25519.PublicKey, error) {
	raw, err := hex.DecodeString(text)
	if err != nil || len(raw) != ed25519.PublicKeySize {
		return nil, errors.New("discord.public_key is not a public key of an application")
	}
	return raw, nil
}

// newSession makes a session of the library that waits for nothing, tries
// nothing again and says nothing.
func newSession(token string, via *http.Client) (*discordgo.Session, error) {
	s, err := discordgo.New("Bot " + token)
	if err != nil {
		return nil, errors.New("the library for discord cannot be used")
	}
	s.Client = via
	s.LogLevel = -1
	s.StateEnabled = false
	s.ShouldReconnectOnError = false
	s.ShouldRetryOnRateLimit = false
	s.MaxRestRetries = 0
	s.Compress = false
	s.Identify.Compress = false
	s.Identify.Intents = discordgo.IntentsGuilds
	return s, nil
}

// Name implements [bot.Platform].
func (d *Discord) Name() bot.PlatformName { return Name }

// home is the consultation channel.
func (d *Discord) home() bot.Place {
	return bot.Place{Platform: Name, Workspace: d.options.Guild, Channel: d.options.Channel}
}

// link is where a place in the practice's server is opened.
func (d *Discord) link(channel string) string {
	return "https://discord.com/channels/" + url.PathEscape(d.options.Guild) + "/" + url.PathEscape(channel)
}

// threadLink is [layout.link].
func (d *Discord) threadLink(handle string) string {
	if thread, ok := d.threads.known(handle); ok {
		return thread.url(d)
	}
	return ""
}

// layout is how views become messages here.
func (d *Discord) layout() layout {
	return layout{link: d.threadLink, asked: func(b dialog.Button) { d.asked.put(b.Press.String(), b.Confirm) }}
}
