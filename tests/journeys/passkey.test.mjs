// Passkeys, on a device that the browser plays itself.  They need script;
// who has none signs in as signin.test.mjs tells.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { House, linksOf, manager, programme, ways } from "./house.mjs";
import { Device } from "./keys.mjs";
import { heading, send } from "./steps.mjs";

const withScript = ways.filter((way) => way.script);

let house;

before(async () => {
	house = await House.open("demo", "--serve");
});
after(() => house.close());

const isToday = (page) => page.waitForURL(`**${programme}/today`);

async function makeKey(page, email)
{
	await house.signIn(page, email);
	await house.go(page, "/account/second-step");
	await page.fill("#label", "mijn telefoon");
	await send(page, "Maak een passkey");
	await page.waitForURL("**/account/recovery");
	await house.go(page, "/account");
	assert.match(await page.innerText("main"), /mijn telefoon\s+sinds/);
}

// From /account, with nothing at hand that would sign in again at once.
async function signOut(page, device)
{
	await device.isTouched(false);
	await house.go(page, "/account");
	await send(page, "Log uit");
	await page.waitForURL("**/sign-in");
}

for (const way of withScript)
	test(`a passkey is made, and is enough to sign in: ${way.name}`, () =>
		house.visit(way, async (page) => {
			const device = await Device.at(page);

			await makeKey(page, way.width === 390 ? manager
				: "hendrik@mentor.example");
			assert.equal((await device.keys()).length, 1);
			// Before the page makes its own offer, which would be
			// taken up with the right finger.
			await device.knowsTheFinger(false);
			await signOut(page, device);

			await device.isTouched(true);
			await send(page, "Inloggen met een passkey");
			await page.locator("[data-passkey-error]").waitFor();

			// The page's own offer may be faster than the button.
			await device.knowsTheFinger(true);
			await Promise.all([isToday(page),
				send(page, "Inloggen met een passkey")
					.catch(() => null)]);
		}));

test("a passkey is offered before anything is pressed", () =>
	house.visit(withScript[0], async (page) => {
		const device = await Device.at(page);

		await makeKey(page, "anneke@mentor.example");
		await signOut(page, device);
		await device.isTouched(true);
		await house.go(page, "/sign-in");
		await isToday(page);
	}));

async function invite(name, email)
{
	await house.visit(withScript[1], async (page) => {
		await house.signIn(page, manager);
		await house.go(page, `${programme}/people/invite`);
		await page.fill("#name", name);
		await page.fill("#email", email);
		await page.check("input[name=role][value=lead-mentor]");
		await send(page, "Verstuur de uitnodiging");
		await page.locator(".toast").waitFor();
	});
	return house.mailTo(email);
}

for (const way of withScript)
	test(`an invitation is taken up with a passkey: ${way.name}`, () =>
		house.visit(way, async (page) => {
			const email = `pk${way.width}@mentor.example`;
			const mail = await invite("Pytsje Kei", email);
			const device = await Device.at(page);

			await house.scan(mail);
			await house.go(page, linksOf(mail)[0]);
			assert.equal(await heading(page), "Welkom, Pytsje Kei");
			await send(page, "Doe mee met een passkey");
			await page.waitForURL((url) =>
				!url.pathname.includes("/invitation/"));
			await house.go(page, `${programme}/today`);
			assert.match(await heading(page), /Pytsje/);
			await signOut(page, device);
			await device.isTouched(true);
			await house.go(page, "/sign-in");
			await isToday(page);
		}));

test("the last passkey of who needs one cannot be removed", () =>
	house.visit(withScript[1], async (page) => {
		await Device.at(page);
		await makeKey(page, "durk@mentor.example");
		await send(page, "Haal weg");
		assert.match(await page.innerText("main"),
			/Houd deze: zonder deze kun je niet meer inloggen/);
	}));
