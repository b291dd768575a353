// The page of all widgets, at both widths and in both themes: sound, and
// doing what app.js promises.  The program sample-pages of the build in
// $BUILD writes it.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { launch, mustBeSound, axe, open, overflow, shot, themes, widths }
	from "./lib.mjs";

const build = process.env.BUILD || "build";
const samples = fs.mkdtempSync(path.join(os.tmpdir(), "look-"));
const site = "http://localhost:8099";
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; " +
	"font-src 'self'; img-src 'self'; manifest-src 'self'; " +
	"connect-src 'self'; form-action 'self'; base-uri 'none'; " +
	"frame-ancestors 'none'";
const types = { ".html": "text/html; charset=utf-8", ".css": "text/css",
	".js": "text/javascript", ".svg": "image/svg+xml",
	".woff2": "font/woff2", ".webmanifest": "application/manifest+json" };

let browser;

before(async () => {
	execFileSync(path.join(build, "src/web/sample-pages"), [samples]);
	browser = await launch();
});
after(async () => {
	await browser?.close();
	fs.rmSync(samples, { recursive: true });
});

// The samples, as the server would send them.
function serve(page)
{
	return page.route(`${site}/**`, (route) => {
		const file = path.join(samples,
			new URL(route.request().url()).pathname);

		if (!fs.existsSync(file))
			return route.fulfill({ status: 204 });
		return route.fulfill({
			body: fs.readFileSync(file),
			contentType: types[path.extname(file)],
			headers: { "Content-Security-Policy": policy },
		});
	});
}

async function visit(name, options)
{
	const page = await open(browser, options);

	await serve(page);
	await page.goto(`${site}/${name}.html`);
	return page;
}

for (const name of ["whole-nl", "refused-nl", "whole-fy", "whole-en"]) {
	for (const width of widths) {
		for (const theme of themes) {
			const where = `${name}-${width}-${theme}`;

			test(`${where} is sound`, async () => {
				const page = await visit(name, { width, theme });

				await mustBeSound(page, where);
				await shot(page, where);
				await page.context().close();
			});
		}
	}
}

test("nothing is wider than a window of 320 pixels", async () => {
	const page = await visit("refused-nl", { width: 320 });

	assert.equal(await overflow(page), 0);
});

test("the check finds what is wrong: a control", async () => {
	const page = await visit("whole-nl");

	await page.evaluate(() => {
		const input = document.createElement("input");

		document.querySelector("main").append(input);
		input.outerHTML = "<input><img src=x>";
	});
	assert.equal((await axe(page)).length, 2);
});

test("the summary of a refused form takes the focus", async () => {
	const page = await visit("refused-nl");

	assert.equal(await page.evaluate(() =>
		document.activeElement.className), "errors");
});

test("a link of the summary leads into its field", async () => {
	const page = await visit("refused-nl");

	for (const name of ["question", "language", "agreed"]) {
		await page.click(`.errors a[href="#${name}"]`);
		assert.equal(await page.evaluate(() =>
			document.activeElement.id), name);
	}
});

test("Escape closes the menu and gives its button the focus", async () => {
	const page = await visit("whole-nl", { width: 390 });

	await page.click(".menu summary");
	assert.equal(await page.isVisible(".menu nav"), true);
	await page.keyboard.press("Escape");
	assert.equal(await page.isVisible(".menu nav"), false);
	assert.equal(await page.evaluate(() =>
		document.activeElement.tagName), "SUMMARY");
});

test("without a script the menu opens and nothing is hidden", async () => {
	const page = await visit("whole-nl", { width: 390, script: false });

	await page.click(".menu summary");
	assert.equal(await page.isVisible(".menu nav"), true);
	assert.equal(await page.isVisible("form[action='/sample']"), true);
	assert.equal(await page.isVisible("form[data-passkey]"), false);
});

test("a form is sent once, with the tokens it came with", async () => {
	const page = await visit("whole-nl");
	const sent = [];

	page.on("request", (r) => {
		if (r.method() === "POST")
			sent.push(new Response(r.postDataBuffer(),
				{ headers: r.headers() }).formData());
	});
	await page.evaluate(() => {
		const button = document.querySelector(".btn--big");

		button.click();
		button.click();
	});
	await page.waitForTimeout(200);
	assert.equal(await page.isDisabled(".btn--big"), true);
	assert.equal(sent.length, 1);
	const form = await sent[0];

	assert.equal(form.get("_token"), "TOKEN");
	assert.equal(form.get("_version"), "7");
	assert.equal(form.get("language"), "fy");
});
