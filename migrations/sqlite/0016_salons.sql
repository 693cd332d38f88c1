-- Salons, what they offer, who works there and when. Same tables, columns and names as in ../postgres; a test compares them.

-- A salon. The rules of booking stand in columns, so that each can be changed alone.
CREATE TABLE salons (
    salon_id BLOB NOT NULL,
    slug TEXT NOT NULL,
    name_ar TEXT,
    name_en TEXT,
    about_ar TEXT,
    about_en TEXT,
    address_ar TEXT,
    address_en TEXT,
    clientele TEXT NOT NULL,
    timezone TEXT NOT NULL,
    vat_number TEXT,
    cancel_window_min INTEGER NOT NULL,
    notice_min INTEGER NOT NULL,
    horizon_days INTEGER NOT NULL,
    hold_min INTEGER NOT NULL,
    grid_min INTEGER NOT NULL,
    confirmation TEXT NOT NULL,
    status TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    CONSTRAINT salons_pkey PRIMARY KEY (salon_id),
    CONSTRAINT salons_slug_key UNIQUE (slug),
    CONSTRAINT salons_name_check CHECK (name_ar IS NOT NULL OR name_en IS NOT NULL),
    CONSTRAINT salons_clientele_check CHECK (clientele IN ('women', 'men', 'children', 'all')),
    CONSTRAINT salons_confirmation_check CHECK (confirmation IN ('auto', 'manual')),
    CONSTRAINT salons_status_check CHECK (status IN ('draft', 'live', 'suspended'))
) STRICT;

CREATE INDEX salons_status_slug_idx ON salons (status, slug);

-- Who may do what in which salon. `role_grants` says what somebody is anywhere, this says where.
CREATE TABLE salon_grants (
    salon_id BLOB NOT NULL,
    user_id BLOB NOT NULL,
    role TEXT NOT NULL,
    granted_at TEXT NOT NULL,
    CONSTRAINT salon_grants_pkey PRIMARY KEY (salon_id, user_id, role),
    CONSTRAINT salon_grants_salon_id_fkey FOREIGN KEY (salon_id) REFERENCES salons (salon_id) ON DELETE CASCADE,
    CONSTRAINT salon_grants_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (user_id) ON DELETE CASCADE,
    CONSTRAINT salon_grants_role_check CHECK (role IN ('owner', 'manager', 'reception', 'stylist'))
) STRICT;

CREATE INDEX salon_grants_user_id_idx ON salon_grants (user_id);

-- What is offered: to customers and in the API it is a service.
CREATE TABLE treatments (
    treatment_id BLOB NOT NULL,
    salon_id BLOB NOT NULL,
    name_ar TEXT,
    name_en TEXT,
    duration_min INTEGER NOT NULL,
    buffer_before_min INTEGER NOT NULL,
    buffer_after_min INTEGER NOT NULL,
    price_halalas INTEGER NOT NULL,
    vat_rate_bp INTEGER NOT NULL,
    position INTEGER NOT NULL,
    is_active INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    CONSTRAINT treatments_pkey PRIMARY KEY (treatment_id),
    CONSTRAINT treatments_salon_id_fkey FOREIGN KEY (salon_id) REFERENCES salons (salon_id) ON DELETE CASCADE,
    CONSTRAINT treatments_name_check CHECK (name_ar IS NOT NULL OR name_en IS NOT NULL),
    CONSTRAINT treatments_duration_min_check CHECK (duration_min BETWEEN 5 AND 720 AND duration_min % 5 = 0),
    CONSTRAINT treatments_price_halalas_check CHECK (price_halalas >= 0)
) STRICT;

CREATE INDEX treatments_salon_id_position_idx ON treatments (salon_id, position);

-- Who works there. Nobody without a public name can be booked by the public; whoever was booked is archived and never deleted.
CREATE TABLE staff (
    staff_id BLOB NOT NULL,
    salon_id BLOB NOT NULL,
    user_id BLOB,
    name_ar TEXT,
    name_en TEXT,
    position INTEGER NOT NULL,
    is_bookable INTEGER NOT NULL,
    archived_at TEXT,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    CONSTRAINT staff_pkey PRIMARY KEY (staff_id),
    CONSTRAINT staff_salon_id_fkey FOREIGN KEY (salon_id) REFERENCES salons (salon_id) ON DELETE CASCADE,
    CONSTRAINT staff_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (user_id) ON DELETE SET NULL,
    CONSTRAINT staff_is_bookable_check CHECK (NOT is_bookable OR name_ar IS NOT NULL OR name_en IS NOT NULL)
) STRICT;

CREATE UNIQUE INDEX staff_salon_id_user_id_key ON staff (salon_id, user_id) WHERE user_id IS NOT NULL;
CREATE INDEX staff_salon_id_position_idx ON staff (salon_id, position);
CREATE INDEX staff_user_id_idx ON staff (user_id) WHERE user_id IS NOT NULL;

