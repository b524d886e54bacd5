-- later puts an effect off: its track waits, its surface is free. An effect that
-- is off its track was finished by another process meanwhile, and stays so.
--
-- KEYS  1 receipts  2 work  3 consult  4 track
-- ARGV  1 token  2 place on the track  3 receipt  4 name of the track
--       5 milliseconds to wait
-- Returns 1, or 0 when it was finished.
local _, effect, _, surface = place(ARGV[2])
if holder(KEYS[2], 'lease/' .. surface) == ARGV[1] then
  free(KEYS[2], 'lease/' .. surface)
end
if redis.call('LINDEX', KEYS[4], 0) ~= ARGV[2] then
  return 0
end
free(KEYS[2], 'hold/' .. ARGV[4])
redis.call('HSET', KEYS[1], receipt(effect), ARGV[3])
like_consult(KEYS[1], KEYS[3])
redis.call('HSET', KEYS[2], 'hold/' .. ARGV[4], whole(now() + ARGV[5]))
last(KEYS[2], ARGV[5] + 60000)
return 1
