-- Accounts: every statement of this folder.

-- include: "accounts/login.h"
-- include: "accounts/may.h"
-- include: "accounts/person.h"

-- ---- people -------------------------------------------------------------

-- name: sql_person_insert :exec
-- in:   struct: id person_id, name text, email text?, lang enum:language, administrator bool, must_use_factor bool, now instant
INSERT INTO person
 (id, name, email, lang, administrator, must_use_factor, created_at)
VALUES
 (:id, :name, :email, :lang, :administrator, :must_use_factor, :now);

-- name: sql_person_load :maybe
-- in:   id person_id
-- row:  struct person: id person_id, name text, email text?, lang enum:language, administrator bool, must_use_factor bool
SELECT id, name, email, lang, administrator, must_use_factor
  FROM person WHERE id = :id;

-- name: sql_person_by_email :maybe
-- in:   email text
-- row:  struct person: id person_id, name text, email text?, lang enum:language, administrator bool, must_use_factor bool
SELECT id, name, email, lang, administrator, must_use_factor
  FROM person WHERE email = :email;

-- name: sql_person_rename :exec
-- in:   id person_id, name text, lang enum:language
UPDATE person SET name = :name, lang = :lang, version = version + 1
 WHERE id = :id;

-- name: sql_person_must_use_factor :exec
-- in:   id person_id, must bool
UPDATE person SET must_use_factor = :must, version = version + 1
 WHERE id = :id AND must_use_factor <> :must;

-- name: sql_person_make_administrator :exec
-- in:   id person_id
UPDATE person
   SET administrator = 1, must_use_factor = 1, version = version + 1
 WHERE id = :id;

-- ---- memberships --------------------------------------------------------

-- name: sql_membership_of :many
-- in:   programme programme_id, person person_id
-- row:  struct membership: role int, state int
SELECT role, state FROM membership
 WHERE programme = :programme AND person = :person
 ORDER BY role;

-- name: sql_membership_list :many
-- in:   programme programme_id
-- row:  person person_id, name text, email text?, role int, state int
SELECT m.person, p.name, p.email, m.role, m.state
  FROM membership m JOIN person p ON p.id = m.person
 WHERE m.programme = :programme
 ORDER BY p.name, p.id, m.role;

-- name: sql_membership_count :one
-- in:   programme programme_id, role int, state int
-- row:  n int64
SELECT count(*) AS n FROM membership
 WHERE programme = :programme AND role = :role AND state = :state;

-- name: sql_membership_put :exec
-- in:   programme programme_id, person person_id, role int, state int, now instant
INSERT INTO membership (programme, person, role, state, since)
VALUES (:programme, :person, :role, :state, :now)
ON CONFLICT (programme, person, role) DO UPDATE
   SET state = excluded.state, since = excluded.since,
       version = membership.version + 1;

-- name: sql_membership_move :count
-- in:   programme programme_id, person person_id, from_state int, to_state int, now instant
UPDATE membership
   SET state = :to_state, since = :now, version = version + 1
 WHERE programme = :programme AND person = :person AND state = :from_state;

-- name: sql_membership_end :count
-- in:   programme programme_id, person person_id, ended int, now instant
UPDATE membership
   SET state = :ended, since = :now, version = version + 1
 WHERE programme = :programme AND person = :person AND state <> :ended;

-- name: sql_membership_end_role :exec
-- in:   programme programme_id, person person_id, role int, ended int, now instant
UPDATE membership
   SET state = :ended, since = :now, version = version + 1
 WHERE programme = :programme AND person = :person AND role = :role
   AND state <> :ended;

-- name: sql_programme_list :many
-- row:  id programme_id, slug text, name text
SELECT id, slug, name FROM programme ORDER BY id;

-- ---- logins -------------------------------------------------------------

-- name: sql_login_find :maybe
-- in:   token hash, now instant
-- row:  struct login_found: id int64, person person_id, factors enum:login_factors, seen_at instant, proven_at instant, name text, lang enum:language, administrator bool, must_use_factor bool
SELECT l.id, l.person, l.factors, l.seen_at, l.proven_at,
       p.name, p.lang, p.administrator, p.must_use_factor
  FROM login l JOIN person p ON p.id = l.person
 WHERE l.token = :token AND l.idle_until > :now AND l.ends_at > :now;

-- name: sql_login_insert :exec
-- in:   struct: id int64, token hash, person person_id, factors enum:login_factors, device text, network text, now instant, idle_until instant, ends_at instant
INSERT INTO login (id, token, person, factors, device, network, created_at,
 proven_at, seen_at, idle_until, ends_at)
VALUES (:id, :token, :person, :factors, :device, :network, :now,
 :now, :now, :idle_until, :ends_at);

