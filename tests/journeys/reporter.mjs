// What the runner of node tells, in the words of tests/run: a line a story,
// why it failed, and "N passed, N failed" at the end.

export default async function* report(events)
{
	const count = { pass: 0, fail: 0 };

	for await (const { type, data } of events) {
		const kind = type.replace("test:", "");

		if (!(kind in count) || data.details.type === "suite")
			continue;
		count[kind]++;
		yield `${kind === "pass" ? "ok" : "FAILED"} ${data.name} ` +
			`(${Math.round(data.details.duration_ms)} ms)\n`;
		if (kind === "fail")
			yield `${why(data.details.error)}\n`;
	}
	yield `${count.pass} passed, ${count.fail} failed\n`;
}

function why(error)
{
	const cause = error.cause ?? error;

	return String(cause.stack ?? cause).split("\n").slice(0, 24)
		.map((line) => `    ${line}`).join("\n");
}
