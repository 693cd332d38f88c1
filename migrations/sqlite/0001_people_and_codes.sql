-- People, the codes sent to them, and what they are signed in with.
-- Same tables, columns and names as in ../postgres; a test compares them. Names: <table>_<columns>_key | check | idx | fkey.
-- Ids are 16-byte BLOBs, instants TEXT of one width (2026-01-01T00:00:00.000000Z) so that they sort like time.

CREATE TABLE users (
    user_id BLOB NOT NULL,
    phone TEXT,
    status TEXT NOT NULL,
    is_phone_verified INTEGER NOT NULL,
    phone_verified_at TEXT,
    epoch INTEGER NOT NULL,
    given_name TEXT,
    family_name TEXT,
    email TEXT,
    locale TEXT NOT NULL,
    origin TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    last_seen_at TEXT,
    blocked_at TEXT,
    CONSTRAINT users_pkey PRIMARY KEY (user_id),
    CONSTRAINT users_phone_key UNIQUE (phone),
    CONSTRAINT users_status_check CHECK (status IN ('pending', 'active', 'blocked', 'erased')),
    CONSTRAINT users_status_phone_check CHECK ((status = 'erased') = (phone IS NULL)),
    CONSTRAINT users_is_phone_verified_check CHECK (is_phone_verified = (phone_verified_at IS NOT NULL)),
    CONSTRAINT users_locale_check CHECK (locale IN ('ar', 'en')),
    CONSTRAINT users_origin_check CHECK (origin IN ('self_service', 'staff'))
) STRICT;

-- Pending people who may be forgotten, oldest first: a small part of the table.
CREATE INDEX users_created_at_idx ON users (created_at) WHERE status = 'pending' AND origin = 'self_service';

CREATE TABLE role_grants (
    user_id BLOB NOT NULL,
    role TEXT NOT NULL,
    granted_at TEXT NOT NULL,
    CONSTRAINT role_grants_pkey PRIMARY KEY (user_id, role),
    CONSTRAINT role_grants_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (user_id) ON DELETE CASCADE,
    CONSTRAINT role_grants_role_check CHECK (role IN ('owner', 'manager', 'reception', 'stylist', 'platform_admin'))
) STRICT, WITHOUT ROWID;

CREATE TABLE challenges (
    challenge_id BLOB NOT NULL,
    user_id BLOB NOT NULL,
    epoch INTEGER NOT NULL,
    phone TEXT NOT NULL,
    purpose TEXT NOT NULL,
    code_length INTEGER NOT NULL,
    key_id TEXT NOT NULL,
    locale TEXT NOT NULL,
    guess_key BLOB NOT NULL,
    attempts INTEGER NOT NULL,
    max_attempts INTEGER NOT NULL,
    session_id BLOB,
    device_id BLOB,
    created_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    final_at TEXT NOT NULL,
    last_sent_at TEXT NOT NULL,
    consumed_at TEXT,
    CONSTRAINT challenges_pkey PRIMARY KEY (challenge_id),
    CONSTRAINT challenges_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (user_id) ON DELETE CASCADE,
    CONSTRAINT challenges_purpose_check CHECK (purpose IN ('auth', 'verify')),
    CONSTRAINT challenges_code_length_check CHECK (code_length BETWEEN 6 AND 10),
    CONSTRAINT challenges_locale_check CHECK (locale IN ('ar', 'en')),
    CONSTRAINT challenges_attempts_check CHECK (attempts BETWEEN 0 AND max_attempts),
    CONSTRAINT challenges_expires_at_check CHECK (expires_at <= final_at)
) STRICT;

CREATE INDEX challenges_user_id_created_at_idx ON challenges (user_id, created_at);
CREATE INDEX challenges_expires_at_idx ON challenges (expires_at);

-- One row a limit, with its recent uses (crates/domain/src/uses.rs). No foreign keys: limits outlive people, so that counters never
-- go back. `forget_at` is a midnight, so that most updates leave its index alone.
CREATE TABLE limit_keys (
    limit_key BLOB NOT NULL,
    uses TEXT NOT NULL,
    forget_at TEXT NOT NULL,
    CONSTRAINT limit_keys_pkey PRIMARY KEY (limit_key)
) STRICT, WITHOUT ROWID;

CREATE INDEX limit_keys_forget_at_idx ON limit_keys (forget_at);

CREATE TABLE devices (
    device_id BLOB NOT NULL,
    user_id BLOB NOT NULL,
    epoch INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    last_used_at TEXT NOT NULL,
    revoked_at TEXT,
    CONSTRAINT devices_pkey PRIMARY KEY (device_id),
    CONSTRAINT devices_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (user_id) ON DELETE CASCADE
) STRICT;

