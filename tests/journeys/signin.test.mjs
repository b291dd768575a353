// Coming in: invited, with a password and a second step, and out again.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { House, linksOf, manager, programme, storyteller, ways }
	from "./house.mjs";
import { App } from "./keys.mjs";
import { heading, refusals, send } from "./steps.mjs";

const password = "molen dijk terp skûtsje 9";
const other = "heide wad zeil kievit 7";

let house;
const inEachWay = storyteller(() => house);

before(async () => {
	house = await House.open("demo", "--serve");
});
after(() => house.close());

const where = (page) => new URL(page.url()).pathname;

async function isIn(page)
{
	await house.go(page, `${programme}/today`);
	assert.equal(where(page), `${programme}/today`);
	assert.match(await page.innerText("body"), /Goede/);
}

// The manager invites; the mail is scanned before it is read.
async function invite(way, name, email, role)
{
	await house.visit(way, async (page) => {
		await house.signIn(page, manager);
		await house.go(page, `${programme}/people/invite`);
		await page.fill("#name", name);
		await page.fill("#email", email);
		await page.locator(`input[name=role][value=${role}]`).check();
		await send(page, "Verstuur de uitnodiging");
		assert.match(await page.innerText(".toast"), /onderweg/);
	});
	const mail = await house.mailTo(email);

	await house.scan(mail);
	return linksOf(mail)[0];
}

async function accept(page, link)
{
	await house.go(page, link);
	await page.fill("#password", "kort");
	await send(page, "Doe mee met een wachtwoord");
	assert.match((await refusals(page))[0], /minstens 12 tekens/);
	await page.fill("#password", password);
	await send(page, "Doe mee met een wachtwoord");
}

// Whoever sees things of others must set up more than a password.
async function setUpApp(page)
{
	assert.equal(await heading(page), "Een tweede stap");
	await send(page, "Stel een app in");

	const app = new App(await page.innerText("main code"));

	await page.fill("#code", "000000");
	await send(page, "Ga verder");
	assert.match((await refusals(page))[0], /Deze code klopt niet/);
	await page.fill("#code", await app.code());
	await send(page, "Ga verder");
	return app;
}

async function keepRecoveryCodes(page)
{
	assert.equal(await heading(page), "Herstelcodes");
	await send(page, "Maak herstelcodes");

	const codes = await page.locator(".codes code").allInnerTexts();

	assert.equal(codes.length, 10);
	await page.getByRole("link", { name: "Ik heb ze bewaard" }).click();
	assert.equal(where(page), `${programme}/today`);
	return codes;
}

async function signOut(page)
{
	await house.go(page, "/account");
	await send(page, "Log uit");
	await house.go(page, `${programme}/today`);
	assert.doesNotMatch(await page.innerText("body"), /Goede/);
}

async function enterPassword(page, email, word = password)
{
	await house.go(page, "/sign-in");
	await page.fill("#email", email);
	await page.fill("#password", word);
	await page.locator("form", { has: page.locator("#password") })
		.locator("button[type=submit]").click();
}

async function enterCode(page, code)
{
	assert.equal(await heading(page), "Nog één stap");
	await page.fill("#code", code);
	await send(page, "Ga verder");
}

async function resetPassword(page, email)
{
	await house.go(page, "/sign-in/forgotten");
	await page.fill("#email", email);
	await send(page, "Stuur mij de mail");
	assert.equal(await heading(page), "Kijk in je mail");

	const mail = await house.mailTo(email, 4);
	const link = linksOf(mail).find((l) => l.includes("/sign-in/password"));

	assert.ok(link, mail.text);
	await house.scan(mail);
	await house.go(page, link);
	await page.fill("#password", other);
	await send(page, "Bewaar het wachtwoord");
	assert.equal(await house.go(page, link), 410);
}

inEachWay("invited to the office, in with an app", async (page, way) => {
	const email = `k${way.width}${way.script}@kantoor.example`;
	const link = await invite(way, "Klaske Nij", email, "office");

	await accept(page, link);
	assert.equal((await fetch(link)).status, 410);

	const app = await setUpApp(page);
	const codes = await keepRecoveryCodes(page);

	await signOut(page);
	await enterPassword(page, email, "niet mijn wachtwoord");
	assert.match((await refusals(page))[0],
		/horen niet bij elkaar/);
	await enterPassword(page, email);
	await enterCode(page, await app.code());
	await isIn(page);

	await signOut(page);
	await enterPassword(page, email);
	await enterCode(page, codes[3]);
	await isIn(page);
	await signOut(page);
	await enterPassword(page, email);
	await enterCode(page, codes[3]);
	assert.match((await refusals(page))[0], /klopt niet/);

	await resetPassword(page, email);
	await enterPassword(page, email, other);
	await enterCode(page, codes[4]);
	await isIn(page);
});

async function mailedCode(email, n)
{
	const mail = await house.mailTo(email, n);

	assert.equal(mail.subject, "Je code om in te loggen");
	return mail.text.match(/\b\d{8}\b/)[0];
}

inEachWay("a new device asks a mailed code, once", async (page, way) => {
	const email = `m${way.width}${way.script}@mentor.example`;
	const link = await invite(way, "Minke Stap", email, "mentor");

	await house.visit(way, async (first) => {
		await accept(first, link);
		await isIn(first);
	});
	await enterPassword(page, email);
	assert.match(await page.innerText("main"),
		/een mail met een code gestuurd/);
	await enterCode(page, "12345678");
	assert.match((await refusals(page))[0], /klopt niet/);
	await enterCode(page, await mailedCode(email, 2));
	await isIn(page);
	await signOut(page);
	await enterPassword(page, email);
	assert.equal(where(page), `${programme}/today`);
});

inEachWay("who is suspended is out at once", (boss, way) =>
	house.visit(way, async (page) => {
		await house.signIn(page, "jelle@mentor.example");
		await isIn(page);
		await house.signIn(boss, manager);
		await house.go(boss, `${programme}/people`);

		await boss.getByRole("link", { name: "Jelle Tolsma" }).click();
		await boss.getByRole("button",
			{ name: "Sluit tijdelijk af" }).click();
		assert.equal(await house.go(page,
			`${programme}/today`), 404);
		await boss.getByRole("button",
			{ name: "Laat weer toe" }).click();
		await house.signIn(page, "jelle@mentor.example");
		await isIn(page);
	}));

test("an address that nobody has is answered like another", () =>
	house.visit(ways[0], async (page) => {
		const before = (await house.mails()).length;

		await house.go(page, "/sign-in/forgotten");
		await page.fill("#email", "niemand@nergens.example");
		await send(page, "Stuur mij de mail");
		assert.equal(await heading(page), "Kijk in je mail");
		assert.equal((await house.mails()).length, before);
	}));
