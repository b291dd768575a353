-- Mail on its way.  A row is written in the transaction of what it tells.
CREATE TABLE outbox (
	programme INTEGER NOT NULL,       -- 0: of the installation
	id INTEGER NOT NULL,              -- drawn by base/id; Message-ID holds it
	kind TEXT NOT NULL,               -- a fixed word: "application received"
	object INTEGER NOT NULL,          -- id of what it is about
	recipient TEXT NOT NULL,          -- address; emptied after 30 days
	lang INTEGER NOT NULL,            -- enum language
	subject TEXT NOT NULL,            -- emptied once sent
	body_text TEXT NOT NULL,          -- emptied once sent
	body_html TEXT NOT NULL,          -- emptied once sent
	calendar TEXT,                    -- an invitation; emptied once sent
	created_at INTEGER NOT NULL,      -- instant
	not_before INTEGER NOT NULL,      -- instant; later than created: undo
	state INTEGER NOT NULL,           -- enum letter_state
	claimed_at INTEGER,               -- instant a sender took it up
	tries INTEGER NOT NULL DEFAULT 0, -- attempts so far
	sent_at INTEGER,                  -- instant
	failure TEXT NOT NULL DEFAULT '', -- what the other server said, shortened
	PRIMARY KEY (programme, id)
) STRICT;
CREATE INDEX outbox_due ON outbox (programme, not_before)
 WHERE state IN (0, 1);
CREATE INDEX outbox_of ON outbox (programme, kind, object);
CREATE INDEX outbox_failed ON outbox (programme, created_at) WHERE state = 3;
CREATE INDEX outbox_sent ON outbox (programme, sent_at) WHERE state = 2;

-- Addresses that do not take our mail.
CREATE TABLE suppression (
	programme INTEGER NOT NULL,       -- 0: of the installation
	address BLOB NOT NULL,            -- hash of the folded address
	why TEXT NOT NULL,                -- "550", "unsubscribed"
	at INTEGER NOT NULL,              -- instant
	PRIMARY KEY (programme, address)
) STRICT;
