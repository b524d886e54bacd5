package main

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"os"

	"github.com/redis/go-redis/v9"

	"curbside/bot/store"
	"curbside/config"
)

// redisOptions returns how to reach the Redis of a configuration that has one.
func redisOptions(r config.Redis) (redis.UniversalOptions, error) {
	o := redis.UniversalOptions{Addrs: r.Addrs, MasterName: r.MasterName}
	if r.URL != "" {
		var err error
		if o, err = store.ParseURL(r.URL); err != nil {
			return o, err
		}
	}
	o.Username, o.Password = r.Username, r.Password.Reveal()
	if r.TLS.Enabled {
		secured, err := tlsConfig(r.TLS)
		if err != nil {
			return o, err
		}
		o.TLSConfig = secured
	}
	return o, nil
}

func tlsConfig(t config.TLS) (*tls.Config, error) {
	secured := &tls.Config{MinVersion: tls.VersionTLS12, ServerName: t.ServerName}
	if t.CAFile != "" {
		pem, err := os.ReadFile(t.CAFile)
		if err != nil {
			return nil, fmt.Errorf("read redis.tls.ca_file: %w", err)
		}
		secured.RootCAs = x509.NewCertPool()
		if !secured.RootCAs.AppendCertsFromPEM(pem) {
			return nil, errors.New("redis.tls.ca_file holds no certificate")
		}
	}
	if t.CertFile != "" {
		own, err := tls.LoadX509KeyPair(t.CertFile, t.KeyFile)
		if err != nil {
			return nil, errors.New("redis.tls.cert_file and key_file hold no certificate with its key")
		}
		secured.Certificates = []tls.Certificate{own}
	}
	return secured, nil
}

// sealer returns what seals the state that is kept.
func sealer(r config.Redis) (*store.Sealer, error) {
	switch {
	case !r.Encryption.Keyset.IsZero():
		return store.OpenKeyset([]byte(r.Encryption.Keyset.Reveal()))
	case r.Embedded: // what is kept ends with this process, and so may its keys
		keyset, err := store.NewKeyset()
		if err != nil {
			return nil, err
		}
		return store.OpenKeyset(keyset)
	case r.Encryption.Off == config.Unencrypted:
		return store.Unencrypted(), nil
	default:
		return nil, errors.New("redis.encryption.keyset_file is missing")
	}
}

// redisOfPractice connects to the Redis that a file of settings names.
func redisOfPractice(path string) (redis.UniversalClient, error) {
	cfg, _, err := config.Load(path)
	if err != nil {
		return nil, advise(err, "nothing was changed", "curbside config check "+path+" says what is wrong")
	}
	if cfg.Redis.Embedded {
		return nil, fmt.Errorf("%s names no Redis that outlives its program", path)
	}
	options, err := redisOptions(cfg.Redis)
	if err != nil {
		return nil, err
	}
	return store.NewClient(options), nil
}
