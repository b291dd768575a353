-- Statements of every kind and type.
-- include: "base/words.h"

-- name: sql_person_put :exec
-- in:   id person_id, name text, email text?
INSERT INTO person (id, name, email) VALUES (:id, :name, :email)
ON CONFLICT (id) DO UPDATE SET name = excluded.name, email = excluded.email;

-- name: sql_person_name :maybe
-- in:   id person_id
-- row:  name text
SELECT name FROM person WHERE id = :id;

-- name: sql_programme_put :exec
-- in:   id programme_id, name text
INSERT INTO programme (id, name) VALUES (:id, :name);

-- name: sql_visit_put :exec
-- in:   programme programme_id, id int64, person person_id?, day day?,
--       at instant, said text, content bool?, token hash, picture blob?
INSERT INTO visit (programme, id, person, day, at, said, content, token,
       picture)
VALUES (:programme, :id, :person, :day, :at, :said, :content, :token,
       :picture);

-- name: sql_visit_load :one
-- in:   programme programme_id, id int64
-- row:  id int64, person person_id?, day day?, at instant, said text,
--       content bool?, token hash, picture blob?, lang enum:language
SELECT id, person, day, at, said, content, token, picture, 1 AS lang
  FROM visit
 WHERE programme = :programme AND id = :id;

-- The guests of a visit come with it, or not at all.
-- name: sql_visit_guests :many
-- in:   programme programme_id, since instant
-- row:  id int64, person_name text?, guest text?
SELECT v.id, p.name AS person_name, g.name AS guest
  FROM visit v
  LEFT JOIN person p ON p.id = v.person
  LEFT JOIN guest g ON g.programme = v.programme AND g.visit = v.id
 WHERE v.programme = :programme AND v.at >= :since
   AND (v.said <> '' OR v.day IS NULL)
 ORDER BY v.id, g.name NULLS LAST;

-- name: sql_visit_count :one
-- in:   programme programme_id
-- row:  n int
SELECT COUNT(*) AS n FROM visit WHERE programme = :programme;

-- name: sql_visit_drop :count
-- in:   programme programme_id, before instant
DELETE FROM visit WHERE programme = :programme AND at < :before;

-- name: sql_guest_copy :exec
-- in: struct: programme programme_id, source int64, target int64
INSERT INTO guest (programme, visit, name)
SELECT :programme, :target, name FROM guest
 WHERE programme = :programme AND visit = :source;

-- name: sql_people_all :many
-- scan: the export holds everybody
-- row: id person_id
SELECT id FROM person ORDER BY name, id;

-- only: sqlite
-- name: sql_text_twins :one
-- in: a text
-- row: twin text
SELECT 'sqlite ' || :a AS twin;

-- only: postgres
-- name: sql_text_twins :one
-- in: a text
-- row: twin text
SELECT 'postgres ' || :a AS twin;
