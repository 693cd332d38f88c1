-- People by the day they were last seen, and runs over many that forget whoever is erased.
-- Same tables, columns and names as in ../postgres; a test compares them. docs/adr/0022 and 0025 say why.

-- A day and not the moment: PostgreSQL writes an index on it once a day for a person, and not at each sign of life. Days since 1970, as
-- UTC has them.
ALTER TABLE users ADD COLUMN seen_day INTEGER GENERATED ALWAYS AS (unixepoch(last_seen_at) / 86400) VIRTUAL;

CREATE INDEX users_seen_day_user_id_idx ON users (seen_day, user_id) WHERE seen_day IS NOT NULL;

-- Whoever is erased goes out of every run they were chosen for. Why a run was begun is of use while it is done, and stands in the audit.
CREATE INDEX bulk_run_people_user_id_idx ON bulk_run_people (user_id);
UPDATE bulk_runs SET reason = NULL WHERE state = 'finished';
