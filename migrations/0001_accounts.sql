-- People and how they sign in.  These tables are global: one person may have
-- a part in several programmes.

CREATE TABLE person (
	id INTEGER NOT NULL PRIMARY KEY,  -- drawn by base/id
	name TEXT NOT NULL,               -- as the person writes it
	email TEXT,                       -- folded to lower case; NULL for none
	phone TEXT NOT NULL DEFAULT '',   -- as typed
	lang INTEGER NOT NULL DEFAULT 0,  -- enum language
	administrator INTEGER NOT NULL DEFAULT 0,  -- of the installation: 0 or 1
	must_use_factor INTEGER NOT NULL DEFAULT 0, -- a role asks TOTP or passkey
	created_at INTEGER NOT NULL,      -- instant
	version INTEGER NOT NULL DEFAULT 1 -- rises with every change
) STRICT;
CREATE UNIQUE INDEX person_by_email ON person (email);

CREATE TABLE credential (
	id INTEGER NOT NULL PRIMARY KEY,  -- drawn by base/id
	person INTEGER NOT NULL REFERENCES person (id), -- whose it is
	kind INTEGER NOT NULL,            -- enum credential_kind
	label TEXT NOT NULL DEFAULT '',   -- what the person calls it: "my phone"
	handle BLOB,                      -- passkey: its id at the authenticator
	secret BLOB NOT NULL,             -- PHC text, sealed seed, key or hash
	counter INTEGER NOT NULL DEFAULT 0, -- TOTP: last step; passkey: sign count
	confirmed INTEGER NOT NULL DEFAULT 0, -- 1 once proven by its first use
	created_at INTEGER NOT NULL,      -- instant
	used_at INTEGER                   -- instant; NULL for never
) STRICT;
CREATE INDEX credential_by_person ON credential (person, kind);
CREATE UNIQUE INDEX credential_by_handle ON credential (handle);

-- A signed-in browser.  What a cookie carries is a token; here is its hash.
CREATE TABLE login (
	id INTEGER NOT NULL PRIMARY KEY,  -- drawn by base/id
	token BLOB NOT NULL,              -- hash of the token in the cookie
	person INTEGER NOT NULL REFERENCES person (id), -- who signed in
	factors INTEGER NOT NULL,         -- enum login_factors: how surely
	device TEXT NOT NULL,             -- User-Agent, shortened
	network TEXT NOT NULL,            -- address, shortened as for limits
	created_at INTEGER NOT NULL,      -- instant
	proven_at INTEGER NOT NULL,       -- instant the last factor was shown
	seen_at INTEGER NOT NULL,         -- instant, to the minute
	idle_until INTEGER NOT NULL,      -- instant after which it is over
	ends_at INTEGER NOT NULL          -- instant after which it is over anyhow
) STRICT;
CREATE UNIQUE INDEX login_by_token ON login (token);
CREATE INDEX login_by_person ON login (person);
CREATE INDEX login_by_end ON login (ends_at);

-- What is asked of a browser between two steps of signing in: a passkey
-- challenge, a mailed code, a password that was right.  Used once.
CREATE TABLE challenge (
	token BLOB NOT NULL PRIMARY KEY,  -- hash of the token in the form
	kind INTEGER NOT NULL,            -- enum challenge_kind
	person INTEGER,                   -- NULL before we know who
	secret BLOB,                      -- challenge bytes or hash of a code
	tries INTEGER NOT NULL DEFAULT 0, -- wrong answers so far
	created_at INTEGER NOT NULL,      -- instant
	expires_at INTEGER NOT NULL       -- instant
) STRICT;
CREATE INDEX challenge_by_expiry ON challenge (expires_at);

-- A one-task link.  A GET shows the task, a POST does it.
CREATE TABLE link (
	id INTEGER NOT NULL PRIMARY KEY,  -- drawn by base/id
	token BLOB NOT NULL,              -- hash of the token in the address
	kind TEXT NOT NULL,               -- as the route names it
	programme INTEGER,                -- NULL for links of an account
	person INTEGER,                   -- for whom; NULL when not a person yet
	object INTEGER NOT NULL,          -- id of what it is about
	created_at INTEGER NOT NULL,      -- instant
	expires_at INTEGER NOT NULL,      -- instant
	used_at INTEGER                   -- instant; NULL while it may be used
) STRICT;
CREATE UNIQUE INDEX link_by_token ON link (token);
CREATE INDEX link_by_object ON link (kind, object);
CREATE INDEX link_by_expiry ON link (expires_at);

-- Failures, counted per subject in a window of time: "password 192.0.2.7".
CREATE TABLE rate_limit (
	subject TEXT NOT NULL PRIMARY KEY, -- kind and hashed account or network
	count INTEGER NOT NULL,           -- in the window
	until INTEGER NOT NULL            -- instant the window ends
) STRICT;
CREATE INDEX rate_limit_by_end ON rate_limit (until);

-- Answers to forms already handled, so that twice is once.
CREATE TABLE receipt (
	owner TEXT NOT NULL,              -- login id, or the page's nonce
	token TEXT NOT NULL,              -- of the form
	location TEXT NOT NULL,           -- where the first answer sent the browser
	at INTEGER NOT NULL,              -- instant
	PRIMARY KEY (owner, token)
) STRICT;
CREATE INDEX receipt_by_time ON receipt (at);

-- Settings of the installation: one row a key.
CREATE TABLE installation (
	key TEXT NOT NULL PRIMARY KEY,    -- a word of the program
	value TEXT NOT NULL               -- its value
) STRICT;
