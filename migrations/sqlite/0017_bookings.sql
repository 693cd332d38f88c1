-- Bookings, what happened to them, and what was said of them. Same tables, columns and names as in ../postgres; a test compares them.

-- A visit. `blocked_from` and `blocked_to` are the visit with the time around it, the end not included: nobody else gets that time with
-- that member of staff. Whoever has none to show yet holds it by the hash of a token.
CREATE TABLE bookings (
    booking_id BLOB NOT NULL,
    code TEXT NOT NULL,
    salon_id BLOB NOT NULL,
    staff_id BLOB NOT NULL,
    customer_id BLOB,
    starts_at TEXT NOT NULL,
    ends_at TEXT NOT NULL,
    blocked_from TEXT NOT NULL,
    blocked_to TEXT NOT NULL,
    business_date TEXT NOT NULL,
    status TEXT NOT NULL,
    is_overbooked INTEGER NOT NULL,
    attendee_name TEXT,
    note TEXT,
    source TEXT NOT NULL,
    hold_hash BLOB,
    hold_expires_at TEXT,
    version INTEGER NOT NULL,
    changed_at TEXT NOT NULL,
    created_at TEXT NOT NULL,
    CONSTRAINT bookings_pkey PRIMARY KEY (booking_id),
    CONSTRAINT bookings_salon_id_code_key UNIQUE (salon_id, code),
    CONSTRAINT bookings_salon_id_fkey FOREIGN KEY (salon_id) REFERENCES salons (salon_id),
    CONSTRAINT bookings_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES staff (staff_id),
    CONSTRAINT bookings_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES users (user_id),
    CONSTRAINT bookings_status_check CHECK (status IN ('held', 'pending', 'confirmed', 'arrived', 'completed',
        'cancelled_by_customer', 'cancelled_by_salon', 'declined', 'no_show', 'expired')),
    CONSTRAINT bookings_source_check CHECK (source IN ('web', 'api', 'desk')),
    CONSTRAINT bookings_ends_at_check CHECK (ends_at > starts_at AND blocked_from <= starts_at AND blocked_to >= ends_at),
    CONSTRAINT bookings_hold_check CHECK (status <> 'held' OR (hold_hash IS NOT NULL AND hold_expires_at IS NOT NULL)),
    CONSTRAINT bookings_customer_id_check CHECK (customer_id IS NOT NULL OR status IN ('held', 'expired'))
) STRICT;

CREATE UNIQUE INDEX bookings_hold_hash_key ON bookings (hold_hash) WHERE hold_hash IS NOT NULL;
CREATE INDEX bookings_staff_id_blocked_to_idx ON bookings (staff_id, blocked_to)
    WHERE status IN ('held', 'pending', 'confirmed', 'arrived');
CREATE INDEX bookings_salon_id_business_date_idx ON bookings (salon_id, business_date);
CREATE INDEX bookings_customer_id_starts_at_idx ON bookings (customer_id, starts_at);
CREATE INDEX bookings_hold_expires_at_idx ON bookings (hold_expires_at) WHERE status = 'held';
CREATE INDEX bookings_pending_starts_at_idx ON bookings (starts_at) WHERE status = 'pending';
CREATE INDEX bookings_pending_salon_id_starts_at_idx ON bookings (salon_id, starts_at) WHERE status = 'pending';
CREATE INDEX bookings_staff_id_idx ON bookings (staff_id);

-- The guard against double booking: in PostgreSQL it is an exclusion constraint.
CREATE TRIGGER bookings_no_overlap_insert BEFORE INSERT ON bookings
WHEN NEW.status IN ('held', 'pending', 'confirmed', 'arrived') AND NOT NEW.is_overbooked
BEGIN
    SELECT RAISE(ABORT, 'slot_taken') WHERE EXISTS (
        SELECT 1 FROM bookings AS other INDEXED BY bookings_staff_id_blocked_to_idx
        WHERE other.staff_id = NEW.staff_id AND other.blocked_to > NEW.blocked_from AND other.blocked_from < NEW.blocked_to
            AND other.status IN ('held', 'pending', 'confirmed', 'arrived') AND NOT other.is_overbooked
    );
END;
CREATE TRIGGER bookings_no_overlap_update BEFORE UPDATE OF staff_id, blocked_from, blocked_to, status, is_overbooked ON bookings
WHEN NEW.status IN ('held', 'pending', 'confirmed', 'arrived') AND NOT NEW.is_overbooked
BEGIN
    SELECT RAISE(ABORT, 'slot_taken') WHERE EXISTS (
        SELECT 1 FROM bookings AS other INDEXED BY bookings_staff_id_blocked_to_idx
        WHERE other.staff_id = NEW.staff_id AND other.blocked_to > NEW.blocked_from AND other.blocked_from < NEW.blocked_to
            AND other.status IN ('held', 'pending', 'confirmed', 'arrived') AND NOT other.is_overbooked AND other.booking_id <> NEW.booking_id
    );
END;

