-- Intake: applications, their way, and what was promised.
-- include: "intake/intake.h"
-- include: "programme/programme.h"

-- name: sql_application_insert :exec
-- in: struct: programme programme_id, id application_id, question text, not_in_team text, over_50 bool?, social_enterprise bool?, older_customers bool?, name text, venture text, place text, email text, phone text, lang enum:language, channel enum:channel, entered_by person_id?, received_at instant, search text
INSERT INTO application (programme, id, state, question, not_in_team, over_50,
       social_enterprise, older_customers, name, venture, place, email, phone,
       lang, channel, entered_by, received_at, search)
VALUES (:programme, :id, 1, :question, :not_in_team, :over_50,
       :social_enterprise, :older_customers, :name, :venture, :place, :email,
       :phone, :lang, :channel, :entered_by, :received_at, :search);

-- name: sql_application_topic_insert :exec
-- in: programme programme_id, application application_id, topic topic_id
INSERT INTO application_topic (programme, application, topic)
VALUES (:programme, :application, :topic);

-- name: sql_application_load :maybe
-- in:  programme programme_id, id application_id
-- row: struct application: id application_id, state enum:application_state, aside enum:aside, aside_at instant?, question text, not_in_team text, over_50 bool?, social_enterprise bool?, older_customers bool?, name text, venture text, place text, email text, phone text, lang enum:language, channel enum:channel, entered_by person_id?, received_at instant, version int64
SELECT id, state, aside, aside_at, question, not_in_team, over_50,
       social_enterprise, older_customers, name, venture, place, email, phone, lang, channel,
       entered_by, received_at, version
  FROM application
 WHERE programme = :programme AND id = :id;

-- name: sql_application_topics :many
-- in:  programme programme_id, application application_id
-- row: name_nl text, name_fy text, name_en text
SELECT t.name_nl, t.name_fy, t.name_en
  FROM application_topic AS c
  JOIN topic AS t ON t.programme = c.programme AND t.id = c.topic
 WHERE c.programme = :programme AND c.application = :application
 ORDER BY t.position;

-- name: sql_application_move :count
-- in: struct: programme programme_id, id application_id, version int64, state enum:application_state, aside enum:aside, aside_at instant?
UPDATE application
   SET state = :state, aside = :aside, aside_at = :aside_at,
       version = version + 1
 WHERE programme = :programme AND id = :id AND version = :version;

-- name: sql_application_correct :count
-- in: struct: programme programme_id, id application_id, version int64, name text, venture text, place text, email text, phone text, lang enum:language, not_in_team text, search text
UPDATE application
   SET name = :name, venture = :venture, place = :place, email = :email,
       phone = :phone, lang = :lang, not_in_team = :not_in_team,
       search = :search, version = version + 1
 WHERE programme = :programme AND id = :id AND version = :version;

-- name: sql_application_open :many
-- in:  programme programme_id, most int
-- row: struct open_application: id application_id, name text, venture text, place text, state enum:application_state, promise enum:promise_kind, due day
SELECT a.id, a.name, a.venture, a.place, a.state, p.kind AS promise,
       p.due_day AS due
  FROM promise AS p
  JOIN application AS a ON a.programme = p.programme AND a.id = p.application
 WHERE p.programme = :programme AND p.ending = 0
 ORDER BY p.due_day, p.application
 LIMIT :most;

-- name: sql_application_count_open :many
-- in:  programme programme_id
-- row: state enum:application_state, n int64
SELECT state, COUNT(*) AS n
  FROM application
 WHERE programme = :programme AND state < 5 AND aside = 0
 GROUP BY state;

-- name: sql_promise_count_due :one
-- in:  programme programme_id, today day
-- row: late int64, today int64
SELECT COALESCE(SUM(CASE WHEN due_day < :today THEN 1 ELSE 0 END), 0) AS late,
       COALESCE(SUM(CASE WHEN due_day = :today THEN 1 ELSE 0 END), 0) AS today
  FROM promise
 WHERE programme = :programme AND ending = 0 AND due_day <= :today;

-- name: sql_application_page :many
-- in:  programme programme_id, before instant, before_id application_id, most int
-- row: struct application_line: id application_id, name text, venture text, place text, state enum:application_state, aside enum:aside, received_at instant
SELECT id, name, venture, place, state, aside, received_at
  FROM application
 WHERE programme = :programme
   AND (received_at, id) < (:before, :before_id)
 ORDER BY received_at DESC, id DESC
 LIMIT :most;