-- Who does what, with a price and a length of their own if they have one.
CREATE TABLE staff_treatments (
    staff_id BLOB NOT NULL,
    treatment_id BLOB NOT NULL,
    price_halalas INTEGER,
    duration_min INTEGER,
    CONSTRAINT staff_treatments_pkey PRIMARY KEY (staff_id, treatment_id),
    CONSTRAINT staff_treatments_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES staff (staff_id) ON DELETE CASCADE,
    CONSTRAINT staff_treatments_treatment_id_fkey FOREIGN KEY (treatment_id) REFERENCES treatments (treatment_id) ON DELETE CASCADE,
    CONSTRAINT staff_treatments_price_halalas_check CHECK (price_halalas >= 0),
    CONSTRAINT staff_treatments_duration_min_check CHECK (duration_min BETWEEN 5 AND 720 AND duration_min % 5 = 0)
) STRICT;

CREATE INDEX staff_treatments_treatment_id_idx ON staff_treatments (treatment_id);

-- A week of somebody, in force between two dates, both included; without dates the ordinary one.
CREATE TABLE schedules (
    schedule_id BLOB NOT NULL,
    staff_id BLOB NOT NULL,
    name TEXT,
    valid_from TEXT,
    valid_to TEXT,
    created_at TEXT NOT NULL,
    CONSTRAINT schedules_pkey PRIMARY KEY (schedule_id),
    CONSTRAINT schedules_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES staff (staff_id) ON DELETE CASCADE,
    CONSTRAINT schedules_valid_check CHECK (valid_from <= valid_to)
) STRICT;

CREATE INDEX schedules_staff_id_idx ON schedules (staff_id);

-- Minutes of the business day; an end past 1440 is after midnight. Weekday 0 is Sunday.
CREATE TABLE schedule_rules (
    schedule_id BLOB NOT NULL,
    weekday INTEGER NOT NULL,
    start_min INTEGER NOT NULL,
    end_min INTEGER NOT NULL,
    CONSTRAINT schedule_rules_pkey PRIMARY KEY (schedule_id, weekday, start_min),
    CONSTRAINT schedule_rules_schedule_id_fkey FOREIGN KEY (schedule_id) REFERENCES schedules (schedule_id) ON DELETE CASCADE,
    CONSTRAINT schedule_rules_weekday_check CHECK (weekday BETWEEN 0 AND 6),
    CONSTRAINT schedule_rules_start_min_check CHECK (start_min BETWEEN 0 AND 1439),
    CONSTRAINT schedule_rules_end_min_check CHECK (end_min > start_min AND end_min <= start_min + 1440)
) STRICT;

-- What is so on the business day that starts on a date, instead of the week: these hours, and without any it is a day off.
CREATE TABLE staff_exceptions (
    staff_id BLOB NOT NULL,
    on_date TEXT NOT NULL,
    reason TEXT,
    CONSTRAINT staff_exceptions_pkey PRIMARY KEY (staff_id, on_date),
    CONSTRAINT staff_exceptions_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES staff (staff_id) ON DELETE CASCADE
) STRICT;

CREATE TABLE staff_exception_hours (
    staff_id BLOB NOT NULL,
    on_date TEXT NOT NULL,
    start_min INTEGER NOT NULL,
    end_min INTEGER NOT NULL,
    CONSTRAINT staff_exception_hours_pkey PRIMARY KEY (staff_id, on_date, start_min),
    CONSTRAINT staff_exception_hours_staff_id_on_date_fkey FOREIGN KEY (staff_id, on_date)
        REFERENCES staff_exceptions (staff_id, on_date) ON DELETE CASCADE,
    CONSTRAINT staff_exception_hours_start_min_check CHECK (start_min BETWEEN 0 AND 1439),
    CONSTRAINT staff_exception_hours_end_min_check CHECK (end_min > start_min AND end_min <= start_min + 1440)
) STRICT;

-- Days on which nobody works. The spill of the night before goes only when asked.
CREATE TABLE salon_closings (
    salon_id BLOB NOT NULL,
    on_date TEXT NOT NULL,
    takes_spill INTEGER NOT NULL,
    reason TEXT,
    CONSTRAINT salon_closings_pkey PRIMARY KEY (salon_id, on_date),
    CONSTRAINT salon_closings_salon_id_fkey FOREIGN KEY (salon_id) REFERENCES salons (salon_id) ON DELETE CASCADE
) STRICT;

CREATE TABLE time_off (
    time_off_id BLOB NOT NULL,
    staff_id BLOB NOT NULL,
    starts_at TEXT NOT NULL,
    ends_at TEXT NOT NULL,
    reason TEXT,
    created_at TEXT NOT NULL,
    CONSTRAINT time_off_pkey PRIMARY KEY (time_off_id),
    CONSTRAINT time_off_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES staff (staff_id) ON DELETE CASCADE,
    CONSTRAINT time_off_ends_at_check CHECK (ends_at > starts_at)
) STRICT;

CREATE INDEX time_off_staff_id_ends_at_idx ON time_off (staff_id, ends_at);
