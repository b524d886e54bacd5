// Package keyspace names every key that is kept in Redis, so that the store,
// the outbox and the audit read the same ones.
//
// All keys of a consult share the hash tag of its partition, as in
// "curbside:{p8}:consult:amber-heron-42": on a Redis Cluster one script can
// reach all of them.
package keyspace

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"regexp"
	"strconv"

	"curbside/dialog"
)

// Meta is the hash that holds what was fixed at the first start.
const Meta = "curbside:meta"

// MetaPartitions is the field of [Meta] that holds the number of partitions.
const MetaPartitions = "partitions"

var handle = regexp.MustCompile(`^[a-z0-9-]{1,64}$`)

// IsHandle reports whether s can be the handle of a consult. Whatever comes
// back from a platform is asked first, so that it never names another key.
func IsHandle(s string) bool { return handle.MatchString(s) }

// A Layout spreads consults over a fixed number of partitions.
type Layout struct{ Partitions int }

// Of returns the partition of a consult, or of anything else that has a name.
// It is the same for ever: consults are found by it.
func (l Layout) Of(name string) Partition {
	sum := sha256.Sum256([]byte(name))
	return Partition(binary.BigEndian.Uint64(sum[:8]) % uint64(l.Partitions))
}

// All returns every partition.
func (l Layout) All() []Partition {
	all := make([]Partition, l.Partitions)
	for i := range all {
		all[i] = Partition(i)
	}
	return all
}

// A Partition is one hash slot of consults, with their outbox, timers and audit chain.
type Partition int

func (p Partition) key(name string) string { return fmt.Sprintf("curbside:{p%d}:%s", int(p), name) }

// String names the partition for logs.
func (p Partition) String() string { return "p" + strconv.Itoa(int(p)) }

// Consult is a hash: v the version, s the sealed state, n the token of the
// commit that wrote it. It expires with the practice's retention.
func (p Partition) Consult(handle string) string { return p.key("consult:" + handle) }

// Refs is a hash from surface to the platform's message reference.
func (p Partition) Refs(handle string) string { return p.key("refs:" + handle) }

// Receipts is a hash from effect id to what became of it, as JSON.
func (p Partition) Receipts(handle string) string { return p.key("receipts:" + handle) }

// Work is a hash of the outbox: lease/SURFACE says who delivers to a surface
// now, or died while it did, hold/TRACK until when a track waits.
func (p Partition) Work(handle string) string { return p.key("work:" + handle) }

// Track is a list: the effects of one track that are not delivered yet, oldest
// first, as [Waiting.String] writes them. See [TrackOf].
func (p Partition) Track(handle, track string) string { return p.key("track:" + handle + ":" + track) }

// Seen remembers an input that was committed. Its value is the consult. The id
// is hashed: a platform's ids can serve as credentials for some minutes.
func (p Partition) Seen(inputID string) string {
	sum := sha256.Sum256([]byte(inputID))
	return p.key("seen:" + hex.EncodeToString(sum[:16]))
}

// Person is the set of the consults of this partition that a person is involved in.
func (p Partition) Person(id dialog.PersonID) string { return p.key("person:" + string(id)) }

// Timers is a sorted set: HANDLE|TIMER, scored by the millisecond it is due.
func (p Partition) Timers() string { return p.key("timers") }

// TimersHeld is a hash from handle to who fires its timers now, and until when.
func (p Partition) TimersHeld() string { return p.key("timers:held") }

// Audit is a list: the links of the audit chain, oldest first.
func (p Partition) Audit() string { return p.key("audit") }

// AuditCut is a hash: seq and hash of the last link that was cut off when its
// retention ended.
func (p Partition) AuditCut() string { return p.key("audit:cut") }

// AuditTurn holds, for a moment, the token of the commit that writes the next
// link: its process found that another one had moved the head.
func (p Partition) AuditTurn() string { return p.key("audit:turn") }

// Outbox is the stream of a lane: h the consult, t its track, e the effect.
func (p Partition) Outbox(lane dialog.Lane) string { return p.key("outbox:" + string(lane)) }

// Dead is a list: effects that no program could read, newest first.
func (p Partition) Dead() string { return p.key("outbox:dead") }
