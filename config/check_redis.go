package config

import (
	"fmt"
	"net"
	"net/url"
	"os"
)

func (c *checker) redis() {
	r := &c.cfg.Redis
	ways := 0
	for _, given := range []bool{r.Embedded, r.URL != "", len(r.Addrs) > 0} {
		if given {
			ways++
		}
	}
	switch {
	case ways == 0:
		c.fault("redis", "says no address; write url: redis://localhost:6379/0, or addrs for a cluster or sentinels")
	case ways > 1:
		c.fault("redis", "says more than one address; keep one of embedded, url and addrs")
	}
	c.redisURL()
	for i, addr := range r.Addrs {
		if _, _, err := net.SplitHostPort(addr); err != nil {
			c.fault(fmt.Sprintf("redis.addrs[%d]", i), "must be a host and a port, such as redis-1:6379")
		}
	}
	if r.MasterName != "" && len(r.Addrs) == 0 {
		c.fault("redis.master_name", "is for sentinels; list their addresses in redis.addrs")
	}
	if r.Partitions < 1 || r.Partitions > 1024 {
		c.fault("redis.partitions", "%d is out of bounds; write between 1 and 1024", r.Partitions)
	}
	if r.Durability != "" && r.Durability != OnDisk {
		c.fault("redis.durability", "%q is not known; write disk, or take the line out", r.Durability)
	}
	if r.Durability == OnDisk && r.Embedded {
		c.fault("redis.durability", "is disk, and an embedded Redis has none; take the line out")
	}
	c.redisTLS()
	r.Password = c.secret("redis.password", &r.PasswordFile)
	c.encryption()
	if r.Embedded {
		c.warn("redis.embedded", "everything is kept in memory and gone when the program ends; use a Redis for real consults")
	}
}

// redisURL refuses a password in the URL: it would be shown wherever the URL is.
func (c *checker) redisURL() {
	if c.cfg.Redis.URL == "" {
		return
	}
	u, err := url.Parse(c.cfg.Redis.URL)
	switch {
	case err != nil || (u.Scheme != "redis" && u.Scheme != "rediss" && u.Scheme != "unix"):
		c.fault("redis.url", "is no Redis address; write one such as redis://localhost:6379/0, or rediss:// for TLS")
	case u.User != nil:
		c.fault("redis.url", "holds a user or a password; write redis.username, and keep the password in a file of its own named in redis.password_file")
	}
}

func (c *checker) redisTLS() {
	t := &c.cfg.Redis.TLS
	if (t.CertFile == "") != (t.KeyFile == "") {
		c.fault("redis.tls", "cert_file and key_file go together; write both or none")
	}
	if !t.Enabled && (t.CAFile != "" || t.CertFile != "" || t.ServerName != "") {
		c.fault("redis.tls.enabled", "is false, and TLS is set up; write true, or take the other settings out")
	}
	for _, f := range []struct {
		path string
		file *string
	}{{"redis.tls.ca_file", &t.CAFile}, {"redis.tls.cert_file", &t.CertFile}, {"redis.tls.key_file", &t.KeyFile}} {
		*f.file = c.abs(*f.file)
		if *f.file == "" {
			continue
		}
		if _, err := os.Stat(*f.file); err != nil {
			c.fault(f.path, "there is no file %s", *f.file)
		}
	}
}

// encryption wants state to be sealed, or somebody to say word for word that
// it need not be. What is embedded never leaves this process.
func (c *checker) encryption() {
	e := &c.cfg.Redis.Encryption
	e.Keyset = c.secret("redis.encryption.keyset", &e.KeysetFile)
	switch {
	case e.Off != "" && e.Off != Unencrypted:
		c.fault("redis.encryption.off", "to keep state unencrypted, write %s, word for word", Unencrypted)
	case e.Off != "" && !e.Keyset.IsZero():
		c.fault("redis.encryption", "names a keyset and is off; keep one of the two")
	case e.Off != "":
		c.warn("redis.encryption.off", "whoever can read Redis or its files can read the consults")
	case e.Keyset.IsZero() && !c.cfg.Redis.Embedded:
		c.fault("redis.encryption.keyset_file", "is missing; make a keyset with curbside keyset new FILE and name the file here")
	}
}
