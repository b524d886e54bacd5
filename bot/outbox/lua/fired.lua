-- fired removes a timer, unless it was moved while it fired.
--
-- KEYS  1 timers
-- ARGV  1 member  2 score it was due with
-- Returns how many were removed.
if tonumber(redis.call('ZSCORE', KEYS[1], ARGV[1]) or '-1') ~= tonumber(ARGV[2]) then
  return 0
end
return redis.call('ZREM', KEYS[1], ARGV[1])
