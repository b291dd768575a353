-- Programme: settings, quiet spans and topics.
-- include: "programme/settings.h"

-- name: sql_programme_enter :maybe
-- in:  slug text
-- row: struct setting: id programme_id, slug text, name text, phone text, place text, lang enum:language
SELECT id, slug, name, phone, place, lang FROM programme WHERE slug = :slug;

-- name: sql_programme_load :one
-- in:  id programme_id
-- row: struct programme_settings: id programme_id, slug text, name text, place text, phone text, email text, stage enum:programme_stage, lang enum:language, contact_days int, decision_days int, team_size int, network_daily int, version int64
SELECT id, slug, name, place, phone, email, stage, lang, contact_days,
       decision_days, team_size, network_daily, version
  FROM programme
 WHERE id = :id;

-- name: sql_programme_find :maybe
-- in:  slug text
-- row: struct programme_settings: id programme_id, slug text, name text, place text, phone text, email text, stage enum:programme_stage, lang enum:language, contact_days int, decision_days int, team_size int, network_daily int, version int64
SELECT id, slug, name, place, phone, email, stage, lang, contact_days,
       decision_days, team_size, network_daily, version
  FROM programme
 WHERE slug = :slug;

-- name: sql_programme_all :many
-- row: struct programme_settings: id programme_id, slug text, name text, place text, phone text, email text, stage enum:programme_stage, lang enum:language, contact_days int, decision_days int, team_size int, network_daily int, version int64
SELECT id, slug, name, place, phone, email, stage, lang, contact_days,
       decision_days, team_size, network_daily, version
  FROM programme
 ORDER BY created_at, id;

-- name: sql_programme_insert :exec
-- in: struct: id programme_id, slug text, name text, place text, phone text, email text, stage enum:programme_stage, lang enum:language, contact_days int, decision_days int, team_size int, network_daily int, created_at instant
INSERT INTO programme (id, slug, name, place, phone, email, stage, lang,
       contact_days, decision_days, team_size, network_daily, created_at)
VALUES (:id, :slug, :name, :place, :phone, :email, :stage, :lang,
       :contact_days, :decision_days, :team_size, :network_daily,
       :created_at);

-- name: sql_programme_change :count
-- in: struct: id programme_id, version int64, name text, place text, phone text, email text, stage enum:programme_stage, lang enum:language, contact_days int, decision_days int, team_size int, network_daily int
UPDATE programme
   SET name = :name, place = :place, phone = :phone, email = :email,
       stage = :stage, lang = :lang, contact_days = :contact_days,
       decision_days = :decision_days, team_size = :team_size,
       network_daily = :network_daily, version = version + 1
 WHERE id = :id AND version = :version;

-- name: sql_quiet_spans :many
-- in:  programme programme_id
-- row: struct span: first day, last day
SELECT first_day AS first, last_day AS last
  FROM quiet_span
 WHERE programme = :programme
 ORDER BY first_day, id;

-- name: sql_quiet_weeks :many
-- in:  programme programme_id, since day
-- row: struct quiet_week: id int64, span_first day, span_last day, label text
SELECT id, first_day AS span_first, last_day AS span_last, label
  FROM quiet_span
 WHERE programme = :programme AND last_day >= :since
 ORDER BY first_day, id;

-- name: sql_quiet_insert :exec
-- in: programme programme_id, id int64, first_day day, last_day day, label text
INSERT INTO quiet_span (programme, id, first_day, last_day, label)
VALUES (:programme, :id, :first_day, :last_day, :label);

-- name: sql_quiet_delete :count
-- in: programme programme_id, id int64
DELETE FROM quiet_span WHERE programme = :programme AND id = :id;

-- name: sql_topics_offered :many
-- in:  programme programme_id
-- row: struct topic_line: id topic_id, position int, name_nl text, name_fy text, name_en text, retired bool, version int64
SELECT id, position, name_nl, name_fy, name_en, retired, version
  FROM topic
 WHERE programme = :programme AND retired = 0
 ORDER BY position, id;

-- name: sql_topics_all :many
-- in:  programme programme_id
-- row: struct topic_line: id topic_id, position int, name_nl text, name_fy text, name_en text, retired bool, version int64
SELECT id, position, name_nl, name_fy, name_en, retired, version
  FROM topic
 WHERE programme = :programme
 ORDER BY retired, position, id;

-- name: sql_topic_load :maybe
-- in:  programme programme_id, id topic_id
-- row: struct topic_line: id topic_id, position int, name_nl text, name_fy text, name_en text, retired bool, version int64
SELECT id, position, name_nl, name_fy, name_en, retired, version
  FROM topic
 WHERE programme = :programme AND id = :id;

-- name: sql_topic_insert :exec
-- in: struct: programme programme_id, id topic_id, name_nl text, name_fy text, name_en text
INSERT INTO topic (programme, id, position, name_nl, name_fy, name_en)
SELECT :programme, :id, COALESCE(MAX(position), 0) + 1, :name_nl, :name_fy,
       :name_en
  FROM topic
 WHERE programme = :programme;

-- name: sql_topic_rename :count
-- in: struct: programme programme_id, id topic_id, version int64, name_nl text, name_fy text, name_en text
UPDATE topic
   SET name_nl = :name_nl, name_fy = :name_fy, name_en = :name_en,
       version = version + 1
 WHERE programme = :programme AND id = :id AND version = :version;

-- name: sql_topic_retire :count
-- in: programme programme_id, id topic_id, retired bool
UPDATE topic SET retired = :retired
 WHERE programme = :programme AND id = :id;

-- name: sql_topic_place :exec
-- in: programme programme_id, id topic_id, position int
UPDATE topic SET position = :position
 WHERE programme = :programme AND id = :id;
