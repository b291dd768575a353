-- Post: the outbox and the addresses that do not take our mail.
-- include: "post/outbox.h"

-- name: sql_outbox_put :exec
-- in: struct: programme programme_id, id int64, kind text, object int64, recipient text, lang enum:language, subject text, body_text text, body_html text, calendar text?, created_at instant, not_before instant, state enum:letter_state, failure text
INSERT INTO outbox (programme, id, kind, object, recipient, lang, subject,
       body_text, body_html, calendar, created_at, not_before, state, failure)
VALUES (:programme, :id, :kind, :object, :recipient, :lang, :subject,
       :body_text, :body_html, :calendar, :created_at, :not_before, :state,
       :failure);

-- name: sql_outbox_undo :count
-- in: programme programme_id, kind text, object int64
UPDATE outbox
   SET state = 4, recipient = '', subject = '', body_text = '',
       body_html = '', calendar = NULL
 WHERE programme = :programme
   AND id = (SELECT MAX(o.id) FROM outbox AS o
              WHERE o.programme = :programme AND o.kind = :kind
                AND o.object = :object)
   AND state IN (0, 3, 4) AND claimed_at IS NULL;

-- name: sql_outbox_undo_one :count
-- in: programme programme_id, id int64
UPDATE outbox
   SET state = 4, recipient = '', subject = '', body_text = '',
       body_html = '', calendar = NULL
 WHERE programme = :programme AND id = :id
   AND state = 0 AND claimed_at IS NULL;

-- name: sql_outbox_list_waiting :many
-- in: programme programme_id, now instant, most int, skip int64
-- row: struct letter_line: id int64, kind text, recipient text, state enum:letter_state, created instant, at instant, tries int, can_undo bool, failure text
SELECT id, kind, recipient, state, created_at AS created, not_before AS at,
       tries,
       CASE WHEN state = 0 AND claimed_at IS NULL AND not_before > :now
            THEN 1 ELSE 0 END AS can_undo,
       failure
  FROM outbox
 WHERE programme = :programme AND state IN (0, 1)
 ORDER BY not_before
 LIMIT :most OFFSET :skip;

-- name: sql_outbox_list_sent :many
-- in: programme programme_id, most int, skip int64
-- row: struct letter_line: id int64, kind text, recipient text, state enum:letter_state, created instant, at instant?, tries int, can_undo bool, failure text
SELECT id, kind, recipient, state, created_at AS created, sent_at AS at,
       tries, 0 AS can_undo, failure
  FROM outbox
 WHERE programme = :programme AND state = 2
 ORDER BY sent_at DESC
 LIMIT :most OFFSET :skip;

-- name: sql_outbox_list_failed :many
-- in: programme programme_id, most int, skip int64
-- row: struct letter_line: id int64, kind text, recipient text, state enum:letter_state, created instant, at instant, tries int, can_undo bool, failure text
SELECT id, kind, recipient, state, created_at AS created, created_at AS at,
       tries, 0 AS can_undo, failure
  FROM outbox
 WHERE programme = :programme AND state = 3
 ORDER BY created_at DESC
 LIMIT :most OFFSET :skip;

-- name: sql_outbox_has :one
-- in: programme programme_id, id int64
-- row: n int64
SELECT COUNT(*) AS n FROM outbox WHERE programme = :programme AND id = :id;

-- name: sql_outbox_recipient :maybe
-- in: programme programme_id, id int64, state enum:letter_state
-- row: recipient text
SELECT recipient
  FROM outbox
 WHERE programme = :programme AND id = :id AND state = :state;

-- name: sql_outbox_try_again :count
-- in: programme programme_id, id int64, now instant
UPDATE outbox
   SET state = 0, tries = 0, failure = '', not_before = :now
 WHERE programme = :programme AND id = :id AND state = 3 AND recipient <> '';

-- name: sql_outbox_drop :count
-- in: programme programme_id, id int64
UPDATE outbox
   SET state = 4, recipient = '', failure = '', subject = '', body_text = '',
       body_html = '', calendar = NULL
 WHERE programme = :programme AND id = :id AND state = 3;

-- name: sql_suppression_count :one
-- in: programme programme_id, address hash
-- row: n int64
SELECT COUNT(*) AS n
  FROM suppression
 WHERE programme = :programme AND address = :address;

-- name: sql_suppression_put :exec
-- in: programme programme_id, address hash, why text, at instant
INSERT INTO suppression (programme, address, why, at)
VALUES (:programme, :address, :why, :at)
    ON CONFLICT DO NOTHING;

-- name: sql_suppression_drop :exec
-- in: programme programme_id, address hash
DELETE FROM suppression
 WHERE programme = :programme AND address = :address;

-- The sender's part.

-- name: sql_outbox_senders :many
-- row: struct sender_name: id programme_id, name text, email text
SELECT id, name, email FROM programme ORDER BY id;

-- name: sql_outbox_due :many
-- in: programme programme_id, now instant, most int
-- row: struct outgoing: id int64, recipient text, lang enum:language, subject text, body_text text, body_html text, calendar text?, created_at instant, tries int
SELECT id, recipient, lang, subject, body_text, body_html, calendar,
       created_at, tries
  FROM outbox
 WHERE programme = :programme AND state IN (0, 1) AND not_before <= :now
 ORDER BY not_before
 LIMIT :most;

-- A claim is a lease: not_before is put ahead, so that the letter of a sender
-- that died is due again.

-- name: sql_outbox_claim :count
-- in: programme programme_id, id int64, now instant, until instant
UPDATE outbox
   SET state = 1, claimed_at = :now, not_before = :until, tries = tries + 1
 WHERE programme = :programme AND id = :id AND state IN (0, 1)
   AND not_before <= :now;

-- name: sql_outbox_release :exec
-- in: programme programme_id, now instant
UPDATE outbox
   SET state = 0, not_before = :now
 WHERE programme = :programme AND state IN (0, 1) AND state = 1;

-- name: sql_outbox_sent :exec
-- in: programme programme_id, id int64, now instant
UPDATE outbox
   SET state = 2, sent_at = :now, failure = '', subject = '', body_text = '',
       body_html = '', calendar = NULL
 WHERE programme = :programme AND id = :id AND state = 1;

-- name: sql_outbox_later :exec
-- in: programme programme_id, id int64, until instant, failure text
UPDATE outbox
   SET state = 0, not_before = :until, failure = :failure
 WHERE programme = :programme AND id = :id AND state = 1;

-- name: sql_outbox_failed :exec
-- in: programme programme_id, id int64, failure text
UPDATE outbox
   SET state = 3, failure = :failure
 WHERE programme = :programme AND id = :id AND state = 1;

-- What was sent or given up more than 30 days ago forgets whom it was for.

-- name: sql_outbox_forget_sent :count
-- in: programme programme_id, before instant
UPDATE outbox
   SET recipient = ''
 WHERE programme = :programme AND state = 2 AND sent_at < :before
   AND recipient <> '';

-- name: sql_outbox_forget_failed :count
-- in: programme programme_id, before instant
UPDATE outbox
   SET recipient = '', failure = '', subject = '', body_text = '',
       body_html = '', calendar = NULL
 WHERE programme = :programme AND state = 3 AND created_at < :before
   AND recipient <> '';
