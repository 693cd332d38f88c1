//! Where a person is between two pages: the challenge they wait for, what they typed, and what the next page has to tell them.
//!
//! It lives in one encrypted cookie, so that any process can serve the next page and nothing is kept for people who never come back.

use crate::components::desk::{DeskNews, Refused};
use domain::challenge::Purpose;
use domain::error::{ErrorCode, FieldError};
use domain::ids::{ChallengeId, SessionId, UserId};
use domain::limits::{Policy, QuotaExceeded};
use domain::phone::{PhoneError, PhoneNumber, PhoneReason};
use domain::phone_move::Refusal;
use serde::{Deserialize, Serialize};
use usecases::{Error, Proof, ProofRequired};

/// Longest text kept from a field, in characters: enough for any honest input, and the cookie stays under 4 kB.
const TYPED_MAX_CHARS: usize = 120;

/// The whole of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Flow {
    /// The code to sign in with.
    pub sign_in: Option<Pending>,
    /// The code that moves the account to another number.
    pub change: Option<Pending>,
    /// The code that proves a number which staff have asked for.
    pub moving: Option<Moving>,
    /// The number that an admin is looking at for somebody.
    pub looked: Option<Looked>,
    /// Where to go after sign-in; checked again when it is used.
    pub next: Option<String>,
    /// Signed in, but asked to sign in anew.
    pub is_again: bool,
    /// Recovery codes that nobody has put away yet.
    pub recovery: Option<HandedOut>,
    /// What the next page says.
    pub flash: Option<Flash>,
}

/// Recovery codes on their way to whoever got them. The cookie is the only place where they are.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct HandedOut {
    /// Only this session is shown them.
    pub session: SessionId,
    /// As they are written down.
    pub codes: Vec<String>,
}

impl std::fmt::Debug for HandedOut {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("HandedOut([redacted])")
    }
}

/// A number that is being proved, and the one before it, both as their owner typed them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Moving {
    /// The code that is waited for.
    pub pending: Pending,
    /// The number until now; empty without one.
    pub old: String,
}

/// A number that an admin has typed for somebody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Looked {
    /// For whom.
    pub user: UserId,
    /// The number.
    pub e164: String,
}

/// A challenge somebody waits for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Pending {
    /// Which.
    pub challenge: ChallengeId,
    /// The number it went to, which is what this person just typed.
    pub e164: String,
    /// As typed, for going back to the form.
    pub typed: String,
}

impl Pending {
    /// The number, for showing it to the person who typed it.
    pub(crate) fn phone(&self) -> Option<PhoneNumber> {
        PhoneNumber::from_canonical(&self.e164)
    }
}

impl Flow {
    /// The challenge of this purpose.
    pub(crate) const fn pending(&self, purpose: Purpose) -> Option<&Pending> {
        match purpose {
            Purpose::Auth => self.sign_in.as_ref(),
            Purpose::Verify => self.change.as_ref(),
        }
    }

    /// Sets or clears it.
    pub(crate) fn set_pending(&mut self, purpose: Purpose, pending: Option<Pending>) {
        match purpose {
            Purpose::Auth => self.sign_in = pending,
            Purpose::Verify => self.change = pending,
        }
    }
}

/// A message for one page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Flash {
    /// The page it is for.
    pub page: String,
    /// Good news, told once.
    pub news: Option<News>,
    /// What went wrong; stays while the person stays on the page.
    pub faults: Vec<Fault>,
    /// What was typed, by field.
    pub typed: Vec<(String, String)>,
    /// What a machine has to show first, or a person to wait for.
    pub check: Option<Check>,
}

/// A proof of work that the form has to bring along.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Check {
    /// The puzzle.
    pub puzzle: String,
    /// Leading zero bits.
    pub bits: u8,
    /// When it is good without a solution, in seconds since 1970; `None`: not at all.
    pub ready_at: Option<i64>,
    /// What came before it.
    pub before: Before,
}

/// What came before a check.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Before {
    /// Nothing.
    Nothing,
    /// The same puzzle, brought back too early.
    TooEarly,
    /// Another puzzle, that was of no use.
    InVain,
}

impl Check {
    /// Of what is asked for after `shown` was brought.
    pub(crate) fn new(asked: ProofRequired, shown: Option<&Proof>, now: i64) -> Self {
        let before = match shown {
            None => Before::Nothing,
            Some(shown) if shown.puzzle == asked.puzzle => Before::TooEarly,
            Some(_) => Before::InVain,
        };
        let ready_at = asked.wait_s.map(|wait| now.saturating_add(i64::try_from(wait).unwrap_or(i64::MAX)));
        Self { puzzle: asked.puzzle, bits: asked.bits, ready_at, before }
    }
}

