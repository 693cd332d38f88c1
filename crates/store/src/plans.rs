//! The statements on the way of a request and the plans a database makes for them, for the test and the report that look at them.
//! Built only with the feature `testing`.

use chrono::{DateTime, TimeDelta, Utc};
use domain::challenge::{Challenge, CodeLength, Purpose};
use domain::ids::{AuditId, CeremonyId, ChallengeId, DeviceId, FamilyId, OutboxId, PasskeyId, SessionId, UserId};
use domain::keys::LimitKey;
use domain::limits::{Policy, Quota};
use domain::locale::Locale;
use domain::message::MessageKind;
use domain::phone::PhoneNumber;
use domain::session::{EndReason, Session, SessionKind};
use domain::user::UserOrigin;
use domain::uses::Use;
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use uuid::Uuid;

use crate::{
    Backend, StoreError, Write, audit, audit_list, batch, bulk_lease, bulk_runs, challenges, consents, conversions,
    delivery_reports, devices, fraud_counters, fraud_sums, guesses, limit_keys, live_settings, message_log, notices, outbox,
    outbox_lease, passkey_ceremonies, passkeys, people, person_history, phone_moves, privacy_requests, purge, refresh_families,
    second_factors, sessions, user_notes, users,
};

/// A statement by name, as `PostgreSQL` gets it.
#[derive(Clone, Debug)]
pub struct Statement {
    /// What it is for.
    pub name: &'static str,
    /// Its text.
    pub sql: String,
    /// How many values are bound.
    pub binds: usize,
}

fn single(name: &'static str, sql: &str) -> Statement {
    let binds = (1..=1_000).take_while(|number| sql.contains(&format!("${number}"))).count();
    Statement { name, sql: sql.to_owned(), binds }
}

fn several(name: &'static str, batch: &[Write<'_>]) -> Statement {
    single(name, &batch::combine(batch))
}

const AT: DateTime<Utc> = DateTime::UNIX_EPOCH;
const USER: UserId = UserId(Uuid::nil());
const CHALLENGE: ChallengeId = ChallengeId(Uuid::nil());
const SESSION: SessionId = SessionId(Uuid::nil());

/// The statements of asking for a code, answering it, being signed in and signing out, of an admin's list, and of the jobs beside them.
///
/// # Panics
/// Never: the phone in it is one.
pub fn statements() -> Vec<Statement> {
    [asking(), answering(), being_signed_in(), looking_for_people(), moving_numbers(), overseeing(), jobs()].concat()
}

fn spend(number: u8) -> Write<'static> {
    let quota = Quota { policy: Policy::OtpSend, limit: 5, window: TimeDelta::hours(1) };
    limit_keys::spend(LimitKey([number; 16]), [quota; 2], Use { at: AT, tag: 1 })
}

fn asking() -> Vec<Statement> {
    let phone = PhoneNumber::from_canonical("+966501234567").expect("canonical");
    let newcomer =
        users::NewUser { id: USER, phone: phone.clone(), locale: Locale::Ar, origin: UserOrigin::SelfService, now: AT };
    let asked = Challenge {
        id: CHALLENGE,
        user_id: USER,
        epoch: 0,
        phone: phone.clone(),
        purpose: Purpose::Auth,
        code_length: CodeLength::SIX,
        key_id: String::new(),
        locale: Locale::Ar,
        guess_key: LimitKey([4; 16]),
        attempts: 0,
        max_attempts: 5,
        session_id: None,
        device_id: None,
        network: None,
        created_at: AT,
        expires_at: AT,
        final_at: AT,
        last_sent_at: AT,
        consumed_at: None,
    };
    let message = outbox::NewMessage {
        id: OutboxId(Uuid::nil()),
        kind: MessageKind::for_purpose(Purpose::Auth),
        user_id: Some(USER),
        challenge_id: Some(CHALLENGE),
        phone,
        locale: Locale::Ar,
        expires_at: AT,
        now: AT,
    };
    let (challenge, queue) = (|| challenges::insert(&asked), || outbox::insert(&message));
    vec![
        single("request: look", limit_keys::FIND_BEFORE_SEND),
        several(
            "request: write, a known phone",
            &[spend(1), spend(2), spend(3), users::update_asked(USER, 0), challenge(), queue()],
        ),
        several("request: write, a new phone", &[spend(1), spend(2), spend(3), users::insert(&newcomer), challenge(), queue()]),
        single("proof: look", limit_keys::FIND_BEFORE_PROOF),
        several(
            "request: write, after a wait instead of a proof",
            &[spend(1), spend(2), spend(3), spend(4), spend(5), spend(6), users::update_asked(USER, 0), challenge(), queue()],
        ),
        several("resend: write", &[spend(1), spend(2), spend(3), challenges::update_resent(CHALLENGE, AT, AT), queue()]),
    ]
}

