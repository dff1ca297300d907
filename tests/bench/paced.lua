-- Comments like post.lua's, so many milliseconds after each other on every connection.
dofile((os.getenv("BENCH") or "tests/bench") .. "/post.lua")
local start = init
function init(args)
  start(args)
  pause = tonumber(args[2])
end
function delay()
  return pause
end
