package store

import (
	"context"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
)

// headsMark begins the code of heads, so that people and programs know it.
const headsMark = "heads1."

// codeHash is how many bytes of each hash a code holds: enough that nobody finds
// another chain with the same ones, and short enough for a chat message.
const codeHash = 12

var (
	errNoHead = errors.New(`no head of an audit chain, such as {"partition":0,"seq":7,"hash":"…"}`)
	errNoCode = fmt.Errorf("no code of audit heads, which begins with %s", headsMark)
)

// Heads returns the last link of every chain that has one, as it is kept now. It
// checks nothing; see [Audit.Verify].
func (a *Audit) Heads(ctx context.Context) ([]Head, error) {
	partitions, err := a.partitions(ctx)
	if err != nil {
		return nil, err
	}
	var heads []Head
	for _, p := range partitions {
		pipe := a.client.TxPipeline()
		cut, kept, last := pipe.HGet(ctx, p.AuditCut(), "seq"), pipe.LLen(ctx, p.Audit()), pipe.LRange(ctx, p.Audit(), -1, -1)
		_, _ = pipe.Exec(ctx) // a chain that was never cut has no such field: the commands say it
		if err := errors.Join(kept.Err(), last.Err()); err != nil {
			return nil, fmt.Errorf("read the audit head of %s: %w", p, err)
		}
		if len(last.Val()) == 0 {
			continue
		}
		before, _ := cut.Uint64() // none is 0
		link := last.Val()[0]
		heads = append(heads, Head{Partition: int(p), Seq: before + uint64(kept.Val()), Hash: link[:min(hashLen, len(link))]})
	}
	return heads, nil
}

// HeadsCode writes heads as one word that fits into a message: whoever keeps it
// outside of Redis can prove later that no chain was cut or written anew.
// [ReadHeads] reads it.
func HeadsCode(heads []Head) string {
	var b []byte
	for _, head := range heads {
		hash, _ := hex.DecodeString(head.Hash) // a head that was altered is found by its verification
		b = binary.AppendUvarint(b, uint64(head.Partition))
		b = binary.AppendUvarint(b, head.Seq)
		b = append(b, append(hash, make([]byte, codeHash)...)[:codeHash]...)
	}
	return headsMark + base64.RawURLEncoding.EncodeToString(b)
}

// readHeadsCode reads what HeadsCode wrote. The hashes are the beginnings of the
// links' hashes.
func readHeadsCode(code string) ([]Head, error) {
	b, err := base64.RawURLEncoding.DecodeString(strings.TrimPrefix(code, headsMark))
	if err != nil {
		return nil, errNoCode
	}
	var heads []Head
	for len(b) > 0 {
		partition, n := binary.Uvarint(b)
		if n <= 0 || partition >= maxPartitions {
			return nil, errNoCode
		}
		seq, m := binary.Uvarint(b[n:])
		if m <= 0 || seq == 0 || len(b) < n+m+codeHash {
			return nil, errNoCode
		}
		b = b[n+m:]
		heads = append(heads, Head{Partition: int(partition), Seq: seq, Hash: hex.EncodeToString(b[:codeHash])})
		b = b[codeHash:]
	}
	return heads, nil
}

// ReadHeads reads heads: JSON Lines that `curbside audit export` or `curbside
// audit verify` wrote, or codes of [HeadsCode], one a line. Other lines are an
// error. The hash of a head may be the beginning of the link's hash.
func ReadHeads(text string) ([]Head, error) {
	var heads []Head
	for n, line := range strings.Split(strings.TrimSpace(text), "\n") {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		if strings.HasPrefix(line, headsMark) {
			coded, err := readHeadsCode(line)
			if err != nil {
				return nil, fmt.Errorf("line %d: %w", n+1, err)
			}
			heads = append(heads, coded...)
			continue
		}
		var head Head
		if err := json.Unmarshal([]byte(line), &head); err != nil || head.Seq == 0 || len(head.Hash) != hashLen {
			return nil, fmt.Errorf("line %d: %w", n+1, errNoHead)
		}
		heads = append(heads, head)
	}
	return heads, nil
}
