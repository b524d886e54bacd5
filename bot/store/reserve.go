package store

import (
	"context"
	"fmt"
	"time"

	"github.com/redis/go-redis/v9"

	"curbside/bot"
)

// opening is how long an input that opens a consult may be on its way. After
// that, a reservation without its consult is one whose process died.
const opening = 10 * time.Second

// reserve takes the input that opens a consult, for one handle. The handle is
// drawn at random, so the consult of the same input, received twice, would lie
// in another partition, out of the commit script's sight: the reservation lies
// in the partition of the input. It returns [bot.ErrSeen] when the input has
// opened a consult, or is about to.
func (s *Store) reserve(ctx context.Context, inputID, handle string) error {
	key := s.layout.Of(inputID).Seen(inputID)
	answer, err := reserve.Run(ctx, s.client, []string{key}, handle, remember.Milliseconds()).Slice()
	if err != nil {
		return fmt.Errorf("reserve the input of %s: %w", handle, err)
	}
	if len(answer) == 0 {
		return nil
	}
	holder, _ := answer[0].(string)
	left, _ := answer[1].(int64)
	exists, err := s.client.Exists(ctx, s.layout.Of(holder).Consult(holder)).Result()
	if err != nil {
		return fmt.Errorf("look up the consult of an input: %w", err)
	}
	underway := holder != handle && time.Duration(left)*time.Millisecond > remember-opening
	if exists == 1 || underway {
		return bot.ErrSeen
	}
	if err := s.release(ctx, inputID, holder); err != nil {
		return err
	}
	return s.reserve(ctx, inputID, handle)
}

// release frees an input that a consult holds.
func (s *Store) release(ctx context.Context, inputID, holder string) error {
	key := s.layout.Of(inputID).Seen(inputID)
	if err := release.Run(ctx, s.client, []string{key}, holder).Err(); err != nil {
		return fmt.Errorf("free the input of %s: %w", holder, err)
	}
	return nil
}

// reserve takes an input for a consult.
//
// KEYS: input seen. ARGV: handle, milliseconds.
// Returns {} when it is taken now, else {handle that holds it, milliseconds left}.
var reserve = redis.NewScript(`
local holder = redis.call('GET', KEYS[1])
if holder then return { holder, redis.call('PTTL', KEYS[1]) } end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return {}`)

// release frees an input that a consult holds.
//
// KEYS: input seen. ARGV: handle. Returns how many were freed.
var release = redis.NewScript(`
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('DEL', KEYS[1])`)
