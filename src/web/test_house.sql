-- What the example house of web's tests writes: rows in a table that is
-- nobody else's here.

-- name: sql_house_add :exec
-- in:   key text, said text
INSERT INTO installation (key, value) VALUES (:key, :said);

-- name: sql_house_count :one
-- in:   pattern text
-- row:  n int64
SELECT COUNT(*) AS n FROM installation WHERE key LIKE :pattern;

-- name: sql_house_locations :many
-- scan: a handful of rows in a test
-- row:  location text
SELECT location FROM receipt;
