package config

import (
	"crypto/ed25519"
	"encoding/base64"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// A checker looks at a decoded configuration, completes what is looked up
// (secrets, the time zone) and collects what is wrong.
type checker struct {
	cfg   *Config
	dir   string
	env   *environment
	found []Problem
}

func (c *checker) fault(path, format string, args ...any) {
	c.found = append(c.found, Fault(path, format, args...))
}

func (c *checker) warn(path, format string, args ...any) {
	c.found = append(c.found, Warning(path, format, args...))
}

func (c *checker) check() {
	c.practice()
	c.people()
	c.rotas()
	c.escalation()
	c.teams()
	c.absences()
	c.holidays()
	c.times()
	c.freeText()
	c.scrubber()
	c.packsDir()
	c.redis()
	c.slack()
	c.discord()
	c.web()
	c.metrics()
	c.pagerDuty()
	c.alarm()
	if w := c.cfg; !w.Web.Enabled && !w.Slack.Enabled && !w.Discord.Enabled {
		c.fault("web.enabled", "is false, and neither slack nor discord is enabled, so nobody could reach Curbside; write true for one of them")
	}
	c.log()
}

var jurisdiction = regexp.MustCompile(`^US-[A-Z]{2}$`)

func (c *checker) practice() {
	p := &c.cfg.Practice
	c.text("practice.name", p.Name, 80, "the practice's name, as it stands in the record")
	c.text("practice.emergency_contact", p.EmergencyContact, 200,
		"whom a clinician calls when no supervisor has answered, such as \"Director on call, 555-0100\"")
	location, err := time.LoadLocation(p.TimeZone)
	switch {
	case p.TimeZone == "":
		c.fault("practice.time_zone", "is missing; write the practice's time zone, such as America/Chicago")
	case err != nil || p.TimeZone == "Local":
		c.fault("practice.time_zone", "%q is no time zone; write one such as America/Chicago", p.TimeZone)
	default:
		p.Location = location
	}
	if len(p.Jurisdictions) == 0 {
		c.fault("practice.jurisdictions", "is missing; list the states where clients are, such as [US-CA, US-TX]")
	}
	c.jurisdictions("practice.jurisdictions", p.Jurisdictions)
}

func (c *checker) jurisdictions(path string, ids []string) {
	for i, id := range ids {
		at := fmt.Sprintf("%s[%d]", path, i)
		switch {
		case id == "US":
			c.fault(at, "federal law always applies and is not listed; list states, such as US-CA")
		case !jurisdiction.MatchString(id):
			c.fault(at, "%q is no jurisdiction; write US- and the state's two capital letters, such as US-CA", id)
		case slices.Contains(ids[:i], id):
			c.fault(at, "%s stands here twice; take one out", id)
		}
	}
}

func (c *checker) freeText() {
	f := c.cfg.FreeText
	c.platformText("free_text.slack", "Slack", f.Slack)
	c.platformText("free_text.discord", "Discord", f.Discord)
	if f.Slack.Enabled && f.Slack.BAA == "signed" && f.Slack.Plan != "" && f.Slack.Plan != "enterprise_grid" {
		c.fault("free_text.slack.baa", "Slack signs a BAA for the plan enterprise_grid alone, and the plan here is %s; put one of the two right", f.Slack.Plan)
	}
	if f.Discord.Enabled && f.Discord.BAA == "signed" {
		c.warn("free_text.discord.baa", "Discord is not known to sign a BAA; keep the signed paper where you can find it")
	}
}

// platformText wants whoever turns free text on to have said what covers it.
func (c *checker) platformText(path, platform string, t PlatformText) {
	if t.BAA != "" && t.BAA != "signed" && t.BAA != "none" {
		c.fault(path+".baa", "%q is not known; write signed or none", t.BAA)
	}
	if !t.Enabled {
		return
	}
	if t.Plan == "" {
		c.fault(path+".plan", "is missing; text that is refused has reached %s all the same, so say which plan you have, such as enterprise_grid", platform)
	}
	switch t.BAA {
	case "":
		c.fault(path+".baa", "is missing; text that is refused has reached %s all the same, so say whether a BAA is signed or none", platform)
	case "none":
		c.warn(path+".baa", "there is no BAA, and text that is refused for an identifier has reached %s all the same; consider enabled: false", platform)
	}
}

func (c *checker) scrubber() {
	s := c.cfg.Scrubber
	c.words("scrubber.allow", s.Allow)
	c.words("scrubber.forbid", s.Forbid)
	for i, word := range s.Allow {
		if slices.ContainsFunc(s.Forbid, func(f string) bool { return strings.EqualFold(f, word) }) {
			c.fault(fmt.Sprintf("scrubber.allow[%d]", i), "%q is forbidden as well; take it out of one of the lists", word)
		}
	}
}

func (c *checker) words(path string, words []string) {
	for i, word := range words {
		if strings.TrimSpace(word) == "" || utf8.RuneCountInString(word) > 60 {
			c.fault(fmt.Sprintf("%s[%d]", path, i), "must be a word of 1 to 60 letters")
		}
	}
}

func (c *checker) packsDir() {
	for i, key := range c.cfg.CounselKeys {
		if raw, err := base64.StdEncoding.DecodeString(key); err != nil || len(raw) != ed25519.PublicKeySize {
			c.fault(fmt.Sprintf("counsel_keys[%d]", i), "is no public key; write the one that curbside rules attest keygen printed")
		}
	}
	if len(c.cfg.CounselKeys) > 0 && c.cfg.PacksDir == "" {
		c.fault("counsel_keys", "has no use without packs_dir, the folder that holds counsel's statements")
	}
	if c.cfg.PacksDir == "" {
		return
	}
	c.cfg.PacksDir = c.abs(c.cfg.PacksDir)
	if info, err := os.Stat(c.cfg.PacksDir); err != nil || !info.IsDir() {
		c.fault("packs_dir", "there is no folder %s; write the folder that holds your rule packs, or take the line out", c.cfg.PacksDir)
	}
}

func (c *checker) log() {
	c.oneOf("log.level", c.cfg.Log.Level, "debug", "info", "warn", "error")
	c.oneOf("log.format", c.cfg.Log.Format, "text", "json")
}

// text checks a line that people read.
func (c *checker) text(path, value string, most int, what string) {
	switch {
	case strings.TrimSpace(value) == "":
		c.fault(path, "is missing; write %s", what)
	case utf8.RuneCountInString(value) > most || strings.ContainsAny(value, "\r\n"):
		c.fault(path, "must be one line of at most %d characters", most)
	}
}

func (c *checker) oneOf(path, value string, known ...string) {
	if slices.Contains(known, value) {
		return
	}
	if near := nearest(value, known); near != "" {
		c.fault(path, "%q is not known; did you mean %s?", value, near)
		return
	}
	c.fault(path, "%q is not known; write one of %s", value, list(known))
}

// abs returns a path of the file as this process finds it.
func (c *checker) abs(path string) string {
	if path == "" || filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(c.dir, path)
}
