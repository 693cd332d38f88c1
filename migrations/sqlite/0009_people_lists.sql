-- People found by an admin: what the search box looks in, made by the database itself from what is there, so that no writer can forget it.
-- Same tables, columns and names as in ../postgres; a test compares them. docs/adr/0022 says why.
-- `name_key` and `family_key` are folded as `domain::person::NameKey` folds what is typed; a test compares the three.

-- The last four digits, last first: what ends in 567 begins with 765 here.
ALTER TABLE users ADD COLUMN phone_tail TEXT GENERATED ALWAYS AS
    (substr(phone, -1, 1) || substr(phone, -2, 1) || substr(phone, -3, 1) || substr(phone, -4, 1)) VIRTUAL;
-- The twenty bits of the short id, in five hexadecimal digits.
ALTER TABLE users ADD COLUMN short_key TEXT GENERATED ALWAYS AS (lower(substr(hex(user_id), -5))) VIRTUAL;
ALTER TABLE users ADD COLUMN email_key TEXT GENERATED ALWAYS AS (lower(email)) VIRTUAL;
ALTER TABLE users ADD COLUMN name_key TEXT GENERATED ALWAYS AS
    (lower(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(COALESCE(given_name || family_name, given_name, family_name), 'أ', 'ا'), 'إ', 'ا'), 'آ', 'ا'), 'ى', 'ي'), 'ة', 'ه'), ' ', ''), '-', ''), '''', ''), '’', ''), 'ـ', ''), char(1611), ''), char(1612), ''), char(1613), ''), char(1614), ''), char(1615), ''), char(1616), ''), char(1617), ''), char(1618), ''), char(8204), ''), char(8205), ''))) VIRTUAL;
-- For those who have both names: the other half to find them by.
ALTER TABLE users ADD COLUMN family_key TEXT GENERATED ALWAYS AS
    (CASE WHEN given_name IS NOT NULL THEN lower(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(family_name, 'أ', 'ا'), 'إ', 'ا'), 'آ', 'ا'), 'ى', 'ي'), 'ة', 'ه'), ' ', ''), '-', ''), '''', ''), '’', ''), 'ـ', ''), char(1611), ''), char(1612), ''), char(1613), ''), char(1614), ''), char(1615), ''), char(1616), ''), char(1617), ''), char(1618), ''), char(8204), ''), char(8205), '')) END) VIRTUAL;

CREATE INDEX users_phone_tail_user_id_idx ON users (phone_tail, user_id);
CREATE INDEX users_short_key_user_id_idx ON users (short_key, user_id);
CREATE INDEX users_email_key_user_id_idx ON users (email_key, user_id);
CREATE INDEX users_name_key_user_id_idx ON users (name_key, user_id);
CREATE INDEX users_family_key_user_id_idx ON users (family_key, user_id);
-- Most people are active: they are found without it.
CREATE INDEX users_status_user_id_idx ON users (status, user_id) WHERE status <> 'active';
CREATE INDEX role_grants_role_user_id_idx ON role_grants (role, user_id);
