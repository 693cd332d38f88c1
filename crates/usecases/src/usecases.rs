//! The bundle every use case is a method of.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use domain::ids::{AuditId, UserId};
use domain::phone::{PhoneError, PhoneNumber, PhoneReason};
use serde_json::Value;
use sms::Carriers;
use sms::reports::Reports;
use store::audit::{self, NewAudit};
use store::{Store, Tx};
use tokio::sync::Notify;

use crate::clock::Clock;
use crate::fraud::counted::Counted;
use crate::keys::Keys;
use crate::live::InForce;
use crate::rng::Rng;
use crate::settings::Settings;
use crate::sms::budget::FullShares;
use crate::{Actor, Error};

/// When to try again while sign-in by text is paused: nobody knows, and a quarter of an hour is not for ever.
const PAUSE_S: u64 = 900;

/// What use cases work with, wired up once at start-up.
#[derive(Debug)]
pub struct Parts {
    /// The database.
    pub store: Store,
    /// Who carries messages.
    pub carriers: Carriers,
    /// Whose delivery reports are believed.
    pub reports: Reports,
    /// Time.
    pub clock: Clock,
    /// Randomness.
    pub rng: Rng,
    /// Keys, already checked.
    pub keys: Keys,
    /// Numbers, as configured. What may be changed while Salon runs is read by [`Usecases::settings`].
    pub settings: Settings,
}

/// Every use case. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Usecases {
    pub(crate) parts: Arc<Parts>,
    pub(crate) outbox_filled: Arc<Notify>,
    pub(crate) bulk_started: Arc<Notify>,
    fleet_alarm: Arc<AtomicBool>,
    pub(crate) full_shares: FullShares,
    pub(crate) counted: Counted,
    pub(crate) live: InForce,
}

impl Usecases {
    /// Wires the parts together.
    pub fn new(parts: Parts) -> Self {
        Self {
            live: InForce::new(&parts.settings),
            parts: Arc::new(parts),
            outbox_filled: Arc::new(Notify::new()),
            bulk_started: Arc::new(Notify::new()),
            full_shares: FullShares::default(),
            counted: Counted::default(),
            fleet_alarm: Arc::default(),
        }
    }

    /// The clock everything here reads.
    pub fn clock(&self) -> &Clock {
        &self.parts.clock
    }

    /// Raises or ends the alarm that the codes of the whole system are being guessed at. While it is on, codes are longer.
    pub fn set_fleet_alarm(&self, is_on: bool) {
        self.fleet_alarm.store(is_on, Ordering::Relaxed);
    }

    pub(crate) fn is_fleet_alarm_on(&self) -> bool {
        self.fleet_alarm.load(Ordering::Relaxed)
    }

    /// The numbers in force.
    pub fn settings(&self) -> Arc<Settings> {
        self.live.settings()
    }

    /// The keys in force.
    pub fn keys(&self) -> &Keys {
        &self.parts.keys
    }

    /// The source of randomness, for request ids.
    pub fn rng(&self) -> &Rng {
        &self.parts.rng
    }

    /// The database, for start-up, health and the tests that count statements.
    pub fn store(&self) -> &Store {
        &self.parts.store
    }

    /// Reads a phone and applies the country policy: everything a phone passes before anything is written.
    pub(crate) fn read_phone(&self, raw: &str) -> Result<PhoneNumber, Error> {
        let region = self.parts.settings.phones.default_region;
        let phone = PhoneNumber::parse(raw, region).map_err(Error::InvalidPhone)?;
        self.admit_country(&phone)?;
        Ok(phone)
    }

    /// Whether texts go to the country of a phone. Nothing is sent to a test number, wherever it is.
    pub(crate) fn admit_country(&self, phone: &PhoneNumber) -> Result<(), Error> {
        let is_test = || self.live_test_number(phone, self.parts.clock.now()).is_some();
        if self.settings().phones.serves(phone.country()) || is_test() {
            return Ok(());
        }
        Err(Error::InvalidPhone(PhoneError { reason: PhoneReason::CountryNotAllowed, suggestion: None }))
    }

    /// Whether codes for signing in go there for now. It depends on the number alone.
    pub(crate) fn admit_sign_in_to(&self, phone: &PhoneNumber) -> Result<(), Error> {
        let is_test = || self.live_test_number(phone, self.parts.clock.now()).is_some();
        if !self.settings().phones.is_paused(phone.country()) || is_test() {
            return Ok(());
        }
        Err(Error::Unavailable { retry_after_s: PAUSE_S, source: "sign-in by text is paused outside Saudi Arabia".into() })
    }

    /// Writes an audit entry for something `actor` did to themselves.
    pub(crate) async fn audit_self(&self, tx: &mut Tx, actor: &Actor, action: &'static str, detail: Value) -> Result<(), Error> {
        tx.run(audit::insert(&self.entry_of(actor, action, detail))).await?;
        Ok(())
    }

    /// The same as [`Usecases::audit_self`], not yet written.
    pub(crate) fn entry_of(&self, actor: &Actor, action: &'static str, detail: Value) -> NewAudit {
        NewAudit { session: Some(actor.session.id), ..self.entry_by("self", action, Some(actor.user.id), detail) }
    }

    /// An audit entry for what somebody without a session did, now. Not yet written.
    pub(crate) fn entry_by(&self, who: &str, action: &'static str, subject: Option<UserId>, detail: Value) -> NewAudit {
        let now = self.parts.clock.now();
        NewAudit {
            id: self.parts.rng.id_v7::<AuditId>(now),
            at: now,
            actor: who.to_owned(),
            action,
            subject,
            session: None,
            detail,
        }
    }
}
