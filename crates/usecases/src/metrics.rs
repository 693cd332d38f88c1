//! What is counted, for `docs/metrics.md`: every name, every label and a small function for each. Nobody else names a metric.
//!
//! To add one: a line in the table, a function, a row in `docs/metrics.md`; tests compare the three. Labels come from short lists of
//! ours: never a phone, an address, an id, a path or a provider's words. Units stand in the names: seconds, bytes, ratios of 1.
//!
//! As long as no recorder is installed (`metrics.bind` is empty), nothing is kept, and the functions of the sign-in allocate nothing.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use domain::challenge::Purpose;
use domain::fraud::{Level, ScopeKind};
use domain::limits::QuotaExceeded;
use domain::session::SessionKind;
use metrics::{SharedString, counter, describe_counter, describe_gauge, describe_histogram, gauge, histogram};
use sms::{BreakerState, SmsError};

/// How a metric is read.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    /// Only rises.
    Counter,
    /// Stands somewhere.
    Gauge,
    /// How many took how long: upper ends of the buckets.
    Histogram(&'static [f64]),
}

/// A line of the table.
#[derive(Clone, Copy, Debug)]
pub struct Metric {
    /// As Prometheus sees it.
    pub name: &'static str,
    /// How it is read.
    pub kind: Kind,
    /// Names of its labels.
    pub labels: &'static [&'static str],
    /// One line for those who see it the first time.
    pub help: &'static str,
}

macro_rules! table {
    ($($id:ident = $kind:expr, $name:literal, [$($label:literal),*], $help:literal;)*) => {
        $(const $id: &str = $name;)*
        /// Every metric there is.
        pub const ALL: &[Metric] = &[$(Metric { name: $name, kind: $kind, labels: &[$($label),*], help: $help }),*];
    };
}

/// A page and a statement take milliseconds, an outage takes all of `server.request_timeout_s`.
const REQUEST_BUCKETS: &[f64] = &[0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0];
/// A provider has `sms.deadline_s`, at most 10.
const SEND_BUCKETS: &[f64] = &[0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 3.0, 5.0, 7.5, 10.0];

table! {
    HTTP_REQUESTS = Kind::Counter, "salon_http_requests_total", ["method", "route", "status"], "Requests answered.";
    HTTP_DURATION = Kind::Histogram(REQUEST_BUCKETS), "salon_http_request_duration_seconds", ["route"],
        "From a request's header to its answer's.";
    HTTP_IN_FLIGHT = Kind::Gauge, "salon_http_requests_in_flight", [], "Requests being worked on.";
    DATABASE_UP = Kind::Gauge, "salon_database_up", [], "1 when the database answered the last look (every 10 s), else 0.";
    DATABASE_CONNECTIONS = Kind::Gauge, "salon_database_connections", ["state"], "Connections of the pool: in_use, idle.";
    DATABASE_STATEMENTS = Kind::Counter, "salon_database_statements_total", [], "Statements sent to the database.";
    SMS_SEND_DURATION = Kind::Histogram(SEND_BUCKETS), "salon_sms_send_duration_seconds", ["outcome", "provider"],
        "Calls to a provider, by what it answered.";
    SMS_FINISHED = Kind::Counter, "salon_sms_finished_total", ["provider", "result"], "Messages that need no more work.";
    SMS_OUTBOX = Kind::Gauge, "salon_sms_outbox", ["state"],
        "Messages still to be sent, of the whole fleet; 10000 is that many or more, NaN when the database does not say.";
    SMS_OLDEST_AGE = Kind::Gauge, "salon_sms_outbox_oldest_age_seconds", [],
        "How long the oldest message still to be sent has waited, 0 when none waits, NaN when the database does not say.";
    SMS_BREAKER = Kind::Gauge, "salon_sms_breaker_state", ["provider"], "Circuit breaker: 0 closed, 0.5 half-open, 1 open.";
    SMS_CONVERSION = Kind::Gauge, "salon_sms_conversion_ratio", ["country", "provider"],
        "Codes entered of those sent in the last hour, NaN when too few were sent to tell.";
    SMS_BUDGET = Kind::Gauge, "salon_sms_budget_used_ratio", [], "How much of the day's budget is used, of the whole fleet.";
    CODES_ASKED = Kind::Counter, "salon_codes_asked_total", ["purpose"], "Codes asked for and promised, resends included.";
    PROOFS = Kind::Counter, "salon_proofs_total", ["step"], "Proofs of work: asked for, and codes promised for one.";
    REFUSED = Kind::Counter, "salon_refused_total", ["policy"], "Limits that stood in the way of a request.";
    FRAUD_LEVEL = Kind::Gauge, "salon_fraud_level", ["scope"],
        "How far the fraud brake is on, the furthest of each kind of scope: 0 off, 0.5 proof of work, 1 refusal.";
    FRAUD_VERDICTS = Kind::Counter, "salon_fraud_verdicts_total", ["level", "scope"],
        "Requests of strangers that the fraud brake was on for, obeyed or only recorded.";
    FLEET_ALARM = Kind::Gauge, "salon_fleet_alarm", [], "1 while codes are being guessed at all over the system, else 0.";
    GUESSES = Kind::Counter, "salon_guesses_total", ["purpose", "result"], "Codes entered, right and wrong.";
    GUESS_BOUND = Kind::Gauge, "salon_guess_bound_ratio", [],
        "The greatest chance that one account is guessed in a year, by the settings in force.";
    SESSIONS_OPENED = Kind::Counter, "salon_sessions_opened_total", ["kind", "person"], "Sign-ins.";
    START_TIME = Kind::Gauge, "salon_start_time_seconds", [], "When the process started, in seconds since 1970.";
    BUILD_INFO = Kind::Gauge, "salon_build_info", ["version"], "Always 1.";
    RESIDENT_MEMORY = Kind::Gauge, "salon_resident_memory_bytes", [], "Memory of the process that is in RAM.";
}

