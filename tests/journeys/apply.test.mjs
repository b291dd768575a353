// An entrepreneur asks a question, reads the mail, and takes it back.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { House, likeAPerson, linksOf, programme, storyteller, ways }
	from "./house.mjs";
import { heading, refusals, send } from "./steps.mjs";

const question = "Hoe vind ik een opvolger voor mijn molen?";
const name = "Gerbrich Molenaar";

let house;
const inEachWay = storyteller(() => house);

before(async () => {
	house = await House.open("demo", "--serve");
});
after(() => house.close());

async function isRefusedWithAllNamed(page)
{
	await house.go(page, programme);
	await page.locator("main").getByRole("link",
		{ name: "Vertel ons je vraag" }).first().click();
	await send(page, "Verstuur mijn vraag");
	assert.deepEqual(await refusals(page), [
		"Schrijf je vraag op. Een paar woorden is al goed.",
		"Vul je naam in.",
		"Vul de plaats in waar je woont of werkt.",
		"Vul je e-mailadres in.",
		"Vul een telefoonnummer in waarop we je kunnen bellen.",
	]);
}

// Half of it right, the other half wrong: everything is kept.
async function isRefusedAndKept(page)
{
	const typed = { question, name, venture: "De Hoop", place: "Burgum",
		email: "gerbrich(at)molen", phone: "06-1234",
		not_in_team: "Mijn broer Wiebe" };

	for (const [field, text] of Object.entries(typed))
		await page.fill(`#${field}`, text);
	await page.locator("input[name=topic]").nth(2).check();
	await page.locator("input[name=lang][value=fy]").check();
	await page.locator("input[name=over_50][value=yes]").check();
	await send(page, "Verstuur mijn vraag");
	assert.equal((await refusals(page)).length, 2);
	for (const [field, text] of Object.entries(typed))
		assert.equal(await page.inputValue(`#${field}`), text);
	assert.ok(await page.locator("input[name=topic]").nth(2).isChecked());
	assert.ok(await page.isChecked("input[name=lang][value=fy]"));
	assert.ok(await page.isChecked("input[name=over_50][value=yes]"));
}

async function isThanked(page, email)
{
	await page.fill("#email", email);
	await page.fill("#phone", "06 12 34 56 78");
	await page.locator("input[name=lang][value=nl]").check();
	await likeAPerson(page);
	await send(page, "Verstuur mijn vraag");
	assert.equal(await heading(page), "Dank je wel, je vraag is binnen");
	assert.match(await page.innerText("main"),
		/Wij bellen of schrijven je uiterlijk \w+ \d+ \w+/);
}

// One mail, which tells nothing to who looks over a shoulder.
async function getsOneMail(email)
{
	const mail = await house.mailTo(email);
	const all = (await house.mails()).filter((m) =>
		m.to.text.includes(email));

	assert.equal(all.length, 1);
	assert.equal(mail.subject, "We hebben je vraag ontvangen");
	for (const text of [mail.subject, mail.text, mail.html]) {
		assert.doesNotMatch(text, /molen|opvolger/i);
		assert.doesNotMatch(text, /Gerbrich|Molenaar/);
	}
	return mail;
}

async function takesItBack(page)
{
	await page.getByText("Ik wil mijn vraag intrekken").click();
	await send(page, "Trek mijn vraag in");
	assert.match(await page.innerText("main"),
		/Je hebt je vraag ingetrokken\. We doen er niets meer mee\./);
	assert.equal(await page.getByRole("button",
		{ name: "Trek mijn vraag in" }).count(), 0);
}

inEachWay("an entrepreneur asks, and takes it back", async (page, way) => {
	const email = `g${way.width}${way.script}@molen.example`;

	await isRefusedWithAllNamed(page);
	await isRefusedAndKept(page);
	await isThanked(page, email);

	const mail = await getsOneMail(email);
	const [link] = linksOf(mail);

	await house.scan(mail);
	await house.visit(way, async (late) => {
		await house.go(page, link);
		assert.equal(await heading(page), "Je vraag");
		assert.match(await page.innerText("main"),
			/Wij bellen of schrijven je\.\s+Uiterlijk \w+ \d+/);
		assert.doesNotMatch(await page.innerText("main"),
			/opvolger|Gerbrich/);
		await house.go(late, link);
		await takesItBack(page);
		await late.getByText("Ik wil mijn vraag intrekken")
			.click();
		await send(late, "Trek mijn vraag in");
		assert.equal(await heading(late),
			"Dit was al gedaan");
	});
});

test("an altered link shows nothing", () =>
	house.visit(ways[0], async (page) => {
		assert.equal(await house.go(page,
			`${programme}/my-question/${"A".repeat(43)}`), 404);
	}));

test("what a machine fills in gets thanks, but no mail and no promise", () =>
	house.visit(ways[2], async (page) => {
		await house.go(page, `${programme}/apply`);
		await page.fill("#question", "Cheap pills");
		await page.fill("#name", "Robot");
		await page.fill("#place", "Nowhere");
		await page.fill("#email", "robot@spam.example");
		await page.fill("#phone", "0612345678");
		await page.evaluate(() => {
			document.querySelector("#website").value = "spam";
		});
		await likeAPerson(page);
		await send(page, "Verstuur mijn vraag");
		assert.equal(await heading(page),
			"Dank je wel, je vraag is binnen");
		assert.ok(!(await house.mails()).some((m) =>
			m.to.text.includes("robot@")));
	}));
