-- due hands out timers that are due, with the lease of their consults: all the
-- timers of a consult go to one process, one after the other.
--
-- KEYS  1 timers  2 timers:held
-- ARGV  1 the moment, in milliseconds of the practice's clock  2 token
--       3 milliseconds of the lease  4 most consults to hand out
-- Returns {member, score…}, earliest first.
local time, taken, consults, answer = now(), {}, 0, {}
local from, size = 0, 100
repeat
  local page = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[1], 'WITHSCORES', 'LIMIT', from, size)
  for i = 1, #page, 2 do
    local handle = string.match(page[i], '^[^|]*')
    if taken[handle] == nil and consults < tonumber(ARGV[4]) then
      local _, ends = holder(KEYS[2], handle)
      taken[handle] = ends <= time
      if taken[handle] then
        consults = consults + 1
        free(KEYS[2], handle)
        redis.call('HSET', KEYS[2], handle, ARGV[2] .. '|' .. whole(time + ARGV[3]))
      end
    end
    if taken[handle] then
      table.insert(answer, page[i])
      table.insert(answer, page[i + 1])
    end
  end
  from = from + size
until #page < 2 * size or consults >= tonumber(ARGV[4])
if consults > 0 then
  last(KEYS[2], ARGV[3] + 60000)
end
return answer
