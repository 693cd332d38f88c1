//! A database with people in it, for its plans to be those of a real one.

use sqlx::{AssertSqlSafe, Connection, PgConnection};

use crate::StoreError;

/// `users` people with a session, a refresh family, a device, an old challenge, two limits, a sent message, its report and two audit
/// entries each (and every tenth a role; every thousandth report is about nobody's message), and statistics to go with them.
const FILL: &[&str] = &[
    "INSERT INTO users (user_id, phone, status, is_phone_verified, phone_verified_at, epoch, locale, origin, created_at, updated_at,
        last_seen_at, given_name, family_name, email)
        SELECT md5('user' || n)::uuid, '+9665' || lpad(n::text, 8, '0'), 'active', TRUE, now() - interval '1 day', 1, 'ar',
        'self_service', now() - interval '60 days', now(), now() - n % 50 * interval '1 day', CASE WHEN n % 3 > 0 THEN 'Given ' || n % 997 END,
        CASE WHEN n % 2 > 0 THEN 'Family ' || n % 9973 END, CASE WHEN n % 10 = 0 THEN 'user' || n || '@example.com' END
        FROM generate_series(1, {users}) AS n",
    "INSERT INTO challenges (challenge_id, user_id, epoch, phone, purpose, code_length, key_id, locale, guess_key, attempts,
        max_attempts, created_at, expires_at, final_at, last_sent_at, consumed_at)
        SELECT md5('challenge' || n)::uuid, md5('user' || n)::uuid, 1, '+9665' || lpad(n::text, 8, '0'), 'auth', 6, 'k1', 'ar',
        decode(md5('guesses' || n), 'hex'), 1, 5, at, at + interval '5 minutes', at + interval '10 minutes', at, at
        FROM generate_series(1, {users}) AS n, LATERAL (SELECT now() - n * interval '2 seconds' AS at) AS clock",
    "INSERT INTO limit_keys (limit_key, uses, forget_at)
        SELECT decode(md5(kind || n), 'hex'), '01800000000000000deadbeef;', date_trunc('day', now()) + n % 9 * interval '1 day'
        FROM generate_series(1, {users}) AS n, (VALUES ('sends'), ('guesses')) AS kinds (kind)",
    "INSERT INTO devices (device_id, user_id, epoch, created_at, last_used_at)
        SELECT md5('device' || n)::uuid, md5('user' || n)::uuid, 1, now(), now() FROM generate_series(1, {users}) AS n",
    "INSERT INTO sessions (session_id, user_id, epoch, kind, device_id, cookie_hash, authenticated_at, last_seen_at,
        idle_expires_at, expires_at)
        SELECT md5('session' || n)::uuid, md5('user' || n)::uuid, 1, 'api', md5('device' || n)::uuid,
        decode(md5('cookie' || n) || md5('cookie' || n), 'hex'), now(), now(), now() + n % 30 * interval '1 day',
        now() + interval '90 days' FROM generate_series(1, {users}) AS n",
    "INSERT INTO refresh_families (family_id, session_id, generation, current_hash, rotated_at)
        SELECT md5('family' || n)::uuid, md5('session' || n)::uuid, 0, decode(md5('a') || md5('b'), 'hex'), now()
        FROM generate_series(1, {users}) AS n",
    "INSERT INTO outbox (outbox_id, kind, user_id, challenge_id, phone, locale, state, attempts, fence, available_at, expires_at,
        created_at, finished_at, country, provider, provider_ref, report, reported_at)
        SELECT md5('outbox' || n)::uuid, 'auth_code', md5('user' || n)::uuid, md5('challenge' || n)::uuid,
        '+9665' || lpad(n::text, 8, '0'), 'ar', 'sent', 1, 1, at, at + interval '5 minutes', at, at,
        'SA', 'unifonic', 'ref-' || n, 'delivered', at
        FROM generate_series(1, {users}) AS n, LATERAL (SELECT now() - n * interval '2 seconds' AS at) AS clock",
    "INSERT INTO delivery_reports (provider, provider_ref, status, received_at, applied_at)
        SELECT 'unifonic', CASE WHEN n % 1000 = 0 THEN 'nobody-' ELSE 'ref-' END || n, 'delivered', at,
        CASE WHEN n % 1000 = 0 THEN NULL ELSE at END
        FROM generate_series(1, {users}) AS n, LATERAL (SELECT now() - n * interval '2 seconds' AS at) AS clock",
    "INSERT INTO audit (audit_id, at, actor, action, subject_user_id, detail)
        SELECT md5('audit' || n || part)::uuid, now() - n * interval '2 seconds', 'self', 'signed_in', md5('user' || n)::uuid, '{}'
        FROM generate_series(1, {users}) AS n, (VALUES (1), (2)) AS parts (part)",
    "INSERT INTO user_notes (note_id, user_id, author_id, text, created_at)
        SELECT md5('note' || n || part)::uuid, md5('user' || n)::uuid, md5('user1')::uuid, 'A note', now()
        FROM generate_series(1, {users}, 10) AS n, (VALUES (1), (2)) AS parts (part)",
    "INSERT INTO users (user_id, phone, status, is_phone_verified, epoch, locale, origin, created_at, updated_at)
        SELECT md5('pending' || n)::uuid, '+9666' || lpad(n::text, 8, '0'), 'pending', FALSE, 0, 'ar', 'self_service',
        now() - n % 100 * interval '1 hour', now() FROM generate_series(1, {users} / 50 + 1) AS n",
    "INSERT INTO role_grants (user_id, role, granted_at)
        SELECT md5('user' || n)::uuid, 'stylist', now() FROM generate_series(1, {users}, 10) AS n",
    "INSERT INTO totp_secrets (user_id, is_confirmed, sealed, created_at, confirmed_at, last_step)
        SELECT md5('user' || n)::uuid, TRUE, decode('00', 'hex'), now(), now(), 0 FROM generate_series(1, {users}, 10) AS n",
    "INSERT INTO recovery_codes (user_id, code_hash, created_at)
        SELECT md5('user' || n)::uuid, decode(md5('code' || code), 'hex'), now()
        FROM generate_series(1, {users}, 10) AS n, generate_series(1, 10) AS code",
    "INSERT INTO passkeys (passkey_id, user_id, credential_id, name, credential, created_at)
        SELECT md5('passkey' || n)::uuid, md5('user' || n)::uuid, decode(md5('credential' || n), 'hex'), 'Phone', '{}', now()
        FROM generate_series(1, {users}, 3) AS n",
    "INSERT INTO passkey_ceremonies (ceremony_id, kind, session_id, state, expires_at)
        SELECT md5('ceremony' || n)::uuid, CASE WHEN n % 2 = 0 THEN 'sign_in' ELSE 'show' END,
        CASE WHEN n % 2 = 0 THEN NULL ELSE md5('session' || n)::uuid END, '{}', now() - n * interval '1 second'
        FROM generate_series(1, {users}) AS n",
    "INSERT INTO fraud_counters (scope, bucket_at, asked, sent, verified, failed)
        SELECT CASE WHEN n % 4 = 0 THEN 'fleet' ELSE 'network:' || md5('network' || n) END,
        to_timestamp(floor(extract(epoch FROM now()) / 300) * 300) - n * interval '5 minutes', 1, 1, 1, 0
        FROM generate_series(1, {users}) AS n",
    "INSERT INTO bulk_runs (run_id, actor_user_id, session_id, act, state, asked, has_more, created_at, started_at, finished_at, fence)
        SELECT md5('run' || n)::uuid, md5('user' || n)::uuid, md5('session' || n)::uuid, 'block', 'finished', '{}', FALSE,
        now() - n * interval '1 hour', now(), now(), 1 FROM generate_series(1, {users} / 10 + 1) AS n",
    "INSERT INTO bulk_run_people (run_id, position, user_id, outcome)
        SELECT md5('run' || n)::uuid, place, md5('user' || place)::uuid, 'done'
        FROM generate_series(1, {users} / 10 + 1) AS n, generate_series(0, 9) AS place",
    "INSERT INTO privacy_requests (request_id, user_id, kind, state, opened_by, opened_at, due_at, closed_at)
        SELECT md5('request' || n)::uuid, md5('user' || n)::uuid, 'access', CASE WHEN n % 50 = 0 THEN 'open' ELSE 'done' END,
        'self_service', at, at + interval '30 days', CASE WHEN n % 50 > 0 THEN at END
        FROM generate_series(1, {users}) AS n, LATERAL (SELECT now() - n * interval '2 seconds' AS at) AS clock",
    "INSERT INTO consents (consent_id, user_id, purpose, is_granted, at, source, wording_version, locale)
        SELECT md5('consent' || n)::uuid, md5('user' || n)::uuid, 'marketing_sms', TRUE, now(), 'account', 1, 'ar'
        FROM generate_series(1, {users}) AS n",
    "INSERT INTO erasures (user_id, phone_key, erased_at)
        SELECT md5('gone' || n)::uuid, decode(md5('phone' || n), 'hex'), now() - n * interval '1 hour'
        FROM generate_series(1, {users}) AS n",
    "INSERT INTO phone_moves (phone_move_id, kind, state, phone, gainer_id, asked_by, asked_at, changed_at, over_at)
        SELECT md5('move' || n)::uuid, 'change', CASE WHEN n % 10 = 0 THEN 'pending' ELSE 'done' END,
        '+9665' || lpad((n + 5)::text, 8, '0'), md5('user' || n)::uuid, md5('user1')::uuid, now(), now(),
        now() + n * interval '1 minute' FROM generate_series(1, {users}) AS n",
    "INSERT INTO salons (salon_id, slug, name_en, clientele, timezone, cancel_window_min, notice_min, horizon_days, hold_min, grid_min,
        confirmation, status, created_at, updated_at)
        SELECT md5('salon' || n)::uuid, 'salon-' || n, 'Salon', 'all', 'Asia/Riyadh', 0, 0, 60, 10, 15, 'auto',
        CASE WHEN n % 10 = 0 THEN 'draft' ELSE 'live' END, now(), now() FROM generate_series(1, {users} / 10 + 1) AS n",
    "INSERT INTO salon_grants (salon_id, user_id, role, granted_at)
        SELECT md5('salon' || n)::uuid, md5('user' || n)::uuid, 'owner', now() FROM generate_series(1, {users} / 10 + 1) AS n",
    "INSERT INTO treatments (treatment_id, salon_id, name_en, duration_min, buffer_before_min, buffer_after_min, price_halalas,
        vat_rate_bp, position, is_active, created_at, updated_at)
        SELECT md5('treatment' || n || part)::uuid, md5('salon' || n)::uuid, 'Cut', 45, 0, 0, 100, 1500, part, TRUE, now(), now()
        FROM generate_series(1, {users} / 10 + 1) AS n, generate_series(1, 4) AS part",
    "INSERT INTO staff (staff_id, salon_id, name_en, position, is_bookable, created_at, updated_at)
        SELECT md5('staff' || n || part)::uuid, md5('salon' || n)::uuid, 'Somebody', part, TRUE, now(), now()
        FROM generate_series(1, {users} / 10 + 1) AS n, generate_series(1, 4) AS part",
    "INSERT INTO staff_treatments (staff_id, treatment_id)
        SELECT md5('staff' || n || part)::uuid, md5('treatment' || n || part)::uuid
        FROM generate_series(1, {users} / 10 + 1) AS n, generate_series(1, 4) AS part",
    "INSERT INTO schedules (schedule_id, staff_id, created_at)
        SELECT md5('schedule' || n || part)::uuid, md5('staff' || n || part)::uuid, now()
        FROM generate_series(1, {users} / 10 + 1) AS n, generate_series(1, 4) AS part",
    "INSERT INTO schedule_rules (schedule_id, weekday, start_min, end_min)
        SELECT md5('schedule' || n || part)::uuid, weekday, 600, 1320
        FROM generate_series(1, {users} / 10 + 1) AS n, generate_series(1, 4) AS part, generate_series(0, 5) AS weekday",
    "INSERT INTO staff_exceptions (staff_id, on_date)
        SELECT md5('staff' || n || part)::uuid, DATE '2027-01-01' + day
        FROM generate_series(1, {users} / 10 + 1) AS n, generate_series(1, 4) AS part, generate_series(0, 3) AS day",
    "INSERT INTO staff_exception_hours (staff_id, on_date, start_min, end_min)
        SELECT md5('staff' || n || part)::uuid, DATE '2027-01-01' + day, 600, 900
        FROM generate_series(1, {users} / 10 + 1) AS n, generate_series(1, 4) AS part, generate_series(0, 3) AS day",
    "INSERT INTO salon_closings (salon_id, on_date, takes_spill)
        SELECT md5('salon' || n)::uuid, DATE '2027-01-01' + day, FALSE
        FROM generate_series(1, {users} / 10 + 1) AS n, generate_series(0, 3) AS day",
    "INSERT INTO time_off (time_off_id, staff_id, starts_at, ends_at, created_at)
        SELECT md5('off' || n || part)::uuid, md5('staff' || n || part)::uuid, now(), now() + interval '1 day', now()
        FROM generate_series(1, {users} / 10 + 1) AS n, generate_series(1, 4) AS part",
    "INSERT INTO bookings (booking_id, code, salon_id, staff_id, customer_id, starts_at, ends_at, blocked_from, blocked_to, business_date,
        status, is_overbooked, source, version, changed_at, created_at)
        SELECT md5('visit' || n || part || hour)::uuid, 'V' || part || '-' || hour, md5('salon' || n)::uuid,
        md5('staff' || n || part)::uuid, md5('user' || n)::uuid, at, at + interval '1 hour', at, at + interval '1 hour', at::date,
        'confirmed', FALSE, 'web', 1, now(), now()
        FROM generate_series(1, {users} / 10 + 1) AS n, generate_series(1, 4) AS part, generate_series(1, 5) AS hour,
        LATERAL (SELECT now() + hour * interval '2 hours' AS at) AS clock",
    "INSERT INTO live_settings (version, document, changed_at) SELECT n, '{}', now() FROM generate_series(1, 1000) AS n",
    "VACUUM ANALYZE",
];

/// Fills an empty, migrated `PostgreSQL` database.
pub async fn fill(url: &str, users: u32) -> Result<(), StoreError> {
    let mut connection = PgConnection::connect(url).await?;
    for sql in FILL {
        let sql = AssertSqlSafe(sql.replace("{users}", &users.to_string()));
        sqlx::raw_sql(sql).execute(&mut connection).await?;
    }
    Ok(connection.close().await?)
}
