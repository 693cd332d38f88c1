-- Codes that nobody enters, and guesses that are wrong, counted for the fraud brake and the fleet guard.
-- Same tables, columns and names as in ../postgres; a test compares them.

-- The keyed hash of the network a stranger asked from: such a code is counted. NULL: it is not.
ALTER TABLE challenges ADD COLUMN network BLOB;

-- Five minutes of a scope: "fleet", "country:SA", "prefix:+96650", "network:<keyed hash>". No foreign keys, no phones, no addresses.
CREATE TABLE fraud_counters (
    scope TEXT NOT NULL,
    bucket_at TEXT NOT NULL,
    asked INTEGER NOT NULL,
    sent INTEGER NOT NULL,
    verified INTEGER NOT NULL,
    failed INTEGER NOT NULL,
    CONSTRAINT fraud_counters_pkey PRIMARY KEY (scope, bucket_at)
) STRICT;

CREATE INDEX fraud_counters_bucket_at_idx ON fraud_counters (bucket_at);
-- What every process reads each second: most networks ask for a code or two and are not in it.
CREATE INDEX fraud_counters_busy_bucket_at_idx ON fraud_counters (bucket_at) WHERE scope NOT LIKE 'network:%' OR asked >= 5;

-- Alarms that are on, for all processes.
CREATE TABLE fleet_alarms (
    alarm TEXT NOT NULL,
    raised_at TEXT NOT NULL,
    CONSTRAINT fleet_alarms_pkey PRIMARY KEY (alarm),
    CONSTRAINT fleet_alarms_alarm_check CHECK (alarm IN ('guesses'))
) STRICT;