fn answering() -> Vec<Statement> {
    let opened = Session {
        id: SESSION,
        user_id: USER,
        epoch: 0,
        kind: SessionKind::Api,
        device_id: None,
        device_name: None,
        authenticated_at: AT,
        second_factor_at: None,
        last_seen_at: AT,
        idle_expires_at: AT,
        expires_at: AT,
    };
    let device = devices::Device { id: DeviceId(Uuid::nil()), user_id: USER, epoch: 0, created_at: AT, last_used_at: AT };
    let family = refresh_families::Family {
        id: FamilyId(Uuid::nil()),
        session_id: SESSION,
        generation: 0,
        current_hash: [0; 32],
        rotated_at: AT,
    };
    let entry = entry();
    let succeeded = || guesses::update_succeeded(LimitKey([4; 16]), Use { at: AT, tag: 1 });
    let guess = guesses::Guess {
        key: LimitKey([4; 16]),
        quota: Quota { policy: Policy::OtpGuess, limit: 5, window: TimeDelta::hours(1) },
        remembered: 100,
        one: Use { at: AT, tag: 1 },
        streak: 0,
        is_compared: true,
        is_last: false,
    };
    let open = || vec![sessions::insert(&opened), refresh_families::insert(&family), audit::insert(&entry)];
    let first = vec![
        users::update_claimed(USER, 0, Locale::Ar, AT),
        challenges::update_consumed(CHALLENGE, AT),
        passkeys::delete_for_user(USER),
        sessions::update_ended_others(USER, None, EndReason::Claimed, AT),
        succeeded(),
        devices::insert(&device),
    ];
    let again = vec![
        users::update_seen(USER, 0, AT),
        challenges::update_consumed(CHALLENGE, AT),
        succeeded(),
        devices::update_used(device.id, 1, AT),
    ];
    vec![
        single("verify: look", challenges::FIND_ASKED),
        several("verify: count the guess", &[challenges::update_attempted(CHALLENGE, 0, AT), guesses::count(guess)]),
        several("verify: sign in the first time", &[first, open()].concat()),
        several("verify: sign in again", &[again, open()].concat()),
    ]
}