CREATE INDEX devices_user_id_idx ON devices (user_id);

CREATE TABLE sessions (
    session_id BLOB NOT NULL,
    user_id BLOB NOT NULL,
    epoch INTEGER NOT NULL,
    kind TEXT NOT NULL,
    device_id BLOB,
    device_name TEXT,
    cookie_hash BLOB,
    authenticated_at TEXT NOT NULL,
    last_seen_at TEXT NOT NULL,
    idle_expires_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    ended_at TEXT,
    end_reason TEXT,
    CONSTRAINT sessions_pkey PRIMARY KEY (session_id),
    CONSTRAINT sessions_cookie_hash_key UNIQUE (cookie_hash),
    CONSTRAINT sessions_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (user_id) ON DELETE CASCADE,
    CONSTRAINT sessions_kind_check CHECK (kind IN ('web', 'api')),
    CONSTRAINT sessions_idle_expires_at_check CHECK (idle_expires_at <= expires_at),
    CONSTRAINT sessions_end_reason_check CHECK (end_reason IN ('logout', 'revoked', 'replay', 'phone_changed', 'claimed', 'blocked', 'erased')),
    CONSTRAINT sessions_ended_at_end_reason_check CHECK ((ended_at IS NULL) = (end_reason IS NULL))
) STRICT;

CREATE INDEX sessions_user_id_idx ON sessions (user_id);
CREATE INDEX sessions_idle_expires_at_idx ON sessions (idle_expires_at);

CREATE TABLE refresh_families (
    family_id BLOB NOT NULL,
    session_id BLOB NOT NULL,
    generation INTEGER NOT NULL,
    current_hash BLOB NOT NULL,
    rotated_at TEXT NOT NULL,
    CONSTRAINT refresh_families_pkey PRIMARY KEY (family_id),
    CONSTRAINT refresh_families_session_id_key UNIQUE (session_id),
    CONSTRAINT refresh_families_session_id_fkey FOREIGN KEY (session_id) REFERENCES sessions (session_id) ON DELETE CASCADE
) STRICT;

CREATE TABLE outbox (
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
    CONSTRAINT outbox_pkey PRIMARY KEY (outbox_id),
    CONSTRAINT outbox_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (user_id) ON DELETE SET NULL,
    CONSTRAINT outbox_challenge_id_fkey FOREIGN KEY (challenge_id) REFERENCES challenges (challenge_id) ON DELETE SET NULL,
    CONSTRAINT outbox_kind_check CHECK (kind IN ('auth_code', 'verify_code', 'phone_changed')),
    CONSTRAINT outbox_locale_check CHECK (locale IN ('ar', 'en')),
    CONSTRAINT outbox_state_check CHECK (state IN ('queued', 'leased', 'sent', 'failed', 'expired')),
    CONSTRAINT outbox_state_leased_until_check CHECK ((state = 'leased') = (leased_until IS NOT NULL)),
    CONSTRAINT outbox_state_finished_at_check CHECK ((state IN ('queued', 'leased')) = (finished_at IS NULL))
) STRICT;

-- What is still to be sent, in the order of created_at: finished rows are not in it.
CREATE INDEX outbox_waiting_created_at_idx ON outbox (created_at) WHERE finished_at IS NULL;
CREATE INDEX outbox_finished_at_idx ON outbox (finished_at) WHERE finished_at IS NOT NULL;
CREATE INDEX outbox_created_at_idx ON outbox (created_at);
CREATE INDEX outbox_phone_created_at_idx ON outbox (phone, created_at);
CREATE INDEX outbox_user_id_idx ON outbox (user_id);
CREATE INDEX outbox_challenge_id_idx ON outbox (challenge_id);

-- No foreign keys: the record outlives what it is about.
CREATE TABLE audit (
    audit_id BLOB NOT NULL,
    at TEXT NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    subject_user_id BLOB,
    session_id BLOB,
    detail TEXT NOT NULL,
    CONSTRAINT audit_pkey PRIMARY KEY (audit_id)
) STRICT;

CREATE INDEX audit_subject_user_id_at_idx ON audit (subject_user_id, at);
CREATE INDEX audit_at_idx ON audit (at);

-- Who was erased: to erase them again after a backup is restored.
CREATE TABLE erasures (
    user_id BLOB NOT NULL,
    phone_key BLOB NOT NULL,
    erased_at TEXT NOT NULL,
    CONSTRAINT erasures_pkey PRIMARY KEY (user_id)
) STRICT, WITHOUT ROWID;
