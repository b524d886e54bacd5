-- extend keeps a lease while its delivery, or its timer, goes on.
--
-- KEYS  1 the hash that holds the lease
-- ARGV  1 token  2 field of the lease  3 milliseconds
-- Returns 1, or 0 when the lease is somebody else's by now.
if holder(KEYS[1], ARGV[2]) ~= ARGV[1] then
  return 0
end
free(KEYS[1], ARGV[2])
redis.call('HSET', KEYS[1], ARGV[2], ARGV[1] .. '|' .. whole(now() + ARGV[3]))
last(KEYS[1], ARGV[3] + 60000)
return 1
