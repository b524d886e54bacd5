package redistest

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strings"
	"testing"

	"github.com/redis/go-redis/v9"

	"curbside/bot/store"
)

// A Cluster is a Redis Cluster of three masters with a replica each. When a
// master is gone for a second, its replica takes over within some seconds more.
type Cluster struct {
	Options redis.UniversalOptions // how to reach it
	Nodes   []*Server              // the first three began as masters
}

// StartSix starts a Cluster of six nodes. It ends with the test.
func StartSix(t testing.TB) *Cluster {
	t.Helper()
	c := &Cluster{Options: redis.UniversalOptions{IsClusterMode: true}}
	var buses []string
	for range 6 {
		port, bus := FreePort(t), FreePort(t)
		buses = append(buses, bus)
		address := net.JoinHostPort("127.0.0.1", port)
		c.Options.Addrs = append(c.Options.Addrs, address)
		c.Nodes = append(c.Nodes, run(t, redis.UniversalOptions{Addrs: []string{address}}, []string{
			"--bind", "127.0.0.1", "--port", port, "--cluster-enabled", "yes", "--cluster-port", bus, "--cluster-node-timeout", "1000",
		}))
	}
	c.join(t, buses)
	return c
}

// join makes one cluster of nodes that do not know each other.
func (c *Cluster) join(t testing.TB, buses []string) {
	t.Helper()
	do := func(node int, args ...any) (answer string) {
		err := c.with(node, func(n *redis.Client) (err error) {
			answer, err = n.Do(t.Context(), append([]any{"CLUSTER"}, args...)...).Text()
			return err
		})
		if err != nil {
			t.Fatalf("join a cluster: %v", err)
		}
		return answer
	}
	for i := range c.Nodes {
		host, port, _ := net.SplitHostPort(c.Options.Addrs[i])
		if i > 0 {
			do(0, "MEET", host, port, buses[i])
		}
		if i < 3 {
			do(i, "ADDSLOTSRANGE", 16384*i/3, 16384*(i+1)/3-1)
		}
	}
	c.await(t, "a cluster in which all know each other", "cluster_known_nodes:6")
	for i := range 3 {
		do(3+i, "REPLICATE", do(i, "MYID"))
	}
	c.await(t, "a cluster that holds all slots", "cluster_state:ok")
	for i := range 3 {
		await(t, "a replica", func() error { return c.linked(t.Context(), 3+i) })
	}
}

// await waits until all nodes say something of the cluster.
func (c *Cluster) await(t testing.TB, what, says string) {
	t.Helper()
	await(t, what, func() error {
		for i := range c.Nodes {
			if err := c.with(i, func(n *redis.Client) error {
				info, err := n.ClusterInfo(t.Context()).Result()
				if err == nil && !strings.Contains(info, says) {
					err = fmt.Errorf("node %d does not say %s", i, says)
				}
				return err
			}); err != nil {
				return err
			}
		}
		return nil
	})
}

// linked reports an error unless a node follows its master.
func (c *Cluster) linked(ctx context.Context, node int) error {
	return c.with(node, func(n *redis.Client) error {
		info, err := n.Info(ctx, "replication").Result()
		if err == nil && !strings.Contains(info, "master_link_status:up") {
			err = errors.New("it does not follow its master yet")
		}
		return err
	})
}

// Master reports whether a node is a master now.
func (c *Cluster) Master(ctx context.Context, node int) bool {
	return c.with(node, func(n *redis.Client) error {
		info, err := n.Info(ctx, "replication").Result()
		if err == nil && !strings.Contains(info, "role:master") {
			err = errors.New("it is a replica")
		}
		return err
	}) == nil
}

// Whole waits until every slot is served and every replica follows its master.
func (c *Cluster) Whole(t testing.TB) {
	t.Helper()
	c.await(t, "a whole cluster", "cluster_state:ok")
	for i := range c.Nodes {
		await(t, "a whole cluster", func() error {
			if c.Master(t.Context(), i) {
				return nil
			}
			return c.linked(t.Context(), i)
		})
	}
}

// Client connects to c, with the settings of the program. The connection ends with the test.
func (c *Cluster) Client(t testing.TB) redis.UniversalClient {
	t.Helper()
	client := store.NewClient(c.Options)
	t.Cleanup(func() { _ = client.Close() })
	return client
}

// with calls do with a connection to one node.
func (c *Cluster) with(node int, do func(*redis.Client) error) error {
	n, ok := store.NewClient(c.Nodes[node].Options).(*redis.Client)
	if !ok {
		return errors.New("a connection to one node")
	}
	defer func() { _ = n.Close() }()
	return do(n)
}
