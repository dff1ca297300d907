-- Reads one thread; so many in a hundred requests are comments on it.
dofile((os.getenv("BENCH") or "tests/bench") .. "/post.lua")
local start = init
function init(args)
  start(args)
  share = tonumber(args[2])
  path = args[3]
  read = wrk.format("GET", path)
end
function request()
  count = count + 1
  if count % 100 < share then
    return wrk.format(nil, "/comments", nil, form(count))
  end
  return read
end
