package store

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"curbside/bot/store/keyspace"
)

// A BrokenLinkError says where a chain was changed.
type BrokenLinkError struct {
	Partition int
	Seq       uint64 // the first link that does not fit
	Why       string
}

// Error names the link and what is wrong with it.
func (e *BrokenLinkError) Error() string {
	return fmt.Sprintf("audit chain of partition %d is broken at link %d: %s", e.Partition, e.Seq, e.Why)
}

// A Verified is what a verification saw.
type Verified struct {
	Links  int    // that are kept, and fit
	Pruned uint64 // that were cut off when their retention ended
	Heads  []Head // the last link of every chain that has one
}

// Verify checks every link of every chain, and that the chains still hold what
// known says: heads that were written down before, outside of this Redis. Only
// with them does it show when the end of a chain, or all of it, was cut off. It
// returns a [*BrokenLinkError] for the first link that does not fit.
func (a *Audit) Verify(ctx context.Context, known []Head) (Verified, error) {
	var seen Verified
	partitions, err := a.partitions(ctx)
	if err != nil {
		return seen, err
	}
	for _, p := range partitions {
		v := verification{partition: p, known: knownOf(p, known)}
		for page, err := range a.pages(ctx, p) {
			if err == nil {
				err = v.page(page)
			}
			if err != nil {
				return seen, err
			}
			seen.Links += len(page.links)
		}
		if err := v.end(); err != nil {
			return seen, err
		}
		seen.Pruned += v.cut
		if v.last.Seq > 0 {
			seen.Heads = append(seen.Heads, v.last)
		}
	}
	for _, head := range known {
		if head.Partition < 0 || head.Partition >= len(partitions) {
			return seen, &BrokenLinkError{head.Partition, head.Seq, "it was written down, and this Redis has no such chain"}
		}
	}
	return seen, nil
}

// knownOf returns the hashes written down for a partition, by sequence number.
func knownOf(p keyspace.Partition, known []Head) map[uint64]string {
	of := make(map[uint64]string)
	for _, head := range known {
		if head.Partition == int(p) {
			of[head.Seq] = head.Hash
		}
	}
	return of
}

// A verification walks along one chain.
type verification struct {
	partition keyspace.Partition
	known     map[uint64]string
	cut       uint64 // the last link that was cut off
	last      Head
}

// page walks along one page. What was cut off meanwhile is passed over.
func (v *verification) page(p page) error {
	v.cut = p.cut.Seq
	if v.last.Hash == "" || p.cut.Seq > v.last.Seq {
		v.last = p.cut
		if err := v.compare(p.cut); err != nil {
			return err
		}
	}
	for _, link := range p.links {
		if err := v.next(link); err != nil {
			return err
		}
	}
	return nil
}

func (v *verification) broken(seq uint64, why string) error {
	return &BrokenLinkError{Partition: int(v.partition), Seq: seq, Why: why}
}

func (v *verification) next(kept KeptLink) error {
	var link Link
	switch err := json.Unmarshal([]byte(kept.Link), &link); {
	case err != nil:
		return v.broken(kept.Seq, "it cannot be read")
	case hashOf([]byte(kept.Link)) != kept.Hash:
		return v.broken(kept.Seq, "its text was changed")
	case link.Seq != kept.Seq:
		return v.broken(kept.Seq, fmt.Sprintf("link %d stands in its place", link.Seq))
	case link.Prev != v.last.Hash:
		return v.broken(kept.Seq, "the link before it is another one than when it was written")
	}
	v.last = kept.Head
	return v.compare(kept.Head)
}

// compare holds a link against what was written down of it.
func (v *verification) compare(head Head) error {
	if hash, ok := v.known[head.Seq]; ok && !strings.HasPrefix(head.Hash, hash) {
		return v.broken(head.Seq, "it is another one than the head written down")
	}
	return nil
}

// end looks for heads that were written down and are beyond what is kept.
func (v *verification) end() error {
	first := uint64(0)
	for seq := range v.known {
		if seq > v.last.Seq && (first == 0 || seq < first) {
			first = seq
		}
	}
	if first > 0 {
		return v.broken(v.last.Seq+1, fmt.Sprintf("the chain ends here, but link %d was written down", first))
	}
	return nil
}
