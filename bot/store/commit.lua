-- commit moves a consult from one version to the next, all or nothing. Every
-- check stands before the first write, because a script is not rolled back.
--
-- KEYS  1 consult  2 input seen  3 audit  4 audit:cut  5 timers
--       6 outbox:normal  7 outbox:urgent  8 refs  9 receipts  10 audit:turn
--       then: the track of each effect, the persons who left, the persons who joined
-- ARGV  1 handle  2 token of this commit  3 version before  4 version after
--       5 sealed state  6 milliseconds to keep the consult
--       7 milliseconds to remember the input, 0 for not at all
--       8 sequence number and 9 hash of the audit head the links were made for
--       10 number of links  11 of effects  12 of timers  13 who left  14 who joined
--       15 milliseconds of a turn at the audit head
--       then: the links; lane, track, place on it and JSON of each effect;
--       member and due millisecond of each timer, "" to remove it
-- Returns {"committed"}, {"seen"}, {"exists"}, {"version"},
--         {"head", sequence number, hash} of the audit head as it is now: hash the
--         links over it and come again, it is your turn; or
--         {"wait"} when it is the turn of another process.
local consult, seen, audit, cut, timers = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
local outbox = { normal = KEYS[6], urgent = KEYS[7] }
local handle, token, before, after = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
local sealed, keep, remember = ARGV[5], ARGV[6], tonumber(ARGV[7])
local links, effects, moved = tonumber(ARGV[10]), tonumber(ARGV[11]), tonumber(ARGV[12])
local left, joined = tonumber(ARGV[13]), tonumber(ARGV[14])

-- The answer to the first try may have been lost: the same commit again is done.
if redis.call('HGET', consult, 'n') == token then
  return { 'committed' }
end
if remember > 0 and redis.call('EXISTS', seen) == 1 then
  return { 'seen' }
end
local version = redis.call('HGET', consult, 'v') or '0'
if before == '0' and version ~= '0' then
  return { 'exists' }
end
if version ~= before then
  return { 'version' }
end
if links > 0 then
  local turn = redis.call('GET', KEYS[10])
  if turn and turn ~= token then
    return { 'wait' }
  end
  local seq = tonumber(redis.call('HGET', cut, 'seq') or '0') + redis.call('LLEN', audit)
  local last = redis.call('LINDEX', audit, -1)
  local hash = last and string.sub(last, 1, 64) or redis.call('HGET', cut, 'hash') or ''
  if tonumber(ARGV[8]) ~= seq or ARGV[9] ~= hash then
    redis.call('SET', KEYS[10], token, 'PX', ARGV[15])
    return { 'head', string.format('%.0f', seq), hash }
  end
end

local key, arg = 10, 15
local function next_key()
  key = key + 1
  return KEYS[key]
end
local function next_arg()
  arg = arg + 1
  return ARGV[arg]
end

redis.call('HSET', consult, 'v', after, 's', sealed, 'n', token)
redis.call('PEXPIRE', consult, keep)
redis.call('PEXPIRE', KEYS[8], keep)
redis.call('PEXPIRE', KEYS[9], keep)
if remember > 0 then
  redis.call('SET', seen, handle, 'PX', ARGV[7])
end
for _ = 1, links do
  redis.call('RPUSH', audit, next_arg())
end
if links > 0 then
  redis.call('DEL', KEYS[10])
end
for _ = 1, effects do
  local lane, track, place, effect = next_arg(), next_arg(), next_arg(), next_arg()
  local id = redis.call('XADD', outbox[lane], '*', 'h', handle, 't', track, 'e', effect)
  redis.call('RPUSH', next_key(), id .. place)
end
for _ = 1, moved do
  local member, due = next_arg(), next_arg()
  if due == '' then
    redis.call('ZREM', timers, member)
  else
    redis.call('ZADD', timers, due, member)
  end
end
for _ = 1, left do
  redis.call('SREM', next_key(), handle)
end
for _ = 1, joined do
  redis.call('SADD', next_key(), handle)
end
return { 'committed' }
