-- A text that goes out instead of a code, when codes to a phone are off.
-- Same tables, columns and names as in ../postgres; a test compares them.

-- SQLite cannot change a check: the table is written anew. Nothing refers to it.
CREATE TABLE outbox_new (
    outbox_id BLOB NOT NULL,
    kind TEXT NOT NULL,
    user_id BLOB,
    challenge_id BLOB,
    phone TEXT,
    locale TEXT NOT NULL,
    state TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    fence INTEGER NOT NULL,
    available_at TEXT NOT NULL,
    leased_until TEXT,
    expires_at TEXT NOT NULL,
    provider TEXT,
    provider_ref TEXT,
    last_error TEXT,
    created_at TEXT NOT NULL,
    finished_at TEXT,
    bound_provider TEXT,
    country TEXT,
    segments INTEGER,
    cost_micros INTEGER,
    report TEXT,
    reported_at TEXT,
    CONSTRAINT outbox_pkey PRIMARY KEY (outbox_id),
    CONSTRAINT outbox_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (user_id) ON DELETE SET NULL,
    CONSTRAINT outbox_challenge_id_fkey FOREIGN KEY (challenge_id) REFERENCES challenges (challenge_id) ON DELETE SET NULL,
    CONSTRAINT outbox_kind_check CHECK (kind IN ('auth_code', 'verify_code', 'phone_changed', 'codes_off')),
    CONSTRAINT outbox_locale_check CHECK (locale IN ('ar', 'en')),
    CONSTRAINT outbox_state_check CHECK (state IN ('queued', 'leased', 'sent', 'failed', 'expired')),
    CONSTRAINT outbox_state_leased_until_check CHECK ((state = 'leased') = (leased_until IS NOT NULL)),
    CONSTRAINT outbox_state_finished_at_check CHECK ((state IN ('queued', 'leased')) = (finished_at IS NULL)),
    CONSTRAINT outbox_report_check CHECK (report IN ('sent', 'delivered', 'undelivered', 'unknown'))
) STRICT;

INSERT INTO outbox_new (outbox_id, kind, user_id, challenge_id, phone, locale, state, attempts, fence, available_at, leased_until,
    expires_at, provider, provider_ref, last_error, created_at, finished_at, bound_provider, country, segments, cost_micros, report,
    reported_at)
SELECT outbox_id, kind, user_id, challenge_id, phone, locale, state, attempts, fence, available_at, leased_until,
    expires_at, provider, provider_ref, last_error, created_at, finished_at, bound_provider, country, segments, cost_micros, report,
    reported_at
FROM outbox;

DROP TABLE outbox;
ALTER TABLE outbox_new RENAME TO outbox;

CREATE INDEX outbox_waiting_created_at_idx ON outbox (created_at) WHERE finished_at IS NULL;
CREATE INDEX outbox_finished_at_idx ON outbox (finished_at) WHERE finished_at IS NOT NULL;
CREATE INDEX outbox_created_at_idx ON outbox (created_at);
CREATE INDEX outbox_phone_created_at_idx ON outbox (phone, created_at);
CREATE INDEX outbox_user_id_idx ON outbox (user_id);
CREATE INDEX outbox_challenge_id_idx ON outbox (challenge_id);
CREATE INDEX outbox_provider_provider_ref_idx ON outbox (provider, provider_ref) WHERE provider_ref IS NOT NULL;
