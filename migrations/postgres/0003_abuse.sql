-- Devices that rotate their token, and what a phone's failures add up to.
-- Same tables, columns and names as in ../sqlite; a test compares them.

-- Raised at each sign-in: the tokens of the last two are good.
ALTER TABLE devices ADD COLUMN generation BIGINT NOT NULL DEFAULT 0;

-- For the guesses at codes of a phone: how many were wrong since the last right one, how many challenges died of them, and when the
-- last one did.
ALTER TABLE limit_keys ADD COLUMN streak INTEGER NOT NULL DEFAULT 0;
ALTER TABLE limit_keys ADD COLUMN deaths INTEGER NOT NULL DEFAULT 0;
ALTER TABLE limit_keys ADD COLUMN died_at TIMESTAMPTZ;
