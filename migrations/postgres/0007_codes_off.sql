-- A text that goes out instead of a code, when codes to a phone are off.
-- Same tables, columns and names as in ../sqlite; a test compares them.

ALTER TABLE outbox DROP CONSTRAINT outbox_kind_check;
ALTER TABLE outbox ADD CONSTRAINT outbox_kind_check CHECK (kind IN ('auth_code', 'verify_code', 'phone_changed', 'codes_off')) NOT VALID;
ALTER TABLE outbox VALIDATE CONSTRAINT outbox_kind_check;