/// Tells the recorder what each metric is, and starts those at zero that alerts compare: a counter that first shows up at 1 has never
/// risen as far as Prometheus can tell. Once, after the recorder was installed.
pub fn describe() {
    for metric in ALL {
        match metric.kind {
            Kind::Counter => describe_counter!(metric.name, metric.help),
            Kind::Gauge => describe_gauge!(metric.name, metric.help),
            Kind::Histogram(_) => describe_histogram!(metric.name, metric.help),
        }
    }
    for purpose in Purpose::ALL {
        asked(purpose, 0);
        guessed(purpose, true, 0);
        guessed(purpose, false, 0);
    }
    for step in [ProofStep::Asked, ProofStep::Solved, ProofStep::Waited] {
        proofs(step, 0);
    }
    for kind in [SessionKind::Web, SessionKind::Api] {
        opened(kind, true, 0);
        opened(kind, false, 0);
    }
}

/// A request was answered. `method` is of a short list, `route` a template.
pub fn http_answered(method: &'static str, route: &str, status: u16, took: Duration) {
    let route = SharedString::from(Arc::<str>::from(route));
    histogram!(HTTP_DURATION, "route" => route.clone()).record(took);
    counter!(HTTP_REQUESTS, "method" => method, "route" => route, "status" => status.to_string()).increment(1);
}

/// A request being worked on, until dropped: it may be given up at any point.
#[derive(Debug)]
#[must_use]
pub struct InFlight(());

impl InFlight {
    /// One more.
    pub fn enter() -> Self {
        gauge!(HTTP_IN_FLIGHT).increment(1);
        Self(())
    }
}

impl Drop for InFlight {
    fn drop(&mut self) {
        gauge!(HTTP_IN_FLIGHT).decrement(1);
    }
}

/// Whether the database answered.
pub fn database_up(is_up: bool) {
    gauge!(DATABASE_UP).set(u8::from(is_up));
}

/// The pool, and statements sent so far.
pub fn database(open: usize, idle: usize, statements: u64) {
    gauge!(DATABASE_CONNECTIONS, "state" => "in_use").set(number(open.saturating_sub(idle)));
    gauge!(DATABASE_CONNECTIONS, "state" => "idle").set(number(idle));
    counter!(DATABASE_STATEMENTS).absolute(statements);
}

/// What a provider answered to one call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SendOutcome {
    /// It has the message.
    Taken,
    /// The number cannot receive.
    InvalidNumber,
    /// Blocked.
    Blocked,
    /// Too fast.
    RateLimited,
    /// Not now, or it could not be reached.
    Temporary,
    /// Never.
    Permanent,
    /// No whole answer in time, or none that can be read.
    Unknown,
}

