-- finish keeps what became of an effect and takes it off its track, in one step.
-- It does so also when the lease was lost: what is delivered is delivered.
--
-- KEYS  1 track  2 outbox stream  3 receipts  4 refs  5 work  6 consult
-- ARGV  1 token  2 place on the track  3 receipt  4 key of the ref, "" for none
--       5 ref  6 consumer group  7 name of the track
-- Returns 1.
local entry, effect, _, surface = place(ARGV[2])
redis.call('LREM', KEYS[1], 1, ARGV[2])
redis.call('HSET', KEYS[3], receipt(effect), ARGV[3])
like_consult(KEYS[3], KEYS[6])
if ARGV[4] ~= '' then
  redis.call('HSET', KEYS[4], ARGV[4], ARGV[5])
  like_consult(KEYS[4], KEYS[6])
end
redis.call('XACK', KEYS[2], ARGV[6], entry)
redis.call('XDEL', KEYS[2], entry)
free(KEYS[5], 'hold/' .. ARGV[7])
if holder(KEYS[5], 'lease/' .. surface) == ARGV[1] then
  free(KEYS[5], 'lease/' .. surface)
end
return 1
