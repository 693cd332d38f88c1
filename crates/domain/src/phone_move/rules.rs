//! Whose number may move to whom. People are as they stand in the database at this moment, locked.

use chrono::{DateTime, Utc};

use super::{MoveKind, MoveState, PhoneMove, Refusal, Step, WAITS_FOR};
use crate::ids::{PhoneMoveId, UserId};
use crate::phone::PhoneNumber;
use crate::user::{User, UserStatus};

/// What an admin asks for.
#[derive(Clone, Debug)]
pub struct Ask<'a> {
    /// Key, should it come to be.
    pub id: PhoneMoveId,
    /// What.
    pub kind: MoveKind,
    /// The number.
    pub phone: PhoneNumber,
    /// Who is to get it; `None`: somebody who has no account yet.
    pub gainer: Option<&'a User>,
    /// Whose it is. Whoever never proved it is nobody, and so are testers whose time is over.
    pub holder: Option<&'a User>,
    /// Who asks.
    pub by: UserId,
    /// When.
    pub now: DateTime<Utc>,
}

/// What a move that is done changed, as it is now.
#[derive(Clone, Copy, Debug)]
pub struct Before<'a> {
    /// Who got the number.
    pub gainer: Option<&'a User>,
    /// Who lost it.
    pub loser: Option<&'a User>,
    /// Whose the gainer's old number is now, if somebody has proved it.
    pub old_holder: Option<UserId>,
    /// Whose the number itself is now, if somebody has proved it.
    pub holder: Option<UserId>,
}

/// Who may be given a number at all: somebody who has proved one before. An account that nobody has claimed owns nothing that could
/// move along.
fn may_gain(user: &User) -> Result<(), Refusal> {
    match user.status {
        _ if user.is_sandbox => Err(Refusal::Sandbox),
        UserStatus::Erased => Err(Refusal::Erased),
        UserStatus::Blocked => Err(Refusal::Blocked),
        UserStatus::Pending => Err(Refusal::Unclaimed),
        UserStatus::Active | UserStatus::Phoneless => Ok(()),
    }
}

/// Who may lose theirs. Roles go nowhere by this way: an account that holds some has to be without them first. A blocked account may lose
/// its number to a newcomer, and stays blocked; it may not be merged into one that is not.
fn may_lose(kind: MoveKind, user: &User) -> Result<(), Refusal> {
    match user.status {
        _ if user.is_sandbox => Err(Refusal::Sandbox),
        _ if !user.roles.is_empty() => Err(Refusal::HasRoles),
        UserStatus::Blocked if kind != MoveKind::Recycled => Err(Refusal::Blocked),
        UserStatus::Erased | UserStatus::Phoneless => Err(Refusal::MovedOn),
        UserStatus::Pending | UserStatus::Active | UserStatus::Blocked => Ok(()),
    }
}

impl PhoneMove {
    /// What begins to wait for its proof.
    ///
    /// # Errors
    /// The reason why not. Whether something waits already is for the database to say.
    pub fn ask(ask: &Ask<'_>) -> Result<Self, Refusal> {
        if [ask.gainer, ask.holder].into_iter().flatten().any(|user| user.id == ask.by) {
            return Err(Refusal::OneSelf);
        }
        if let Some(gainer) = ask.gainer {
            may_gain(gainer)?;
            if gainer.phone.as_ref() == Some(&ask.phone) {
                return Err(Refusal::SameNumber);
            }
        }
        let loser = match (ask.kind, ask.gainer, ask.holder) {
            (MoveKind::Change, Some(_), None) => None,
            (MoveKind::Merge, Some(_), Some(holder)) | (MoveKind::Recycled, _, Some(holder)) => {
                may_lose(ask.kind, holder)?;
                Some(holder.id)
            }
            (MoveKind::Change | MoveKind::Merge, _, Some(_)) => return Err(Refusal::NumberTaken),
            (_, _, None) => return Err(Refusal::NumberFree),
        };
        Ok(Self {
            id: ask.id,
            kind: ask.kind,
            stored: MoveState::Pending,
            phone: ask.phone.clone(),
            gainer: ask.gainer.map(|user| user.id),
            loser,
            old_phone: None,
            asked_by: ask.by,
            asked_at: ask.now,
            changed_at: ask.now,
            over_at: ask.now + WAITS_FOR,
        })
    }

    /// What it is once the owner of the number has proved it: with who really loses it, and the number that the gainer had.
    ///
    /// Whoever came to the number after this was asked for is its owner too, who went to the sign-in first: that account is merged. Anybody
    /// else who has it by now keeps it.
    ///
    /// # Errors
    /// The reason why not.
    pub fn prove(
        &self,
        gainer: Option<&User>,
        holder: Option<&User>,
        is_newcomer: bool,
        now: DateTime<Utc>,
    ) -> Result<Self, Refusal> {
        let done = self.step(Step::Prove, now)?;
        if let Some(gainer) = gainer {
            may_gain(gainer)?;
        }
        let loser = match holder {
            None => None,
            Some(holder) if Some(holder.id) == self.gainer => return Err(Refusal::MovedOn),
            Some(holder) if Some(holder.id) == self.loser => {
                may_lose(self.kind, holder)?;
                Some(holder.id)
            }
            Some(holder) if self.kind == MoveKind::Change && is_newcomer => {
                may_lose(MoveKind::Merge, holder)?;
                Some(holder.id)
            }
            Some(_) => return Err(Refusal::NumberTaken),
        };
        // Nothing is left to be done: the number was given up in another way.
        if self.gainer.is_none() && loser.is_none() {
            return Err(Refusal::MovedOn);
        }
        Ok(Self { loser, old_phone: gainer.and_then(|user| user.phone.clone()), ..done })
    }

    /// What it is once it is taken back.
    ///
    /// # Errors
    /// The reason why not: nothing is taken from somebody who has proved a number since.
    pub fn undo(&self, before: Before<'_>, now: DateTime<Utc>) -> Result<Self, Refusal> {
        let undone = self.step(Step::Undo, now)?;
        match before.gainer {
            Some(gainer) if gainer.phone.as_ref() != Some(&self.phone) => return Err(Refusal::MovedOn),
            Some(gainer) if before.old_holder.is_some_and(|holder| holder != gainer.id) => return Err(Refusal::OldNumberTaken),
            None if self.gainer.is_some() => return Err(Refusal::MovedOn),
            None if before.holder.is_some() => return Err(Refusal::NumberTaken),
            _ => {}
        }
        match before.loser {
            Some(loser) if loser.status != UserStatus::Phoneless => Err(Refusal::MovedOn),
            None if self.loser.is_some() => Err(Refusal::MovedOn),
            _ => Ok(undone),
        }
    }
}
