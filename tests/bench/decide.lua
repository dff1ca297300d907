-- Each request decides on another waiting comment: args are the token, the first number, how many
-- there are, and the wrk threads. Approves, edits and rejects in turn.
local thread = 0
function setup(t)
  t:set("number", thread)
  thread = thread + 1
end
function init(args)
  wrk.method = "POST"
  wrk.headers["Authorization"] = "Bearer " .. args[1]
  wrk.headers["Content-Type"] = "application/json"
  step = tonumber(args[3])
  next = tonumber(args[2]) + number
end
local choices = {
  '{"version":1,"action":"approve"}',
  '{"version":1,"action":"edit","body":"Bài viết rất hay, đã sửa."}',
  '{"version":1,"action":"reject","reason":"insult"}',
}
function request()
  local id = next
  next = next + step
  return wrk.format(nil, "/api/v1/comments/" .. id .. "/decision", nil, choices[id % 3 + 1])
end