impl Flash {
    /// Good news for `page`.
    pub(crate) fn news(page: &str, news: News) -> Self {
        Self { page: page.to_owned(), news: Some(news), ..Self::default() }
    }

    /// Faults for `page`, with what was typed.
    pub(crate) fn faults(page: &str, faults: Vec<Fault>, typed: &[(&str, &str)]) -> Self {
        Self { page: page.to_owned(), faults, ..Self::default() }.with_typed(typed)
    }

    /// Keeps what was typed.
    pub(crate) fn with_typed(mut self, typed: &[(&str, &str)]) -> Self {
        self.typed =
            typed.iter().map(|(field, text)| ((*field).to_owned(), text.chars().take(TYPED_MAX_CHARS).collect())).collect();
        self
    }
}

/// Good news.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum News {
    Saved,
    Resent,
    AlreadySent,
    SignInAgain,
    SignedOut,
    Erased,
    PhoneChanged,
    PhoneConfirmed,
    SignInIsOver,
    SessionEnded,
    OthersEnded,
    SessionWasOver,
    SecondFactorRemoved,
    PersonAdded,
    PersonWasThere,
    PersonBlocked,
    PersonUnblocked,
    PersonSessionsEnded,
    NoteAdded,
    NoteDeleted,
    RoleGranted,
    RoleRevoked,
    RequestOpened,
    RequestWithdrawn,
    WrittenDown,
    PersonErased,
    NumberMoved,
    MoveAsked,
    MoveCancelled,
    MoveUndone,
    PasskeyAdded,
    PasskeyRemoved,
    Desk(DeskNews),
    PasskeyRenamed,
    SalonCreated,
    SalonRoleGranted,
    SalonRoleRevoked,
}

/// Something wrong, and the field it is about, if it is about one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Fault {
    /// The field's name, which is its id in the page too.
    pub field: Option<String>,
    /// What.
    pub what: What,
}

/// What can be wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum What {
    /// The phone was refused; `reason` is its public code.
    Phone { reason: String, suggestion: Option<String> },
    /// A field was refused.
    Field(FieldError),
    /// Wrong code.
    WrongCode { left: u8 },
    /// No code in the field.
    NoCode,
    /// Nothing to enter a code for any more.
    Expired,
    /// Guessed dead.
    Dead,
    /// Over a limit until then, in seconds since 1970: a page shown later tells a shorter wait.
    TooMany { policy: Policy, until: i64 },
    /// The text could not go out.
    NotSent,
    /// The text will not come: nobody can send it to this number.
    NotDelivered,
    /// The account is shut.
    Blocked,
    /// The number belongs to somebody else.
    Taken,
    /// Wrong answer to the second factor.
    WrongFactor { left: u8 },
    /// No answer to it in the field.
    NoFactorCode,
    /// Nothing is being set up any more.
    EnrolmentOver,
    /// No person was chosen.
    NobodyChosen,
    /// The box was not ticked.
    NotTicked,
    /// Nobody else can run the platform.
    LastAdmin,
    /// Nothing waits for the number that was proved.
    NothingWaits,
    /// Something did, and it could not be done.
    MoveStopped,
    /// Staff cannot have a number moved.
    Move(Refusal),
    /// Not done to a booking.
    Booking(Refused),
    /// It leaves bookings outside of all hours: how many, and the first of them.
    HitsBookings { count: usize, first: Vec<HitShown> },
    /// What a salon lacks before it can be published, as its public name.
    NotLive { lacks: String },
    /// What the words of a salon's set-up have a sentence of their own for.
    Salon(SalonFault),
    /// Anything else.
    Problem(ErrorCode),
}

/// A booking that would be outside of all hours.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct HitShown {
    /// What the customer knows it by.
    pub code: String,
    /// When it begins, in seconds since 1970.
    pub starts_s: i64,
}

/// What stands in the way of setting a salon up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum SalonFault {
    SlugTaken,
    LastOwner,
    WorksThere,
    ServiceBooked,
}

/// As many as fit into a cookie.
const HITS_SHOWN: usize = 12;

impl Fault {
    /// A fault of `field`.
    pub(crate) fn of(field: &str, what: What) -> Self {
        Self { field: Some(field.to_owned()), what }
    }

