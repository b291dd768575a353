// Every page that can be visited, as the manager sees it: at both widths, in
// both themes, sound for who cannot see it, and light enough for the country.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { mustBeSound, open, themes, widths } from "../browser/lib.mjs";
import { House, linksOf, manager, programme, until } from "./house.mjs";
import { send } from "./steps.mjs";

const password = "molen dijk terp skûtsje 9";
const heaviest = 60 * 1024;     // bytes of a page that was never seen before

// Not pages: what is heard, and what only leads elsewhere.
const noPages = ["/:programme/live", "/", "/start"];

const roles = { office: "femke@fjouwer.example",
	mentor: "wietske@mentor.example",
	"lead mentor": "anneke@mentor.example",
	entrepreneur: "nynke@zilverkade.example",
	"confidential person": "reinder@fjouwer.example",
	board: "marije@bestuur.example",
	designer: "tjeerd@gemeente.example" };

let house, empty, cookies;
const address = {};     // of each route that has more than a programme in it

before(async () => {
	house = await House.open("demo", "--serve");
	empty = await House.open("serve");
	await house.visit({}, prepare);
	address["/begin/:token"] = await until("the address to begin at", () =>
		empty.log.match(/^http\S+\/begin\/\S+$/m)?.[0]);
});
after(async () => {
	await house.close();
	await empty.close();
});

async function firstLink(page, list, selector)
{
	await house.go(page, `${programme}/${list}`);
	return page.locator(selector).first().getAttribute("href");
}

// What the pages need to have something to show, done as the manager.
async function prepare(page)
{
	await house.signIn(page, manager);
	await prepareLinks(page);
	await house.go(page, "/account/second-step");
	await send(page, "Stel een app in");
	await house.go(page, `${programme}/today`);
	cookies = [...await page.context().cookies(), ...await atSecondStep()];

	const application = await firstLink(page, "applications", "tbody a");
	const person = await firstLink(page, "people", "tbody a");

	Object.assign(address, {
		"/:programme/applications/:id": application,
		"/:programme/applications/:id/details":
			`${application}/details`,
		"/:programme/people/:person": person,
		"/:programme/people/:person/roles": `${person}/roles`,
		"/:programme/settings/topics/:topic": await firstLink(page,
			"settings/topics", "main a[href*='/topics/']"),
		"/:programme/mail/:box": `${programme}/mail/sent`,
		"/:programme/mail/:letter/read":
			await firstLink(page, "mail/sent", "a[href$='/read']"),
	});
}

// One of each kind of link that is mailed or printed, and not yet used.
async function prepareLinks(page)
{
	const name = "sytze@mentor.example";

	Object.assign(address, {
		"/:programme/my-question/:token":
			linksOf((await house.mails())[3])[0],
		"/:programme/invitation/:token":
			await invite(page, "nij@mentor.example"),
		"/sign-in/link/:token":
			await house.command("signin-link", manager),
	});
	await house.go(page, "/sign-in/forgotten");
	await page.fill("#email", name);
	await send(page, "Stuur mij de mail");
	address["/sign-in/password/:token"] =
		linksOf(await house.mailTo(name))[0];
}

async function invite(page, email)
{
	await house.go(page, `${programme}/people/invite`);
	await page.fill("#name", "Nij Minske");
	await page.fill("#email", email);
	await page.check("input[name=role][value=mentor]");
	await send(page, "Verstuur de uitnodiging");
	return linksOf(await house.mailTo(email))[0];
}

// The cookie of somebody who has given a password and still owes a code.
async function atSecondStep()
{
	const email = "stap@mentor.example";
	let owed;

	await house.visit({}, async (page) => {
		await house.signIn(page, manager);
		const link = await invite(page, email);

		await page.context().clearCookies();
		await house.go(page, link);
		await page.fill("#password", password);
		await send(page, "Doe mee met een wachtwoord");
		await page.waitForURL((url) => !url.href.includes(link));
		await page.context().clearCookies();
		await house.go(page, "/sign-in");
		await page.fill("#email", email);
		await page.fill("#password", password);
		await page.press("#password", "Enter");
		await page.waitForURL("**/sign-in/step");
		owed = await page.context().cookies();
	});
	return owed;
}

async function pages()
{
	const routes = JSON.parse(await house.command("routes", "--json"));
	const get = routes.filter((route) => route.method === "GET" &&
		!noPages.includes(route.path));

	return get.map(({ path }) => address[path] ??
		path.replace("/:programme", programme));
}

// A window that counts what comes over the wire, with nothing kept before.
async function scale(page)
{
	const client = await page.context().newCDPSession(page);
	let bytes = 0;

	await client.send("Network.enable");
	await client.send("Network.setCacheDisabled", { cacheDisabled: true });
	client.on("Network.loadingFinished", (event) => {
		bytes += event.encodedDataLength;
	});
	return { reset: () => { bytes = 0; }, weight: () => bytes };
}

async function judge(page, where, scales)
{
	scales.reset();
	const status = await house.go(page, where);

	assert.equal(status, 200, where);
	assert.doesNotMatch(where, /:[a-z]/,
		`nobody told how to visit ${where}`);
	await mustBeSound(page, where);
	assert.ok(scales.weight() > 0 && scales.weight() <= heaviest,
		`${where} weighs ${scales.weight()} bytes`);
}

// All that is wrong is told, and not the first page only.
function note(wrong, page, error)
{
	wrong.push(error.message);
	page.complaints.length = 0;
}

for (const width of widths)
	for (const theme of themes)
		test(`every page is sound: ${width} px, ${theme}`, () =>
			house.visit({ width, theme }, async (page) => {
				const scales = await scale(page);
				const wrong = [];

				await page.context().addCookies(cookies);
				for (const where of await pages())
					await judge(page, where, scales).catch(
						(e) => note(wrong, page, e));
				assert.deepEqual(wrong, []);
			}));

for (const [role, email] of Object.entries(roles))
	test(`Today of the ${role} is sound`, () =>
		house.visit({ width: 390 }, async (page) => {
			await house.signIn(page, email);
			await judge(page, `${programme}/today`,
				await scale(page));
		}));

for (const width of widths)
	test(`a refused form and a page that is not there: ${width} px`, () =>
		house.visit({ width }, async (page) => {
			await house.go(page, `${programme}/apply`);
			await send(page, "Verstuur mijn vraag");
			await page.locator(".errors").waitFor();
			await mustBeSound(page, "a refused form");
			assert.equal(await house.go(page, "/nergens"), 404);
			await mustBeSound(page, "a page that is not there");
		}));
