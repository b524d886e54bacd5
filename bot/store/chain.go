package store

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strconv"

	"curbside/bot/store/keyspace"
	"curbside/dialog"
)

// A Link is one entry of the audit chain of a partition. Its hash is the SHA-256
// of its JSON, in which the hash of the link before stands: nothing can be
// changed, taken out or moved without every later hash being another.
type Link struct {
	Seq   uint64            `json:"seq"`  // from 1, without gaps
	Prev  string            `json:"prev"` // the hash of the link before, in hex; see [Genesis]
	Entry dialog.AuditEntry `json:"entry"`
}

// Genesis is what the first link of a partition's chain has for its previous hash.
func Genesis(p keyspace.Partition) string {
	return hashOf([]byte("curbside audit chain " + p.String()))
}

// A Head is the place of one link: what is behind it cannot be changed unnoticed
// by anybody who does not also hold the head.
type Head struct {
	Partition int    `json:"partition"`
	Seq       uint64 `json:"seq"`
	Hash      string `json:"hash"`
}

func hashOf(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// hashLen is the length of a hash in hex, with which every kept link begins.
const hashLen = 2 * sha256.Size

// A chain is what this process knows of the end of a partition's chain. Commits
// of one partition take turns, so that only other processes can move its head
// between the hashing here and the writing there.
type chain struct {
	turn    chan struct{} // full while somebody has the turn
	genesis string
	head    head
}

// A head is the end of a chain; its hash is "" before the first link.
type head struct {
	seq  uint64
	hash string
}

// links are new links as they are kept, and the heads they lead from and to.
type links struct {
	from, to head
	kept     []string
}

func newChain(p keyspace.Partition) chain {
	return chain{turn: make(chan struct{}, 1), genesis: Genesis(p)}
}

func (c *chain) lock(ctx context.Context) error {
	select {
	case c.turn <- struct{}{}:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

func (c *chain) unlock() { <-c.turn }

// extend hashes entries over the head as this process knows it.
func (c *chain) extend(entries []dialog.AuditEntry) (links, error) {
	made := links{from: c.head, to: c.head}
	for _, entry := range entries {
		link := Link{Seq: made.to.seq + 1, Prev: cmp.Or(made.to.hash, c.genesis), Entry: entry}
		encoded, err := json.Marshal(link)
		if err != nil {
			return links{}, fmt.Errorf("write audit link: %w", err)
		}
		made.to = head{seq: link.Seq, hash: hashOf(encoded)}
		made.kept = append(made.kept, made.to.hash+string(encoded))
	}
	return made, nil
}

// moved takes over the head that the commit script found.
func (c *chain) moved(answer []string) error {
	seq, err := strconv.ParseUint(answer[1], 10, 64)
	if err != nil {
		return fmt.Errorf("read the audit head: %w", ErrAltered)
	}
	c.head = head{seq: seq, hash: answer[2]}
	return nil
}
