-- What people ask about their data, what they agreed to, and when old things were last forgotten.
-- Same tables, columns and names as in ../postgres; a test compares them. docs/adr/0027 says why.

-- Somebody's request to see, correct or lose their data, or to object to a use of it. `said`, `note` and the reasons are texts about a
-- person and go with their identity. `handled_by` is an admin's id: no foreign key, the record outlives who made it.
CREATE TABLE privacy_requests (
    request_id BLOB NOT NULL,
    user_id BLOB NOT NULL,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    opened_by TEXT NOT NULL,
    said TEXT,
    note TEXT,
    opened_at TEXT NOT NULL,
    due_at TEXT NOT NULL,
    extended_at TEXT,
    extension_reason TEXT,
    refusal_reason TEXT,
    handled_by BLOB,
    closed_at TEXT,
    CONSTRAINT privacy_requests_pkey PRIMARY KEY (request_id),
    CONSTRAINT privacy_requests_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (user_id) ON DELETE CASCADE,
    CONSTRAINT privacy_requests_kind_check CHECK (kind IN ('access', 'correction', 'erasure', 'objection')),
    CONSTRAINT privacy_requests_state_check CHECK (state IN ('open', 'in_progress', 'done', 'refused', 'withdrawn')),
    CONSTRAINT privacy_requests_opened_by_check CHECK (opened_by IN ('self_service', 'staff')),
    CONSTRAINT privacy_requests_state_closed_at_check CHECK ((state IN ('open', 'in_progress')) = (closed_at IS NULL)),
    CONSTRAINT privacy_requests_due_at_check CHECK (due_at >= opened_at)
) STRICT;

-- One of a kind at a time: asking twice is asking once.
CREATE UNIQUE INDEX privacy_requests_user_id_kind_key ON privacy_requests (user_id, kind) WHERE closed_at IS NULL;
CREATE INDEX privacy_requests_due_at_request_id_idx ON privacy_requests (due_at, request_id) WHERE closed_at IS NULL;
CREATE INDEX privacy_requests_closed_at_idx ON privacy_requests (closed_at) WHERE closed_at IS NOT NULL;
CREATE INDEX privacy_requests_user_id_opened_at_idx ON privacy_requests (user_id, opened_at);

-- What somebody agreed to and took back: rows are only added, and the last one of a purpose is what holds. No foreign keys: the record
-- outlives who it is about.
CREATE TABLE consents (
    consent_id BLOB NOT NULL,
    user_id BLOB NOT NULL,
    purpose TEXT NOT NULL,
    is_granted INTEGER NOT NULL,
    at TEXT NOT NULL,
    source TEXT NOT NULL,
    wording_version INTEGER NOT NULL,
    locale TEXT NOT NULL,
    CONSTRAINT consents_pkey PRIMARY KEY (consent_id),
    CONSTRAINT consents_purpose_check CHECK (purpose IN ('terms', 'marketing_sms')),
    CONSTRAINT consents_source_check CHECK (source IN ('welcome', 'account', 'desk', 'api')),
    CONSTRAINT consents_locale_check CHECK (locale IN ('ar', 'en'))
) STRICT;

CREATE INDEX consents_user_id_at_idx ON consents (user_id, at);

-- Only what is left of somebody in the log of erasures may go, when its time is over.
CREATE TRIGGER consents_are_not_changed BEFORE UPDATE ON consents
BEGIN
    SELECT RAISE(ABORT, 'consents are only added');
END;
CREATE TRIGGER consents_are_not_removed BEFORE DELETE ON consents
WHEN NOT EXISTS (SELECT 1 FROM erasures WHERE erasures.user_id = OLD.user_id)
BEGIN
    SELECT RAISE(ABORT, 'consents are only added');
END;

CREATE INDEX erasures_erased_at_idx ON erasures (erased_at);

-- When a job last came to its end, and what it did.
CREATE TABLE job_runs (
    job TEXT NOT NULL,
    finished_at TEXT NOT NULL,
    detail TEXT NOT NULL,
    CONSTRAINT job_runs_pkey PRIMARY KEY (job),
    CONSTRAINT job_runs_job_check CHECK (job IN ('purge'))
) STRICT, WITHOUT ROWID;
