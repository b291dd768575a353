-- A small schema for the tests of sqlgen and of what it writes.
CREATE TABLE programme (
	id INTEGER NOT NULL PRIMARY KEY,
	name TEXT NOT NULL
) STRICT;
CREATE TABLE person (
	id INTEGER NOT NULL PRIMARY KEY,
	name TEXT NOT NULL,
	email TEXT
) STRICT;
CREATE TABLE visit (
	programme INTEGER NOT NULL REFERENCES programme (id),
	id INTEGER NOT NULL,
	person INTEGER REFERENCES person (id),
	day TEXT,
	at INTEGER NOT NULL,
	said TEXT NOT NULL,
	content INTEGER,
	token BLOB NOT NULL,
	picture BLOB,
	PRIMARY KEY (programme, id)
) STRICT;
CREATE TABLE guest (
	programme INTEGER NOT NULL,
	visit INTEGER NOT NULL,
	name TEXT NOT NULL,
	PRIMARY KEY (programme, visit, name),
	FOREIGN KEY (programme, visit) REFERENCES visit (programme, id)
) STRICT;
CREATE TABLE door (
	token BLOB NOT NULL PRIMARY KEY,
	programme INTEGER
) STRICT;
