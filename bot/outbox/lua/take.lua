-- take hands out the oldest effect of a track, and the lease of its surface.
--
-- KEYS  1 track  2 outbox stream  3 receipts  4 refs  5 work  6 consult
--       7 the track of ordinary effects  8 the track of urgent effects on the card
-- ARGV  1 token: whoever gets no answer asks again with the same one
--       2 milliseconds of the lease  3 name of the track  4 consumer group
--       5 receipt of an effect that a newer one stands for
--       6 name of the card among the refs  7 kind that posts the card
--       8 kind that updates it  9 kind that ends a page, "" to let none be passed
--       over  10 kind of a page  11… kinds that need the card
-- Returns {"empty"} when nothing waits,
--         {"hold", milliseconds} when the oldest waits for its next try,
--         {"leased"} when somebody delivers to the surface,
--         {"card"} when the card is not posted yet,
--         {"merged"} when a newer effect stands for the oldest: ask again, or
--         {"go", place, receipt or "", effect or "", broken, ref…}: broken is
--         "1" when somebody held the surface last and kept no end of it, or "0".
local track, stream, receipts, refs, work = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
local hold = tonumber(redis.call('HGET', work, 'hold/' .. ARGV[3]) or '0')
local time = now()

local oldest = redis.call('LINDEX', track, 0)
if not oldest then
  return { 'empty' }
end
local entry, effect, kind, surface = place(oldest)
local broken, ends = holder(work, 'lease/' .. surface)
if ends > time and broken ~= ARGV[1] then
  return { 'leased' }
end

-- A newer update shows what this one would show, and a newer page to the same
-- person takes the place of the older: it does not wait for the end of that, nor
-- for the next try of it.
local by = { [ARGV[8]] = ARGV[8], [ARGV[9]] = ARGV[10] }
if by[kind] and (hold <= time or kind == ARGV[9]) then
  for _, other in ipairs(redis.call('LRANGE', track, 1, -1)) do
    local _, _, newer = place(other)
    if newer == by[kind] then
      free(work, 'hold/' .. ARGV[3])
      redis.call('HSET', receipts, receipt(effect), ARGV[5])
      like_consult(receipts, KEYS[6])
      redis.call('LPOP', track)
      redis.call('XACK', stream, ARGV[4], entry)
      redis.call('XDEL', stream, entry)
      return { 'merged' }
    end
  end
end
if hold > time then
  return { 'hold', whole(hold - time) }
end

local needs_card = false
for i = 11, #ARGV do
  needs_card = needs_card or ARGV[i] == kind
end
if needs_card and redis.call('HEXISTS', refs, ARGV[6]) == 0 then
  for i = 7, 8 do
    for _, other in ipairs(redis.call('LRANGE', KEYS[i], 0, -1)) do
      local _, _, posted = place(other)
      if posted == ARGV[7] then
        return { 'card' }
      end
    end
  end
end

free(work, 'lease/' .. surface)
redis.call('HSET', work, 'lease/' .. surface, ARGV[1] .. '|' .. whole(time + ARGV[2]))
like_consult(work, KEYS[6]) -- whoever comes long after a process that died still finds its lease
last(work, ARGV[2] + 60000)
local answer = { 'go', oldest, redis.call('HGET', receipts, receipt(effect)) or '', '', broken ~= '' and '1' or '0' }
local found = redis.call('XRANGE', stream, entry, entry)
if found[1] then
  local fields = found[1][2]
  for i = 1, #fields, 2 do
    if fields[i] == 'e' then
      answer[4] = fields[i + 1]
    end
  end
end
for _, part in ipairs(redis.call('HGETALL', refs)) do
  table.insert(answer, part)
end
return answer
