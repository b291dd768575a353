-- Two who rename a topic at once both see what the other wrote.
ALTER TABLE topic ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
