//! The numbers of contract §2. `Default` is the contract; the configuration may set others.

use chrono::{DateTime, TimeDelta, Utc};
use domain::challenge::{ChallengeRules, CodeLength, CodeLengths, FAILURES_WINDOW};
use domain::fraud::{AlarmRules, Thresholds};
use domain::limits::{Policy, Quota};
use domain::otp::Code;
use domain::phone::{PhoneNumber, Region};
use domain::proof::ProofRules;
use domain::session::SessionRules;
use domain::sms_budget::SmsBudget;
use sms::{Prices, Templates};

pub use crate::passkeys::site::Site;

/// Everything a use case needs to know besides its arguments.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// Codes and their limits.
    pub otp: OtpSettings,
    /// Proof of work.
    pub proof: ProofSettings,
    /// Reading phones.
    pub phones: PhoneSettings,
    /// Access tokens.
    pub tokens: TokenSettings,
    /// How long sessions last.
    pub sessions: SessionSettings,
    /// The second factor.
    pub second_factor: SecondFactorSettings,
    /// Passkeys.
    pub passkeys: PasskeySettings,
    /// Booking.
    pub booking: BookingSettings,
    /// How long things are kept.
    pub retention: Retention,
    /// Handing messages over.
    pub delivery: DeliverySettings,
    /// What messages say.
    pub texts: Templates,
    /// What messages cost, and may cost.
    pub sms: SmsSettings,
    /// Numbers for those who review the apps in a store.
    pub test_numbers: Vec<TestNumber>,
    /// The fraud brake and the fleet guard.
    pub fraud: FraudSettings,
}

/// A number with a fixed code (docs/adr/0019).
#[derive(Clone, Debug)]
pub struct TestNumber {
    /// Gets no texts.
    pub phone: PhoneNumber,
    /// Opens its account.
    pub code: Code,
    /// Digits of the code.
    pub code_length: CodeLength,
    /// From then on it is a number like any other.
    pub expires_at: DateTime<Utc>,
}

/// The fraud brake and the fleet guard.
#[derive(Clone, Copy, Debug, Default)]
pub struct FraudSettings {
    /// Whether the brake does what it says.
    pub mode: FraudMode,
    /// When it is on.
    pub thresholds: Thresholds,
    /// When the alarm is raised.
    pub alarm: AlarmRules,
}

/// Whether the fraud brake does what it says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FraudMode {
    /// It counts, and nobody is asked for more or refused.
    RecordOnly,
    /// Strangers are asked for proof of work, and refused.
    #[default]
    Enforce,
}

/// What messages cost, and may cost.
#[derive(Clone, Debug, Default)]
pub struct SmsSettings {
    /// Of a day.
    pub budget: SmsBudget,
    /// Of a segment.
    pub prices: Prices,
}

/// Codes and their limits.
#[derive(Clone, Debug)]
pub struct OtpSettings {
    /// Life, guesses and length of a challenge.
    pub rules: ChallengeRules,
    /// Between two messages, per phone and purpose.
    pub cooldown: Quota,
    /// Messages per phone and hour.
    pub sends_hour: Quota,
    /// Messages per phone and day.
    pub sends_day: Quota,
    /// Messages per client address.
    pub sends_address: Quota,
    /// Wrong guesses per phone, all challenges and purposes.
    pub guesses_phone: Quota,
    /// How many of `sends_day` are for known devices alone, and how many they get over `sends_hour`.
    pub sends_kept: u32,
    /// How many of `guesses_phone` are for known devices alone.
    pub guesses_kept: u32,
    /// Wrong guesses without a right one between them, after which no more sign-ins by text to a phone (NIST SP 800-63B-4 §3.2.2).
    pub failures_in_a_row: u32,
    /// How many of them are for known devices alone.
    pub failures_in_a_row_kept: u32,
    /// Seconds an unknown device waits after the first, the second … challenge of a phone that died of wrong guesses; the last holds
    /// for all that follow.
    pub waits_s: Vec<u32>,
    /// The greatest chance with which one account may be guessed in a year. What makes it greater is not started with.
    pub guess_ceiling: f64,
}

impl OtpSettings {
    /// Messages to a phone in an hour and in a day, as far as somebody may bring it who is on a known device of the phone, or is
    /// not. The hour's limit keeps nothing back: a known device goes beyond it instead, so that whoever signs in for the first time
    /// has all of it.
    pub const fn sends(&self, is_device_known: bool) -> [Quota; 2] {
        let (hour, day) = (self.sends_hour, self.sends_day);
        if is_device_known {
            [Quota { limit: hour.limit.saturating_add(kept_of(day.limit, self.sends_kept)), ..hour }, day]
        } else {
            [hour, Quota { limit: day.limit - kept_of(day.limit, self.sends_kept), ..day }]
        }
    }

    /// Wrong guesses in a day, likewise.
    pub const fn guesses(&self, is_device_known: bool) -> Quota {
        let all = self.guesses_phone;
        if is_device_known { all } else { Quota { limit: all.limit - kept_of(all.limit, self.guesses_kept), ..all } }
    }

