// What several stories do on the way.

import assert from "node:assert/strict";
import { likeAPerson, programme } from "./house.mjs";

export const send = (page, label) =>
	page.getByRole("button", { name: label, exact: true }).click();

export const heading = (page) => page.locator("h1").innerText();

// The sentences of the summary on top of a refused form.
export const refusals = (page) =>
	page.locator(".errors li").allInnerTexts();

// Somebody asks a question by the public form, and is thanked.
export async function ask(house, page, { question, name, email })
{
	await house.go(page, `${programme}/apply`);
	await page.fill("#question", question);
	await page.fill("#name", name);
	await page.fill("#place", "Burgum");
	await page.fill("#email", email);
	await page.fill("#phone", "06 12 34 56 78");
	await likeAPerson(page);
	await send(page, "Verstuur mijn vraag");
	assert.equal(await heading(page), "Dank je wel, je vraag is binnen");
}

// The page of the newest application of NAME, for who works in the office.
export async function lookUp(house, page, name)
{
	await house.go(page, `${programme}/applications`);
	await page.fill("#search", name);
	await send(page, "Zoek");
	await page.getByRole("link", { name }).first().click();
	assert.equal(await heading(page), name);
}
