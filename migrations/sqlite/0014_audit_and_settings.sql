-- The audit only grows, and settings are changed while Salon runs.
-- Same tables, columns and names as in ../postgres; a test compares them. docs/adr/0026 says why.

-- Nobody changes an entry, and nobody deletes one of the last 365 days of the database's clock, whatever they are connected as.
CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit
BEGIN
    SELECT RAISE(ABORT, 'audit is append-only: no update');
END;

CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit
WHEN OLD.at >= strftime('%Y-%m-%dT%H:%M:%S.000000Z', 'now', '-365 days')
BEGIN
    SELECT RAISE(ABORT, 'audit is append-only: no delete of an entry of the last 365 days');
END;

-- INSERT OR REPLACE deletes without asking the trigger above.
CREATE TRIGGER audit_no_replace BEFORE INSERT ON audit
WHEN EXISTS (SELECT 1 FROM audit WHERE audit_id = NEW.audit_id)
BEGIN
    SELECT RAISE(ABORT, 'audit is append-only: no replacement');
END;

-- By what was done, and by who did it to others: what people did themselves is found by its subject.
CREATE INDEX audit_action_at_idx ON audit (action, at);
CREATE INDEX audit_actor_at_idx ON audit (actor, at) WHERE actor <> 'self';

-- The few messages that nobody got.
CREATE INDEX outbox_unsent_created_at_idx ON outbox (created_at) WHERE state IN ('failed', 'expired');

-- What was set while Salon ran, as one document: each change is a row more, and the newest row is in force.
CREATE TABLE live_settings (
    version INTEGER NOT NULL,
    document TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    changed_by BLOB,
    CONSTRAINT live_settings_pkey PRIMARY KEY (version),
    CONSTRAINT live_settings_version_check CHECK (version >= 1)
) STRICT;
