-- Each request is for one of a thousand threads.
function init(args)
  math.randomseed(os.time() + tonumber(args[1] or 0))
  paths = {}
  for n = 1, 1000 do
    paths[n] = wrk.format("GET", "/threads/bao/" .. n)
  end
end
function request()
  return paths[math.random(1000)]
end
