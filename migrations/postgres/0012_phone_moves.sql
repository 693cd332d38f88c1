-- Numbers that are to become somebody's because staff ask for it, and people who have none for now.
-- Same tables, columns and names as in ../sqlite; a test compares them. docs/adr/0024 says why.

-- Somebody whose number is another account's now has none, and is still there. Wider than before: no row can break it.
ALTER TABLE users DROP CONSTRAINT users_status_check;
ALTER TABLE users DROP CONSTRAINT users_status_phone_check;
ALTER TABLE users ADD CONSTRAINT users_status_check CHECK (status IN ('pending', 'active', 'blocked', 'erased', 'phoneless')) NOT VALID;
ALTER TABLE users ADD CONSTRAINT users_status_phone_check CHECK ((status IN ('erased', 'phoneless')) = (phone IS NULL)) NOT VALID;
ALTER TABLE users VALIDATE CONSTRAINT users_status_check;
ALTER TABLE users VALIDATE CONSTRAINT users_status_phone_check;

-- What waits for its proof, and what can be taken back: nothing is kept longer (`over_at`), because whole numbers are in it. The number
-- and the two people, and for the way back the number that the one had before and since when it was proved.
CREATE TABLE phone_moves (
    phone_move_id UUID NOT NULL,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    phone TEXT COLLATE "C" NOT NULL,
    gainer_id UUID,
    loser_id UUID,
    old_phone TEXT COLLATE "C",
    old_verified_at TIMESTAMPTZ,
    asked_by UUID NOT NULL,
    asked_at TIMESTAMPTZ NOT NULL,
    changed_at TIMESTAMPTZ NOT NULL,
    over_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT phone_moves_pkey PRIMARY KEY (phone_move_id),
    CONSTRAINT phone_moves_gainer_id_fkey FOREIGN KEY (gainer_id) REFERENCES users (user_id) ON DELETE CASCADE,
    CONSTRAINT phone_moves_loser_id_fkey FOREIGN KEY (loser_id) REFERENCES users (user_id) ON DELETE CASCADE,
    CONSTRAINT phone_moves_kind_check CHECK (kind IN ('change', 'merge', 'recycled')),
    CONSTRAINT phone_moves_state_check CHECK (state IN ('pending', 'done', 'undone', 'cancelled', 'expired')),
    CONSTRAINT phone_moves_gainer_id_loser_id_check CHECK (gainer_id IS NOT NULL OR loser_id IS NOT NULL)
);

-- One that waits at a time for each number and each person.
CREATE UNIQUE INDEX phone_moves_waiting_phone_idx ON phone_moves (phone) WHERE state = 'pending';
CREATE UNIQUE INDEX phone_moves_waiting_gainer_id_idx ON phone_moves (gainer_id) WHERE state = 'pending';
CREATE UNIQUE INDEX phone_moves_waiting_loser_id_idx ON phone_moves (loser_id) WHERE state = 'pending';
CREATE INDEX phone_moves_gainer_id_asked_at_idx ON phone_moves (gainer_id, asked_at);
CREATE INDEX phone_moves_loser_id_asked_at_idx ON phone_moves (loser_id, asked_at);
CREATE INDEX phone_moves_over_at_idx ON phone_moves (over_at);
