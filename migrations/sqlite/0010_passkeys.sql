-- Passkeys (WebAuthn), and what is kept of one while it is made or shown.
-- Same tables, columns and names as in ../postgres; a test compares them.

-- `credential` is public: the key that verifies, and how often it was used as far as its authenticator counts.
CREATE TABLE passkeys (
    passkey_id BLOB NOT NULL,
    user_id BLOB NOT NULL,
    credential_id BLOB NOT NULL,
    name TEXT NOT NULL,
    credential TEXT NOT NULL,
    created_at TEXT NOT NULL,
    last_used_at TEXT,
    CONSTRAINT passkeys_pkey PRIMARY KEY (passkey_id),
    CONSTRAINT passkeys_credential_id_key UNIQUE (credential_id),
    CONSTRAINT passkeys_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (user_id) ON DELETE CASCADE
) STRICT;

CREATE INDEX passkeys_user_id_created_at_idx ON passkeys (user_id, created_at);

-- Good once: finishing deletes it. Without a session it is a sign-in.
CREATE TABLE passkey_ceremonies (
    ceremony_id BLOB NOT NULL,
    kind TEXT NOT NULL,
    session_id BLOB,
    state TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    CONSTRAINT passkey_ceremonies_pkey PRIMARY KEY (ceremony_id),
    CONSTRAINT passkey_ceremonies_session_id_fkey FOREIGN KEY (session_id) REFERENCES sessions (session_id) ON DELETE CASCADE,
    CONSTRAINT passkey_ceremonies_kind_check CHECK (kind IN ('add', 'show', 'sign_in')),
    CONSTRAINT passkey_ceremonies_kind_session_id_check CHECK ((kind = 'sign_in') = (session_id IS NULL))
) STRICT;

CREATE INDEX passkey_ceremonies_session_id_idx ON passkey_ceremonies (session_id) WHERE session_id IS NOT NULL;
CREATE INDEX passkey_ceremonies_expires_at_idx ON passkey_ceremonies (expires_at);