-- name: sql_application_search :many
-- scan: looks through one programme's applications for a piece of a word
-- in:  programme programme_id, folded text, most int
-- row: struct application_line: id application_id, name text, venture text, place text, state enum:application_state, aside enum:aside, received_at instant
SELECT id, name, venture, place, state, aside, received_at
  FROM application
 WHERE programme = :programme AND search LIKE '%' || :folded || '%'
 ORDER BY received_at DESC
 LIMIT :most;

-- name: sql_application_doubles :many
-- in:  programme programme_id, email text, id application_id
-- row: struct application_line: id application_id, name text, venture text, place text, state enum:application_state, aside enum:aside, received_at instant
SELECT id, name, venture, place, state, aside, received_at
  FROM application
 WHERE programme = :programme AND email = :email AND id <> :id
 ORDER BY received_at DESC
 LIMIT 5;

-- name: sql_promise_insert :exec
-- in: struct: programme programme_id, id promise_id, application application_id, kind enum:promise_kind, due_day day, made_at instant
INSERT INTO promise (programme, id, application, kind, due_day, made_at)
VALUES (:programme, :id, :application, :kind, :due_day, :made_at);

-- name: sql_promise_end :count
-- in: programme programme_id, application application_id, ending enum:promise_ending, at instant
UPDATE promise
   SET ending = :ending, ended_at = :at
 WHERE programme = :programme AND application = :application AND ending = 0;

-- name: sql_promise_reopen :count
-- in: programme programme_id, application application_id
UPDATE promise
   SET ending = 0, ended_at = NULL
 WHERE programme = :programme AND application = :application AND ending = 3
   AND id = (SELECT MAX(q.id) FROM promise AS q
              WHERE q.programme = :programme
                AND q.application = :application);

-- name: sql_promises_of :many
-- in:  programme programme_id, application application_id
-- row: struct promise: kind enum:promise_kind, due_day day, made_at instant, ended_at instant?, ending enum:promise_ending
SELECT kind, due_day, made_at, ended_at, ending
  FROM promise
 WHERE programme = :programme AND application = :application
 ORDER BY made_at DESC, id DESC;

-- name: sql_step_insert :exec
-- in: struct: programme programme_id, application application_id, step enum:application_step, at instant, actor person_id?, said text
INSERT INTO application_step (programme, application, number, step, at, actor,
       said)
SELECT :programme, :application, COALESCE(MAX(number), 0) + 1, :step, :at,
       :actor, :said
  FROM application_step
 WHERE programme = :programme AND application = :application;

-- name: sql_steps_of :many
-- in:  programme programme_id, application application_id
-- row: struct step_line: number int, step enum:application_step, at instant, actor_name text?, said text
SELECT s.number, s.step, s.at, n.name AS actor_name, s.said
  FROM application_step AS s
  LEFT JOIN person AS n ON n.id = s.actor
 WHERE s.programme = :programme AND s.application = :application
 ORDER BY s.number DESC;

-- Removing what was set aside.

-- name: sql_aside_due :many
-- in:  programme programme_id, before instant, most int
-- row: id application_id, aside enum:aside, received_at instant
SELECT id, aside, received_at
  FROM application
 WHERE programme = :programme AND aside <> 0 AND aside_at <= :before
 ORDER BY aside_at
 LIMIT :most;

-- name: sql_aside_count :exec
-- in: programme programme_id, year int, aside enum:aside
INSERT INTO aside_count (programme, year, aside, n)
VALUES (:programme, :year, :aside, 1)
    ON CONFLICT (programme, year, aside) DO UPDATE SET n = aside_count.n + 1;

-- name: sql_remove_topics :exec
-- in: programme programme_id, application application_id
DELETE FROM application_topic
 WHERE programme = :programme AND application = :application;

-- name: sql_remove_promises :exec
-- in: programme programme_id, application application_id
DELETE FROM promise
 WHERE programme = :programme AND application = :application;

-- name: sql_remove_steps :exec
-- in: programme programme_id, application application_id
DELETE FROM application_step
 WHERE programme = :programme AND application = :application;

-- name: sql_remove_application :exec
-- in: programme programme_id, id application_id
DELETE FROM application WHERE programme = :programme AND id = :id;
