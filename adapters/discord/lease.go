package discord

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"time"

	"github.com/redis/go-redis/v9"
)

// How long the gateway is one process's, and how often that is renewed and asked
// for. Nobody answers presses from the end of one process until another has
// noticed and connected, which has to take less than ten seconds.
const (
	leaseTime  = 6 * time.Second
	leaseRenew = 2 * time.Second
	leaseAsk   = time.Second // by those who do not have it
	leaseWait  = time.Second // for an answer
)

// A Lease makes sure that one process of several does something. It is safe for
// concurrent use.
type Lease interface {
	// Hold takes or keeps the lease for the next six seconds. It is false while
	// another process has it.
	Hold(ctx context.Context) (bool, error)
	// Release lets go of it, if it is held.
	Release(ctx context.Context) error
}

// redisLease is a lease in Redis.
type redisLease struct {
	client redis.UniversalClient
	key    string
	holder string
}

// NewRedisLease makes the lease of an application's gateway.
func NewRedisLease(client redis.UniversalClient, application string) Lease {
	return &redisLease{client: client, key: "curbside:discord:gateway:" + application, holder: rand.Text()}
}

var holdLease = redis.NewScript(`
local holder = redis.call('GET', KEYS[1])
if holder and holder ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1`)

var releaseLease = redis.NewScript(`
if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end
return 0`)

// Hold implements [Lease].
func (l *redisLease) Hold(ctx context.Context) (bool, error) {
	held, err := holdLease.Run(ctx, l.client, []string{l.key}, l.holder, leaseTime.Milliseconds()).Int()
	if err != nil {
		return false, fmt.Errorf("hold the gateway's lease: %w", err)
	}
	return held == 1, nil
}

// Release implements [Lease].
func (l *redisLease) Release(ctx context.Context) error {
	err := releaseLease.Run(ctx, l.client, []string{l.key}, l.holder).Err()
	if err != nil && !errors.Is(err, redis.Nil) {
		return fmt.Errorf("release the gateway's lease: %w", err)
	}
	return nil
}
