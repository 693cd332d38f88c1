//! The carriers of an installation in the order in which they are asked, each with its breaker.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, Utc};

use crate::breaker::{Admission, Breaker, BreakerRules, BreakerState};
use crate::message::Message;
use crate::sender::{SmsError, SmsSender};

/// One carrier. Clones share the breaker.
#[derive(Clone, Debug)]
pub struct Carrier {
    sender: SmsSender,
    breaker: Arc<Mutex<Breaker>>,
}

impl Carrier {
    /// See [`SmsSender::name`].
    pub const fn name(&self) -> &'static str {
        self.sender.name()
    }

    /// Whether a call may be made now; who gets [`Admission::Probe`] must make it.
    pub fn admit(&self, now: DateTime<Utc>) -> Admission {
        self.breaker().admit(now)
    }

    /// Where its breaker stands.
    pub fn state(&self, now: DateTime<Utc>) -> BreakerState {
        self.breaker().state(now)
    }

    /// Hands a message over and, when that is over, lets the breaker learn from it at the time that `clock` says then.
    ///
    /// # Errors
    /// See [`SmsError`].
    pub async fn send(&self, message: &Message, clock: impl Fn() -> DateTime<Utc>) -> Result<Option<String>, SmsError> {
        let outcome = self.sender.send(message, clock()).await;
        // A sink fails when told to, for one number: that is no trouble of its own.
        if !self.sender.is_development_sink() {
            self.learn(&outcome, clock());
        }
        outcome
    }

    /// A call that was not waited for to its end.
    pub fn gave_up(&self, now: DateTime<Utc>) {
        self.note(false, now);
    }

    /// A carrier that refuses one message is as well as one that takes it.
    fn learn(&self, outcome: &Result<Option<String>, SmsError>, now: DateTime<Utc>) {
        let is_well = outcome.as_ref().map_or_else(|error| !error.is_temporary(), |_| true);
        self.note(is_well, now);
    }

    /// Tells the operator when the breaker moves: with others to carry, nothing else would.
    fn note(&self, is_well: bool, now: DateTime<Utc>) {
        let (before, after) = {
            let mut breaker = self.breaker();
            let before = breaker.state(now);
            breaker.learn(is_well, now);
            (before, breaker.state(now))
        };
        match (before, after) {
            (BreakerState::Closed | BreakerState::HalfOpen, BreakerState::Open) => {
                tracing::warn!(provider = self.name(), "a provider is in trouble and left alone for a while");
            }
            (BreakerState::HalfOpen, BreakerState::Closed) => tracing::info!(provider = self.name(), "a provider is well again"),
            _ => {}
        }
    }

    fn look(&self, now: DateTime<Utc>) -> Admission {
        self.breaker().look(now)
    }

    fn breaker(&self) -> MutexGuard<'_, Breaker> {
        self.breaker.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Where new messages may go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// To this one, as many as there are.
    All(&'static str),
    /// To this one, one message.
    One(&'static str),
    /// Nowhere before then.
    Wait(DateTime<Utc>),
}

/// The carriers, in order. Clones share the breakers.
#[derive(Clone, Debug)]
pub struct Carriers(Vec<Carrier>);

impl Carriers {
    /// `first` carries; each of `others` only what those before it have certainly not taken.
    ///
    /// One that has nobody after it or before it is never left alone for longer than the first time: while it is, nobody gets a code.
    pub fn new(first: SmsSender, others: Vec<SmsSender>, rules: BreakerRules) -> Self {
        let longest = if others.is_empty() { rules.open_for } else { rules.longest };
        let rules = BreakerRules { longest, ..rules };
        let carrier = |sender| Carrier { sender, breaker: Arc::new(Mutex::new(Breaker::new(rules))) };
        Self(std::iter::once(first).chain(others).map(carrier).collect())
    }

    /// All of them, in order.
    pub fn iter(&self) -> impl Iterator<Item = &Carrier> {
        self.0.iter()
    }

    /// The one of this name.
    pub fn find(&self, name: &str) -> Option<&Carrier> {
        self.iter().find(|carrier| carrier.name() == name)
    }

    /// Whether messages stay here instead of going to a phone.
    pub fn are_development_sinks(&self) -> bool {
        self.iter().all(|carrier| carrier.sender.is_development_sink())
    }

    /// Where new messages may go: to the first in order that may be called. Claims nothing.
    pub fn choose(&self, now: DateTime<Utc>) -> Choice {
        let mut soonest: Option<DateTime<Utc>> = None;
        for carrier in self.iter() {
            match carrier.look(now) {
                Admission::Free => return Choice::All(carrier.name()),
                Admission::Probe => return Choice::One(carrier.name()),
                Admission::Until(then) => soonest = Some(soonest.map_or(then, |soonest| soonest.min(then))),
            }
        }
        // There is always one: `new` takes a first.
        Choice::Wait(soonest.unwrap_or(now))
    }

    /// The next in order after `name` that may be called now; the caller must call it.
    pub fn admit_after(&self, name: &str, now: DateTime<Utc>) -> Option<&Carrier> {
        self.after(name).find(|carrier| !matches!(carrier.admit(now), Admission::Until(_)))
    }

    /// Whether there is one after `name`, well or not.
    pub fn has_after(&self, name: &str) -> bool {
        self.after(name).next().is_some()
    }

    fn after(&self, name: &str) -> impl Iterator<Item = &Carrier> {
        self.iter().skip_while(move |carrier| carrier.name() != name).skip(1)
    }
}

impl From<SmsSender> for Carriers {
    fn from(only: SmsSender) -> Self {
        Self::new(only, Vec::new(), BreakerRules::default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_800_000_000 + seconds, 0).expect("in range")
    }

    fn carriers() -> Carriers {
        Carriers::new(SmsSender::Log, vec![SmsSender::Outbox], BreakerRules::default())
    }

    fn breaks(carrier: &Carrier) {
        (0..5).for_each(|_| carrier.learn(&Err(SmsError::Unknown(String::new())), at(0)));
    }

    #[test]
    fn messages_go_to_the_first_that_is_well() {
        let carriers = carriers();
        let (first, second) = (carriers.find("log").expect("there"), carriers.find("outbox").expect("there"));
        assert_eq!(carriers.choose(at(0)), Choice::All("log"));
        breaks(first);
        assert_eq!(carriers.choose(at(0)), Choice::All("outbox"));
        breaks(second);
        assert_eq!(carriers.choose(at(0)), Choice::Wait(at(5)));
        assert_eq!(carriers.choose(at(5)), Choice::One("log"), "the first is asked first whether it is well again");
        assert_eq!(first.admit(at(5)), Admission::Probe);
        assert_eq!(carriers.choose(at(5)), Choice::One("outbox"));
    }

    #[test]
    fn a_refusal_of_one_message_says_nothing_about_the_carrier() {
        let carriers = carriers();
        let first = carriers.find("log").expect("there");
        for _ in 0..10 {
            first.learn(&Err(SmsError::InvalidNumber(String::new())), at(0));
            first.learn(&Err(SmsError::Permanent(String::new())), at(0));
        }
        assert_eq!(first.state(at(0)), BreakerState::Closed);
    }

    #[test]
    fn who_carries_alone_is_asked_again_soon() {
        let carriers = Carriers::from(SmsSender::Log);
        let only = carriers.find("log").expect("there");
        breaks(only);
        for round in 1..10 {
            assert_eq!(only.admit(at(5 * round)), Admission::Probe);
            only.learn(&Err(SmsError::Temporary(String::new())), at(5 * round));
        }
    }

    #[test]
    fn after_the_last_there_is_none() {
        let carriers = carriers();
        assert_eq!(carriers.admit_after("log", at(0)).map(Carrier::name), Some("outbox"));
        assert!(carriers.admit_after("outbox", at(0)).is_none());
        breaks(carriers.find("outbox").expect("there"));
        assert!(carriers.admit_after("log", at(0)).is_none());
    }
}