fn being_signed_in() -> Vec<Statement> {
    let entry = entry();
    vec![
        single("access token", sessions::FIND_ALIVE),
        single("session cookie", sessions::FIND_ALIVE_BY_COOKIE),
        single("cookie bound", sessions::update_cookie(SESSION, &[0; 32], AT).sql),
        single("refresh: look", refresh_families::FIND),
        several(
            "refresh: rotate",
            &[
                users::update_seen(USER, 0, AT),
                sessions::update_seen(SESSION, AT, AT),
                refresh_families::update_rotated(FamilyId(Uuid::nil()), 0, &[0; 32], AT),
            ],
        ),
        several("log out", &[sessions::update_ended(SESSION, USER, EndReason::Logout, AT), audit::insert(&entry)]),
        single("own sessions", sessions::LIST_ALIVE),
        single("second factor: look", second_factors::FIND_CONFIRMED),
        single("second factor: set up", second_factors::FIND_PENDING),
        single("second factor: held", second_factors::FIND_HELD),
        single("second factor: count the answer", spend(1).sql),
        several(
            "second factor: show",
            &[
                second_factors::update_step(USER, &[], 1),
                sessions::update_second_factor(SESSION, AT),
                guesses::refund(LimitKey([4; 16]), Use { at: AT, tag: 1 }),
                audit::insert(&entry),
            ],
        ),
        single("recovery code: use", second_factors::update_recovery_code_used(USER, &[0; 32], AT).sql),
        single("passkey: look", passkeys::FIND_SHOWN),
        single("passkey: the device", devices::FIND_KNOWN),
        single("passkeys: own", passkeys::LIST),
        single("passkey ceremony: look", passkey_ceremonies::FIND),
        several(
            "passkey: show",
            &[
                passkey_ceremonies::delete(CeremonyId(Uuid::nil())),
                passkeys::update_used(PasskeyId(Uuid::nil()), "", "", AT),
                sessions::update_second_factor(SESSION, AT),
                audit::insert(&entry),
            ],
        ),
        single("a person by phone", users::FIND_BY_PHONE),
        single("own audit", audit::LIST_FOR_USER),
        single("own notices", notices::LIST),
        single("own messages", outbox::LIST_FOR_USER),
        single("own consents", consents::LIST_FOR_USER),
        single("own privacy requests", privacy_requests::LIST_FOR_USER),
        single("own privacy requests: how many", privacy_requests::COUNT_SINCE),
    ]
}

fn looking_for_people() -> Vec<Statement> {
    vec![
        single("people: newest", people::PAGES.newest),
        single("people: last seen in a period", people::PAGES.last_seen),
        single("people: of a status", people::PAGES.by_status),
        single("people: of a role", people::PAGES.by_role),
        single("people: of an origin", people::PAGES.by_origin),
        single("people: not verified", people::PAGES.unverified),
        single("people: phone begins", people::PAGES.by_phone),
        single("people: phone ends", people::PAGES.by_phone_tail),
        single("people: short id", people::PAGES.by_short_id),
        single("people: e-mail begins", people::PAGES.by_email),
        single("people: name begins", people::PAGES.by_name),
        single("people: where one stands", people::FIND_KEYS),
        single("people: all, newest first", people::STRETCHES.newest),
        single("people: all whose name begins", people::STRETCHES.by_name),
        single("bulk: a run", bulk_runs::FIND),
        single("bulk: counts", bulk_runs::COUNT),
        single("bulk: people", bulk_runs::LIST_PEOPLE),
        single("bulk: people to be taken out", bulk_runs::LIST_USERS),
        several("bulk: somebody who is erased", &[bulk_runs::delete_person(USER), bulk_runs::update_anonymised(USER)]),
        single("person: codes", person_history::LIST_CODES),
        single("person: messages", person_history::LIST_MESSAGES),
        single("person: audit", person_history::LIST_DEEDS),
        single("person: where the audit stands", person_history::FIND_AT),
        single("person: notes", user_notes::LIST),
        single("privacy requests: the next due", privacy_requests::LIST_OPEN),
        single("privacy requests: closed", privacy_requests::LIST_CLOSED),
        single("privacy request", privacy_requests::FIND),
    ]
}

fn moving_numbers() -> Vec<Statement> {
    vec![
        single("phone move: of a number", phone_moves::FIND_WAITING),
        single("phone move: of a person", phone_moves::FIND_LAST),
        single("phone move: waiting for two people", phone_moves::LIST_WAITING),
        single("purge: phone moves", phone_moves::LIST_OVER),
    ]
}

fn overseeing() -> Vec<Statement> {
    vec![
        single("audit: newest", audit_list::LIST),
        single("audit: of an action", audit_list::LIST_BY_ACTION),
        single("audit: about somebody", audit_list::LIST_BY_SUBJECT),
        single("audit: by a part of the system", audit_list::LIST_BY_NAME),
        single("audit: by a person", audit_list::LIST_BY_PERSON),
        single("people: by their ids", users::LIST_BY_IDS.of(Backend::Postgres)),
        single("messages: newest", message_log::LIST),
        single("messages: to a phone", message_log::LIST_TO),
        single("messages: waiting", message_log::LIST_WAITING),
        single("messages: that nobody got", message_log::LIST_UNSENT),
        single("messages: one", message_log::FIND),
        single("messages: what was reported", message_log::LIST_REPORTS),
        single("abuse: added up", fraud_sums::SUM),
        single("abuse: networks added up", fraud_sums::SUM_NETWORKS),
        single("live settings", live_settings::FIND_NEWEST),
    ]
}

