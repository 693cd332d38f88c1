-- The second factor: authenticator apps, recovery codes, and when a session was shown one.
-- Same tables, columns and names as in ../postgres; a test compares them.

ALTER TABLE sessions ADD COLUMN second_factor_at TEXT;

-- Two rows a person at most: the app they use, and one they are setting up in one session, which goes with that session. `sealed` is
-- encrypted (crates/usecases/src/keys/seal.rs). `last_step`: a code of this step or of one before has been used.
CREATE TABLE totp_secrets (
    user_id BLOB NOT NULL,
    is_confirmed INTEGER NOT NULL,
    session_id BLOB,
    sealed BLOB NOT NULL,
    created_at TEXT NOT NULL,
    confirmed_at TEXT,
    last_step INTEGER NOT NULL,
    CONSTRAINT totp_secrets_pkey PRIMARY KEY (user_id, is_confirmed),
    CONSTRAINT totp_secrets_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (user_id) ON DELETE CASCADE,
    CONSTRAINT totp_secrets_session_id_fkey FOREIGN KEY (session_id) REFERENCES sessions (session_id) ON DELETE CASCADE,
    CONSTRAINT totp_secrets_is_confirmed_confirmed_at_check CHECK (is_confirmed = (confirmed_at IS NOT NULL)),
    CONSTRAINT totp_secrets_is_confirmed_session_id_check CHECK (is_confirmed = (session_id IS NULL))
) STRICT, WITHOUT ROWID;

CREATE INDEX totp_secrets_session_id_idx ON totp_secrets (session_id) WHERE session_id IS NOT NULL;

-- Keyed hashes of codes that are each good once.
CREATE TABLE recovery_codes (
    user_id BLOB NOT NULL,
    code_hash BLOB NOT NULL,
    created_at TEXT NOT NULL,
    used_at TEXT,
    CONSTRAINT recovery_codes_pkey PRIMARY KEY (user_id, code_hash),
    CONSTRAINT recovery_codes_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (user_id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