-- name: sql_login_seen :exec
-- in:   id int64, now instant, idle_until instant
UPDATE login SET seen_at = :now, idle_until = :idle_until WHERE id = :id;

-- name: sql_login_list :many
-- in:   person person_id, now instant
-- row:  id int64, device text, network text, created_at instant, seen_at instant
SELECT id, device, network, created_at, seen_at FROM login
 WHERE person = :person AND idle_until > :now AND ends_at > :now
 ORDER BY seen_at DESC, id DESC;

-- name: sql_login_drop :count
-- in:   id int64, person person_id
DELETE FROM login WHERE id = :id AND person = :person;

-- name: sql_login_drop_all :count
-- in:   person person_id
DELETE FROM login WHERE person = :person;

-- name: sql_login_drop_others :count
-- in:   person person_id, kept int64
DELETE FROM login WHERE person = :person AND id <> :kept;

-- name: sql_login_prune :exec
-- in:   now instant
DELETE FROM login WHERE ends_at <= :now;

-- ---- credentials --------------------------------------------------------

-- name: sql_credential_insert :exec
-- in:   struct: id int64, person person_id, kind enum:credential_kind, label text, handle blob?, secret blob, counter int64, confirmed bool, now instant
INSERT INTO credential
 (id, person, kind, label, handle, secret, counter, confirmed, created_at)
VALUES
 (:id, :person, :kind, :label, :handle, :secret, :counter, :confirmed, :now);

-- name: sql_credential_list :many
-- in:   person person_id, kind enum:credential_kind
-- row:  struct credential: id int64, person person_id, label text, handle blob?, secret blob, counter int64, confirmed bool, created_at instant, used_at instant?
SELECT id, person, label, handle, secret, counter, confirmed, created_at,
       used_at
  FROM credential WHERE person = :person AND kind = :kind
 ORDER BY id;

-- name: sql_credential_by_handle :maybe
-- in:   handle blob
-- row:  struct credential: id int64, person person_id, label text, handle blob?, secret blob, counter int64, confirmed bool, created_at instant, used_at instant?
SELECT id, person, label, handle, secret, counter, confirmed, created_at,
       used_at
  FROM credential WHERE handle = :handle;

-- name: sql_credential_secret :exec
-- in:   id int64, secret blob
UPDATE credential SET secret = :secret WHERE id = :id;

-- The counter only rises: of two uses at once one changes nothing.
-- name: sql_credential_use :count
-- in:   id int64, counter int64, now instant
UPDATE credential
   SET counter = :counter, used_at = :now, confirmed = 1
 WHERE id = :id AND (counter < :counter OR (counter = 0 AND :counter = 0));

-- name: sql_credential_drop :count
-- in:   id int64, person person_id, kind enum:credential_kind
DELETE FROM credential
 WHERE id = :id AND person = :person AND kind = :kind;

-- name: sql_credential_drop_kind :exec
-- in:   person person_id, kind enum:credential_kind
DELETE FROM credential WHERE person = :person AND kind = :kind;

-- name: sql_credential_spend :count
-- in:   person person_id, kind enum:credential_kind, secret blob
DELETE FROM credential
 WHERE person = :person AND kind = :kind AND secret = :secret;

-- name: sql_credential_count :one
-- in:   person person_id, kind enum:credential_kind
-- row:  n int64
SELECT count(*) AS n FROM credential
 WHERE person = :person AND kind = :kind AND confirmed = 1;

-- ---- challenges ---------------------------------------------------------

-- name: sql_challenge_put :count
-- in:   struct: token hash, kind enum:challenge_kind, person person_id?, secret blob?, now instant, expires_at instant
INSERT INTO challenge (token, kind, person, secret, created_at, expires_at)
VALUES (:token, :kind, :person, :secret, :now, :expires_at)
ON CONFLICT (token) DO NOTHING;

-- name: sql_challenge_find :maybe
-- in:   token hash, kind enum:challenge_kind, now instant
-- row:  person person_id?, secret blob?, tries int
SELECT person, secret, tries FROM challenge
 WHERE token = :token AND kind = :kind AND expires_at > :now;

-- name: sql_challenge_waiting :many
-- in:   kind enum:challenge_kind, now instant
-- row:  token hash, secret blob?
SELECT token, secret FROM challenge
 WHERE kind = :kind AND expires_at > :now AND secret IS NOT NULL
 ORDER BY expires_at;

-- name: sql_challenge_missed :exec
-- in:   token hash
UPDATE challenge SET tries = tries + 1 WHERE token = :token;

-- name: sql_challenge_drop :count
-- in:   token hash
DELETE FROM challenge WHERE token = :token;

-- name: sql_challenge_prune :exec
-- in:   now instant
DELETE FROM challenge WHERE expires_at <= :now;

