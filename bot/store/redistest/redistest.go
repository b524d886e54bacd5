// Package redistest starts Redis for tests: the one inside the process, and
// real servers that the tests start and end themselves.
package redistest

import (
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/redis/go-redis/v9"

	"curbside/bot/store"
)

// A Suite is a row of tests by name, each of which starts with an empty Redis.
type Suite map[string]func(t *testing.T, c redis.UniversalClient)

// Each runs a suite on everything Curbside is made to run on: the embedded
// Redis, a redis-server, and a redis-server in cluster mode, which refuses a
// script whose keys lie in more than one hash slot.
func Each(t *testing.T, suite Suite) {
	t.Helper()
	for name, start := range map[string]func(*testing.T) redis.UniversalClient{
		"embedded": embedded,
		"server":   func(t *testing.T) redis.UniversalClient { return Start(t).Client(t) },
		"cluster":  func(t *testing.T) redis.UniversalClient { return StartCluster(t).Client(t) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := start(t)
			for name, test := range suite {
				t.Run(name, func(t *testing.T) {
					if err := c.FlushAll(t.Context()).Err(); err != nil {
						t.Fatal(err)
					}
					test(t, c)
				})
			}
		})
	}
}

func embedded(t *testing.T) redis.UniversalClient {
	client, stop, err := store.Embedded(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(stop)
	return client
}

// Start starts a standalone redis-server on a socket, with more settings as on
// its command line. It ends with the test.
func Start(t testing.TB, settings ...string) *Server {
	t.Helper()
	// The path of a socket is short, and the one of a test's own folder may not be.
	folder, err := os.MkdirTemp("", "redis")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(folder) })
	socket := filepath.Join(folder, "s")
	return run(t, redis.UniversalOptions{Addrs: []string{socket}}, append([]string{
		"--port", "0", "--unixsocket", socket,
	}, settings...))
}

// StartTCP starts a standalone redis-server on a free port of the loopback interface.
func StartTCP(t testing.TB, settings ...string) *Server {
	t.Helper()
	port := FreePort(t)
	return run(t, redis.UniversalOptions{Addrs: []string{net.JoinHostPort("127.0.0.1", port)}},
		append([]string{"--bind", "127.0.0.1", "--port", port}, settings...))
}

// StartCluster starts a Redis Cluster of one node that holds all hash slots.
func StartCluster(t testing.TB) *Server {
	t.Helper()
	port, bus := FreePort(t), FreePort(t)
	s := run(t, redis.UniversalOptions{Addrs: []string{net.JoinHostPort("127.0.0.1", port)}}, []string{
		"--bind", "127.0.0.1", "--port", port, "--cluster-enabled", "yes", "--cluster-port", bus,
	})
	node := store.NewClient(s.Options)
	defer func() { _ = node.Close() }()
	if err := node.Do(t.Context(), "CLUSTER", "ADDSLOTSRANGE", 0, 16383).Err(); err != nil {
		t.Fatalf("give the cluster its slots: %v", err)
	}
	await(t, "the cluster", func() error {
		state, err := node.ClusterInfo(t.Context()).Result()
		if err == nil && !strings.Contains(state, "cluster_state:ok") {
			err = errors.New("it has no slots yet")
		}
		return err
	})
	s.Options.IsClusterMode = true
	return s
}

// StartSentinel starts a sentinel that watches one master, and on its own
// decides within seconds that the master is down.
func StartSentinel(t testing.TB, name, host, port string) *Server {
	t.Helper()
	own := FreePort(t)
	settings := filepath.Join(t.TempDir(), "sentinel.conf")
	text := fmt.Sprintf("sentinel monitor %[1]s %[2]s %[3]s 1\nsentinel down-after-milliseconds %[1]s 500\nsentinel failover-timeout %[1]s 2000\n", name, host, port)
	if err := os.WriteFile(settings, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	s := &Server{
		Options: redis.UniversalOptions{Addrs: []string{net.JoinHostPort("127.0.0.1", own)}},
		args:    []string{settings, "--sentinel", "--bind", "127.0.0.1", "--port", own, "--logfile", filepath.Join(filepath.Dir(settings), "sentinel.log")},
	}
	s.Start(t)
	t.Cleanup(s.Kill)
	s.Options.MasterName = name
	return s
}
