-- Accounts of test numbers, and what people have been told of their account.
-- Same tables, columns and names as in ../postgres; a test compares them.

-- An account that was opened with the fixed code of a test number: nobody's, and to be left out wherever people are counted.
ALTER TABLE users ADD COLUMN is_sandbox INTEGER NOT NULL DEFAULT 0;
-- When its present owner entered their first code. What happened before was somebody else's.
ALTER TABLE users ADD COLUMN claimed_at TEXT;

-- Up to when whoever sits at this session has put the notices away.
ALTER TABLE sessions ADD COLUMN notices_seen_at TEXT;
