-- One act on many people: who was chosen, and what became of each.
-- Same tables, columns and names as in ../postgres; a test compares them. docs/adr/0025 says why.

-- `asked` says what was looked for, as JSON, without what was typed: neither names nor phones. `fence` rises with every lease.
CREATE TABLE bulk_runs (
    run_id BLOB NOT NULL,
    actor_user_id BLOB NOT NULL,
    session_id BLOB NOT NULL,
    act TEXT NOT NULL,
    state TEXT NOT NULL,
    asked TEXT NOT NULL,
    reason TEXT,
    has_more INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    started_at TEXT,
    finished_at TEXT,
    leased_until TEXT,
    fence INTEGER NOT NULL,
    CONSTRAINT bulk_runs_pkey PRIMARY KEY (run_id),
    CONSTRAINT bulk_runs_actor_user_id_fkey FOREIGN KEY (actor_user_id) REFERENCES users (user_id) ON DELETE CASCADE,
    CONSTRAINT bulk_runs_state_check CHECK (state IN ('prepared', 'running', 'finished')),
    CONSTRAINT bulk_runs_state_started_at_check CHECK ((state = 'prepared') = (started_at IS NULL)),
    CONSTRAINT bulk_runs_state_finished_at_check CHECK ((state = 'finished') = (finished_at IS NOT NULL))
) STRICT, WITHOUT ROWID;

CREATE INDEX bulk_runs_actor_user_id_idx ON bulk_runs (actor_user_id);
CREATE INDEX bulk_runs_created_at_idx ON bulk_runs (created_at);
CREATE INDEX bulk_runs_running_started_at_idx ON bulk_runs (started_at) WHERE state = 'running';

-- No key to `users`: who is forgotten meanwhile was chosen all the same, and the run says so.
CREATE TABLE bulk_run_people (
    run_id BLOB NOT NULL,
    position INTEGER NOT NULL,
    user_id BLOB NOT NULL,
    outcome TEXT,
    reason TEXT,
    CONSTRAINT bulk_run_people_pkey PRIMARY KEY (run_id, position),
    CONSTRAINT bulk_run_people_run_id_user_id_key UNIQUE (run_id, user_id),
    CONSTRAINT bulk_run_people_run_id_fkey FOREIGN KEY (run_id) REFERENCES bulk_runs (run_id) ON DELETE CASCADE,
    CONSTRAINT bulk_run_people_outcome_check CHECK (outcome IN ('done', 'skipped', 'failed')),
    CONSTRAINT bulk_run_people_outcome_reason_check CHECK ((reason IS NOT NULL) = (outcome IS NOT NULL AND outcome = 'skipped'))
) STRICT, WITHOUT ROWID;

CREATE INDEX bulk_run_people_waiting_run_id_position_idx ON bulk_run_people (run_id, position) WHERE outcome IS NULL;

-- The list of people narrowed down to the few among many: whom staff added, and who never proved the number they were added with.
CREATE INDEX users_origin_user_id_idx ON users (origin, user_id) WHERE origin <> 'self_service';
CREATE INDEX users_unverified_user_id_idx ON users (user_id) WHERE NOT is_phone_verified AND status <> 'pending';
