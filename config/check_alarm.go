package config

import (
	"net/url"
	"time"
)

// alarm checks the address that is asked as long as pages go out in time.
// Services for that put their key into the address, so it is a secret.
func (c *checker) alarm() {
	a := &c.cfg.Alarm
	a.PingURL = c.secret("alarm.ping_url", &a.PingURLFile)
	if a.PingEvery < 10*time.Second || a.PingEvery > time.Hour {
		c.fault("alarm.ping_every", "%s is out of bounds; write between 10s and 1h", a.PingEvery)
	}
	if a.PingURL.IsZero() {
		return
	}
	u, err := url.Parse(a.PingURL.Reveal())
	switch {
	case err != nil || u.Host == "" || (u.Scheme != "https" && u.Scheme != "http"):
		c.fault("alarm.ping_url_file", "holds no web address; it must begin with https://")
	case u.Scheme == "http" && !loopback(u.Hostname()):
		c.fault("alarm.ping_url_file", "holds an address that must begin with https://, because it leaves this machine")
	}
}
