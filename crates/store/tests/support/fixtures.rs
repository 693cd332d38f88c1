//! People, codes and sessions to try things with. Numbers name them: the same number is the same thing.

use chrono::{DateTime, TimeDelta, Utc};
use domain::challenge::{Challenge, CodeLength, Purpose};
use domain::ids::{ChallengeId, DeviceId, FamilyId, OutboxId, SessionId, UserId};
use domain::keys::LimitKey;
use domain::limits::{Policy, Quota};
use domain::locale::Locale;
use domain::message::MessageKind;
use domain::phone::PhoneNumber;
use domain::session::{Session, SessionKind};
use domain::user::{User, UserOrigin};
use domain::uses::Use;
use store::guesses::Guess;
use store::outbox::{NewMessage, Taken};
use store::refresh_families::Family;
use store::users::NewUser;
use store::{Store, challenges, outbox, refresh_families, sessions, users};
use uuid::Uuid;

/// Runs one expression in a transaction of its own and commits it.
macro_rules! writing {
    ($store:expr, |$tx:ident| $body:expr) => {{
        let mut transaction = $store.write().await.expect("begins");
        let $tx = &mut transaction;
        let outcome = $body.await.expect("no error");
        transaction.commit().await.expect("commits");
        outcome
    }};
}

/// Runs one expression on a reading connection.
macro_rules! reading {
    ($store:expr, |$tx:ident| $body:expr) => {{
        let mut connection = $store.read().await.expect("connects");
        let $tx = &mut connection;
        $body.await.expect("no error")
    }};
}

pub(crate) use {reading, writing};

/// A guess of a phone that bears five in 100 s, after a streak of `streak`.
pub fn guess_at(key: LimitKey, seconds: i64, streak: u32) -> Guess {
    let one = Use { at: at(seconds), tag: 1 };
    Guess { key, quota: quota(5, 100), remembered: 8, one, streak, is_compared: true, is_last: false }
}

/// So many seconds into the test.
pub fn at(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_800_000_000, 123_456_000).expect("in range") + TimeDelta::seconds(seconds)
}

pub fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

pub fn phone(number: u32) -> PhoneNumber {
    PhoneNumber::from_canonical(&format!("+9665{number:08}")).expect("canonical")
}

pub fn key(number: u8) -> LimitKey {
    LimitKey([number; 16])
}

pub fn quota(limit: u32, seconds: i64) -> Quota {
    Quota { policy: Policy::OtpSend, limit, window: TimeDelta::seconds(seconds) }
}

pub fn new_user(number: u32) -> NewUser {
    NewUser {
        id: UserId(id(number.into())),
        phone: phone(number),
        locale: Locale::Ar,
        origin: UserOrigin::SelfService,
        now: at(0),
    }
}

/// Somebody who asked for a code and has not proved the phone.
pub async fn pending(store: &Store, number: u32) -> User {
    writing!(store, |tx| users::upsert_by_phone(tx, &new_user(number)))
}

/// Somebody who has proved the phone.
pub async fn active(store: &Store, number: u32) -> User {
    let user = pending(store, number).await;
    writing!(store, |tx| tx.run(users::update_claimed(user.id, user.epoch, user.locale, at(1))));
    user.clone().claimed(user.locale, at(1))
}

/// A live challenge of somebody, not written.
pub fn challenge_of(user: &User, number: u128) -> Challenge {
    Challenge {
        id: ChallengeId(id(number)),
        user_id: user.id,
        epoch: user.epoch,
        phone: user.phone.clone().expect("not erased"),
        purpose: Purpose::Auth,
        code_length: CodeLength::SIX,
        key_id: "k1".into(),
        locale: Locale::En,
        guess_key: key(99),
        attempts: 0,
        max_attempts: 5,
        session_id: None,
        device_id: None,
        network: None,
        created_at: at(0),
        expires_at: at(300),
        final_at: at(600),
        last_sent_at: at(0),
        consumed_at: None,
    }
}

pub async fn challenge(store: &Store, user: &User, number: u128) -> Challenge {
    let challenge = challenge_of(user, number);
    writing!(store, |tx| tx.run(challenges::insert(&challenge)));
    challenge
}

/// A session of somebody that idles out at 1,000 s and ends at 5,000 s, not written.
pub fn session_of(user: &User, number: u128) -> Session {
    Session {
        id: SessionId(id(number)),
        user_id: user.id,
        epoch: user.epoch,
        kind: SessionKind::Api,
        device_id: Some(DeviceId(id(77))),
        device_name: Some("هاتف".into()),
        authenticated_at: at(1),
        second_factor_at: None,
        last_seen_at: at(2),
        idle_expires_at: at(1_000),
        expires_at: at(5_000),
    }
}

pub async fn session(store: &Store, user: &User, number: u128) -> Session {
    let session = session_of(user, number);
    writing!(store, |tx| tx.run(sessions::insert(&session)));
    session
}

pub async fn family(store: &Store, session: &Session, number: u128) -> Family {
    let family =
        Family { id: FamilyId(id(number)), session_id: session.id, generation: 0, current_hash: [1; 32], rotated_at: at(1) };
    writing!(store, |tx| tx.run(refresh_families::insert(&family)));
    family
}

/// A message written at `seconds`, for 300 s.
pub async fn message(store: &Store, number: u128, seconds: i64, challenge: Option<&Challenge>) -> OutboxId {
    let message = NewMessage {
        id: OutboxId(id(number)),
        kind: if challenge.is_some() { MessageKind::AuthCode } else { MessageKind::PhoneChanged },
        user_id: challenge.map(|challenge| challenge.user_id),
        challenge_id: challenge.map(|challenge| challenge.id),
        phone: challenge.map_or_else(|| phone(9), |challenge| challenge.phone.clone()),
        locale: Locale::Ar,
        expires_at: at(seconds + 300),
        now: at(seconds),
    };
    writing!(store, |tx| tx.run(outbox::insert(&message)));
    message.id
}

/// What a provider that took a message says: one segment, price unknown.
pub const fn taken<'a>(provider: &'a str, provider_ref: Option<&'a str>) -> Taken<'a> {
    Taken { provider, provider_ref, segments: 1, cost_micros: None }
}
