package store_test

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"curbside/bot"
	"curbside/bot/store"
	"curbside/bot/store/redistest"
)

// certify writes a certificate for the loopback interface, its key, and the
// certificate again as the authority to trust.
func certify(t *testing.T) (certFile, keyFile string, trust *x509.CertPool) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	must(t, err)
	template := x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "redis of a test"},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true,
		KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
	}
	cert, err := x509.CreateCertificate(rand.Reader, &template, &template, &key.PublicKey, key)
	must(t, err)
	secret, err := x509.MarshalPKCS8PrivateKey(key)
	must(t, err)
	folder := t.TempDir()
	certFile, keyFile = filepath.Join(folder, "cert.pem"), filepath.Join(folder, "key.pem")
	certPEM := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: cert})
	must(t, os.WriteFile(certFile, certPEM, 0o600))
	must(t, os.WriteFile(keyFile, pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: secret}), 0o600))
	trust = x509.NewCertPool()
	trust.AppendCertsFromPEM(certPEM)
	return certFile, keyFile, trust
}

func TestAConsultIsKeptOverTLSWithAPassword(t *testing.T) {
	t.Parallel()
	cert, key, trust := certify(t)
	port := redistest.FreePort(t)
	server := redistest.Start(t, "--tls-port", port, "--bind", "127.0.0.1", "--tls-cert-file", cert, "--tls-key-file", key,
		"--tls-ca-cert-file", cert, "--tls-auth-clients", "no", "--requirepass", "sesame")
	secure := redis.UniversalOptions{
		Addrs: []string{net.JoinHostPort("127.0.0.1", port)}, Password: "sesame",
		TLSConfig: &tls.Config{RootCAs: trust, MinVersion: tls.VersionTLS12},
	}
	client := store.NewClient(secure)
	defer func() { _ = client.Close() }()
	must(t, open(t, client).Commit(t.Context(), version("a", 1)))

	for name, o := range map[string]redis.UniversalOptions{
		"an unknown authority": {Addrs: secure.Addrs, Password: "sesame", TLSConfig: &tls.Config{MinVersion: tls.VersionTLS12}},
		"no TLS":               {Addrs: secure.Addrs, Password: "sesame"},
		"another password":     {Addrs: server.Options.Addrs, Password: "open"},
	} {
		other := store.NewClient(o)
		if err := open(t, other).Commit(t.Context(), version("b", 1)); err == nil {
			t.Errorf("committed with %s", name)
		}
		_ = other.Close()
	}
}

func TestAConsultIsKeptThroughSentinelsAndTheirFailover(t *testing.T) {
	t.Parallel()
	first := redistest.StartTCP(t)
	host, port, err := net.SplitHostPort(first.Options.Addrs[0])
	must(t, err)
	second := redistest.StartTCP(t, "--replicaof", host+" "+port)
	sentinel := redistest.StartSentinel(t, "practice", host, port)

	s := open(t, sentinel.Client(t))
	must(t, s.Commit(t.Context(), version("a", 1)))
	replica := second.Client(t)
	eventually(t, "the replica has the consult", func() bool {
		return replica.Exists(t.Context(), s.Layout().Of("a").Consult("a")).Val() == 1
	})
	first.Kill()
	eventually(t, "the replica has taken over", func() bool {
		return s.Commit(t.Context(), version("a", 2)) == nil
	})
	rec, err := s.Load(t.Context(), "a")
	must(t, err)
	if rec.Consult.Version != 2 {
		t.Errorf("version %d, want 2", rec.Consult.Version)
	}
}

// masterOf returns which node of a cluster keeps a key, and what counts the
// replicas that have all it was told so far.
func masterOf(t *testing.T, cluster *redistest.Cluster, c redis.UniversalClient, key string) (node int, replicated func() int64) {
	t.Helper()
	master, err := c.(*redis.ClusterClient).MasterForKey(t.Context(), key)
	must(t, err)
	node = slices.Index(cluster.Options.Addrs, master.Options().Addr)
	if node < 0 {
		t.Fatalf("%s is no node of the cluster", master.Options().Addr)
	}
	return node, func() int64 {
		n, err := master.Wait(t.Context(), 1, 500*time.Millisecond).Result()
		must(t, err)
		return n
	}
}

