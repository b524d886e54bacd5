package outbox

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"strings"
	"sync"
	"syscall"

	"github.com/redis/go-redis/v9"
)

// trouble speaks of Redis being away: once when it begins, again when the reason
// is a new one, and once when all is well. It is safe for concurrent use.
type trouble struct {
	log     *slog.Logger
	mu      sync.Mutex
	failing map[string]bool // by what is being done
	said    map[string]bool // reasons of this trouble
}

func newTrouble(log *slog.Logger) *trouble {
	return &trouble{log: log, failing: map[string]bool{}, said: map[string]bool{}}
}

func (t *trouble) begins(doing string, err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.failing[doing] = true
	if why := reason(err); !t.said[why] {
		t.said[why] = true
		t.log.Warn("redis away", "doing", doing, "reason", why)
	}
}

func (t *trouble) ends(doing string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if !t.failing[doing] {
		return
	}
	delete(t.failing, doing)
	if len(t.failing) == 0 {
		clear(t.said)
		t.log.Info("redis back")
	}
}

// reason is a code for an error: an error's text may hold anything.
func reason(err error) string {
	var answer redis.Error
	var network net.Error
	switch {
	case errors.Is(err, errPanic):
		return "panic"
	case errors.As(err, &answer):
		code, _, _ := strings.Cut(answer.Error(), " ")
		return code
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &network) && network.Timeout():
		return "timeout"
	case errors.Is(err, syscall.ECONNREFUSED), errors.Is(err, syscall.ENOENT):
		return "refused"
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE):
		return "closed"
	default:
		return "failed"
	}
}
