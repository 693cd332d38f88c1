-- The audit only grows, and settings are changed while Salon runs.
-- Same tables, columns and names as in ../sqlite; a test compares them. docs/adr/0026 says why.

-- Nobody changes an entry, and nobody deletes one of the last 365 days of the database's clock, whatever they are connected as.
CREATE FUNCTION audit_refuse() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF OLD.at < now() - INTERVAL '365 days' THEN
            RETURN OLD;
        END IF;
        RAISE EXCEPTION 'audit is append-only: no delete of an entry of the last 365 days' USING ERRCODE = 'restrict_violation';
    END IF;
    RAISE EXCEPTION 'audit is append-only: no %', lower(TG_OP) USING ERRCODE = 'restrict_violation';
END
$$;

CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit FOR EACH ROW EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit FOR EACH ROW EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
-- In sessions that replicate, too.
ALTER TABLE audit ENABLE ALWAYS TRIGGER audit_no_update;
ALTER TABLE audit ENABLE ALWAYS TRIGGER audit_no_delete;
ALTER TABLE audit ENABLE ALWAYS TRIGGER audit_no_truncate;

-- By what was done, and by who did it to others: what people did themselves is found by its subject.
CREATE INDEX audit_action_at_idx ON audit (action, at);
CREATE INDEX audit_actor_at_idx ON audit (actor, at) WHERE actor <> 'self';

-- The few messages that nobody got.
CREATE INDEX outbox_unsent_created_at_idx ON outbox (created_at) WHERE state IN ('failed', 'expired');

-- What was set while Salon ran, as one document: each change is a row more, and the newest row is in force.
CREATE TABLE live_settings (
    version BIGINT NOT NULL,
    document TEXT NOT NULL,
    changed_at TIMESTAMPTZ NOT NULL,
    changed_by UUID,
    CONSTRAINT live_settings_pkey PRIMARY KEY (version),
    CONSTRAINT live_settings_version_check CHECK (version >= 1)
);