func TestAConsultIsKeptThroughTheLossOfAClustersMaster(t *testing.T) {
	t.Parallel()
	cluster := redistest.StartSix(t)
	client := cluster.Client(t)
	s := open(t, client)
	must(t, s.Commit(t.Context(), withAudit(version("a", 1))))
	node, replicated := masterOf(t, cluster, client, s.Layout().Of("a").Consult("a"))
	eventually(t, "the replica has the consult", func() bool { return replicated() == 1 })
	cluster.Nodes[node].Kill()
	eventually(t, "the replica has taken over", func() bool {
		return s.Commit(t.Context(), withAudit(version("a", 2))) == nil
	})
	rec, err := s.Load(t.Context(), "a")
	must(t, err)
	seen, err := store.NewAudit(client).Verify(t.Context(), nil)
	must(t, err)
	if rec.Consult.Version != 2 || seen.Links != 2 {
		t.Errorf("version %d with %d audit links, want 2 and 2", rec.Consult.Version, seen.Links)
	}
}

func TestWhatAFailoverLostCanBeCommittedAgain(t *testing.T) {
	t.Parallel()
	cluster := redistest.StartSix(t)
	client := cluster.Client(t)
	s := open(t, client)
	must(t, s.Commit(t.Context(), withAudit(version("a", 1))))
	node, replicated := masterOf(t, cluster, client, s.Layout().Of("a").Consult("a"))
	eventually(t, "the replica has the first commit", func() bool { return replicated() == 1 })

	// The second is answered before the replica has it, and its master dies.
	replica := cluster.Nodes[3+node]
	replica.Hang(t)
	must(t, cluster.Nodes[node].Client(t).Do(t.Context(), "CLIENT", "KILL", "TYPE", "replica").Err())
	must(t, s.Commit(t.Context(), withAudit(version("a", 2))))
	cluster.Nodes[node].Kill()
	replica.Resume(t)
	var rec bot.Record
	eventually(t, "the replica has taken over", func() bool {
		var err error
		rec, err = s.Load(t.Context(), "a")
		return err == nil
	})
	if rec.Consult.Version != 1 {
		t.Fatalf("version %d is kept: nothing was lost, and this test sees nothing", rec.Consult.Version)
	}
	must(t, s.Commit(t.Context(), withAudit(version("a", 2))))
	seen, err := store.NewAudit(client).Verify(t.Context(), nil)
	must(t, err)
	if seen.Links != 2 {
		t.Errorf("%d audit links for 2 versions", seen.Links)
	}
}

func TestParseURL(t *testing.T) {
	t.Parallel()
	for url, want := range map[string]string{
		"redis://10.0.0.7:6380/2":        "10.0.0.7:6380 db 2 tls false",
		"redis://10.0.0.7":               "10.0.0.7:6379 db 0 tls false",
		"rediss://user:pw@redis.example": "redis.example:6379 db 0 tls true",
		"unix:///run/redis.sock?db=1":    "/run/redis.sock db 1 tls false",
	} {
		o, err := store.ParseURL(url)
		must(t, err)
		if got := fmt.Sprintf("%s db %d tls %t", o.Addrs[0], o.DB, o.TLSConfig != nil); got != want {
			t.Errorf("%s = %s, want %s", url, got, want)
		}
	}
}

func FuzzParseURLNeverRepeatsAPassword(f *testing.F) {
	for _, tail := range []string{"@host:port", "@host:6379/x", "@host:6379/0?nonsense=1", "", "@[::1", "%zz@host", "@host\x00"} {
		f.Add("redis", tail)
	}
	f.Add("http", "@host")
	f.Fuzz(func(t *testing.T, scheme, tail string) {
		const secret = "aSecretPassword"
		if _, err := store.ParseURL(scheme + "://user:" + secret + tail); err != nil && strings.Contains(err.Error(), secret) {
			t.Errorf("the password was repeated: %v", err)
		}
	})
}

func TestTheEmbeddedRedisIsClosedToOthers(t *testing.T) {
	t.Parallel()
	client, stop, err := store.Embedded(t.Context())
	must(t, err)
	opened := *client.(*redis.Client).Options()
	stranger := store.NewClient(redis.UniversalOptions{Addrs: []string{opened.Addr}})
	defer func() { _ = stranger.Close() }()
	if err := stranger.Ping(t.Context()).Err(); err == nil {
		t.Error("a stranger reads it")
	}
	stop()
	// The port may belong to another program by now, so that only whoever
	// takes the password is the server that was stopped.
	again := store.NewClient(redis.UniversalOptions{Addrs: []string{opened.Addr}, Password: opened.Password, MaxRetries: -1})
	defer func() { _ = again.Close() }()
	ctx, cancel := context.WithTimeout(t.Context(), time.Second)
	defer cancel()
	if err := again.Ping(ctx).Err(); err == nil {
		t.Error("it still answers after it was stopped")
	}
}
