// Today and the public form on fastify and better-sqlite3: a peer of the
// bench, with two processes.  The same as flask_today.py; see there.
const cluster = require('node:cluster');
const crypto = require('node:crypto');
const fs = require('node:fs');

const STEPS = [[1, 'New'], [2, 'Spoken to'], [3, 'Intake planned'],
	[4, 'Intake done']];
const TONES = { 'Too late': ' badge--red', Today: ' badge--yellow',
	Soon: ' badge--yellow', Later: '' };
const ESCAPES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;',
	"'": '&#39;' };
const DAY = 86400000;
const env = process.env;

const e = (s) => String(s).replace(/[&<>"']/g, (c) => ESCAPES[c]);

const long = new Intl.DateTimeFormat('en-GB', { weekday: 'long',
	day: 'numeric', month: 'long', timeZone: 'UTC' });

function dayText(day) {
	return long.format(day).replace(',', '');
}

function dueText(due, today) {
	const near = { '-1': 'yesterday', 0: 'today', 1: 'tomorrow' };
	const text = near[(due - today) / DAY];
	return text ?? dayText(due) +
		(new Date(due).getUTCFullYear() ===
		new Date(today).getUTCFullYear() ? ''
			: ` ${new Date(due).getUTCFullYear()}`);
}

function nearness(days) {
	return days < 0 ? 'Too late' : days === 0 ? 'Today'
		: days <= 2 ? 'Soon' : 'Later';
}

function taskHtml(t, slug, today) {
	const due = Date.parse(t.due);
	const near = nearness((due - today) / DAY);
	const title = t.promise === 1 ? 'has a question' : 'hears how we help';
	const action = t.promise === 1 ? 'Call' : 'Look at it';
	const by = t.promise === 1 ? 'call or write by' : 'decide by';
	return `<li><div><h3>${e(t.name)} ${title}</h3><p class="meta"><span class="badge${TONES[near]}">${near}</span>
${t.venture ? ` ${e(t.venture)},` : ''} ${e(t.place)} · ${by} ${dueText(due, today)}</p></div>
<div class="row"><a class="btn${near === 'Later' ? ' btn--2' : ''}" href="/${slug}/applications/${t.id}">${action}<span class="vh">: ${e(t.name)}</span></a></div></li>
`;
}

function greeting(hour) {
	return hour >= 5 && hour < 12 ? 'Good morning'
		: hour >= 12 && hour < 18 ? 'Good afternoon' : 'Good evening';
}

function page(v) {
	const { slug } = v;
	return `${v.head}<div class="pagehead"><div><p class="eyebrow">${dayText(v.today)} ${v.now.getFullYear()}</p>
<h1>${greeting(v.now.getHours())}, ${e(v.name)}</h1></div>
<p data-live="applications">${v.open} questions are open.
${v.late ? ` ${v.late} promises are too late.` : ''}
${v.dueToday ? ` ${v.dueToday} are due today.` : ''}
</p></div>
<div class="grid side"><div class="stack-l" data-live="applications">
<section class="card section" aria-labelledby="now"><header><h2 id="now">This needs you now</h2></header>
<ol class="todo">
${v.tasks.map((t) => taskHtml(t, slug, v.today)).join('')}</ol>
${v.more ? `<p class="mt4"><a href="/${slug}/today?all=1">Show everything</a></p>` : ''}
</section>
<section class="section" aria-labelledby="steps"><header><h2 id="steps">Questions on their way</h2><a href="/${slug}/applications">See all applications</a></header>
<nav class="jump" aria-label="Questions on their way">
${STEPS.map(([s, label]) => `<a href="/${slug}/applications"><b>${v.states[s] ?? 0}</b>${label}</a>\n`).join('')}</nav></section>
</div><aside class="stack-l" aria-label="At hand">
<section class="card card--cobalt"><h2>Somebody on the telephone?</h2>
<p>Write the question down while you talk. It gets the same promise as the form.</p>
<p class="actions"><a class="btn" href="/${slug}/applications/new">Enter a question for a caller</a></p></section>
<section class="card"><h2>The public form</h2>
<p>This is the address to put in a mail or a leaflet:</p>
<p><a href="/${slug}/apply">${env.PEER_URL}/${slug}/apply</a></p></section>
</aside></div>${v.foot}
`;
}

function cookieOf(request, name) {
	const match = new RegExp(`(?:^|; )${name}=([^;]*)`)
		.exec(request.headers.cookie ?? '');
	return match ? match[1] : '';
}

function serve() {
	const Database = require('better-sqlite3');
	const read = new Database(env.PEER_DB, { readonly: true });
	const write = new Database(env.PEER_DB, { timeout: 30000 });
	const text = JSON.parse(fs.readFileSync(env.PEER_STATEMENTS, 'utf8'));
	const head = fs.readFileSync(env.PEER_HEAD, 'utf8');
	const foot = fs.readFileSync(env.PEER_FOOT, 'utf8');
	const app = require('fastify')();
	const q = (name) => read.prepare(text[name]);
	const w = (name) => write.prepare(text[name]);

	read.pragma('mmap_size = 268435456');
	write.pragma('synchronous = FULL');
	const login = q('sql_login_find');
	const enter = q('sql_programme_enter');
	const roles = q('sql_membership_of');
	const open = q('sql_application_open');
	const count = q('sql_application_count_open');
	const due = q('sql_promise_count_due');
	const failed = q('sql_outbox_list_failed');

	app.get('/:slug/today', (request, reply) => {
		const { slug } = request.params;
		const token = crypto.createHash('sha256')
			.update(cookieOf(request, 'login')).digest();
		const l = login.get({ token, now: Date.now() * 1000 });
		const p = enter.get({ slug });
		if (!l || !p || !roles.all({ programme: p.id, person: l.person })
			.some((r) => r.role <= 2 && r.state === 1))
			return reply.code(404).send();
		const now = new Date();
		const today = Date.UTC(now.getFullYear(), now.getMonth(),
			now.getDate());
		const day = new Date(today).toISOString().slice(0, 10);
		const tasks = open.all({ programme: p.id, most: 8 });
		const states = {};
		for (const r of count.all({ programme: p.id }))
			states[r.state] = r.n;
		const d = due.get({ programme: p.id, today: day });
		failed.all({ programme: p.id, most: 26, skip: 0 });
		return reply.type('text/html; charset=utf-8').send(page({ head,
			foot, slug, now, today, states,
			name: l.name.split(' ')[0], tasks: tasks.slice(0, 7),
			more: tasks.length > 7, late: d.late, dueToday: d.today,
			open: Object.values(states).reduce((a, b) => a + b, 0) }));
	});

	const receipt = w('sql_receipt_insert');
	const insert = w('sql_application_insert');
	const step = w('sql_step_insert');
	const promise = w('sql_promise_insert');
	const store = write.transaction((f, programme, id, at) => {
		receipt.run({ owner: f._token, token: f._once, at });
		insert.run({ programme, id, question: f.question,
			not_in_team: '', over_50: null, social_enterprise: null,
			older_customers: null, name: f.name, venture: '',
			place: f.place, email: f.email, phone: f.phone, lang: 0,
			channel: 1, entered_by: null, received_at: at,
			search: `${f.name} ${f.place}`.toLowerCase() });
		step.run({ programme, application: id, step: 1, at, actor: null,
			said: '' });
		promise.run({ programme, id, application: id, kind: 1,
			due_day: '2030-01-01', made_at: at });
	});
	app.addContentTypeParser('application/x-www-form-urlencoded',
		{ parseAs: 'string' },
		(request, body, done) =>
			done(null, Object.fromEntries(new URLSearchParams(body))));
	app.post('/:slug/apply', (request, reply) => {
		const { slug } = request.params;
		store.immediate(request.body, enter.get({ slug }).id,
			crypto.randomInt(2 ** 47), Date.now() * 1000);
		return reply.code(303).header('Location', `/${slug}/apply/thanks`)
			.send();
	});
	app.listen({ port: Number(env.PEER_PORT), host: '127.0.0.1' });
}

if (cluster.isPrimary) {
	cluster.fork();
	cluster.fork();
} else {
	serve();
}
