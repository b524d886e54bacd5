package config

import (
	"crypto/ed25519"
	"encoding/hex"
	"fmt"
	"net/url"
	"strings"
)

func (c *checker) discord() {
	d := &c.cfg.Discord
	d.BotToken = c.secret("discord.bot_token", &d.BotTokenFile)
	if !d.Enabled {
		return
	}
	if !snowflake.MatchString(d.Application) {
		c.fault("discord.application", "%q is no Discord application id; it is a long number, and stands under General Information in the developer portal", d.Application)
	}
	if !snowflake.MatchString(d.Guild) {
		c.fault("discord.guild", "%q is no Discord server id; it is a long number, to be had with Copy Server ID in developer mode", d.Guild)
	}
	if !snowflake.MatchString(d.Channel) {
		c.fault("discord.channel", "%q is no Discord channel id; it is a long number, to be had with Copy Channel ID in developer mode", d.Channel)
	}
	for i, id := range d.Roles {
		if !snowflake.MatchString(id) {
			c.fault(fmt.Sprintf("discord.roles[%d]", i), "%q is no Discord role id; it is a long number, to be had with Copy Role ID in developer mode", id)
		}
	}
	c.discordMode()
	c.discordAddress("discord.api_url", d.APIURL, "https", "http")
	if d.GatewayURL != "" {
		c.discordAddress("discord.gateway_url", d.GatewayURL, "wss", "ws")
	}
	c.token("discord.bot_token", d.BotToken, "")
}

// discordMode wants what each way in needs.
func (c *checker) discordMode() {
	d := c.cfg.Discord
	switch d.Mode {
	case DiscordGateway:
		if d.Listen != "" {
			c.fault("discord.listen", "has no use with mode: gateway; write mode: http, or take the line out")
		}
	case DiscordHTTP:
		if key, err := hex.DecodeString(d.PublicKey); err != nil || len(key) != ed25519.PublicKeySize {
			c.fault("discord.public_key", "is no public key; write the 64 digits that stand under General Information in the developer portal")
		}
		if d.Listen == "" {
			c.fault("discord.listen", "is missing; write where your proxy hands on what Discord sends, such as 127.0.0.1:8081")
		} else if _, ok := c.address("discord.listen", d.Listen); ok && c.cfg.Web.Enabled && d.Listen == c.cfg.Web.Listen {
			c.fault("discord.listen", "is the workbench's address; write another port")
		}
	default:
		c.oneOf("discord.mode", d.Mode, DiscordGateway, DiscordHTTP)
	}
}

// discordAddress wants an encrypted connection; a plain one is for a stand-in on
// this machine.
func (c *checker) discordAddress(path, raw, secure, plain string) {
	u, err := url.Parse(raw)
	if err != nil || u.Host == "" || u.User != nil || u.RawQuery != "" || u.Scheme != secure && (u.Scheme != plain || !loopback(u.Hostname())) {
		c.fault(path, "is no address that can be used; write one that begins with %s://, or take the line out", secure)
	}
}

// token wants a token that begins as its kind does.
func (c *checker) token(key string, token Secret, prefix string) {
	path := key + "_file"
	switch {
	case token.IsZero() && c.faulty(path):
	case token.IsZero():
		c.fault(path, "is missing; name the file that holds the token, or set the environment variable %s", envName(key))
	case !strings.HasPrefix(token.Reveal(), prefix):
		c.fault(path, "holds another kind of token; this one begins with %s", prefix)
	case strings.ContainsAny(token.Reveal(), " \t\r\n"):
		c.fault(path, "holds more than one word; it must hold the token and nothing else")
	}
}

// faulty reports whether a fault stands at a path already.
func (c *checker) faulty(path string) bool {
	for _, p := range c.found {
		if p.Path == path && !p.Warning {
			return true
		}
	}
	return false
}
