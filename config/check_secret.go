package config

import (
	"bytes"
	"net/netip"
	"net/url"
	"os"
	"strings"
)

// A secret is one line or one small file.
const maxSecret = 64 << 10

// secret returns the secret for a key from the variable of its name, or from
// the file named by the setting or variable with _file behind it, never both.
func (c *checker) secret(key string, file *string) Secret {
	*file = c.abs(*file)
	value, inEnv := c.env.take(key)
	switch {
	case inEnv && *file != "":
		c.fault(key+"_file", "and the environment variable %s are both set; keep one of the two", envName(key))
	case inEnv:
		return NewSecret(value)
	case *file != "":
		return c.secretFile(key+"_file", *file)
	}
	return Secret{}
}

func (c *checker) secretFile(path, name string) Secret {
	info, err := os.Stat(name)
	if err != nil || !info.Mode().IsRegular() {
		c.fault(path, "there is no file %s", name)
		return Secret{}
	}
	if info.Size() > maxSecret {
		c.fault(path, "%s is too large for a secret", name)
		return Secret{}
	}
	content, err := os.ReadFile(name)
	if err != nil {
		c.fault(path, "%s cannot be read; let the account that runs curbside read it", name)
		return Secret{}
	}
	content = bytes.TrimSpace(content)
	if len(content) == 0 {
		c.fault(path, "%s is empty", name)
	}
	return NewSecret(string(content))
}

func (c *checker) pager(at string, p *Person) {
	g := &p.Pager
	key := "people." + p.ID + ".pager."
	switch g.Kind {
	case PagerNone, PagerWorkbench:
		c.unused(at, g, g.URL != "" || g.RoutingKeyFile != "" || g.SecretFile != "")
	case PagerDuty:
		c.unused(at, g, g.SecretFile != "")
		c.pagerURL(at, g.URL)
		g.RoutingKey = c.pagerSecret(at+".routing_key", key+"routing_key", &g.RoutingKeyFile)
	case PagerWebhook:
		c.unused(at, g, g.RoutingKeyFile != "")
		if g.URL == "" {
			c.fault(at+".url", "is missing; write the https address that is called")
		}
		c.pagerURL(at, g.URL)
		g.Secret = c.pagerSecret(at+".secret", key+"secret", &g.SecretFile)
	default:
		c.oneOf(at+".kind", g.Kind, PagerWorkbench, PagerDuty, PagerWebhook)
	}
}

func (c *checker) unused(at string, g *Pager, extra bool) {
	switch {
	case extra && g.Kind == PagerNone:
		c.fault(at+".kind", "is missing; write workbench, pagerduty or webhook")
	case extra:
		c.fault(at, "has settings that a pager of kind %s does not use; pagerduty takes routing_key_file and url, webhook takes secret_file and url", g.Kind)
	}
}

// pagerSecret reads a pager's secret. Its variable is named after the person,
// because the place in the list changes.
func (c *checker) pagerSecret(path, key string, file *string) Secret {
	before := len(c.found)
	s := c.secret(key, file)
	for i := before; i < len(c.found); i++ {
		c.found[i].Path = path + "_file"
	}
	if s.IsZero() && len(c.found) == before {
		c.fault(path+"_file", "is missing; name the file that holds it, or set the environment variable %s", envName(key))
	}
	return s
}

// pagerURL wants https, because a page says that a consult is urgent; plain
// http is for a receiver on this machine.
func (c *checker) pagerURL(at, raw string) {
	if raw == "" {
		return
	}
	u, err := url.Parse(raw)
	switch {
	case err != nil || u.Host == "" || (u.Scheme != "https" && u.Scheme != "http"):
		c.fault(at+".url", "is no web address; write one that begins with https://")
	case u.User != nil:
		c.fault(at+".url", "holds a user or a password; requests are signed instead")
	case u.Scheme == "http" && !loopback(u.Hostname()):
		c.fault(at+".url", "must begin with https://, because it leaves this machine")
	}
}

// loopback reports whether a host never leaves this machine.
func loopback(host string) bool {
	if strings.EqualFold(host, "localhost") {
		return true
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && ip.IsLoopback()
}
