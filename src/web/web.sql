-- Answers to forms already handled: see web/receipt.h.  The location is sealed.

-- name: sql_receipt_insert :count
-- in:   owner text, token text, at instant
INSERT INTO receipt (owner, token, location, at)
VALUES (:owner, :token, '', :at)
ON CONFLICT (owner, token) DO NOTHING;

-- name: sql_receipt_find :maybe
-- in:   owner text, token text
-- row:  location text
SELECT location FROM receipt WHERE owner = :owner AND token = :token;

-- name: sql_receipt_answer :exec
-- in:   owner text, token text, location text
UPDATE receipt SET location = :location
 WHERE owner = :owner AND token = :token;

-- name: sql_receipt_drop :exec
-- in:   owner text, token text
DELETE FROM receipt WHERE owner = :owner AND token = :token;

-- name: sql_receipt_sweep :exec
-- in:   before instant
DELETE FROM receipt WHERE at < :before;
