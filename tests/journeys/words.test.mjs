// Three languages, and words that were made to do harm.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { House, likeAPerson, manager, programme, storyteller, ways }
	from "./house.mjs";
import { heading, send } from "./steps.mjs";

const naughty = createRequire(import.meta.url)("big-list-of-naughty-strings");
const fields = ["question", "name", "venture", "place", "email", "phone",
	"not_in_team"];
const desk = ways[2];

let house;
const inEachWay = storyteller(() => house);

before(async () => {
	house = await House.open("demo", "--serve");
});
after(() => house.close());

inEachWay("the footer changes the language for good", async (page, way) => {
	const question = { fy: "Fertel ús dyn fraach",
		en: "Tell us your question",
		nl: "Vertel ons je vraag" };

	await house.go(page, `${programme}/apply`);
	for (const [code, words] of Object.entries(question)) {
		await page.click(`.langs a[hreflang=${code}]`);
		assert.equal(await heading(page), words);
		await house.go(page, `${programme}/apply`);
		assert.equal(await heading(page), words);
		assert.equal(await page.getAttribute("html",
			"lang"), code);
	}
});

// What is left of a text where it is shown: runs of white space, and
// characters that only steer, are one space.
const shown = (text) => text.replace(/[\s\p{Cc}]+/gu, " ").trim();

// In the page: send TEXT in each of NAMES, and read what comes back.
async function sendBack([texts, names])
{
	const replies = [];

	for (const text of texts) {
		const form = new FormData(document.querySelector("form.form"));

		for (const name of names)
			form.set(name, text);
		const reply = await fetch(location.href, { method: "POST",
			body: new URLSearchParams(form) });
		const page = new DOMParser().parseFromString(
			await reply.text(), "text/html");

		replies.push([reply.status, ...names.map((name) =>
			page.getElementById(name)?.value ?? "")]);
	}
	return replies;
}

test("each naughty string comes back in each field as it was typed", () =>
	house.visit(desk, async (page) => {
		await house.go(page, `${programme}/apply`);

		const replies = await page.evaluate(sendBack,
			[naughty, fields]);

		for (const [i, [status, ...values]] of replies.entries()) {
			const told = JSON.stringify(naughty[i]);

			assert.equal(status, 422, told);
			for (const value of values)
				assert.equal(shown(value), shown(naughty[i]),
					told);
		}
	}));

// Long enough for what follows, and well-formed for the database.
const storable = naughty.map(shown).filter((text) =>
	text !== "" && [...text].length <= 120);

// In the page, on the form: send each text in, as many questions.
async function sendIn(texts)
{
	for (const [i, text] of texts.entries()) {
		const page = new DOMParser().parseFromString(
			await (await fetch(location.href)).text(), "text/html");
		const form = new FormData(page.querySelector("form.form"));
		const old = document.querySelector("[name=stamp]").value;

		for (const name of ["question", "name", "venture", "place",
			"not_in_team"])
			form.set(name, text);
		form.set("email", `n${i}@blns.example`);
		form.set("phone", "0612345678");
		form.set("stamp", old);
		const reply = await fetch(location.href, { method: "POST",
			body: new URLSearchParams(form) });

		if (!reply.url.endsWith("/thanks"))
			throw new Error(`${reply.status} for ${text}`);
	}
}

// All rows of the list, over its pages, as a person would leaf through it.
async function leafThrough(page)
{
	const rows = [];

	await house.go(page, `${programme}/applications`);
	for (;;) {
		rows.push(...await page.locator("tbody tr").evaluateAll((all) =>
			all.map((row) => ({
				href: row.querySelector("a").href,
				cells: [...row.cells].slice(0, 3).map((cell) =>
					cell.textContent),
			}))));
		const older = page.locator("a[rel=next]");

		if (await older.count() === 0)
			return rows;
		await older.click();
	}
}

// In the page: what the application at each address says, field by field.
async function readEach(addresses)
{
	const read = async (address) => {
		const page = new DOMParser().parseFromString(
			await (await fetch(address)).text(), "text/html");
		const text = (path) => page.querySelector(path).textContent;

		return [text("h1"), text(".vraag p"), text("main section p"),
			text(".facts dd"), text(".facts dd ~ dd")];
	};
	const all = [];

	for (const address of addresses)
		all.push(await read(address));
	return all;
}

async function allowMany(page)
{
	await house.signIn(page, manager);
	await house.go(page, `${programme}/settings`);
	await page.fill("#network_daily", "1000");
	await send(page, "Bewaar de instellingen");
	await page.locator(".toast").waitFor();
}

test("naughty strings are stored, and shown again literally", () =>
	house.visit(desk, (office) => house.visit(desk, async (page) => {
		await allowMany(office);
		await house.go(page, `${programme}/apply`);
		await likeAPerson(page);
		await page.evaluate(sendIn, storable);

		const rows = await leafThrough(office);
		const found = new Map(rows.map((row) =>
			[shown(row.cells[0]), row]));

		for (const text of storable) {
			assert.ok(found.has(text), JSON.stringify(text));
			for (const cell of found.get(text).cells)
				assert.equal(shown(cell), text);
		}

		const hrefs = storable.map((text) => found.get(text).href);
		const read = await office.evaluate(readEach, hrefs);

		for (const [i, parts] of read.entries())
			for (const part of parts)
				assert.equal(shown(part), storable[i]);

		// With scripts that run and styles that count, had they a way.
		for (let i = 0; i < hrefs.length; i += 12) {
			await house.go(office, hrefs[i]);
			assert.equal(shown(await office.textContent("h1")),
				storable[i]);
		}
	})));