-- What was booked, as it was then: a later change of price or length leaves it alone.
CREATE TABLE booking_items (
    booking_id BLOB NOT NULL,
    position INTEGER NOT NULL,
    treatment_id BLOB NOT NULL,
    name_ar TEXT,
    name_en TEXT,
    duration_min INTEGER NOT NULL,
    price_halalas INTEGER NOT NULL,
    vat_rate_bp INTEGER NOT NULL,
    vat_halalas INTEGER NOT NULL,
    CONSTRAINT booking_items_pkey PRIMARY KEY (booking_id, position),
    CONSTRAINT booking_items_booking_id_fkey FOREIGN KEY (booking_id) REFERENCES bookings (booking_id) ON DELETE CASCADE,
    CONSTRAINT booking_items_treatment_id_fkey FOREIGN KEY (treatment_id) REFERENCES treatments (treatment_id)
) STRICT;

CREATE INDEX booking_items_treatment_id_idx ON booking_items (treatment_id);

-- What happened to a booking: rows are only added, and the words of whoever is erased are taken out. `actor_id` has no foreign key, the
-- record outlives who it is about.
CREATE TABLE booking_events (
    event_id BLOB NOT NULL,
    booking_id BLOB NOT NULL,
    actor_id BLOB,
    actor_kind TEXT NOT NULL,
    from_status TEXT,
    to_status TEXT NOT NULL,
    reason TEXT,
    at TEXT NOT NULL,
    CONSTRAINT booking_events_pkey PRIMARY KEY (event_id),
    CONSTRAINT booking_events_booking_id_fkey FOREIGN KEY (booking_id) REFERENCES bookings (booking_id) ON DELETE CASCADE,
    CONSTRAINT booking_events_actor_kind_check CHECK (actor_kind IN ('customer', 'staff', 'system'))
) STRICT;

CREATE INDEX booking_events_booking_id_at_idx ON booking_events (booking_id, at);

CREATE TRIGGER booking_events_are_not_changed BEFORE UPDATE ON booking_events
WHEN NEW.reason IS NOT NULL OR NEW.event_id IS NOT OLD.event_id OR NEW.booking_id IS NOT OLD.booking_id
    OR NEW.actor_id IS NOT OLD.actor_id OR NEW.actor_kind IS NOT OLD.actor_kind OR NEW.from_status IS NOT OLD.from_status
    OR NEW.to_status IS NOT OLD.to_status OR NEW.at IS NOT OLD.at
BEGIN
    SELECT RAISE(ABORT, 'booking events are only added');
END;

-- The first answer to a request, for whoever asks again with the same key within a day. Once per person and key.
CREATE TABLE idempotency_keys (
    user_id BLOB NOT NULL,
    key TEXT NOT NULL,
    request_hash BLOB NOT NULL,
    booking_id BLOB,
    refusal TEXT,
    created_at TEXT NOT NULL,
    CONSTRAINT idempotency_keys_pkey PRIMARY KEY (user_id, key),
    CONSTRAINT idempotency_keys_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (user_id) ON DELETE CASCADE,
    CONSTRAINT idempotency_keys_booking_id_fkey FOREIGN KEY (booking_id) REFERENCES bookings (booking_id) ON DELETE CASCADE
) STRICT;

CREATE INDEX idempotency_keys_created_at_idx ON idempotency_keys (created_at);
CREATE INDEX idempotency_keys_booking_id_idx ON idempotency_keys (booking_id) WHERE booking_id IS NOT NULL;

-- What a customer says of a visit. It never holds who they are: that is looked up by the audience, and theirs to choose.
CREATE TABLE reviews (
    review_id BLOB NOT NULL,
    booking_id BLOB NOT NULL,
    salon_id BLOB NOT NULL,
    staff_id BLOB NOT NULL,
    customer_id BLOB NOT NULL,
    rating INTEGER NOT NULL,
    text TEXT,
    shown_as TEXT NOT NULL,
    status TEXT NOT NULL,
    reply TEXT,
    replied_at TEXT,
    written_at TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    CONSTRAINT reviews_pkey PRIMARY KEY (review_id),
    CONSTRAINT reviews_booking_id_key UNIQUE (booking_id),
    CONSTRAINT reviews_booking_id_fkey FOREIGN KEY (booking_id) REFERENCES bookings (booking_id) ON DELETE CASCADE,
    CONSTRAINT reviews_salon_id_fkey FOREIGN KEY (salon_id) REFERENCES salons (salon_id) ON DELETE CASCADE,
    CONSTRAINT reviews_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES staff (staff_id),
    CONSTRAINT reviews_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES users (user_id),
    CONSTRAINT reviews_rating_check CHECK (rating BETWEEN 1 AND 5),
    CONSTRAINT reviews_shown_as_check CHECK (shown_as IN ('name_initial', 'first_name', 'anonymous')),
    CONSTRAINT reviews_status_check CHECK (status IN ('pending', 'published', 'hidden'))
) STRICT;

CREATE INDEX reviews_salon_id_written_at_idx ON reviews (salon_id, status, written_at);
CREATE INDEX reviews_customer_id_idx ON reviews (customer_id);
CREATE INDEX reviews_staff_id_idx ON reviews (staff_id);
