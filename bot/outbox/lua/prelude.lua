-- Shared by the scripts of the outbox.

-- now returns the time of this Redis in milliseconds: one clock for all processes.
local function now()
  local time = redis.call('TIME')
  return time[1] * 1000 + math.floor(time[2] / 1000)
end

-- whole writes milliseconds without an exponent.
local function whole(ms)
  return string.format('%.0f', ms)
end

-- place reads ENTRY|EFFECT|KIND|SURFACE.
local function place(waiting)
  return string.match(waiting, '^([^|]*)|([^|]*)|([^|]*)|(.*)$')
end

-- receipt names the receipt of an effect: its id without the consult, which the
-- key has already.
local function receipt(effect)
  return string.match(effect, '^[^/]*/(.*)$') or effect
end

-- holder returns who holds a lease and until when: "", 0 for nobody.
local function holder(work, lease)
  local token, ends = string.match(redis.call('HGET', work, lease) or '', '^([^|]*)|(.*)$')
  return token or '', tonumber(ends or '0')
end

-- free takes back a lease or a hold. It stands before the first write that adds
-- anything: a Redis whose memory is full refuses a script whose first write does,
-- and what waits must go out just then.
local function free(work, field)
  redis.call('HDEL', work, field)
end

-- last makes a key outlive the next ms milliseconds.
local function last(key, ms)
  if redis.call('PTTL', key) < ms then
    redis.call('PEXPIRE', key, whole(ms))
  end
end

-- like_consult lets a key expire with its consult.
local function like_consult(key, consult)
  local left = redis.call('PTTL', consult)
  if left < 0 then
    left = 3600000
  end
  redis.call('PEXPIRE', key, left)
end