-- ---- links --------------------------------------------------------------

-- name: sql_link_insert :exec
-- in:   struct: id int64, token hash, kind text, programme programme_id?, person person_id?, object int64, now instant, expires_at instant
INSERT INTO link
 (id, token, kind, programme, person, object, created_at, expires_at)
VALUES
 (:id, :token, :kind, :programme, :person, :object, :now, :expires_at);

-- name: sql_link_find :maybe
-- in:   token hash, kind text
-- row:  id int64, programme programme_id?, person person_id?, object int64,
--       expires_at instant, used_at instant?
SELECT id, programme, person, object, expires_at, used_at FROM link
 WHERE token = :token AND kind = :kind;

-- name: sql_link_use :count
-- in:   id int64, now instant
UPDATE link SET used_at = :now WHERE id = :id AND used_at IS NULL;

-- name: sql_link_withdraw :exec
-- in:   kind text, object int64, owner programme_id, now instant
UPDATE link SET used_at = :now
 WHERE kind = :kind AND object = :object
   AND COALESCE(link.programme, 0) = :owner AND used_at IS NULL;

-- name: sql_link_prune :exec
-- in:   before instant
DELETE FROM link WHERE expires_at <= :before;

-- ---- limits -------------------------------------------------------------

-- name: sql_limit_find :maybe
-- in:   subject text, now instant
-- row:  count int, until instant
SELECT count, until FROM rate_limit
 WHERE subject = :subject AND until > :now;

-- name: sql_limit_ended :many
-- in:   now instant
-- row:  subject text
SELECT subject FROM rate_limit
 WHERE until <= :now AND subject LIKE 'denied %'
 ORDER BY until;

-- name: sql_limit_end :maybe
-- in:   subject text, now instant
-- row:  count int
DELETE FROM rate_limit WHERE subject = :subject AND until <= :now
RETURNING count;

-- name: sql_limit_count :exec
-- in:   subject text, now instant, until instant
INSERT INTO rate_limit (subject, count, until)
VALUES (:subject, 1, :until)
ON CONFLICT (subject) DO UPDATE
   SET count = CASE WHEN rate_limit.until > :now
               THEN rate_limit.count + 1 ELSE 1 END,
       until = CASE WHEN rate_limit.until > :now
               THEN rate_limit.until ELSE excluded.until END;

-- name: sql_limit_prune :exec
-- in:   now instant
DELETE FROM rate_limit WHERE until <= :now;

-- ---- the audit trail ----------------------------------------------------

-- The row of the head is locked from here to the commit.
-- name: sql_audit_step :maybe
-- in:   programme programme_id
-- row:  number int64, hash hash
UPDATE audit_head SET number = number + 1
 WHERE programme = :programme
RETURNING number, hash;

-- name: sql_audit_begin :exec
-- in:   programme programme_id, hash hash
INSERT INTO audit_head (programme, number, hash)
VALUES (:programme, 1, :hash);

-- name: sql_audit_insert :exec
-- in:   struct: programme programme_id, number int64, now instant, actor int64, what text, object int64, network text, hash hash
INSERT INTO audit
 (programme, number, at, actor, what, object, network, hash)
VALUES
 (:programme, :number, :now, :actor, :what, :object, :network, :hash);

-- name: sql_audit_end :exec
-- in:   programme programme_id, hash hash
UPDATE audit_head SET hash = :hash WHERE programme = :programme;

-- name: sql_audit_head :maybe
-- in:   programme programme_id
-- row:  number int64, hash hash
SELECT number, hash FROM audit_head WHERE programme = :programme;

-- name: sql_audit_after :many
-- in:   programme programme_id, after int64, most int64
-- row:  number int64, at instant, actor int64, what text, object int64, network text, hash hash
SELECT number, at, actor, what, object, network, hash FROM audit
 WHERE programme = :programme AND number > :after
 ORDER BY number
 LIMIT :most;

-- name: sql_audit_page :many
-- in:   programme programme_id, before int64, most int64
-- row:  number int64, at instant, what text, object int64, name text?
SELECT a.number, a.at, a.what, a.object, n.name
  FROM audit a
  LEFT JOIN pseudonym s ON s.programme = a.programme AND s.alias = a.actor
  LEFT JOIN person n ON n.id = s.person
 WHERE a.programme = :programme AND a.number < :before
 ORDER BY a.number DESC
 LIMIT :most;

-- name: sql_alias_find :maybe
-- in:   programme programme_id, person person_id
-- row:  alias int64
SELECT alias FROM pseudonym
 WHERE programme = :programme AND person = :person;

-- name: sql_alias_insert :exec
-- in:   programme programme_id, person person_id, alias int64
INSERT INTO pseudonym (programme, person, alias)
VALUES (:programme, :person, :alias);
