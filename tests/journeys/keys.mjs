// What a person has in the pocket to sign in with.

import { createHmac } from "node:crypto";

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const span = 30_000;    // ms that a code lasts

function fromBase32(letters)
{
	const bits = [...letters.replace(/[\s=]/g, "")].map((letter) =>
		alphabet.indexOf(letter).toString(2).padStart(5, "0")).join("");

	return Buffer.from(bits.match(/.{8}/g).map((byte) =>
		parseInt(byte, 2)));
}

const now = () => Math.floor(Date.now() / span);

// An app with codes: RFC 6238, six digits.  A code counts once, and so each
// asking takes a later one, from the one before now up to the next.
export class App {
	constructor(letters)
	{
		this.seed = fromBase32(letters);
		this.step = now() - 2;
	}

	async code()
	{
		// Not at the last moment: it must still count on arrival.
		const left = span - Date.now() % span;

		if (left < 3000)
			await new Promise((done) => setTimeout(done, left));
		this.step = Math.max(this.step + 1, now() - 1);
		return this.at(this.step);
	}

	at(step)
	{
		const counter = Buffer.alloc(8);

		counter.writeBigUInt64BE(BigInt(step));
		const mac = createHmac("sha1", this.seed).update(counter)
			.digest();
		const number = mac.readUInt32BE(mac.at(-1) & 15) & 0x7fffffff;

		return String(number % 1_000_000).padStart(6, "0");
	}
}

// A device with a fingerprint, which the browser plays itself.
export class Device {
	static async at(page)
	{
		const device = new Device();

		device.client = await page.context().newCDPSession(page);
		await device.client.send("WebAuthn.enable");
		const { authenticatorId } = await device.client.send(
			"WebAuthn.addVirtualAuthenticator", { options: {
				protocol: "ctap2", transport: "internal",
				hasResidentKey: true, hasUserVerification: true,
				isUserVerified: true,
				automaticPresenceSimulation: true,
			} });
		device.authenticatorId = authenticatorId;
		return device;
	}

	tell(what, options)
	{
		return this.client.send(`WebAuthn.${what}`, { ...options,
			authenticatorId: this.authenticatorId });
	}

	// Whether a finger is laid on it whenever it asks.
	isTouched(enabled)
	{
		return this.tell("setAutomaticPresenceSimulation", { enabled });
	}

	// Whether it is the right finger.
	knowsTheFinger(isUserVerified)
	{
		return this.tell("setUserVerified", { isUserVerified });
	}

	async keys()
	{
		return (await this.tell("getCredentials")).credentials;
	}
}
