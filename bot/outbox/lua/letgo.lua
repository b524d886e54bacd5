-- letgo gives back the timers of a consult: at once, or after a while.
--
-- KEYS  1 timers:held
-- ARGV  1 handle  2 token  3 milliseconds until they are handed out again
-- Returns 1.
if holder(KEYS[1], ARGV[1]) ~= ARGV[2] then
  return 1
end
free(KEYS[1], ARGV[1])
if ARGV[3] ~= '0' then
  redis.call('HSET', KEYS[1], ARGV[1], '|' .. whole(now() + ARGV[3]))
  last(KEYS[1], ARGV[3] + 60000)
end
return 1
