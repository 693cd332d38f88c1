//! Why a number is not moved.

use serde::{Deserialize, Serialize};

/// A reason that staff can act on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// One's own account is moved from its own pages, or by somebody else.
    OneSelf,
    /// Who should get it has never proved a number: add them with the right one instead.
    Unclaimed,
    /// One of the two is blocked.
    Blocked,
    /// Nobody is left there.
    Erased,
    /// It is an account of testers.
    Sandbox,
    /// Who would lose their number has roles: take those away first.
    HasRoles,
    /// They have this number already.
    SameNumber,
    /// The number belongs to an account: say whether it is the same person or somebody who had it before.
    NumberTaken,
    /// Nobody has the number: there is nothing to merge and nobody to take it from.
    NumberFree,
    /// Something waits already for this number, or for one of these people.
    AlreadyAsked,
    /// There is nothing of the kind to cancel or to undo any more.
    Over,
    /// Its time is over.
    TooLate,
    /// The accounts have changed since.
    MovedOn,
    /// The number they had before is somebody else's by now.
    OldNumberTaken,
}

impl Refusal {
    /// Every reason.
    pub const ALL: [Self; 14] = [
        Self::OneSelf,
        Self::Unclaimed,
        Self::Blocked,
        Self::Erased,
        Self::Sandbox,
        Self::HasRoles,
        Self::SameNumber,
        Self::NumberTaken,
        Self::NumberFree,
        Self::AlreadyAsked,
        Self::Over,
        Self::TooLate,
        Self::MovedOn,
        Self::OldNumberTaken,
    ];

    /// The public name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::OneSelf => "one_self",
            Self::Unclaimed => "unclaimed",
            Self::Blocked => "blocked",
            Self::Erased => "erased",
            Self::Sandbox => "sandbox",
            Self::HasRoles => "has_roles",
            Self::SameNumber => "same_number",
            Self::NumberTaken => "number_taken",
            Self::NumberFree => "number_free",
            Self::AlreadyAsked => "already_asked",
            Self::Over => "over",
            Self::TooLate => "too_late",
            Self::MovedOn => "moved_on",
            Self::OldNumberTaken => "old_number_taken",
        }
    }
}
