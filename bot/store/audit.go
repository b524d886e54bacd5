package store

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"strconv"

	"github.com/redis/go-redis/v9"

	"curbside/bot/store/keyspace"
)

// auditPage is how many links are read at a time.
const auditPage = 500

// An Audit reads the audit chains of a Redis. It needs no keyset: the chains
// hold codes, staff ids, pack hashes and times only, and are not sealed. It is
// safe for concurrent use.
type Audit struct {
	client redis.UniversalClient
}

// NewAudit reads the chains that a Redis keeps.
func NewAudit(c redis.UniversalClient) *Audit { return &Audit{client: c} }

// A KeptLink is a link as it is kept, not yet trusted: see [Audit.Verify].
type KeptLink struct {
	Head
	Link string `json:"link"` // the JSON of a [Link], to the letter; Hash is its SHA-256
}

// partitions returns the partitions this Redis was started with, none when
// nothing was ever kept in it.
func (a *Audit) partitions(ctx context.Context) ([]keyspace.Partition, error) {
	n, err := keptPartitions(ctx, a.client)
	if err != nil {
		return nil, err
	}
	return keyspace.Layout{Partitions: n}.All(), nil
}

// Links yields all links, partition by partition, oldest first. It ends after
// the first error.
func (a *Audit) Links(ctx context.Context) iter.Seq2[KeptLink, error] {
	return func(yield func(KeptLink, error) bool) {
		partitions, err := a.partitions(ctx)
		if err != nil {
			yield(KeptLink{}, err)
			return
		}
		for _, p := range partitions {
			for page, err := range a.pages(ctx, p) {
				if err != nil {
					yield(KeptLink{}, err)
					return
				}
				for _, link := range page.links {
					if !yield(link, nil) {
						return
					}
				}
			}
		}
	}
}

// A page is a stretch of one chain, with what was cut off before it.
type page struct {
	cut   Head // the last link that was cut off, or what the first of all leans on
	links []KeptLink
}

// pages yields one chain, at least one page of it. It ends after the first error.
func (a *Audit) pages(ctx context.Context, p keyspace.Partition) iter.Seq2[page, error] {
	return func(yield func(page, error) bool) {
		for seq := uint64(0); ; {
			page, err := a.page(ctx, p, seq)
			if !yield(page, err) || err != nil || len(page.links) == 0 {
				return
			}
			seq = page.links[len(page.links)-1].Seq
		}
	}
}

// page reads the links after one.
func (a *Audit) page(ctx context.Context, p keyspace.Partition, after uint64) (page, error) {
	kept, err := readPage.Run(ctx, a.client, []string{p.Audit(), p.AuditCut()}, after, auditPage).StringSlice()
	if err != nil {
		return page{}, fmt.Errorf("read the audit chain of %s: %w", p, err)
	}
	cut := Head{Partition: int(p), Hash: cmp.Or(kept[1], Genesis(p))}
	if cut.Seq, err = strconv.ParseUint(kept[0], 10, 64); err != nil {
		return page{}, fmt.Errorf("read the audit chain of %s: %w", p, ErrAltered)
	}
	read := page{cut: cut}
	seq := max(after, cut.Seq)
	for _, text := range kept[2:] {
		seq++
		hash, link := text[:min(hashLen, len(text))], text[min(hashLen, len(text)):]
		read.links = append(read.links, KeptLink{Head{int(p), seq, hash}, link})
	}
	return read, nil
}

// readPage reads a chain by sequence number, so that pruning it meanwhile shifts nothing.
//
// KEYS: audit, audit:cut. ARGV: sequence number to read after, number of links.
// Returns {sequence number and hash of the last link cut off, link...}.
var readPage = redis.NewScript(`
local cut = redis.call('HGET', KEYS[2], 'seq') or '0'
local from = math.max(ARGV[1] - cut, 0)
local links = redis.call('LRANGE', KEYS[1], from, from + ARGV[2] - 1)
table.insert(links, 1, cut)
table.insert(links, 2, redis.call('HGET', KEYS[2], 'hash') or '')
return links`)
