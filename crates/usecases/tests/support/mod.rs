//! A Salon on a scratch database, with a clock that moves when told.

pub mod booking;
pub mod desk;
pub mod house;
pub mod passkeys;
pub mod staff;

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use domain::challenge::Challenge;
use domain::ids::ChallengeId;
use domain::limits::Policy;
use domain::locale::Locale;
use domain::phone::PhoneNumber;
use domain::role::Role;
use domain::secret::Secret;
use domain::session::{Session, SessionKind};
use sms::reports::Reports;
use sms::testing::{Received, Reply, Stub};
use sms::{BaseUrl, BreakerRules, Carriers, PerClass, SenderName, SmsSender, Taqnyat, Webhook};
use store::Store;
use store::testing::Scratch;
use usecases::clock::Clock;
use usecases::keys::{KeyMaterial, Keys};
use usecases::rng::Rng;
use usecases::settings::Settings;
use usecases::{Actor, Admin, Client, ClientAddress, Error, Parts, RequestCode, Sent, SignedIn, Usecases, VerifyCode};

/// When every test begins.
pub fn start() -> DateTime<Utc> {
    DateTime::from_timestamp(1_800_000_000, 0).expect("in range")
}

/// One process's worth of use cases with the development sink.
pub fn salon(scratch: &Scratch) -> Usecases {
    process(scratch.store.clone(), SmsSender::Outbox, Clock::manual(start()))
}

/// One process; every process of an installation has the same keys.
pub fn process(store: Store, carriers: impl Into<Carriers>, clock: Clock) -> Usecases {
    process_with(store, carriers, clock, Settings::default())
}

/// The same with settings of its own.
pub fn process_with(store: Store, carriers: impl Into<Carriers>, clock: Clock, settings: Settings) -> Usecases {
    let keys = Keys::new(&KeyMaterial::generate(&Rng::seeded(1))).expect("good keys");
    let (carriers, reports) = (carriers.into(), Reports::default());
    Usecases::new(Parts { store, carriers, reports, clock, rng: Rng::os(), keys, settings })
}

/// Hands messages to a stub of a provider, and is patient with it.
pub fn carrier(stub: &Stub) -> SmsSender {
    let url = sms::webhook_url(&stub.url).expect("a good address");
    let secret = Secret::new("0123456789abcdef0123456789abcdef".to_owned());
    SmsSender::Webhook(Webhook::new(url, secret, Duration::from_mins(2)).expect("a client"))
}

/// The second of [`two_carriers`].
pub fn second_carrier(stub: &Stub) -> SmsSender {
    let base = BaseUrl::parse(stub.url.trim_end_matches("send")).expect("a good address");
    let sender = PerClass::same(SenderName::parse("Salon").expect("a good name"));
    SmsSender::Taqnyat(Taqnyat::new(&base, Secret::new("hush".to_owned()), sender, Duration::from_mins(2)).expect("a client"))
}

/// Two providers, the second for what the first has certainly not taken.
pub fn two_carriers(first: &Stub, second: &Stub) -> Carriers {
    let rules = BreakerRules { open_for: TimeDelta::seconds(10), ..BreakerRules::default() };
    Carriers::new(carrier(first), vec![second_carrier(second)], rules)
}

/// What [`two_carriers`]' second answers when it takes a message.
pub fn taken_by_the_second() -> Reply {
    Reply::json(201, r#"{"statusCode":201,"messageId":4321}"#)
}

/// The code in a message that a provider was given.
pub fn code_in(received: &Received) -> String {
    received.field("body").chars().take_while(char::is_ascii_digit).collect()
}

pub fn client(address: &str) -> Client {
    let ip = address.parse().expect("an address");
    Client { address: ClientAddress::from_ip(ip), user_agent: Some("a test".to_owned()) }
}

pub fn here() -> Client {
    client("203.0.113.7")
}

pub async fn request(uc: &Usecases, phone: &str) -> Result<Sent, Error> {
    let input = RequestCode { phone: phone.to_owned(), locale: None, device_token: None, proof: None };
    uc.request_code(input, Locale::Ar, &here()).await
}

/// The same from a device that holds a token.
pub async fn request_from(uc: &Usecases, phone: &str, device_token: &str) -> Result<Sent, Error> {
    let input = RequestCode { phone: phone.to_owned(), locale: None, device_token: Some(device_token.to_owned()), proof: None };
    uc.request_code(input, Locale::Ar, &here()).await
}

/// The policies a refusal names, and how long it says to wait.
pub fn refused<T: std::fmt::Debug>(outcome: Result<T, Error>) -> (Vec<Policy>, u64) {
    match outcome {
        Err(Error::QuotaExceeded(refusal)) => {
            (refusal.violated.iter().map(|standing| standing.quota.policy).collect(), refusal.retry_after_s())
        }
        other => panic!("expected a refusal, got {other:?}"),
    }
}

/// The code of a challenge, read from the development sink as a person reads their phone.
pub async fn code_for(uc: &Usecases, challenge: &Challenge) -> String {
    while uc.deliver_outbox(100).await.expect("delivers").sent > 0 {}
    let messages = uc.dev_messages(Some(&challenge.phone), 100).await.expect("reads");
    let newest = messages.into_iter().find(|message| message.purpose == Some(challenge.purpose));
    newest.and_then(|message| message.code).expect("a message with a code")
}

pub fn answer(id: ChallengeId, code: &str) -> VerifyCode {
    VerifyCode {
        challenge_id: id,
        code: code.to_owned(),
        phone: None,
        device_name: None,
        device_token: None,
        kind: SessionKind::Api,
    }
}

/// A code of the same length that is not the right one.
pub fn wrong(code: &str) -> String {
    let last = code.bytes().next_back().expect("a digit");
    let other = if last == b'9' { '0' } else { char::from(last + 1) };
    format!("{}{other}", &code[..code.len() - 1])
}

pub async fn sign_in(uc: &Usecases, phone: &str) -> SignedIn {
    let sent = request(uc, phone).await.expect("a challenge");
    let code = code_for(uc, &sent.challenge).await;
    uc.verify_code(answer(sent.challenge.id, &code), &here()).await.expect("signs in")
}

pub fn actor(signed_in: &SignedIn) -> Actor {
    Actor { user: signed_in.user.clone(), session: signed_in.session.clone() }
}

/// Somebody with a role who has shown a second factor just now.
pub async fn admin_of(uc: &Usecases, phone: &str, role: Role) -> Admin {
    let signed_in = sign_in(uc, phone).await;
    let user = uc.grant_role(phone, role).await.expect("granted");
    let session = Session { second_factor_at: Some(uc.clock().now()), ..signed_in.session };
    uc.admin_actor(Some(Actor { user, session })).expect("let in")
}

pub fn phone(text: &str) -> PhoneNumber {
    PhoneNumber::from_canonical(text).expect("canonical")
}

pub fn wait(uc: &Usecases, seconds: i64) {
    uc.clock().advance(TimeDelta::seconds(seconds));
}
