-- What was set aside is removed after 30 days; that it was there is counted.
CREATE TABLE aside_count (
	programme INTEGER NOT NULL REFERENCES programme (id), -- in which
	year INTEGER NOT NULL,            -- in which they came in
	aside INTEGER NOT NULL,           -- enum aside: spam, test, double
	n INTEGER NOT NULL,               -- how many were removed
	PRIMARY KEY (programme, year, aside)
) STRICT;
CREATE INDEX application_aside ON application (programme, aside_at)
 WHERE aside <> 0;