impl SendOutcome {
    /// Every one.
    pub const ALL: [Self; 7] =
        [Self::Taken, Self::InvalidNumber, Self::Blocked, Self::RateLimited, Self::Temporary, Self::Permanent, Self::Unknown];

    /// Of an answer.
    pub const fn of<T>(answer: &Result<T, SmsError>) -> Self {
        match answer {
            Ok(_) => Self::Taken,
            Err(SmsError::InvalidNumber(_)) => Self::InvalidNumber,
            Err(SmsError::Blocked(_)) => Self::Blocked,
            Err(SmsError::RateLimited(_)) => Self::RateLimited,
            Err(SmsError::Temporary(_)) => Self::Temporary,
            Err(SmsError::Permanent(_)) => Self::Permanent,
            Err(SmsError::Unknown(_)) => Self::Unknown,
        }
    }

    /// The label.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Taken => "taken",
            Self::InvalidNumber => "invalid_number",
            Self::Blocked => "blocked",
            Self::RateLimited => "rate_limited",
            Self::Temporary => "temporary",
            Self::Permanent => "permanent",
            Self::Unknown => "unknown",
        }
    }
}

/// A call to a provider is over.
pub fn sms_sent(provider: &'static str, outcome: SendOutcome, took: Duration) {
    histogram!(SMS_SEND_DURATION, "outcome" => outcome.as_str(), "provider" => provider).record(took);
}

/// How a message ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finished {
    /// A provider took it.
    Sent,
    /// No provider will.
    Failed,
    /// Nobody could send it in time.
    Expired,
}

/// Messages need no more work. `provider` is who had them last, `None` when nobody had.
pub fn sms_finished(provider: Option<&'static str>, result: Finished, messages: u64) {
    let result = match result {
        Finished::Sent => "sent",
        Finished::Failed => "failed",
        Finished::Expired => "expired",
    };
    counter!(SMS_FINISHED, "provider" => provider.unwrap_or("-"), "result" => result).increment(messages);
}

/// What waits to be sent: how many messages and for how long the oldest. `None`: nobody knows, and a number of before must not stand
/// there as if somebody did.
pub fn sms_outbox(backlog: Option<(u64, Duration)>) {
    let (waiting, age) = backlog.map_or((f64::NAN, f64::NAN), |(waiting, age)| (number(waiting), age.as_secs_f64()));
    gauge!(SMS_OUTBOX, "state" => "waiting").set(waiting);
    gauge!(SMS_OLDEST_AGE).set(age);
}

/// A provider's circuit breaker. Once at the start too, or there is nothing to compare with.
pub fn breaker(provider: &'static str, state: BreakerState) {
    let value = match state {
        BreakerState::Closed => 0.0,
        BreakerState::HalfOpen => 0.5,
        BreakerState::Open => 1.0,
    };
    gauge!(SMS_BREAKER, "provider" => provider).set(value);
}

/// Codes entered of those sent in the last hour; NaN when there is no telling.
pub fn conversion(provider: &str, country: &str, ratio: f64) {
    gauge!(SMS_CONVERSION, "country" => country.to_owned(), "provider" => provider.to_owned()).set(ratio);
}

/// The conversions shown. What is not measured any more turns to NaN: its last value would stand there for ever.
#[derive(Debug, Default)]
pub struct Conversions(BTreeSet<(String, String)>);

impl Conversions {
    /// Shows exactly these: provider, country, ratio.
    pub fn show<'a>(&mut self, measured: impl IntoIterator<Item = (&'a str, &'a str, f64)>) {
        let before = std::mem::take(&mut self.0);
        for (provider, country, ratio) in measured {
            conversion(provider, country, ratio);
            self.0.insert((provider.to_owned(), country.to_owned()));
        }
        for (provider, country) in before.difference(&self.0) {
            conversion(provider, country, f64::NAN);
        }
    }
}

/// How much of the day's budget is used: 1 is all of it.
pub fn budget(used_ratio: f64) {
    gauge!(SMS_BUDGET).set(used_ratio);
}

/// A code was promised.
pub fn code_asked(purpose: Purpose) {
    asked(purpose, 1);
}

