// An empty house: the address in the log makes a programme and its manager.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { House, storyteller, until, ways } from "./house.mjs";
import { heading, refusals, send } from "./steps.mjs";

let house, address;
const inEachWay = storyteller(() => house);

before(async () => {
	house = await House.open("serve");
	address = await until("the address to begin at", () =>
		house.log.match(/^http\S+\/begin\/\S+$/m)?.[0]);
});
after(() => house.close());

test("the front page of an empty house says where to begin", () =>
	house.visit(ways[0], async (page) => {
		await house.go(page, "/");
		assert.equal(await heading(page),
			"Hier is nog niets ingericht");
	}));

inEachWay("an address with a capital is refused", async (page, way) => {
	await house.go(page, address);
	await page.fill("#slug", "Stad en Land");
	await send(page, "Maak het programma");
	assert.equal((await refusals(page)).length, 4);
	assert.equal(await page.inputValue("#slug"),
		"Stad en Land");
});

test("looking at the address does not use it up; making does", () =>
	house.visit(ways[1], async (page) => {
		await fetch(address);
		await house.go(page, address);
		await page.fill("#programme", "Groepsmentoring Drenthe");
		await page.fill("#slug", "drenthe");
		await page.fill("#place", "Drenthe");
		await page.fill("#name", "Roelie Venema");
		await page.fill("#email", "roelie@drenthe.example");
		await send(page, "Maak het programma");
		await page.click("main button[type=submit]");
		assert.equal(new URL(page.url()).pathname, "/drenthe/today");
		assert.match(await heading(page), /Roelie/);
		assert.equal(await house.go(page, address), 410);
	}));

test("its public form is open at once", () =>
	house.visit(ways[0], async (page) => {
		assert.equal(await house.go(page, "/drenthe/apply"), 200);
		assert.equal(await heading(page), "Vertel ons je vraag");
	}));
