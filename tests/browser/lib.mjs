// The browser for tests: Debian's Chromium, driven by playwright-core, with
// axe-core to judge what it shows.

import assert from "node:assert/strict";
import fs from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const axeSource = fs.readFileSync(
	createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

export const widths = [390, 1280];
export const themes = ["light", "dark"];

// No sandbox of its own: tests run as root in containers too.
export function launch()
{
	return chromium.launch({
		executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
		args: ["--no-sandbox", "--disable-gpu", "--no-first-run",
			"--disable-background-networking", "--disable-sync",
			"--disable-component-update"],
	});
}

// A window; options: width, theme, script (false: without), locale.
export async function open(browser, options = {})
{
	const { width = 1280, theme = "light", script = true } = options;
	const context = await browser.newContext({
		viewport: { width, height: width < 600 ? 844 : 900 },
		colorScheme: theme,
		javaScriptEnabled: script,
		bypassCSP: false,
		locale: options.locale || "nl-NL",
		reducedMotion: "reduce",
	});
	const page = await context.newPage();

	page.complaints = [];
	page.on("pageerror", (e) => page.complaints.push(String(e)));
	page.on("console", (m) => {
		// That a page itself is a 404 or a 422 is for its test to judge.
		if (m.type() === "error" && m.location().url !== page.url())
			page.complaints.push(m.text());
	});
	await watchShifts(page, script);
	return page;
}

async function watchShifts(page, script)
{
	if (!script)
		return;
	await page.addInitScript(() => {
		const place = (r) => `${r.x},${r.y} ${r.width}x${r.height}`;

		globalThis.shifts = [];
		new PerformanceObserver((list) => {
			for (const shift of list.getEntries())
				for (const s of shift.sources)
					globalThis.shifts.push(
						`${shift.value.toFixed(4)} ${
						s.node?.className || s.node?.nodeName
						}: ${place(s.previousRect)} -> ${
						place(s.currentRect)}`);
		}).observe({ type: "layout-shift", buffered: true });
	});
}

// What axe finds wrong, in words; [] is what is wanted.  It is evaluated
// from outside of the page, so that the page's own policy stays as it is.
export async function axe(page)
{
	await page.evaluate(axeSource);
	const result = await page.evaluate(() => globalThis.axe.run(document, {
		runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa",
			"wcag22aa", "best-practice"],
		resultTypes: ["violations"],
		preload: false,         // no rule of these reads style sheets
	}));

	return result.violations.map((v) =>
		`${v.id}: ${v.nodes.map((n) => n.html).join(" | ")}`);
}

// What moved since the page was opened: how much, what, from where to where.
export function shifts(page)
{
	return page.evaluate(() => new Promise((done) =>
		requestAnimationFrame(() => setTimeout(() =>
			done(globalThis.shifts), 50))));
}

// Pixels by which the page is wider than its window.
export function overflow(page)
{
	return page.evaluate(() => document.documentElement.scrollWidth -
		document.documentElement.clientWidth);
}

// Targets of fingers that are smaller than 24 by 24 pixels (WCAG 2.5.8),
// links inside sentences excepted.
export function smallTargets(page)
{
	return page.evaluate(() => [...document.querySelectorAll(
		"a, button, summary, input:not([type=hidden]), select")]
		.filter((e) => e.checkVisibility() && !e.closest("p, li, .skip"))
		.filter((e) => {
			const box = e.getBoundingClientRect();

			return box.width < 24 || box.height < 24;
		}).map((e) => e.outerHTML.slice(0, 80)));
}

// All that every page must hold.
export async function mustBeSound(page, where)
{
	assert.deepEqual(await axe(page), [], `${where}: axe`);
	assert.equal(await overflow(page), 0, `${where}: wider than its window`);
	assert.deepEqual(await shifts(page), [], `${where}: layout shift`);
	assert.deepEqual(await smallTargets(page), [], `${where}: targets`);
	assert.deepEqual(page.complaints, [], `${where}: console`);
}

// A picture for people, when $SHOTS names a directory.
export async function shot(page, name)
{
	if (!process.env.SHOTS)
		return;
	fs.mkdirSync(process.env.SHOTS, { recursive: true });
	await page.screenshot({ fullPage: true,
		path: `${process.env.SHOTS}/${name}.png` });
}

// A passkey of the browser's own, answered by itself.
export async function addPasskey(page)
{
	const client = await page.context().newCDPSession(page);

	await client.send("WebAuthn.enable");
	await client.send("WebAuthn.addVirtualAuthenticator", { options: {
		protocol: "ctap2", transport: "internal", hasResidentKey: true,
		hasUserVerification: true, isUserVerified: true,
		automaticPresenceSimulation: true,
	} });
	return client;
}
