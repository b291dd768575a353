/*
 * What a page does more when it may run a script.  Everything works without,
 * passkeys excepted.
 */
"use strict";

// The summary of a refused form takes the focus.
document.querySelector(".errors")?.focus();

// Escape closes the menu and gives the focus back.
addEventListener("keydown", (event) => {
	const menu = document.querySelector(".menu[open]");

	if (event.key !== "Escape" || !menu)
		return;
	menu.open = false;
	menu.querySelector("summary").focus();
});

// A form is sent once; coming back to the page makes its button work again.
addEventListener("submit", (event) => {
	const form = event.target;

	if (form.ariaBusy === "true")
		event.preventDefault();
	if (event.defaultPrevented)
		return;
	form.ariaBusy = "true";
	// Later, or the button's own value would not be sent.
	setTimeout(() => setButtons(form, true));
});

addEventListener("pageshow", () => {
	for (const form of document.forms) {
		form.ariaBusy = null;
		setButtons(form, false);
	}
});

function setButtons(form, disabled)
{
	for (const button of form.querySelectorAll("button[type=submit]"))
		button.disabled = disabled;
}

// Live pages: an event names what changed, and the page asks for it again.
function listen(path)
{
	const events = new EventSource(path);
	let heardBefore = false;

	events.addEventListener("changed", (event) =>
		refresh(event.data.split(" ")[0]));
	// What changed while nobody listened was not heard.
	events.addEventListener("open", () => {
		if (heardBefore)
			refresh("*");
		heardBefore = true;
	});
	addEventListener("pagehide", () => events.close());
}

async function refresh(topic)
{
	const parts = topic === "*" ? "[data-live]"
		: `[data-live="${CSS.escape(topic)}"]`;
	const old = document.querySelectorAll(parts);

	if (old.length === 0)
		return;
	const reply = await fetch(location.href);
	if (!reply.ok)
		return;
	const page = new DOMParser().parseFromString(await reply.text(),
		"text/html");
	const fresh = page.querySelectorAll(parts);
	old.forEach((part, i) => {
		if (fresh[i] && !part.contains(document.activeElement))
			part.replaceWith(fresh[i]);
	});
}

const live = document.body.dataset.liveAt;
if (live && document.querySelector("[data-live]"))
	listen(live);

// Passkeys.  The server speaks base64url, the browser bytes.
function toBytes(text)
{
	const base64 = text.replace(/-/g, "+").replace(/_/g, "/");

	return Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
}

function fromBytes(buffer)
{
	const bytes = String.fromCharCode(...new Uint8Array(buffer));

	return btoa(bytes).replace(/\+/g, "-").replace(/\//g, "_")
		.replace(/=+$/, "");
}

function optionsOf(form)
{
	const options = JSON.parse(form.dataset.options);
	const known = [...options.allowCredentials || [],
		...options.excludeCredentials || []];

	options.challenge = toBytes(options.challenge);
	if (options.user)
		options.user.id = toBytes(options.user.id);
	for (const credential of known)
		credential.id = toBytes(credential.id);
	return options;
}

function fill(form, credential)
{
	const { clientDataJSON, signature, userHandle } = credential.response;
	const fields = {
		credential_id: credential.rawId,
		client_data: clientDataJSON,
		authenticator_data: credential.response.authenticatorData ||
			credential.response.getAuthenticatorData(),
		signature,
		user_handle: userHandle,
	};

	for (const [name, value] of Object.entries(fields))
		if (value)
			form.elements[name].value = fromBytes(value);
}

// Without an answer: somebody pressed cancel, or has no such key.
async function askForKey(form, extra)
{
	const options = { publicKey: optionsOf(form), ...extra };
	const credential = form.dataset.passkey === "create"
		? await navigator.credentials.create(options)
		: await navigator.credentials.get(options);

	fill(form, credential);
	form.submit();
}

let waiting;    // the offer of passkeys in the list of a name field

async function offerKeys(form)
{
	const can = window.PublicKeyCredential
		?.isConditionalMediationAvailable;

	if (form.dataset.passkey !== "get" || !can ||
		!await can.call(PublicKeyCredential))
		return;
	waiting = new AbortController();
	askForKey(form, { mediation: "conditional", signal: waiting.signal })
		.catch(() => {});
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
	form.hidden = !window.PublicKeyCredential;
	form.addEventListener("submit", async (event) => {
		const error = form.querySelector("[data-passkey-error]");

		event.preventDefault();
		waiting?.abort();
		error.hidden = true;
		try {
			await askForKey(form);
		} catch {
			error.hidden = false;
		}
	});
	offerKeys(form);
}
