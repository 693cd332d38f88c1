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
    Backend, StoreError, Write, audit, audit_list, batch, bulk_lease, bulk_runs, calendars, challenges, consents, conversions,
    delivery_reports, devices, fraud_counters, fraud_sums, guesses, limit_keys, live_settings, message_log, notices, outbox,
    outbox_lease, passkey_ceremonies, passkeys, people, person_history, phone_moves, privacy_requests, purge, refresh_families,
    salon_closings, salon_grants, salons, schedules, second_factors, sessions, staff, staff_exceptions, staff_treatments,
    time_off, treatments, user_notes, users,
};

mod fill;

pub use fill::fill;

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
    [asking(), answering(), being_signed_in(), looking_for_people(), moving_numbers(), overseeing(), looking_at_salons(), jobs()]
        .concat()
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

fn looking_at_salons() -> Vec<Statement> {
    vec![
        single("salons: live", salons::LIST),
        single("salons: of somebody", salons::LIST_OF_USER),
        single("salon: by its address", salons::FIND_BY_SLUG),
        single("salon: by its id", salons::FIND),
        single("salon: roles of somebody", salon_grants::LIST_ROLES),
        single("salon: roles", salon_grants::LIST_OF_SALON),
        single("salon: other owners", salon_grants::COUNT_OTHER_OWNERS),
        single("salon: how often somebody is that", salon_grants::COUNT_OF_USER),
        single("salon: treatments", treatments::LIST),
        single("salon: staff", staff::LIST),
        single("salon: who does what", staff_treatments::LIST),
        single("salon: who does it", staff_treatments::LIST_BOOKABLE),
        single("calendar: weeks", calendars::LIST_WEEKS),
        single("calendar: exceptions", calendars::LIST_EXCEPTIONS),
        single("calendar: closings", salon_closings::LIST),
        single("calendar: taken", calendars::LIST_TAKEN),
        single("hours: what stands", calendars::LIST_STANDING),
        single("hours: weeks", schedules::LIST),
        single("hours: exceptions", staff_exceptions::LIST),
        single("hours: time off", time_off::LIST),
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
