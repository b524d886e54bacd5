-- later puts an effect off: its track waits, its surface is free.
--
-- KEYS  1 receipts  2 work  3 consult
-- ARGV  1 token  2 place on the track  3 receipt  4 name of the track
--       5 milliseconds to wait
-- Returns 1.
local _, effect, _, surface = place(ARGV[2])
free(KEYS[2], 'hold/' .. ARGV[4])
if holder(KEYS[2], 'lease/' .. surface) == ARGV[1] then
  free(KEYS[2], 'lease/' .. surface)
end
redis.call('HSET', KEYS[1], receipt(effect), ARGV[3])
like_consult(KEYS[1], KEYS[3])
redis.call('HSET', KEYS[2], 'hold/' .. ARGV[4], whole(now() + ARGV[5]))
last(KEYS[2], ARGV[5] + 60000)
return 1
