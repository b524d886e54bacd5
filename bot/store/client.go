package store

import (
	"cmp"
	"crypto/tls"
	"errors"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/redis/go-redis/v9/logging"
)

// A press must be answered within three seconds, with an emergency guidance
// when Redis hangs: so no single step waits longer than this, and none is tried
// more than twice.
const (
	patience = time.Second
	retries  = 1
)

// poolSize leaves room for presses beside the outbox, which on a Redis Cluster
// waits for the two lanes of every partition on a connection of its own.
// Connections are made when they are needed, so a large bound costs nothing.
const poolSize = 2*maxPartitions + 64

// topologyTime is how long a client of a Cluster believes what it knows of the
// masters. From a master that is dead it learns nothing: left to itself, which
// is a minute, it would ask the dead one for as long while the replica waits.
const topologyTime = time.Second

// NewClient connects to a standalone Redis, to Sentinels (MasterName) or to a
// Cluster (IsClusterMode, or several addresses without MasterName). What o
// leaves open is set so that a press is answered in time even when Redis hangs.
// It does no I/O.
func NewClient(o redis.UniversalOptions) redis.UniversalClient {
	// The library logs to stderr in words of its own, for the whole process.
	// Every failure also comes back as an error, and that is the one we log.
	logging.Disable()
	// RESP2 and no identity: the fewest commands an ACL has to allow.
	o.Protocol = 2
	o.DisableIdentity = true
	o.ContextTimeoutEnabled = true
	o.DialTimeout = cmp.Or(o.DialTimeout, patience)
	o.ReadTimeout = cmp.Or(o.ReadTimeout, patience)
	o.WriteTimeout = cmp.Or(o.WriteTimeout, patience)
	o.PoolTimeout = cmp.Or(o.PoolTimeout, patience)
	o.MaxRetries = cmp.Or(o.MaxRetries, retries)
	o.DialerRetries = cmp.Or(o.DialerRetries, 1)
	o.PoolSize = cmp.Or(o.PoolSize, poolSize)
	if o.MasterName == "" && (o.IsClusterMode || len(o.Addrs) > 1) {
		cluster := o.Cluster()
		cluster.ClusterStateReloadInterval = topologyTime
		return redis.NewClusterClient(cluster)
	}
	return redis.NewUniversalClient(&o)
}

// ParseURL reads redis://, rediss:// (TLS) or unix:// URLs as
// [redis.ParseURL] does. Its errors never repeat the URL, which may hold a password.
func ParseURL(s string) (redis.UniversalOptions, error) {
	o, err := redis.ParseURL(s)
	if err != nil {
		return redis.UniversalOptions{}, errors.New("read the Redis URL: write redis://host:port/0, rediss://host:port/0 or unix:///path/to/redis.sock")
	}
	u := redis.UniversalOptions{
		Addrs: []string{o.Addr}, Username: o.Username, Password: o.Password, DB: o.DB, TLSConfig: o.TLSConfig,
	}
	if u.TLSConfig != nil {
		u.TLSConfig.MinVersion = tls.VersionTLS12
	}
	return u, nil
}
