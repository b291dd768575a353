-- Applications: a question first, then who asks it.
CREATE TABLE application (
	programme INTEGER NOT NULL REFERENCES programme (id), -- in which
	id INTEGER NOT NULL,              -- drawn by base/id
	state INTEGER NOT NULL,           -- enum application_state
	aside INTEGER NOT NULL DEFAULT 0, -- enum aside: spam, test, double; 0: no
	aside_at INTEGER,                 -- instant it was set aside
	double_of INTEGER,                -- id of the one it repeats
	question TEXT NOT NULL,           -- in the entrepreneur's own words
	not_in_team TEXT NOT NULL,        -- who should not be in the team
	over_50 INTEGER,                  -- 1 yes, 0 no, NULL not said
	social_enterprise INTEGER,        -- 1 yes, 0 no, NULL not said
	older_customers INTEGER,          -- 1 yes, 0 no, NULL not said
	name TEXT NOT NULL,               -- of the entrepreneur
	venture TEXT NOT NULL,            -- '' for not started yet
	place TEXT NOT NULL,              -- where
	email TEXT NOT NULL,              -- '' when only by phone
	phone TEXT NOT NULL,              -- as typed; '' when only by mail
	lang INTEGER NOT NULL,            -- enum language the person likes to speak
	channel INTEGER NOT NULL,         -- enum channel: form, phone, import
	entered_by INTEGER,               -- person who wrote it down for a caller
	person INTEGER REFERENCES person (id), -- once known to be this person
	received_at INTEGER NOT NULL,     -- instant
	search TEXT NOT NULL,             -- name, venture and place, folded
	version INTEGER NOT NULL DEFAULT 1, -- rises with every change
	PRIMARY KEY (programme, id)
) STRICT;
CREATE INDEX application_open
 ON application (programme, state, received_at, id)
 WHERE state < 5 AND aside = 0;
CREATE INDEX application_by_time ON application (programme, received_at, id);
CREATE INDEX application_by_email ON application (programme, email);

CREATE TABLE application_topic (
	programme INTEGER NOT NULL,       -- in which
	application INTEGER NOT NULL,     -- of which
	topic INTEGER NOT NULL,           -- chosen
	PRIMARY KEY (programme, application, topic),
	FOREIGN KEY (programme, application)
	 REFERENCES application (programme, id),
	FOREIGN KEY (programme, topic) REFERENCES topic (programme, id)
) STRICT;

-- What was promised to an applicant, by when, and how it ended.
CREATE TABLE promise (
	programme INTEGER NOT NULL,       -- in which
	id INTEGER NOT NULL,              -- drawn by base/id
	application INTEGER NOT NULL,     -- to whom
	kind INTEGER NOT NULL,            -- enum promise_kind: what comes next
	due_day TEXT NOT NULL,            -- ISO day, the last on which it is kept
	made_at INTEGER NOT NULL,         -- instant
	ended_at INTEGER,                 -- instant; NULL while it is open
	ending INTEGER NOT NULL DEFAULT 0, -- enum promise_ending
	reason TEXT NOT NULL DEFAULT '',  -- why it was moved
	PRIMARY KEY (programme, id),
	FOREIGN KEY (programme, application)
	 REFERENCES application (programme, id)
) STRICT;
-- Exactly one open promise an application.
CREATE UNIQUE INDEX promise_open ON promise (programme, application)
 WHERE ending = 0;
CREATE INDEX promise_due ON promise (programme, due_day, application)
 WHERE ending = 0;
CREATE INDEX promise_of ON promise (programme, application, made_at);

-- The way an application went: each step with who took it.
CREATE TABLE application_step (
	programme INTEGER NOT NULL,       -- in which
	application INTEGER NOT NULL,     -- of which
	number INTEGER NOT NULL,          -- 1, 2, 3 …
	step INTEGER NOT NULL,            -- enum application_step
	at INTEGER NOT NULL,              -- instant
	actor INTEGER,                    -- person; NULL: the applicant
	said TEXT NOT NULL DEFAULT '',    -- a word about it, for the office
	PRIMARY KEY (programme, application, number),
	FOREIGN KEY (programme, application)
	 REFERENCES application (programme, id)
) STRICT;
