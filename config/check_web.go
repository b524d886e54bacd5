package config

import (
	"fmt"
	"net"
	"regexp"
	"strconv"
)

var hostName = regexp.MustCompile(`^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$`)

func (c *checker) web() {
	w := c.cfg.Web
	if !w.Enabled {
		return
	}
	host, ok := c.address("web.listen", w.Listen)
	switch {
	case w.Expose != "" && w.Expose != ExposeContainer:
		c.fault("web.expose", "%q is not known; write container, or take the line out to listen on this machine alone", w.Expose)
	case ok && w.Expose == "" && !loopback(host):
		c.fault("web.listen", "the workbench asks nobody for a password, so it listens on this machine alone: write 127.0.0.1 and a port; inside a container, set web.expose to container and publish the port on 127.0.0.1")
	}
	if w.MoveClock && (c.cfg.Slack.Enabled || c.cfg.Discord.Enabled) {
		c.fault("web.move_clock", "the clock is the whole practice's: moving it would page people before their time; write false while Slack or Discord is connected")
	}
	for i, name := range w.Hosts {
		if !hostName.MatchString(name) {
			c.fault(fmt.Sprintf("web.hosts[%d]", i), "must be a host's name in small letters without a port, such as curbside.internal")
		}
	}
}

func (c *checker) metrics() {
	m := c.cfg.Metrics.Listen
	if m == "" {
		return
	}
	if _, ok := c.address("metrics.listen", m); ok && c.cfg.Web.Enabled && m == c.cfg.Web.Listen {
		c.fault("metrics.listen", "is the workbench's address; write another port")
	}
}

// address checks a host and a port and returns the host.
func (c *checker) address(path, addr string) (string, bool) {
	host, port, err := net.SplitHostPort(addr)
	if err == nil {
		_, err = strconv.ParseUint(port, 10, 16)
	}
	if err != nil {
		c.fault(path, "%q is no address; write a host and a port, such as 127.0.0.1:8080", addr)
		return "", false
	}
	return host, true
}
