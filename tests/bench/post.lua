-- Each request is a comment of its own, on one article or on many.
local thread = 0
function setup(t)
  t:set("number", thread)
  thread = thread + 1
end
function init(args)
  one = args[1]
  count = 0
  math.randomseed(os.time() + number)
  prefix = string.format("%d.%d.%d", os.time(), number, math.random(1000000000))
  wrk.method = "POST"
  wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
  wrk.headers["Accept"] = "application/json"
end
function form(n)
  return string.format("site=bao&thread=%s&name=Nguy%%E1%%BB%%85n+V%%C4%%83n+An&url=https%%3A%%2F%%2Fbao.example%%2Fbai-1.html&title=B%%C3%%A0i&body=B%%C3%%A0i+vi%%E1%%BA%%BFt+r%%E1%%BA%%A5t+hay%%2C+c%%E1%%BA%%A3m+%%C6%%A1n+t%%C3%%A1c+gi%%E1%%BA%%A3+%%C4%%91%%C3%%A3+n%%C3%%B3i+gi%%C3%%BAp+l%%C3%%B2ng+d%%C3%%A2n%%2C+mong+ch%%C3%%ADnh+quy%%E1%%BB%%81n+s%%E1%%BB%%9Bm+s%%E1%%BB%%ADa+con+%%C4%%91%%C6%%B0%%E1%%BB%%9Dng+n%%C3%%A0y.+%s+%d", one, prefix, n)
end
function request()
  count = count + 1
  return wrk.format(nil, "/comments", nil, form(count))
end
