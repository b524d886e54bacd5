package store

import (
	"context"
	"crypto/rand"
	"fmt"

	"github.com/alicebob/miniredis/v2"
	"github.com/redis/go-redis/v9"
)

// Embedded starts a Redis inside this process, for trying Curbside and for
// training: nothing outlives the process. It listens on the loopback interface
// with a password that only the client returned knows. Call stop at the end.
func Embedded(ctx context.Context) (client redis.UniversalClient, stop func(), err error) {
	server := miniredis.NewMiniRedis()
	password := rand.Text()
	server.RequireAuth(password)
	if err := server.Start(); err != nil {
		return nil, nil, fmt.Errorf("start the embedded Redis: %w", err)
	}
	server.ClockTTL(true) // otherwise nothing would ever expire
	client = NewClient(redis.UniversalOptions{Addrs: []string{server.Addr()}, Password: password})
	stop = func() {
		_ = client.Close() // fails only when it is closed already
		server.Close()
	}
	if err := client.Ping(ctx).Err(); err != nil {
		stop()
		return nil, nil, fmt.Errorf("start the embedded Redis: %w", err)
	}
	return client, stop, nil
}
