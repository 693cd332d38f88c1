-- What those who run the platform write about a person.
-- Same tables, columns and names as in ../sqlite; a test compares them.

-- No foreign key for the author: whoever has written here has a role, and rows of such people stay.
CREATE TABLE user_notes (
    note_id UUID NOT NULL,
    user_id UUID NOT NULL,
    author_id UUID NOT NULL,
    text TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT user_notes_pkey PRIMARY KEY (note_id),
    CONSTRAINT user_notes_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (user_id) ON DELETE CASCADE
);

CREATE INDEX user_notes_user_id_note_id_idx ON user_notes (user_id, note_id);
