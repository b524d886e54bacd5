package main

import (
	"net"
	"regexp"
	"strings"
	"sync"
	"testing"
)

// A badLine is the way to a Redis that can be broken in every way.
type badLine struct {
	address, upstream string

	mu    sync.Mutex
	fault string // "" is none
	turn  int
	held  int // questions that were never answered
	conns map[net.Conn]bool
}

// lineTroubles are what can become of the way to Redis.
var lineTroubles = []string{"redis is away", "redis repeats what it was asked in its errors", "redis answers nonsense", "redis is cut off in the middle", "redis answers as from elsewhere"}

// redisIsSilent lets Redis answer nothing any more.
const redisIsSilent = "redis is silent"

// waiting is how many questions were never answered.
func (l *badLine) waiting() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.held
}

func newBadLine(t *testing.T, upstream string) *badLine {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	line := &badLine{address: l.Addr().String(), upstream: upstream, conns: map[net.Conn]bool{}}
	t.Cleanup(func() {
		_ = l.Close()
		line.set("redis is away")
	})
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go line.serve(c)
		}
	}()
	return line
}

// set breaks the line, or mends it with "". Whatever is open ends.
func (l *badLine) set(fault string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.fault = fault
	for c := range l.conns {
		_ = c.Close()
	}
	clear(l.conns)
}

func (l *badLine) now(c net.Conn) (fault string, p plant) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if c != nil {
		l.conns[c] = true
	}
	l.turn++
	return l.fault, plants[l.turn%len(plants)]
}

var redisCommand = regexp.MustCompile(`\*\d+\r\n\$`)

func (l *badLine) serve(c net.Conn) {
	defer func() { _ = c.Close() }()
	if fault, _ := l.now(c); fault == "redis is away" {
		return
	}
	up, err := net.Dial("unix", l.upstream)
	if err != nil {
		return
	}
	defer func() { _ = up.Close() }()
	go func() {
		defer func() { _ = c.Close() }()
		buf := make([]byte, 64<<10)
		for {
			n, err := up.Read(buf)
			if err != nil {
				return
			}
			if fault, _ := l.now(nil); fault == "redis is cut off in the middle" {
				_, _ = c.Write(buf[:n/2])
				return
			}
			if _, err := c.Write(buf[:n]); err != nil {
				return
			}
		}
	}()
	buf := make([]byte, 256<<10)
	for {
		n, err := c.Read(buf)
		if err != nil {
			return
		}
		fault, p := l.now(nil)
		echo := strings.NewReplacer("\r", " ", "\n", " ").Replace(p.text + ", with args beginning with: " + string(buf[:min(n, 300)]))
		switch fault {
		case "redis repeats what it was asked in its errors":
			for range redisCommand.FindAll(buf[:n], -1) {
				_, _ = c.Write([]byte("-ERR unknown command " + echo + "\r\n"))
			}
		case "redis answers as from elsewhere":
			for i := range redisCommand.FindAll(buf[:n], -1) {
				_, _ = c.Write([]byte([]string{"-MOVED 1 ", "-READONLY ", "-OOM ", "-LOADING ", "-NOAUTH ", "-BUSY ", "-EXECABORT "}[(n+i)%7] + echo + "\r\n"))
			}
		case "redis answers nonsense":
			_, _ = c.Write([]byte([]string{p.text + "\r\n", "$-7\r\n" + p.text, "*3\r\n+" + p.text + "\r\n:" + p.text + "\r\n$400\r\n" + p.text, "+" + p.text + "\r\n", "%2\r\n+" + p.text + "\r\n"}[n%5]))
		case redisIsSilent:
			l.mu.Lock()
			l.held++
			l.mu.Unlock()
		default:
			if _, err := up.Write(buf[:n]); err != nil {
				return
			}
		}
	}
}