fn jobs() -> Vec<Statement> {
    vec![
        single("outbox: lease", outbox_lease::LEASE.of(Backend::Postgres)),
        single("outbox: expire", outbox::UPDATE_EXPIRED.of(Backend::Postgres)),
        single("report: by reference", delivery_reports::APPLY_BY_REFERENCE),
        single("report: by key", delivery_reports::APPLY_BY_KEY),
        single("report: settle by reference", delivery_reports::SETTLE_BY_REFERENCE),
        single("report: settle by key", delivery_reports::SETTLE_BY_KEY),
        single("reports: waiting by reference", delivery_reports::LIST_WAITING_BY_REFERENCE),
        single("reports: waiting by key", delivery_reports::LIST_WAITING_BY_KEY),
        single("conversion", conversions::LIST.of(Backend::Postgres)),
        single("purge: reports", delivery_reports::DELETE_BEFORE),
        single("fraud: count", fraud_counters::ADD.of(Backend::Postgres)),
        single("fraud: look", fraud_counters::LIST_BUSY),
        single("fraud: look at the day", fraud_counters::LIST),
        single("fraud: history", fraud_counters::LIST_FOR_SCOPE),
        single("fraud: events", challenges::LIST_COUNTED),
        single("purge: fraud", fraud_counters::DELETE_BEFORE),
        single("metrics: backlog", outbox::FIND_BACKLOG),
        single("purge: limits", limit_keys::DELETE_BEFORE),
        single("purge: passkey ceremonies", passkey_ceremonies::DELETE_BEFORE),
        single("purge: challenges", challenges::DELETE_BEFORE),
        single("purge: sessions", sessions::DELETE_BEFORE),
        single("purge: messages", outbox::DELETE_BEFORE),
        single("purge: audit", audit::DELETE_BEFORE.of(Backend::Postgres)),
        single("bulk: due", bulk_lease::HAS_DUE),
        single("bulk: lease", bulk_lease::LEASE.of(Backend::Postgres)),
        single("bulk: next people", bulk_lease::LIST_WAITING),
        single("purge: bulk runs", bulk_runs::DELETE_BEFORE),
        single("purge: pending people", users::LIST_STALE_PENDING),
        single("purge: people without a number", purge::LIST_PHONELESS),
        single("purge: privacy requests", privacy_requests::DELETE_BEFORE),
        single("purge: consents of the erased", consents::LIST_ERASED_BEFORE),
    ]
}

fn entry() -> audit::NewAudit {
    let detail = serde_json::Value::Null;
    audit::NewAudit { id: AuditId(Uuid::nil()), at: AT, actor: String::new(), action: "", subject: None, session: None, detail }
}

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

/// The plan of each statement for any values (a generic plan), as `PostgreSQL` explains it.
pub async fn explain(url: &str) -> Result<Vec<(Statement, String)>, StoreError> {
    let mut connection = PgConnection::connect(url).await?;
    sqlx::raw_sql("SET plan_cache_mode = force_generic_plan").execute(&mut connection).await?;
    let mut plans = Vec::new();
    for (number, statement) in statements().into_iter().enumerate() {
        let prepare = AssertSqlSafe(format!("PREPARE s{number} AS {}", statement.sql));
        sqlx::raw_sql(prepare).execute(&mut connection).await?;
        let nulls = vec!["NULL"; statement.binds].join(", ");
        let explain = AssertSqlSafe(format!("EXPLAIN (COSTS OFF) EXECUTE s{number} ({nulls})"));
        let lines: Vec<(String,)> = sqlx::query_as(explain).persistent(false).fetch_all(&mut connection).await?;
        let lines: Vec<String> = lines.into_iter().map(|(line,)| line).collect();
        plans.push((statement, lines.join("\n")));
    }
    connection.close().await?;
    Ok(plans)
}
