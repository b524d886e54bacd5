-- append writes links to the end of an audit chain, all or none.
--
-- KEYS  1 audit  2 audit:cut  3 audit:turn
-- ARGV  1 token of this call  2 milliseconds of a turn
--       3 sequence number and 4 hash of the audit head the links were made for
--       then: the links
-- Returns {"committed"}, {"head", sequence number, hash} or {"wait"}, as commit does.
local last = redis.call('LINDEX', KEYS[1], -1)
local seq = tonumber(redis.call('HGET', KEYS[2], 'seq') or '0') + redis.call('LLEN', KEYS[1])
local hash = last and string.sub(last, 1, 64) or redis.call('HGET', KEYS[2], 'hash') or ''

-- The answer to the first try may have been lost: the same links again are done.
if last and last == ARGV[#ARGV] then
  return { 'committed' }
end
local turn = redis.call('GET', KEYS[3])
if turn and turn ~= ARGV[1] then
  return { 'wait' }
end
if tonumber(ARGV[3]) ~= seq or ARGV[4] ~= hash then
  redis.call('SET', KEYS[3], ARGV[1], 'PX', ARGV[2])
  return { 'head', string.format('%.0f', seq), hash }
end
for i = 5, #ARGV do
  redis.call('RPUSH', KEYS[1], ARGV[i])
end
redis.call('DEL', KEYS[3])
return { 'committed' }
