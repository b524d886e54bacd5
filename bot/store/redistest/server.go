package redistest

import (
	"context"
	"io/fs"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"curbside/bot/store"
)

// A Server is a redis-server of a test. It writes every change to its file
// before it answers, so what it keeps outlives [Server.Kill].
type Server struct {
	Options redis.UniversalOptions // how to reach it
	args    []string
	folder  string // what it keeps
	process *exec.Cmd
}

// Client connects to s, with the settings of the program. The connection ends with the test.
func (s *Server) Client(t testing.TB) redis.UniversalClient {
	t.Helper()
	c := store.NewClient(s.Options)
	t.Cleanup(func() { _ = c.Close() })
	return c
}

// Kill ends s at once, as a crash would.
func (s *Server) Kill() {
	_ = s.process.Process.Kill()
	_ = s.process.Wait()
}

// Hang makes s accept everything and answer nothing, until [Server.Resume].
func (s *Server) Hang(t testing.TB) { s.signal(t, syscall.SIGSTOP) }

// Resume ends [Server.Hang].
func (s *Server) Resume(t testing.TB) { s.signal(t, syscall.SIGCONT) }

func (s *Server) signal(t testing.TB, sig os.Signal) {
	t.Helper()
	if err := s.process.Process.Signal(sig); err != nil {
		t.Fatal(err)
	}
}

// Start starts s again after [Server.Kill], with what it kept.
func (s *Server) Start(t testing.TB) {
	t.Helper()
	s.process = exec.Command(binary(t), s.args...)
	if err := s.process.Start(); err != nil {
		t.Fatalf("start redis-server: %v", err)
	}
	c := s.Client(t)
	await(t, "redis-server", func() error {
		err := c.Ping(t.Context()).Err()
		if redis.HasErrorPrefix(err, "NOAUTH") || redis.HasErrorPrefix(err, "NOPERM") {
			return nil // it answers
		}
		return err
	})
}

// run starts a redis-server that ends with the test.
func run(t testing.TB, o redis.UniversalOptions, args []string) *Server {
	t.Helper()
	folder := t.TempDir()
	s := &Server{Options: o, folder: folder, args: append([]string{
		"--save", "", "--appendonly", "yes", "--appendfsync", "always", "--dir", folder,
		"--daemonize", "no", "--logfile", "redis.log",
	}, args...)}
	s.Start(t)
	t.Cleanup(s.Kill)
	return s
}

func binary(t testing.TB) string {
	t.Helper()
	path, err := exec.LookPath("redis-server")
	if err != nil {
		t.Fatal("these tests start a redis-server of their own and found none on PATH: install it with `apt-get install redis-server` or `brew install redis`")
	}
	return path
}

// FreePort returns a TCP port of the loopback interface that nobody listens on.
func FreePort(t testing.TB) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	return strconv.Itoa(l.Addr().(*net.TCPAddr).Port)
}

// await waits for something that was started to be ready.
func await(t testing.TB, what string, ready func() error) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	for {
		err := ready()
		if err == nil {
			return
		}
		select {
		case <-ctx.Done():
			t.Fatalf("%s does not come up: %v", what, err)
		case <-time.After(10 * time.Millisecond):
		}
	}
}

// Files returns what s has written to its folder, by name.
func (s *Server) Files(t testing.TB) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	err := filepath.WalkDir(s.folder, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() {
			return err
		}
		files[filepath.Base(name)], err = os.ReadFile(name)
		return err
	})
	if err != nil {
		t.Fatalf("read what redis-server wrote: %v", err)
	}
	return files
}
