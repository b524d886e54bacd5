package main

import (
	"os"
	"path/filepath"
	"testing"

	"curbside/bot/store"
	"curbside/config"
)

func TestRedisIsReachedAsConfigured(t *testing.T) {
	t.Parallel()
	got, err := redisOptions(config.Redis{URL: "redis://redis.internal:6380/2", Username: "curbside", Password: config.NewSecret("hunter2")})
	if err != nil || got.Addrs[0] != "redis.internal:6380" || got.DB != 2 || got.Username != "curbside" || got.Password != "hunter2" || got.TLSConfig != nil {
		t.Errorf("by URL: %+v, %v", got, err)
	}
	got, err = redisOptions(config.Redis{
		Addrs: []string{"a:26379", "b:26379"}, MasterName: "main",
		TLS: config.TLS{Enabled: true, ServerName: "redis.internal"},
	})
	if err != nil || len(got.Addrs) != 2 || got.MasterName != "main" || got.TLSConfig == nil || got.TLSConfig.ServerName != "redis.internal" {
		t.Errorf("by sentinels: %+v, %v", got, err)
	}
	if got, err = redisOptions(config.Redis{URL: "rediss://redis.internal:6380/0"}); err != nil || got.TLSConfig == nil {
		t.Errorf("rediss: %+v, %v", got, err)
	}
}

func TestFilesThatHoldNoCertificateAreRefused(t *testing.T) {
	t.Parallel()
	words := filepath.Join(t.TempDir(), "words.pem")
	if err := os.WriteFile(words, []byte("words"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, tls := range map[string]config.TLS{
		"an authority":    {Enabled: true, CAFile: words},
		"a certificate":   {Enabled: true, CertFile: words, KeyFile: words},
		"a file not here": {Enabled: true, CAFile: words + ".gone"},
	} {
		if _, err := redisOptions(config.Redis{URL: "redis://localhost", TLS: tls}); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

func TestStateIsSealedUnlessSomebodySaysOtherwise(t *testing.T) {
	t.Parallel()
	keys, err := store.NewKeyset()
	if err != nil {
		t.Fatal(err)
	}
	for name, tc := range map[string]struct {
		redis config.Redis
		fails bool
	}{
		"a keyset":                {config.Redis{Encryption: config.Encryption{Keyset: config.NewSecret(string(keys))}}, false},
		"what is no keyset":       {config.Redis{Encryption: config.Encryption{Keyset: config.NewSecret("words")}}, true},
		"nothing":                 {config.Redis{}, true},
		"unsealed, word for word": {config.Redis{Encryption: config.Encryption{Off: config.Unencrypted}}, false},
		"in this process":         {config.Redis{Embedded: true}, false},
	} {
		if _, err := sealer(tc.redis); (err != nil) != tc.fails {
			t.Errorf("%s: error %v", name, err)
		}
	}
}