fn asked(purpose: Purpose, times: u64) {
    match purpose {
        Purpose::Auth => counter!(CODES_ASKED, "purpose" => "auth"),
        Purpose::Verify => counter!(CODES_ASKED, "purpose" => "verify"),
    }
    .increment(times);
}

/// What became of a proof of work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProofStep {
    /// Somebody has to bring one.
    Asked,
    /// A code was promised for a solution.
    Solved,
    /// A code was promised for waiting.
    Waited,
}

/// A proof of work was asked for, or a code promised for it.
pub fn proof(step: ProofStep) {
    proofs(step, 1);
}

fn proofs(step: ProofStep, times: u64) {
    match step {
        ProofStep::Asked => counter!(PROOFS, "step" => "asked"),
        ProofStep::Solved => counter!(PROOFS, "step" => "solved"),
        ProofStep::Waited => counter!(PROOFS, "step" => "waited"),
    }
    .increment(times);
}

/// Limits stood in the way: each of them counts.
pub fn refused(refusal: &QuotaExceeded) {
    for standing in &refusal.violated {
        counter!(REFUSED, "policy" => standing.quota.policy.as_str()).increment(1);
    }
}

/// How far the fraud brake is on for the kind of scope.
pub fn fraud_level(kind: ScopeKind, level: Level) {
    let value = match level {
        Level::Free => 0.0,
        Level::Proof => 0.5,
        Level::Refusal => 1.0,
    };
    gauge!(FRAUD_LEVEL, "scope" => kind.as_str()).set(value);
}

/// The fraud brake was on for a stranger's request.
pub fn fraud_verdict(kind: ScopeKind, level: Level) {
    counter!(FRAUD_VERDICTS, "level" => level.as_str(), "scope" => kind.as_str()).increment(1);
}

/// Whether codes are being guessed at all over the system.
pub fn fleet_alarm(is_on: bool) {
    gauge!(FLEET_ALARM).set(u8::from(is_on));
}

/// A code was entered.
pub fn guess(purpose: Purpose, is_right: bool) {
    guessed(purpose, is_right, 1);
}

fn guessed(purpose: Purpose, is_right: bool, times: u64) {
    match (purpose, is_right) {
        (Purpose::Auth, true) => counter!(GUESSES, "purpose" => "auth", "result" => "right"),
        (Purpose::Auth, false) => counter!(GUESSES, "purpose" => "auth", "result" => "wrong"),
        (Purpose::Verify, true) => counter!(GUESSES, "purpose" => "verify", "result" => "right"),
        (Purpose::Verify, false) => counter!(GUESSES, "purpose" => "verify", "result" => "wrong"),
    }
    .increment(times);
}

/// How likely it is at most that one account is guessed in a year.
pub fn guess_bound(chance: f64) {
    gauge!(GUESS_BOUND).set(chance);
}

/// Somebody signed in.
pub fn session_opened(kind: SessionKind, is_new_user: bool) {
    opened(kind, is_new_user, 1);
}

fn opened(kind: SessionKind, is_new_user: bool, times: u64) {
    match (kind, is_new_user) {
        (SessionKind::Web, true) => counter!(SESSIONS_OPENED, "kind" => "web", "person" => "new"),
        (SessionKind::Web, false) => counter!(SESSIONS_OPENED, "kind" => "web", "person" => "known"),
        (SessionKind::Api, true) => counter!(SESSIONS_OPENED, "kind" => "api", "person" => "new"),
        (SessionKind::Api, false) => counter!(SESSIONS_OPENED, "kind" => "api", "person" => "known"),
    }
    .increment(times);
}

/// The process: what it is and since when.
pub fn process(version: &'static str, started_at: DateTime<Utc>) {
    gauge!(BUILD_INFO, "version" => version).set(1);
    gauge!(START_TIME).set(number(u64::try_from(started_at.timestamp()).unwrap_or_default()));
}

/// Memory of the process that is in RAM, in KiB as the system counts it.
pub fn resident_memory(kib: u64) {
    gauge!(RESIDENT_MEMORY).set(number(kib) * 1024.0);
}

/// A number as the wire has it. None of ours outgrows 32 bits; if one did, the largest that fits is alarming enough.
fn number(count: impl TryInto<u32>) -> f64 {
    f64::from(count.try_into().unwrap_or(u32::MAX))
}
