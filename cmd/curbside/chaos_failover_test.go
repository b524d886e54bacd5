package main

import (
	"fmt"
	"math/rand/v2"
	"net"
	"strings"
	"testing"
	"time"

	"curbside/bot/store/redistest"
)

// TestAClusterLosesAtMostItsLastCommits kills masters of a Redis Cluster of six
// nodes, and processes, under people at work.
func TestAClusterLosesAtMostItsLastCommits(t *testing.T) {
	t.Parallel()
	cluster := redistest.StartSix(t)
	h := newHouse(t, drawnSeed(), 2*time.Second)
	for range 3 {
		h.move(h.settings("  addrs: ["+strings.Join(cluster.Options.Addrs, ", ")+"]\n"), 0)
	}
	masters := []fault{{"master killed", func(h *house, rng *rand.Rand) {
		i := rng.IntN(len(cluster.Nodes))
		if !cluster.Master(h.t.Context(), i) {
			return
		}
		defer h.outage("", "master killed")()
		cluster.Nodes[i].Kill()
		h.failedOver(func() (masters int) {
			for n := range cluster.Nodes {
				if n != i && cluster.Master(h.t.Context(), n) {
					masters++
				}
			}
			return masters - 2
		})
		time.Sleep(drawn(rng, 100*time.Millisecond, 3*time.Second))
		cluster.Nodes[i].Start(h.t)
		cluster.Whole(h.t)
	}}}
	h.stand(fewer(), 0.05, 2*time.Second, processFaults()[:2], masters)
	cluster.Whole(t)
	a := h.aftermath(cluster.Client(t))
	a.lossy = true
	a.holds()
	a.report()
}

// TestASentinelFailoverLosesAtMostTheLastCommits kills the master that a
// sentinel watches, under people at work.
func TestASentinelFailoverLosesAtMostTheLastCommits(t *testing.T) {
	t.Parallel()
	first := redistest.StartTCP(t)
	host, port, err := net.SplitHostPort(first.Options.Addrs[0])
	if err != nil {
		t.Fatal(err)
	}
	second := redistest.StartTCP(t, "--replicaof", host+" "+port)
	sentinel := redistest.StartSentinel(t, "practice", host, port)
	replica := second.Client(t)
	role := func(want string) func() bool {
		return func() bool { return strings.Contains(replica.Info(t.Context(), "replication").Val(), want) }
	}
	h := newHouse(t, drawnSeed(), 2*time.Second)
	h.until(20*time.Second, "the replica follows", role("master_link_status:up"))
	for range 3 {
		h.move(h.settings(fmt.Sprintf("  addrs: [%s]\n  master_name: practice\n", sentinel.Options.Addrs[0])), 0)
	}
	killed := make(chan struct{})
	once := []fault{{"master killed", func(h *house, _ *rand.Rand) {
		select {
		case <-killed:
			return // there is one replica
		default:
			close(killed)
		}
		defer h.outage("", "master killed")()
		first.Kill()
		h.failedOver(func() int {
			if role("role:master")() {
				return 1
			}
			return 0
		})
	}}}
	h.stand(fewer(), 0.05, 2*time.Second, processFaults()[:2], once)
	a := h.aftermath(sentinel.Client(t))
	a.lossy = true
	a.holds()
	a.report()
}

// failedOver waits until somebody has taken over from what was killed just now,
// and notes how long it took.
func (h *house) failedOver(taken func() int) {
	from := time.Now()
	h.until(30*time.Second, "somebody takes over", func() bool { return taken() > 0 })
	h.mu.Lock()
	defer h.mu.Unlock()
	h.failovers = append(h.failovers, time.Since(from))
}