    /// A refusal of a use case, in the terms of a page. `field` is the form's main field; `now` is in seconds since 1970.
    pub(crate) fn from_error(error: &Error, field: &str, now: i64) -> Vec<Self> {
        let what = match error {
            Error::InvalidPhone(error) => What::phone(error),
            Error::Validation(errors) => {
                let faults = errors.iter().map(|error| Self::of(error.pointer.trim_start_matches('/'), What::Field(error.code)));
                return faults.collect();
            }
            Error::InvalidCode { attempts_remaining: 0 } => What::Dead,
            Error::InvalidCode { attempts_remaining } => What::WrongCode { left: *attempts_remaining },
            Error::ChallengeNotFound => What::Expired,
            Error::QuotaExceeded(refusal) => What::too_many(refusal, now),
            Error::HitsBookings(hits) => What::HitsBookings {
                count: hits.len(),
                first: hits
                    .iter()
                    .take(HITS_SHOWN)
                    .map(|hit| HitShown { code: hit.code.clone(), starts_s: hit.starts_at.timestamp() })
                    .collect(),
            },
            Error::NotLive(lacks) => What::NotLive { lacks: lacks.as_str().to_owned() },
            // Only a form that asks for a text is about a phone; elsewhere nothing was to be sent.
            Error::Unavailable { .. } if field == "phone" => What::NotSent,
            other => What::Problem(other.code()),
        };
        let field = what.is_about_the_field().then(|| field.to_owned());
        vec![Self { field, what }]
    }
}

impl What {
    fn phone(error: &PhoneError) -> Self {
        let suggestion = error.suggestion.as_ref().map(|phone| phone.as_e164().to_owned());
        Self::Phone { reason: error.reason.as_str().to_owned(), suggestion }
    }

    fn too_many(refusal: &QuotaExceeded, now: i64) -> Self {
        let wait = refusal.retry_after_s();
        // The one that lasts longest is the one to explain.
        let policy = refusal
            .violated
            .iter()
            .max_by_key(|standing| standing.reset_in_s())
            .map_or(Policy::Flood, |standing| standing.quota.policy);
        Self::TooMany { policy, until: now.saturating_add(i64::try_from(wait).unwrap_or(i64::MAX)) }
    }

    /// Whether the person can put it right in the field; otherwise the field is not marked as wrong.
    const fn is_about_the_field(&self) -> bool {
        matches!(self, Self::Phone { .. } | Self::Field(_) | Self::WrongCode { .. } | Self::NoCode | Self::Taken)
    }

    /// The reason behind [`What::Phone`].
    pub(crate) fn phone_reason(reason: &str) -> PhoneReason {
        PhoneReason::parse(reason).unwrap_or(PhoneReason::InvalidNumber)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flow_survives_its_cookie() {
        let flow = Flow {
            sign_in: Some(Pending {
                challenge: "6fa2b1a8-54c7-4b0f-9d0c-1f1b0a3c9a10".parse().expect("an id"),
                e164: "+966501234567".into(),
                typed: "٠٥٠١٢٣٤٥٦٧".into(),
            }),
            next: Some("/account".into()),
            flash: Some(Flash::faults(
                "/login/code",
                vec![Fault::of("code", What::WrongCode { left: 2 })],
                &[("phone", "0501234567")],
            )),
            ..Flow::default()
        };
        let text = serde_json::to_string(&flow).unwrap();
        assert_eq!(serde_json::from_str::<Flow>(&text).unwrap(), flow);
        assert_eq!(serde_json::from_str::<Flow>("{}").unwrap(), Flow::default());
    }

    #[test]
    fn the_last_wrong_guess_is_told_as_the_end() {
        let fault = |left| Fault::from_error(&Error::InvalidCode { attempts_remaining: left }, "code", 0).remove(0);
        assert_eq!(fault(0).what, What::Dead);
        assert_eq!(fault(0).field, None);
        assert_eq!(fault(3), Fault::of("code", What::WrongCode { left: 3 }));
    }

    #[test]
    fn a_check_knows_what_came_before_it() {
        let asked = || ProofRequired { puzzle: "p".into(), bits: 18, expires_at: chrono::DateTime::UNIX_EPOCH, wait_s: Some(60) };
        let before = |shown: Option<&str>| {
            let shown = shown.map(|puzzle| Proof { puzzle: puzzle.to_owned(), solution: None });
            Check::new(asked(), shown.as_ref(), 1_000)
        };
        assert_eq!(before(None).ready_at, Some(1_060));
        assert_eq!(
            [None, Some("p"), Some("q")].map(|shown| before(shown).before),
            [Before::Nothing, Before::TooEarly, Before::InVain]
        );
        let never = ProofRequired { wait_s: None, ..asked() };
        assert_eq!(Check::new(never, None, 1_000).ready_at, None);
    }

    #[test]
    fn what_was_typed_is_cut_to_fit_a_cookie() {
        let flash = Flash::default().with_typed(&[("phone", &"ص".repeat(4_000))]);
        assert_eq!(flash.typed[0].1.chars().count(), TYPED_MAX_CHARS);
    }
}