    /// Wrong guesses in a row, likewise.
    pub const fn in_a_row(&self, is_device_known: bool) -> u32 {
        let all = self.failures_in_a_row;
        if is_device_known { all } else { all - kept_of(all, self.failures_in_a_row_kept) }
    }

    /// Wrong guesses that count for the length of a code.
    pub(crate) const fn failures(&self) -> Quota {
        Quota { limit: self.rules.code_lengths.longest_from, window: FAILURES_WINDOW, ..self.guesses_phone }
    }

    /// Guesses that have to be remembered.
    pub(crate) fn guesses_remembered(&self) -> u32 {
        self.guesses_phone.limit.max(self.failures().limit)
    }

    /// The wait after so many challenges that died.
    pub(crate) fn wait(&self, deaths: u32) -> Option<Quota> {
        let place = usize::try_from(deaths).unwrap_or(usize::MAX).checked_sub(1)?;
        let seconds = self.waits_s.get(place).or(self.waits_s.last())?;
        Some(Quota { policy: Policy::OtpWait, limit: 1, window: TimeDelta::seconds(i64::from(*seconds)) })
    }

    /// Uses of the messages to a phone that have to be remembered for everybody's quotas.
    pub(crate) fn sends_remembered(&self) -> u32 {
        self.sends(true).into_iter().chain(self.sends(false)).map(|quota| quota.limit).max().unwrap_or_default()
    }
}

/// Never more than half: the first sign-in is from a device that nobody knows.
const fn kept_of(all: u32, kept: u32) -> u32 {
    if kept < all / 2 { kept } else { all / 2 }
}

impl Default for OtpSettings {
    fn default() -> Self {
        let quota = |policy, limit, window| Quota { policy, limit, window };
        Self {
            rules: ChallengeRules {
                life: TimeDelta::seconds(300),
                max_life: TimeDelta::seconds(600),
                max_attempts: 5,
                code_lengths: CodeLengths::CONTRACT,
            },
            cooldown: quota(Policy::OtpCooldown, 1, TimeDelta::seconds(60)),
            sends_hour: quota(Policy::OtpSend, 5, TimeDelta::hours(1)),
            sends_day: quota(Policy::OtpSendDay, 10, TimeDelta::hours(24)),
            sends_address: quota(Policy::OtpAddress, 30, TimeDelta::minutes(10)),
            guesses_phone: quota(Policy::OtpGuess, 20, TimeDelta::hours(24)),
            sends_kept: 3,
            guesses_kept: 5,
            failures_in_a_row: 100,
            failures_in_a_row_kept: 20,
            waits_s: vec![60, 300, 900, 3_600],
            guess_ceiling: 0.005,
        }
    }
}

/// When strangers must show a proof of work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProofDemand {
    /// Never.
    Never,
    /// While something is wrong.
    WhenNeeded,
    /// Always.
    Always,
}

/// Proof of work (docs/adr/0018).
#[derive(Clone, Copy, Debug)]
pub struct ProofSettings {
    /// When it is asked for.
    pub demand: ProofDemand,
    /// How hard and for how long.
    pub rules: ProofRules,
    /// Texts for waiting instead, per client network.
    pub waits_network: Quota,
    /// The same of everybody.
    pub waits: Quota,
}

impl ProofSettings {
    /// Whether anybody may wait instead of working.
    pub(crate) fn may_wait(&self) -> bool {
        self.waits_network.limit > 0 && self.waits.limit > 0
    }

    /// A puzzle is good once.
    pub(crate) fn once(&self) -> Quota {
        Quota { policy: Policy::OtpProof, limit: 1, window: self.rules.remembered() }
    }
}

impl Default for ProofSettings {
    fn default() -> Self {
        let an_hour = |limit| Quota { policy: Policy::OtpProof, limit, window: TimeDelta::hours(1) };
        Self {
            demand: ProofDemand::WhenNeeded,
            rules: ProofRules { bits: 18, life: TimeDelta::minutes(10), wait: TimeDelta::minutes(1) },
            waits_network: an_hour(5),
            waits: an_hour(60),
        }
    }
}

/// Reading phones.
#[derive(Clone, Debug)]
pub struct PhoneSettings {
    /// Region of a number typed without a country code.
    pub default_region: Region,
    /// Countries messages are sent to; others are refused before anything is written.
    pub countries: Vec<Region>,
    /// None of them but Saudi Arabia. Set while Salon runs, never configured.
    pub only_saudi: bool,
    /// No codes for signing in to numbers of other countries, for now. Likewise.
    pub foreign_paused: bool,
}

impl PhoneSettings {
    /// Whether messages are sent to a country.
    pub fn serves(&self, country: Region) -> bool {
        self.countries.contains(&country) && (country == Region::SA || !self.only_saudi)
    }

    /// Whether nobody signs in from there by text for now.
    pub fn is_paused(&self, country: Region) -> bool {
        self.foreign_paused && country != Region::SA
    }
}

