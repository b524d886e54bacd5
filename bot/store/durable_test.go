package store_test

import (
	"errors"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/alicebob/miniredis/v2"
	"github.com/alicebob/miniredis/v2/server"
	"github.com/redis/go-redis/v9"

	"curbside/bot"
	"curbside/bot/store"
	"curbside/bot/store/redistest"
)

// onDisk makes a store that waits for the disk.
func onDisk(t *testing.T, c redis.UniversalClient) *store.Store {
	t.Helper()
	s, err := store.New(store.Options{Client: c, Sealer: store.Unencrypted(), OnDisk: true})
	must(t, err)
	return s
}

func TestACommitWaitsForTheDisk(t *testing.T) {
	t.Parallel()
	// The redis-server of the tests is older than WAITAOF, so that it is played
	// here: how many disks have what was written, by the connection that wrote it.
	for name, tc := range map[string]struct {
		disks   int
		refuses string
		want    error
	}{
		"the disk has it":                {disks: 1},
		"the disk does not get it":       {disks: 0, want: store.ErrNotOnDisk},
		"Redis keeps no file":            {refuses: "ERR WAITAOF cannot be used when numlocal is set but appendonly is disabled.", want: &store.DurabilityError{}},
		"Redis is older than that (ERR)": {refuses: "ERR unknown command 'WAITAOF'", want: &store.DurabilityError{}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := miniredis.RunT(t)
			var asked atomic.Int32
			must(t, m.Server().Register("WAITAOF", func(c *server.Peer, _ string, args []string) {
				asked.Add(1)
				if strings.Join(args[:2], " ") != "1 0" || tc.refuses != "" {
					c.WriteError(tc.refuses)
					return
				}
				c.WriteLen(2)
				c.WriteInt(tc.disks)
				c.WriteInt(0)
			}))
			c := store.NewClient(redis.UniversalOptions{Addrs: []string{m.Addr()}})
			defer func() { _ = c.Close() }()
			s := onDisk(t, c)
			err := s.Commit(t.Context(), version("amber-heron-42", 1))
			var wrong *store.DurabilityError
			switch {
			case tc.want == nil && (err != nil || asked.Load() != 2): // once at the start, once for the commit
				t.Errorf("commit = %v, asked %d times", err, asked.Load())
			case errors.As(tc.want, &wrong) && !errors.As(err, &wrong), tc.want != nil && wrong == nil && !errors.Is(err, tc.want):
				t.Errorf("commit = %v, want %v", err, tc.want)
			}
			if errors.Is(tc.want, store.ErrNotOnDisk) {
				if err := s.Commit(t.Context(), version("amber-heron-42", 1)); !errors.Is(err, bot.ErrExists) {
					t.Errorf("the same press again = %v, want the consult as it is", err)
				}
			}
		})
	}
}

func TestARedisWithoutAFileIsRefused(t *testing.T) {
	t.Parallel()
	err := onDisk(t, redistest.Start(t).Client(t)).Check(t.Context())
	var wrong *store.DurabilityError
	if !errors.As(err, &wrong) || !strings.Contains(err.Error(), "appendfsync always") {
		t.Errorf("check = %v", err)
	}
}
