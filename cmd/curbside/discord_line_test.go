package main

import (
	"bytes"
	"io"
	"net"
	"sync"
	"testing"
)

// A storeLine is the connection of one process to Redis. What the process writes
// can be lost from some moment on.
type storeLine struct {
	address string

	mu   sync.Mutex
	lose []byte        // from the first write on that holds this, everything is lost; nil loses nothing
	lost chan struct{} // closed with that write
}

func newStoreLine(t *testing.T, socket string) *storeLine {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() }) // the end of accepting
	l := &storeLine{address: listener.Addr().String(), lost: make(chan struct{})}
	go func() {
		for {
			process, err := listener.Accept()
			if err != nil {
				return
			}
			redis, err := net.Dial("unix", socket)
			if err != nil {
				_ = process.Close() // Redis is not there: neither is the line
				continue
			}
			go l.carry(redis, process)
			go func() {
				_, _ = io.Copy(process, redis) // until one of them ends
				_ = process.Close()
			}()
		}
	}()
	return l
}

// Lose loses what the process writes, from the first write on that holds a text.
func (l *storeLine) Lose(text string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.lose = []byte(text)
}

// carry takes to Redis what a process writes.
func (l *storeLine) carry(redis, process net.Conn) {
	defer func() { _ = redis.Close() }() // it may be closed
	buffer := make([]byte, 1<<16)
	for {
		n, err := process.Read(buffer)
		if err != nil {
			return
		}
		if l.loses(buffer[:n]) {
			continue
		}
		if _, err := redis.Write(buffer[:n]); err != nil {
			return
		}
	}
}

func (l *storeLine) loses(written []byte) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	select {
	case <-l.lost:
		return true
	default:
	}
	if l.lose == nil || !bytes.Contains(written, l.lose) {
		return false
	}
	close(l.lost)
	return true
}
