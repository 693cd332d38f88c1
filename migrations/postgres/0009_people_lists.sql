-- People found by an admin: what the search box looks in, made by the database itself from what is there, so that no writer can forget it.
-- Same tables, columns and names as in ../sqlite; a test compares them. docs/adr/0022 says why.
-- `name_key` and `family_key` are folded as `domain::person::NameKey` folds what is typed; a test compares the three.

-- One statement, so that the table is written anew once. In the order of its bytes a phone can be looked for by its first digits.
ALTER TABLE users
    ALTER COLUMN phone TYPE TEXT COLLATE "C",
    -- The last four digits, last first: what ends in 567 begins with 765 here.
    ADD COLUMN phone_tail TEXT COLLATE "C" GENERATED ALWAYS AS (reverse(right(phone, 4))) STORED,
    -- The twenty bits of the short id, in five hexadecimal digits.
    ADD COLUMN short_key TEXT COLLATE "C" GENERATED ALWAYS AS (right(user_id::TEXT, 5)) STORED,
    ADD COLUMN email_key TEXT COLLATE "C" GENERATED ALWAYS AS (lower(email COLLATE "C")) STORED,
    ADD COLUMN name_key TEXT COLLATE "C" GENERATED ALWAYS AS
        (lower(translate(COALESCE(given_name || family_name, given_name, family_name), U&'أإآىة -''’ـ\064B\064C\064D\064E\064F\0650\0651\0652\200C\200D', 'ااايه') COLLATE "C")) STORED,
    -- For those who have both names: the other half to find them by.
    ADD COLUMN family_key TEXT COLLATE "C" GENERATED ALWAYS AS
        (CASE WHEN given_name IS NOT NULL THEN lower(translate(family_name, U&'أإآىة -''’ـ\064B\064C\064D\064E\064F\0650\0651\0652\200C\200D', 'ااايه') COLLATE "C") END) STORED;

CREATE INDEX users_phone_tail_user_id_idx ON users (phone_tail, user_id);
CREATE INDEX users_short_key_user_id_idx ON users (short_key, user_id);
CREATE INDEX users_email_key_user_id_idx ON users (email_key, user_id);
CREATE INDEX users_name_key_user_id_idx ON users (name_key, user_id);
CREATE INDEX users_family_key_user_id_idx ON users (family_key, user_id);
-- Most people are active: they are found without it.
CREATE INDEX users_status_user_id_idx ON users (status, user_id) WHERE status <> 'active';
CREATE INDEX role_grants_role_user_id_idx ON role_grants (role, user_id);
