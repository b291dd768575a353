-- A programme that has run for years: {people} people and {applications}
-- applications, of which the last {open} are open.  Filled in by run.

CREATE TEMP TABLE number (n INTEGER PRIMARY KEY);
INSERT INTO number (n)
WITH RECURSIVE up (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM up
                           WHERE n < MAX({people}, {applications}))
SELECT n FROM up;

BEGIN;
UPDATE programme SET network_daily = 1000000000;

INSERT INTO person (id, name, email, phone, created_at)
SELECT {first_id} + n, 'Mentor Number' || n, 'p' || n || '@example.org',
       '0612345678', {now}
  FROM number WHERE n <= {people};
INSERT INTO membership (programme, person, role, state, since)
SELECT {programme}, {first_id} + n, 4, 1, {now}
  FROM number WHERE n <= {people};

INSERT INTO application (programme, id, state, question, not_in_team, name,
       venture, place, email, phone, lang, channel, received_at, search)
SELECT {programme}, {first_id} + n,
       CASE WHEN n > {applications} - {open} THEN 1 + n % 4
            ELSE 5 + n % 2 END,
       'We have a shop with three people. Sales fall since last year, and '
       || 'the lease ends in spring. Should we go on, or stop? Number ' || n,
       '', 'Jelle van der ' || n, 'Bakery ' || n, 'Leeuwarden',
       'a' || n || '@example.org', '0612345678', 0, 1,
       {now} - ({applications} - n) * 60000000,
       'jelle van der ' || n || ' bakery ' || n || ' leeuwarden'
  FROM number WHERE n <= {applications};
INSERT INTO application_step (programme, application, number, step, at)
SELECT {programme}, {first_id} + n, 1, 1, {now}
  FROM number WHERE n <= {applications};
INSERT INTO promise (programme, id, application, kind, due_day, made_at,
       ended_at, ending)
SELECT {programme}, {first_id} + n, {first_id} + n, 1,
       date('{today}', (n % 12 - 2) || ' days'), {now},
       CASE WHEN n > {applications} - {open} THEN NULL ELSE {now} END,
       CASE WHEN n > {applications} - {open} THEN 0 ELSE 1 END
  FROM number WHERE n <= {applications};
INSERT INTO outbox (programme, id, kind, object, recipient, lang, subject,
       body_text, body_html, created_at, not_before, state, sent_at)
SELECT {programme}, {first_id} + n, 'application received', {first_id} + n,
       'a' || n || '@example.org', 0, '', '', '', {now}, {now}, 2, {now}
  FROM number WHERE n <= {applications};

-- The peers find their login by SHA-256 of the cookie, which they have.
INSERT INTO login (id, token, person, factors, device, network, created_at,
       proven_at, seen_at, idle_until, ends_at)
SELECT {first_id}, x'{peer_token}', person, factors, device, network,
       created_at, proven_at, {now}, idle_until, ends_at
  FROM login ORDER BY id DESC LIMIT 1;
COMMIT;
ANALYZE;
