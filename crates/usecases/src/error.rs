//! Why a use case refused: what a caller can act on, plus `Internal`.

use domain::error::{ErrorCode, ValidationError};
use domain::limits::QuotaExceeded;
use domain::phone::PhoneError;
use domain::phone_move::Refusal;
use domain::salon::NotLive;
use store::StoreError;
use thiserror::Error as ThisError;

use crate::auth::proofs::ProofRequired;
use crate::booking::slots::OtherSlot;
use crate::salon::hours::Hit;

type Source = Box<dyn std::error::Error + Send + Sync>;

/// Seconds after which a caller may try again when the database was out of reach.
const DATABASE_RETRY_S: u64 = 2;

/// A refusal. One enum for all use cases: the doors map it once, and [`Error::code`] is the whole mapping.
#[derive(Debug, ThisError)]
pub enum Error {
    /// The phone cannot be read, or its country is not served.
    #[error("the phone was refused: {0}")]
    InvalidPhone(PhoneError),
    /// Fields are missing or wrong.
    #[error("the input was refused")]
    Validation(Vec<ValidationError>),
    /// Wrong code; `attempts_remaining` guesses are left.
    #[error("wrong code")]
    InvalidCode {
        /// Guesses left on this challenge.
        attempts_remaining: u8,
    },
    /// A passkey opens nothing here, whatever the reason.
    #[error("the passkey was refused")]
    PasskeyRefused,
    /// No live challenge of that id and purpose for this caller.
    #[error("no such challenge")]
    ChallengeNotFound,
    /// A proof of work comes first.
    #[error("a proof of work is needed")]
    ProofRequired(ProofRequired),
    /// A limit is spent.
    #[error("a limit is spent")]
    QuotaExceeded(QuotaExceeded),
    /// No usable credential.
    #[error("not signed in")]
    Unauthenticated,
    /// The credential's session is over.
    #[error("the session is over")]
    SessionEnded,
    /// The sign-in is too old for this.
    #[error("a fresh sign-in is needed")]
    FreshAuthenticationRequired,
    /// The second factor was shown too long ago for this. To a caller the same as the sign-in being too old: show it again.
    #[error("the second factor has to be shown again")]
    StepUpRequired,
    /// No second factor was shown in this session.
    #[error("a second factor is needed")]
    SecondFactorRequired,
    /// Known, and not allowed.
    #[error("not allowed")]
    Forbidden,
    /// Not there, or not the caller's.
    #[error("not found")]
    NotFound,
    /// It changed meanwhile, or belongs to another.
    #[error("conflict")]
    Conflict,
    /// Somebody else has the slot, or it is none. What is free nearest to it.
    #[error("the slot is taken")]
    SlotTaken(Vec<OtherSlot>),
    /// What was held is held no more.
    #[error("the hold is over")]
    HoldExpired,
    /// Something is not done to a booking, and why not. To a caller a conflict with that reason.
    #[error("not done to the booking: {0:?}")]
    BookingRefused(domain::booking::Refusal),
    /// A number is not moved, and why not. To a caller a conflict with that reason.
    #[error("the number is not moved: {0:?}")]
    MoveRefused(Refusal),
    /// What is to be changed leaves bookings outside the hours of those they are with. Confirmed, it is done all the same. To a caller a
    /// conflict with these bookings.
    #[error("{} bookings would be outside of all hours", .0.len())]
    HitsBookings(Vec<Hit>),
    /// What a salon lacks before the public may see it. To a caller a conflict with that reason.
    #[error("the salon cannot go live: {0:?}")]
    NotLive(NotLive),
    /// Something that must be there is not; try again.
    #[error("unavailable")]
    Unavailable {
        /// Seconds after which to try again.
        retry_after_s: u64,
        /// For the log.
        source: Source,
    },
    /// A fault of ours.
    #[error("internal error")]
    Internal(#[source] Source),
}

impl Error {
    /// The public code.
    pub const fn code(&self) -> ErrorCode {
        match self {
            Self::InvalidPhone(_) => ErrorCode::InvalidPhone,
            Self::Validation(_) => ErrorCode::Validation,
            Self::InvalidCode { .. } => ErrorCode::InvalidCode,
            Self::PasskeyRefused => ErrorCode::PasskeyRefused,
            Self::ChallengeNotFound => ErrorCode::ChallengeNotFound,
            Self::ProofRequired(_) => ErrorCode::ProofRequired,
            Self::QuotaExceeded(_) => ErrorCode::QuotaExceeded,
            Self::Unauthenticated => ErrorCode::Unauthenticated,
            Self::SessionEnded => ErrorCode::SessionEnded,
            Self::FreshAuthenticationRequired | Self::StepUpRequired => ErrorCode::FreshAuthenticationRequired,
            Self::SecondFactorRequired => ErrorCode::SecondFactorRequired,
            Self::Forbidden => ErrorCode::Forbidden,
            Self::NotFound => ErrorCode::NotFound,
            Self::SlotTaken(_) => ErrorCode::SlotTaken,
            Self::HoldExpired => ErrorCode::HoldExpired,
            Self::Conflict | Self::MoveRefused(_) | Self::BookingRefused(_) | Self::HitsBookings(_) | Self::NotLive(_) => {
                ErrorCode::Conflict
            }
            Self::Unavailable { .. } => ErrorCode::Unavailable,
            Self::Internal(_) => ErrorCode::Internal,
        }
    }

    /// Wraps a fault of ours.
    pub(crate) fn internal(source: impl Into<Source>) -> Self {
        Self::Internal(source.into())
    }
}

/// An error and what caused it, on one line: for the log, never for a caller.
pub fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        text = format!("{text}: {cause}");
        next = cause.source();
    }
    text
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::SlotTaken => Self::SlotTaken(Vec::new()),
            StoreError::Unavailable(_) => Self::Unavailable { retry_after_s: DATABASE_RETRY_S, source: Box::new(error) },
            other => Self::Internal(Box::new(other)),
        }
    }
}
