-- What became of messages: who was paid how much for them, and what their providers reported later.
-- Same tables, columns and names as in ../postgres; a test compares them.

-- Who may have taken it before its present lease.
ALTER TABLE outbox ADD COLUMN bound_provider TEXT;
ALTER TABLE outbox ADD COLUMN country TEXT;
ALTER TABLE outbox ADD COLUMN segments INTEGER;
ALTER TABLE outbox ADD COLUMN cost_micros INTEGER;
ALTER TABLE outbox ADD COLUMN report TEXT CONSTRAINT outbox_report_check CHECK (report IN ('sent', 'delivered', 'undelivered', 'unknown'));
ALTER TABLE outbox ADD COLUMN reported_at TEXT;

-- A report names its message by the provider's reference.
CREATE INDEX outbox_provider_provider_ref_idx ON outbox (provider, provider_ref) WHERE provider_ref IS NOT NULL;

-- Every report once, early ones too: those wait until their message is known to be taken. No foreign keys: a report is what a provider
-- said. A report that names its message by our key has it in outbox_id, and its text in provider_ref.
CREATE TABLE delivery_reports (
    provider TEXT NOT NULL,
    provider_ref TEXT NOT NULL,
    status TEXT NOT NULL,
    outbox_id BLOB,
    received_at TEXT NOT NULL,
    applied_at TEXT,
    CONSTRAINT delivery_reports_pkey PRIMARY KEY (provider, provider_ref, status),
    CONSTRAINT delivery_reports_status_check CHECK (status IN ('sent', 'delivered', 'undelivered', 'unknown'))
) STRICT;

CREATE INDEX delivery_reports_waiting_received_at_idx ON delivery_reports (received_at) WHERE applied_at IS NULL;
CREATE INDEX delivery_reports_received_at_idx ON delivery_reports (received_at);

-- What messages of a day may cost. Several rows a day, each with its share of the budget: one would be a queue for everybody.
CREATE TABLE sms_budgets (
    day_at TEXT NOT NULL,
    share INTEGER NOT NULL,
    messages INTEGER NOT NULL,
    cost_micros INTEGER NOT NULL,
    CONSTRAINT sms_budgets_pkey PRIMARY KEY (day_at, share)
) STRICT;

-- Alarms of a day that were raised: each once, whichever process saw it first.
CREATE TABLE sms_alarms (
    day_at TEXT NOT NULL,
    percent INTEGER NOT NULL,
    raised_at TEXT NOT NULL,
    CONSTRAINT sms_alarms_pkey PRIMARY KEY (day_at, percent)
) STRICT;
