// The program that the stories visit: started in a directory of its own,
// read from outside only, as a browser, a mailbox and a shell see it.

import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import fs from "node:fs";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { simpleParser } from "mailparser";
import { launch, open } from "../browser/lib.mjs";

const root = path.resolve(import.meta.dirname, "../..");
const program = process.env.FJOUWER || path.join(root, "build/fjouwer");
const run = promisify(execFile);

// How people come: on a phone or at a desk, with script or without.
export const ways = [390, 1280].flatMap((width) =>
	[true, false].map((script) => ({ width, script,
		name: `${width} px, ${script ? "with" : "without"} script` })));

// Makes inEachWay(title, story) of a file's own HOUSE, a function; STORY gets
// the page and the way.
export const storyteller = (house) => (title, story) => {
	for (const way of ways)
		test(`${title}: ${way.name}`, () =>
			house().visit(way, (page) => story(page, way)));
};

export const programme = "/fryslan";
export const manager = "sjoukje@fjouwer.example";
export const office = "femke@fjouwer.example";

// Longer than a machine takes to fill in the form: faster ones are refused.
export const likeAPerson = (page) => page.waitForTimeout(3200);

// Ask until there is an answer; WHAT is told when there is none.
export async function until(what, ask, seconds = 10)
{
	const end = Date.now() + seconds * 1000;

	for (;;) {
		const answer = await ask();

		if (answer)
			return answer;
		assert.ok(Date.now() < end, `waited in vain for ${what}`);
		await new Promise((done) => setTimeout(done, 50));
	}
}

function freePort()
{
	return new Promise((done) => {
		const server = net.createServer();

		server.listen(0, "127.0.0.1", () => {
			const { port } = server.address();

			server.close(() => done(port));
		});
	});
}

// The addresses in a mail that a person can follow.
export function linksOf(mail)
{
	return [...mail.html.matchAll(/href="([^"]+)"/g)].map((m) => m[1])
		.filter((href) => href.startsWith("http"));
}

export class House {
	trouble = [];   // what no story may meet: 5xx, errors on the console
	log = "";       // all that the program says

	// ARGS: ["demo", "--serve"] or ["serve"].
	static async open(...args)
	{
		const house = new House();
		const port = await freePort();

		house.data = fs.mkdtempSync(path.join(os.tmpdir(), "journey-"));
		house.base = `http://localhost:${port}`;
		house.env = { ...process.env, FJOUWER_DATA: house.data,
			FJOUWER_LISTEN: `127.0.0.1:${port}` };
		house.start(args);
		await until("the program to serve", () =>
			house.log.includes('"event":"serving"') ||
			house.process.exitCode !== null);
		assert.equal(house.process.exitCode, null, house.log);
		house.browser = await launch();
		return house;
	}

	start(args)
	{
		this.process = spawn(program, args, { env: this.env });
		for (const stream of [this.process.stdout, this.process.stderr])
			stream.on("data", (text) => {
				this.log += text;
			});
	}

	// Ends the program, and fails when a story met trouble.
	async close()
	{
		const ended = new Promise((done) =>
			this.process.once("exit", done));

		await this.browser.close();
		this.process.kill("SIGTERM");
		assert.equal(await ended, 0, "the program ended badly");
		fs.rmSync(this.data, { recursive: true });
		assert.doesNotMatch(this.log, /"level":"fail"/);
		assert.deepEqual(this.trouble, []);
	}

	// One visitor in a browser of their own; STORY gets its page.
	async visit(way, story)
	{
		const page = await open(this.browser, way);

		page.setDefaultTimeout(10_000);
		this.watch(page);
		try {
			await story(page);
		} finally {
			await page.context().close();
		}
	}

	watch(page)
	{
		const note = (what) => this.trouble.push(
			`${page.url().replace(this.base, "")}: ${what}`);

		page.on("response", (r) => {
			if (r.status() >= 500)
				note(`${r.status()} from ${r.url()}`);
		});
		page.on("pageerror", (e) => note(e));
		page.on("dialog", (dialog) => {
			note(`a dialog: ${dialog.message()}`);
			dialog.dismiss();
		});
		page.on("console", (m) => {
			// That a page is refused is for its story to judge.
			const refused = /status of 4\d\d/.test(m.text());

			if (m.type() === "error" && !refused)
				note(m.text());
		});
	}

	async go(page, address)
	{
		const reply = await page.goto(new URL(address, this.base).href);

		// None when the page went on by itself, as a passkey makes it.
		return reply?.status();
	}

	// The program as a command beside the one that serves.
	async command(...args)
	{
		const { stdout } = await run(program, args, { env: this.env });

		return stdout.trim();
	}

	// By a link from the shell, which stands for every factor.
	async signIn(page, email)
	{
		await page.goto(await this.command("signin-link", email));
		await page.click("main button[type=submit]");
	}

	async mails()
	{
		const folder = path.join(this.data, "mail");
		const names = fs.existsSync(folder) ? fs.readdirSync(folder)
			: [];
		const whole = names.filter((name) => name.endsWith(".eml"));

		return Promise.all(whole.sort().map((name) => simpleParser(
			fs.readFileSync(path.join(folder, name)))));
	}

	// The newest mail to ADDRESS, once there are N.
	async mailTo(address, n = 1)
	{
		return until(`mail ${n} to ${address}`, async () => {
			const mine = (await this.mails()).filter((m) =>
				m.to.text.includes(address));

			return mine.length >= n && mine.at(-1);
		});
	}

	// What a scanner of mails does before its reader: opens each link.
	async scan(mail)
	{
		for (const link of [...linksOf(mail), ...linksOf(mail)]) {
			const reply = await fetch(link);

			assert.equal(reply.status, 200, link);
			await reply.text();
		}
	}
}
