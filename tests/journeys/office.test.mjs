// The manager and the office work on what came in.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { House, linksOf, manager, office, programme, storyteller, ways }
	from "./house.mjs";
import { ask, heading, lookUp, refusals, send } from "./steps.mjs";

let house;
const inEachWay = storyteller(() => house);

before(async () => {
	house = await House.open("demo", "--serve");
});
after(() => house.close());

const toast = (page) => page.locator(".toast").innerText();

// With script the question appears by itself; without, at the next look.
async function seesItComeIn(page, way, name)
{
	const task = page.getByRole("heading",
		{ name: `${name} heeft een vraag` });

	await house.go(page, `${programme}/today?all=1`);
	assert.equal(await task.count(), 0);
	if (way.script)
		await page.evaluate(() => {
			window.neverReloaded = true;
		});
	await house.visit({ width: 390 }, (caller) => ask(house, caller, {
		question: "Waar vind ik personeel?", name,
		email: `b${way.width}${way.script}@bakker.example`,
	}));
	if (!way.script)
		await page.reload();
	await task.waitFor();
	if (way.script)
		assert.ok(await page.evaluate(() => window.neverReloaded));
	await page.locator(".todo").getByRole("link", { name }).click();
	assert.equal(await heading(page), name);
	assert.match(await page.innerText("main"), /Waar vind ik personeel\?/);
}

async function notesFirstContact(page)
{
	const promised = page.locator("section.card",
		{ has: page.getByRole("heading", { name: "Beloofd" }) });

	assert.match(await promised.innerText(), /Wij bellen of schrijven je/);
	await page.fill("#said", "Gebeld, komt donderdag langs.");
	await send(page, "We hebben elkaar gesproken");
	assert.match(await toast(page), /De belofte is nagekomen/);
	assert.match(await promised.innerText(),
		/Je hoort hoe wij je kunnen helpen/);
	assert.match(await page.locator(".timeline").innerText(),
		/Eerste contact[^]*Sjoukje de Vries[^]*komt donderdag langs/);
}

async function takesNoneBackWithoutAWord(page)
{
	await page.getByText("De ondernemer trekt de vraag in").click();
	await send(page, "Noteer dat de vraag is ingetrokken");
	assert.deepEqual(await refusals(page), ["Schrijf op wat de " +
		"ondernemer zei. Alleen het eigen woord beëindigt een " +
		"aanmelding."]);
	await page.fill("#word", "Belde af: heeft iemand gevonden.");
	await send(page, "Noteer dat de vraag is ingetrokken");
	assert.match(await page.locator(".timeline").innerText(),
		/Ingetrokken door de ondernemer[^]*heeft iemand gevonden/);
}

inEachWay("the manager follows a question to its end", async (page, way) => {
	await house.signIn(page, manager);
	await seesItComeIn(page, way,
		`Bauke Bakker ${way.width}${way.script ? "" : " z"}`);
	await notesFirstContact(page);
	await takesNoneBackWithoutAWord(page);
});

async function changeDetails(house, page, id, fields)
{
	await house.go(page, `${programme}/applications/${id}/details`);
	for (const [field, text] of Object.entries(fields))
		await page.fill(`#${field}`, text);
}

inEachWay("two people correct one record, both texts show", (first, way) =>
	house.visit(way, async (second) => {
		const venture = `Landtechniek ${way.width} ${way.script}`;
		const place = `Kollum ${way.width} ${way.script}`;

		await house.signIn(first, manager);
		await house.signIn(second, office);
		await lookUp(house, first, "Ids Veldhuis");

		const id = first.url().split("/").pop();

		await changeDetails(house, second, id, { place: "Gauw" });
		await changeDetails(house, first, id, { venture, place });
		await send(first, "Bewaar");
		await send(second, "Bewaar");

		const error = await second.innerText("#place-error");

		assert.match(error, new RegExp("Iemand heeft dit intussen " +
			`veranderd\\. Er staat nu: ${place}`));
		assert.equal(await second.inputValue("#place"), "Gauw");
		await send(second, "Bewaar");
		assert.equal(await heading(second), "Ids Veldhuis");
		assert.match(await second.innerText(".facts"), /Gauw/);
	}));

inEachWay("spam is set aside, and put back", async (page, way) => {
	await house.signIn(page, office);
	await lookUp(house, page, "Hinke Sikkema");
	await page.getByText("Dit is geen aanmelding").click();
	await send(page, "Leg het opzij");
	assert.deepEqual(await refusals(page),
		["Kies waarom dit geen aanmelding is."]);
	await page.locator("input[name=reason][value=test]").check();
	await send(page, "Leg het opzij");
	assert.match(await toast(page), /30 dagen/);
	assert.equal(await page.locator("#said").count(), 0);
	await send(page, "Zet het terug");
	assert.match(await toast(page), /met een nieuwe belofte/);
	assert.match(await page.locator(".timeline").innerText(),
		/Teruggezet[^]*Opzijgelegd: geen aanmelding/);
});

