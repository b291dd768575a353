-- Programmes, who takes part in them, and the audit trail of each.

CREATE TABLE programme (
	id INTEGER NOT NULL PRIMARY KEY,  -- drawn by base/id
	slug TEXT NOT NULL,               -- in addresses: "fryslan"
	name TEXT NOT NULL,               -- "Groepsmentoring Fryslân"
	place TEXT NOT NULL DEFAULT '',   -- "Fryslân"
	phone TEXT NOT NULL DEFAULT '',   -- help, in the footer
	email TEXT NOT NULL DEFAULT '',   -- where answers to mails go
	stage INTEGER NOT NULL,           -- enum programme_stage
	lang INTEGER NOT NULL DEFAULT 0,  -- enum language of mails to strangers
	contact_days INTEGER NOT NULL DEFAULT 3,   -- working days to first contact
	decision_days INTEGER NOT NULL DEFAULT 15, -- working days to a decision
	team_size INTEGER NOT NULL DEFAULT 3,      -- mentors a team, 1 to 5
	network_daily INTEGER NOT NULL DEFAULT 20, -- applications a network a day
	created_at INTEGER NOT NULL,      -- instant
	version INTEGER NOT NULL DEFAULT 1 -- rises with every change
) STRICT;
CREATE UNIQUE INDEX programme_by_slug ON programme (slug);

-- Weeks in which the programme is quiet on purpose: no working days.
CREATE TABLE quiet_span (
	programme INTEGER NOT NULL REFERENCES programme (id), -- whose
	id INTEGER NOT NULL,              -- drawn by base/id
	first_day TEXT NOT NULL,          -- ISO day
	last_day TEXT NOT NULL,           -- ISO day, included
	label TEXT NOT NULL,              -- "Bouwvak"
	PRIMARY KEY (programme, id)
) STRICT;

-- Topics an entrepreneur may choose from.
CREATE TABLE topic (
	programme INTEGER NOT NULL REFERENCES programme (id), -- whose
	id INTEGER NOT NULL,              -- drawn by base/id
	position INTEGER NOT NULL,        -- order on the form
	name_nl TEXT NOT NULL,            -- in Dutch
	name_fy TEXT NOT NULL,            -- in Frisian; '' takes the Dutch
	name_en TEXT NOT NULL,            -- in English; '' takes the Dutch
	retired INTEGER NOT NULL DEFAULT 0, -- 1: no longer offered
	PRIMARY KEY (programme, id)
) STRICT;

-- A person's part in a programme, one row a role.
CREATE TABLE membership (
	programme INTEGER NOT NULL REFERENCES programme (id), -- in which
	person INTEGER NOT NULL REFERENCES person (id), -- who
	role INTEGER NOT NULL,            -- enum role
	state INTEGER NOT NULL,           -- enum membership_state
	since INTEGER NOT NULL,           -- instant of the last change of state
	version INTEGER NOT NULL DEFAULT 1, -- rises with every change
	PRIMARY KEY (programme, person, role)
) STRICT;

-- Who did what and when, without contents; each row hashes the one before.
CREATE TABLE audit (
	programme INTEGER NOT NULL,       -- 0: of the installation
	number INTEGER NOT NULL,          -- 1, 2, 3 … without a gap
	at INTEGER NOT NULL,              -- instant
	actor INTEGER NOT NULL,           -- pseudonym of a person; 0: the program
	what TEXT NOT NULL,               -- a fixed word: "application read"
	object INTEGER NOT NULL,          -- id of what it was about; 0: nothing
	network TEXT NOT NULL,            -- hash of the address, for breaches
	hash BLOB NOT NULL,               -- over this row and the hash before
	PRIMARY KEY (programme, number)
) STRICT;

-- Number and hash of the last row; changed last in a transaction.
CREATE TABLE audit_head (
	programme INTEGER NOT NULL PRIMARY KEY, -- 0: of the installation
	number INTEGER NOT NULL,          -- of the last row
	hash BLOB NOT NULL                -- of the last row
) STRICT;

-- Who hides behind a pseudonym in the audit trail; erasure deletes the row.
CREATE TABLE pseudonym (
	programme INTEGER NOT NULL,       -- 0: of the installation
	person INTEGER NOT NULL,          -- whose
	alias INTEGER NOT NULL,           -- random
	PRIMARY KEY (programme, person)
) STRICT;
CREATE UNIQUE INDEX pseudonym_by_alias ON pseudonym (programme, alias);
