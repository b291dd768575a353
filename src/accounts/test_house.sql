-- What tests of accounts/ look up.

-- name: sql_house_programme :exec
-- in:   id programme_id, slug text, name text, now instant
INSERT INTO programme (id, slug, name, stage, created_at)
VALUES (:id, :slug, :name, 1, :now);

-- name: sql_house_letter :maybe
-- in:   programme programme_id, kind text
-- row:  body_text text
SELECT body_text FROM outbox
 WHERE programme = :programme AND kind = :kind
 ORDER BY id DESC LIMIT 1;

-- name: sql_house_letters :one
-- in:   programme programme_id, kind text
-- row:  n int64
SELECT count(*) AS n FROM outbox
 WHERE programme = :programme AND kind = :kind;