impl Default for PhoneSettings {
    fn default() -> Self {
        Self { default_region: Region::SA, countries: vec![Region::SA], only_saudi: false, foreign_paused: false }
    }
}

/// Access tokens.
#[derive(Clone, Debug)]
pub struct TokenSettings {
    /// `iss`.
    pub issuer: String,
    /// `aud`.
    pub audience: String,
    /// Life of an access token.
    pub access: TimeDelta,
    /// Clock difference that is forgiven; at most 60 s.
    pub leeway: TimeDelta,
    /// How long the same successor is returned for a spent refresh token (a lost answer must not log anybody out).
    pub refresh_grace: TimeDelta,
}

impl Default for TokenSettings {
    fn default() -> Self {
        Self {
            issuer: "http://127.0.0.1:3000".to_owned(),
            audience: "salon".to_owned(),
            access: TimeDelta::minutes(10),
            leeway: TimeDelta::seconds(30),
            refresh_grace: TimeDelta::seconds(30),
        }
    }
}

/// How long sessions last.
#[derive(Clone, Copy, Debug)]
pub struct SessionSettings {
    /// Web sessions of customers.
    pub web_customer: SessionRules,
    /// Web sessions of staff and admins.
    pub web_staff: SessionRules,
    /// API sessions: idle is the life of a refresh token.
    pub api: SessionRules,
    /// How old a sign-in may be for a dangerous action.
    pub fresh_within: TimeDelta,
}

impl Default for SessionSettings {
    fn default() -> Self {
        let months = SessionRules { idle: TimeDelta::days(30), absolute: TimeDelta::days(90) };
        Self {
            web_customer: months,
            web_staff: SessionRules { idle: TimeDelta::minutes(30), absolute: TimeDelta::hours(12) },
            api: months,
            fresh_within: TimeDelta::minutes(10),
        }
    }
}

/// The second factor (docs/adr/0021).
#[derive(Clone, Copy, Debug)]
pub struct SecondFactorSettings {
    /// Wrong answers per person and day.
    pub guesses_day: Quota,
    /// Wrong answers per person and thirty days.
    pub guesses_month: Quota,
    /// How long ago it may have been shown for a dangerous action.
    pub step_up_within: TimeDelta,
}

impl SecondFactorSettings {
    pub(crate) const fn quotas(&self) -> [Quota; 2] {
        [self.guesses_day, self.guesses_month]
    }
}

impl Default for SecondFactorSettings {
    fn default() -> Self {
        let guesses = |limit, days| Quota { policy: Policy::FactorGuess, limit, window: TimeDelta::days(days) };
        Self { guesses_day: guesses(10, 1), guesses_month: guesses(30, 30), step_up_within: TimeDelta::minutes(10) }
    }
}

/// Passkeys (docs/adr/0023).
#[derive(Clone, Debug)]
pub struct PasskeySettings {
    /// What they are for. Without one there are none.
    pub site: Option<Site>,
    /// Sign-ins begun, per client address.
    pub begun: Quota,
}

impl Default for PasskeySettings {
    fn default() -> Self {
        Self {
            site: Site::of("http://localhost:3000"),
            begun: Quota { policy: Policy::PasskeyAddress, limit: 60, window: TimeDelta::minutes(10) },
        }
    }
}

/// How long things are kept (salon.md §5).
#[derive(Clone, Copy, Debug)]
pub struct Retention {
    /// Challenges and the guess and send logs.
    pub challenges: TimeDelta,
    /// Sent messages.
    pub messages: TimeDelta,
    /// Sessions, after their end.
    pub sessions: TimeDelta,
    /// People who never proved their phone, after their last challenge.
    pub pending: TimeDelta,
    /// People whose number is somebody else's, after it went and after they were last signed in.
    pub phoneless: TimeDelta,
    /// Audit entries.
    pub audit: TimeDelta,
}

impl Default for Retention {
    fn default() -> Self {
        Self {
            challenges: TimeDelta::days(30),
            messages: TimeDelta::days(180),
            sessions: TimeDelta::days(90),
            pending: TimeDelta::hours(72),
            phoneless: TimeDelta::days(730),
            audit: TimeDelta::days(730),
        }
    }
}

/// Handing messages over.
#[derive(Clone, Copy, Debug)]
pub struct DeliverySettings {
    /// Messages at the provider at once, per process.
    pub concurrency: u32,
}

impl Default for DeliverySettings {
    fn default() -> Self {
        Self { concurrency: 16 }
    }
}

/// Booking.
#[derive(Clone, Copy, Debug)]
pub struct BookingSettings {
    /// Slots held by one client address or one person: so few that nobody holds a salon empty, and enough to change one's mind.
    pub holds: Quota,
}

impl Default for BookingSettings {
    fn default() -> Self {
        Self { holds: Quota { policy: Policy::BookingHold, limit: 12, window: TimeDelta::minutes(10) } }
    }
}
