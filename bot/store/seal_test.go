package store_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"github.com/redis/go-redis/v9"

	"curbside/bot/store"
)

// dump returns everything a Redis holds in strings and hashes.
func dump(t *testing.T, c redis.UniversalClient) string {
	t.Helper()
	var all strings.Builder
	keys, err := c.Keys(t.Context(), "*").Result()
	must(t, err)
	for _, key := range keys {
		if c.Type(t.Context(), key).Val() == "hash" {
			fmt.Fprintln(&all, key, c.HGetAll(t.Context(), key).Val())
		}
	}
	return all.String()
}

func seals(t *testing.T, c redis.UniversalClient) {
	must(t, open(t, c).Commit(t.Context(), version("a", 1)))
	if strings.Contains(dump(t, c), marker) {
		t.Error("state can be read in Redis")
	}
	plain, err := store.New(store.Options{Client: c, Sealer: store.Unencrypted()})
	must(t, err)
	must(t, plain.Commit(t.Context(), version("b", 1)))
	if !strings.Contains(dump(t, c), marker) {
		t.Error("unencrypted state cannot be read in Redis: this test sees nothing")
	}
	if rec, err := plain.Load(t.Context(), "b"); err != nil || rec.Home.Channel != marker {
		t.Errorf("loaded %+v, %v", rec, err)
	}
}

func TestAStoreNeedsASealer(t *testing.T) {
	t.Parallel()
	client, stop, err := store.Embedded(t.Context())
	must(t, err)
	defer stop()
	if _, err := store.New(store.Options{Client: client}); err == nil {
		t.Error("a store without a sealer was made")
	}
}

func TestStateCannotBeOpened(t *testing.T) {
	t.Parallel()
	client, stop, err := store.Embedded(t.Context())
	must(t, err)
	defer stop()
	s := open(t, client)
	must(t, s.Commit(t.Context(), version("a", 1)))
	must(t, s.Commit(t.Context(), version("b", 1)))
	plain, err := store.New(store.Options{Client: client, Sealer: store.Unencrypted()})
	must(t, err)
	must(t, plain.Commit(t.Context(), version("c", 1)))

	t.Run("with another keyset", func(t *testing.T) {
		if _, err := open(t, client).Load(t.Context(), "a"); !errors.Is(err, store.ErrSealed) {
			t.Errorf("load = %v, want %v", err, store.ErrSealed)
		}
	})
	t.Run("without a keyset", func(t *testing.T) {
		if _, err := plain.Load(t.Context(), "a"); !errors.Is(err, store.ErrSealed) {
			t.Errorf("load = %v, want %v", err, store.ErrSealed)
		}
	})
	t.Run("when it was put there unsealed", func(t *testing.T) {
		if _, err := s.Load(t.Context(), "c"); !errors.Is(err, store.ErrSealed) {
			t.Errorf("load = %v, want %v", err, store.ErrSealed)
		}
	})
	t.Run("in the place of another consult", func(t *testing.T) {
		from, to := s.Layout().Of("a").Consult("a"), s.Layout().Of("b").Consult("b")
		must(t, client.HSet(t.Context(), to, "s", client.HGet(t.Context(), from, "s").Val()).Err())
		if _, err := s.Load(t.Context(), "b"); !errors.Is(err, store.ErrSealed) {
			t.Errorf("load = %v, want %v", err, store.ErrSealed)
		}
	})
	t.Run("under another version", func(t *testing.T) {
		must(t, client.HSet(t.Context(), s.Layout().Of("a").Consult("a"), "v", "7").Err())
		if _, err := s.Load(t.Context(), "a"); !errors.Is(err, store.ErrAltered) {
			t.Errorf("load = %v, want %v", err, store.ErrAltered)
		}
	})
}

func TestARotatedKeysetOpensWhatWasSealedBefore(t *testing.T) {
	t.Parallel()
	client, stop, err := store.Embedded(t.Context())
	must(t, err)
	defer stop()
	older, err := store.NewKeyset()
	must(t, err)
	newer, err := store.RotateKeyset(older)
	must(t, err)
	must(t, openWith(t, client, older).Commit(t.Context(), version("a", 1)))
	s := openWith(t, client, newer)
	if _, err := s.Load(t.Context(), "a"); err != nil {
		t.Errorf("the older key is lost: %v", err)
	}
	must(t, s.Commit(t.Context(), version("a", 2)))
	if _, err := openWith(t, client, older).Load(t.Context(), "a"); !errors.Is(err, store.ErrSealed) {
		t.Errorf("load with the older keyset = %v: the newer key was not used", err)
	}
}

func TestAKeysetIsNeverPrinted(t *testing.T) {
	t.Parallel()
	keyset, err := store.NewKeyset()
	must(t, err)
	sealer, err := store.OpenKeyset(keyset)
	must(t, err)
	var material struct {
		Key []struct {
			KeyData struct{ Value string } `json:"keyData"`
		}
	}
	must(t, json.Unmarshal(keyset, &material))
	secret := material.Key[0].KeyData.Value
	if secret == "" {
		t.Fatal("the keyset holds no key: this test sees nothing")
	}
	var out bytes.Buffer
	slog.New(slog.NewJSONHandler(&out, nil)).Info("opened", "sealer", sealer)
	slog.New(slog.NewTextHandler(&out, nil)).Info("opened", "sealer", sealer)
	asJSON, _ := json.Marshal(sealer)
	fmt.Fprintf(&out, "%v %+v %#v %s %s", sealer, sealer, *sealer, sealer, asJSON)
	broken := append([]byte("x"), keyset...)
	_, err = store.OpenKeyset(broken)
	fmt.Fprint(&out, err)
	if strings.Contains(out.String(), secret) {
		t.Errorf("the key was printed: %s", out.String())
	}
}

func FuzzOpenKeyset(f *testing.F) {
	keyset, err := store.NewKeyset()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(keyset)
	f.Add([]byte(`{"primaryKeyId":1,"key":[]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		if sealer, err := store.OpenKeyset(data); (sealer == nil) == (err == nil) {
			t.Errorf("sealer %v, error %v", sealer, err)
		}
	})
}
