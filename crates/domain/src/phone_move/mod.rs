//! A number that is to become somebody's because staff ask for it. Staff ask, the owner of the number proves it, and for a day it can be
//! taken back (docs/adr/0024).
//!
//! To add a kind: a variant, its line in `rules`, its words in the pages.

mod refusal;
mod rules;
#[cfg(test)]
mod tests;

use chrono::{DateTime, TimeDelta, Utc};

use crate::ids::{PhoneMoveId, UserId};
use crate::phone::PhoneNumber;

pub use refusal::Refusal;
pub use rules::{Ask, Before};

/// For so long it waits for the owner of the number.
pub const WAITS_FOR: TimeDelta = TimeDelta::hours(72);
/// For so long it can be taken back.
pub const UNDO_WITHIN: TimeDelta = TimeDelta::hours(24);

/// What staff ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MoveKind {
    /// The number is free: the account gets it.
    Change,
    /// The number is on another account of the same person: the two become one.
    Merge,
    /// The number is on the account of somebody who had it before: that account loses it.
    Recycled,
}

impl MoveKind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Change, Self::Merge, Self::Recycled];

    /// The stored and public name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Change => "change",
            Self::Merge => "merge",
            Self::Recycled => "recycled",
        }
    }

    /// Reads [`MoveKind::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
}

/// Where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MoveState {
    /// Waits for the owner of the number to prove it.
    Pending,
    /// The owner has proved it, and the accounts are changed.
    Done,
    /// It was done, and all of it was taken back.
    Undone,
    /// Somebody thought better of it before it was proved.
    Cancelled,
    /// Nobody proved it in time.
    Expired,
}

impl MoveState {
    /// Every state.
    pub const ALL: [Self; 5] = [Self::Pending, Self::Done, Self::Undone, Self::Cancelled, Self::Expired];

    /// The stored and public name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Done => "done",
            Self::Undone => "undone",
            Self::Cancelled => "cancelled",
            Self::Expired => "expired",
        }
    }

    /// Reads [`MoveState::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }
}

/// One of them, from the asking until nothing can come of it any more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhoneMove {
    /// Key.
    pub id: PhoneMoveId,
    /// What was asked for.
    pub kind: MoveKind,
    /// Where it stood at `changed_at`. What waits longer than it may has expired, written down or not: see [`PhoneMove::state`].
    pub stored: MoveState,
    /// The number.
    pub phone: PhoneNumber,
    /// Who gets it. `None`: whoever signs in with it next, who starts empty.
    pub gainer: Option<UserId>,
    /// Who loses it: as asked for, and once it is done as it was.
    pub loser: Option<UserId>,
    /// The number that the gainer had before, once it is done.
    pub old_phone: Option<PhoneNumber>,
    /// Who asked.
    pub asked_by: UserId,
    /// When.
    pub asked_at: DateTime<Utc>,
    /// When it came into this state.
    pub changed_at: DateTime<Utc>,
    /// When nothing can come of this state any more.
    pub over_at: DateTime<Utc>,
}

/// What moves it on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The owner of the number has proved it.
    Prove,
    /// Staff think better of it.
    Cancel,
    /// Nobody came.
    Expire,
    /// Staff take it back.
    Undo,
}

impl PhoneMove {
    /// Where it stands at `now`.
    pub fn state(&self, now: DateTime<Utc>) -> MoveState {
        match self.stored {
            MoveState::Pending if now >= self.over_at => MoveState::Expired,
            state => state,
        }
    }

    /// Whether its number waits to be proved at `now`.
    pub fn is_open(&self, now: DateTime<Utc>) -> bool {
        self.state(now) == MoveState::Pending
    }

    /// Whether it is done and can be taken back at `now`.
    pub fn is_undoable(&self, now: DateTime<Utc>) -> bool {
        self.stored == MoveState::Done && now < self.over_at
    }

    /// Whether two accounts become one: as asked for, or because the owner of the number signed in with it first.
    pub fn is_merge(&self) -> bool {
        self.kind != MoveKind::Recycled && self.loser.is_some()
    }

    /// Who is part of it.
    pub fn people(&self) -> Vec<UserId> {
        self.gainer.into_iter().chain(self.loser).collect()
    }

    /// The whole of the machine: what it is after `step` at `now`.
    ///
    /// # Errors
    /// `Over` when there is no such step from where it stands, `TooLate` when there was one until a moment ago.
    pub fn step(&self, step: Step, now: DateTime<Utc>) -> Result<Self, Refusal> {
        let to = |stored, over_at| Ok(Self { stored, changed_at: now, over_at, ..self.clone() });
        match (self.stored, step) {
            (MoveState::Pending, Step::Expire) if now >= self.over_at => to(MoveState::Expired, now),
            (MoveState::Pending, Step::Prove | Step::Cancel) | (MoveState::Done, Step::Undo) if now >= self.over_at => {
                Err(Refusal::TooLate)
            }
            (MoveState::Pending, Step::Prove) => to(MoveState::Done, now + UNDO_WITHIN),
            (MoveState::Pending, Step::Cancel) => to(MoveState::Cancelled, now),
            (MoveState::Done, Step::Undo) => to(MoveState::Undone, now),
            _ => Err(Refusal::Over),
        }
    }
}
