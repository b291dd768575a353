-- wrk: an application a request, each with its own token and name.  The
-- thread's number keeps two threads apart.
local threads = 0

function setup(thread)
	thread:set("me", threads)
	threads = threads + 1
end

function init(args)
	path, body, cookie, origin = args[1], args[2], args[3], args[4]
	run = args[5]
	n = 0
end

function request()
	n = n + 1
	local token = run .. "-" .. me .. "-" .. n
	return wrk.format("POST", path, {
		["Content-Type"] = "application/x-www-form-urlencoded",
		["Cookie"] = cookie,
		["Origin"] = origin,
		["Host"] = string.gsub(origin, "^http://", ""),
		["Sec-Fetch-Site"] = "same-origin",
	}, body .. "&_once=" .. token)
end

function response(status, headers, body)
	if status ~= 303 then
		wrk.thread:stop()
	end
end