async function writeDown(page, fields)
{
	for (const [field, text] of Object.entries(fields))
		await page.fill(`#${field}`, text);
	await send(page, "Bewaar de vraag");
}

inEachWay("the office writes down a caller's question", async (page, way) => {
	const name = `Jitske ${way.width} ${way.script}`;
	const before = (await house.mails()).length;

	await house.signIn(page, office);
	await page.getByRole("link", { name:
		"Schrijf een vraag op voor een beller" }).click();
	await writeDown(page, { name, place: "Holwerd",
		question: "Mag ik met pensioen?",
		said: "Belt na zes uur." });
	assert.deepEqual(await refusals(page), ["Vul een " +
		"telefoonnummer of een e-mailadres in, zodat we " +
		"kunnen antwoorden."]);
	assert.equal(await page.inputValue("#said"),
		"Belt na zes uur.");
	await writeDown(page, { phone: "0519 12 34 56" });
	assert.equal(await heading(page), name);
	assert.match(await toast(page), /Zeg de beller wanneer/);
	assert.match(await page.innerText(".facts"),
		/Opgeschreven door\s+Femke Land/);
	assert.equal((await house.mails()).length, before);
});

// What the office notes is told to the entrepreneur ten minutes later.
async function undoesWhatWasNoted(page, email)
{
	const application = page.url();
	const waiting = page.getByRole("row", { name: email }).filter({
		hasText: "aanmelding ingetrokken" });

	await house.go(page, `${programme}/mail`);
	assert.equal(await waiting.count(), 1);
	await house.go(page, application);
	await send(page, "Ongedaan maken");
	assert.match(await toast(page), /De mail gaat niet weg/);
	assert.match(await page.locator(".timeline").innerText(),
		/Intrekken ongedaan gemaakt/);
	assert.equal(await page.getByRole("button",
		{ name: "We hebben elkaar gesproken" }).count(), 1);
	await house.go(page, `${programme}/mail`);
	assert.equal(await waiting.count(), 0);
	assert.ok(!(await house.mails()).some((m) =>
		m.to.text.includes(email) && /ingetrokken/.test(m.subject)));
}

inEachWay("a mail is undone before it leaves", async (page, way) => {
	const email = `u${way.width}${way.script}@undo.example`;
	const name = `Uilke ${way.width} ${way.script}`;

	await house.signIn(page, office);
	await house.go(page, `${programme}/applications/new`);
	await writeDown(page, { name, email, place: "Akkrum",
		question: "Hoe kom ik aan personeel?" });
	await page.getByText("De ondernemer trekt de vraag in")
		.click();
	await page.fill("#word", "Belde af.");
	await send(page, "Noteer dat de vraag is ingetrokken");
	await undoesWhatWasNoted(page, email);
});

test("who asks again from the same address is recognised", () =>
	house.visit(ways[2], async (page) => {
		const email = "gea@bakkerscheepsbouw.example";

		await ask(house, page, { question: "En nog iets", email,
			name: "Gea B." });
		await house.signIn(page, manager);
		await lookUp(house, page, "Gea B.");
		await page.locator(".note--yellow").getByRole("link",
			{ name: "Gea Bakker" }).click();
		assert.equal(await heading(page), "Gea Bakker");
	}));

test("the manager reads a mail that lies in a file", () =>
	house.visit(ways[2], async (page) => {
		await house.signIn(page, manager);
		await house.go(page, `${programme}/mail/sent`);
		await page.getByRole("link", { name: /^Lees/ }).first().click();
		assert.equal(await heading(page),
			"We hebben je vraag ontvangen");
		const [link] = linksOf((await house.mails())[0]);
		const text = await page.locator("main .card").innerText();
		assert.match(text, /\/my-question\/…/);
		assert.ok(!text.includes(link.split("/").pop()));
	}));

test("who may not, sees a page that is not there", () =>
	house.visit(ways[2], async (page) => {
		await house.signIn(page, office);
		await lookUp(house, page, "Maeve Doyle");

		const address = page.url();

		await house.visit(ways[2], async (mentor) => {
			await house.signIn(mentor, "wietske@mentor.example");
			assert.equal(await house.go(mentor, address), 404);
			assert.equal(await house.go(mentor,
				`${programme}/applications`), 404);
			assert.equal(await house.go(mentor,
				`${programme}/today`), 200);
		});
	}));
