//! One act on many people, and who is left out of it.

use crate::ids::UserId;
use crate::permission::Permission;
use crate::role::Role;
use crate::user::{User, UserStatus};

/// People in one run at most.
pub const BULK_MOST: usize = 10_000;

/// What is done to each of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BulkAct {
    /// Shut them out.
    Block,
    /// Let them in again.
    Unblock,
    /// Sign them out everywhere.
    EndSessions,
    /// Take their data out.
    Export,
}

impl BulkAct {
    /// Every act, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::Block, Self::Unblock, Self::EndSessions, Self::Export];

    /// The stored name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Block => "block",
            Self::Unblock => "unblock",
            Self::EndSessions => "end_sessions",
            Self::Export => "export",
        }
    }

    /// Reads [`BulkAct::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|act| act.as_str() == text)
    }

    /// What whoever does it must be allowed to do to one person.
    pub const fn permission(self) -> Permission {
        match self {
            Self::Block | Self::Unblock => Permission::PeopleBlock,
            Self::EndSessions => Permission::PeopleEndSessions,
            Self::Export => Permission::PeopleExport,
        }
    }

    /// Whether the second factor has to be shown again.
    pub const fn needs_step_up(self) -> bool {
        matches!(self, Self::Block | Self::Export)
    }

    /// Why this person is not among those it is done to. Looked at when they are chosen, and again when it is their turn.
    pub fn leaves_out(self, actor: UserId, user: &User) -> Option<LeftOut> {
        let is_blocked = user.status == UserStatus::Blocked;
        match self {
            _ if user.status == UserStatus::Erased => Some(LeftOut::Erased),
            Self::Export => None,
            _ if user.id == actor => Some(LeftOut::Yourself),
            Self::Block if is_blocked => Some(LeftOut::AlreadyBlocked),
            // Nobody can sign in there: there is nobody to shut out.
            Self::Block if user.status == UserStatus::Phoneless => Some(LeftOut::Phoneless),
            // One at a time, by somebody who means it: so the last admin is never shut out by a tick too many.
            Self::Block if user.roles.contains(&Role::PlatformAdmin) => Some(LeftOut::Admin),
            Self::Unblock if !is_blocked => Some(LeftOut::NotBlocked),
            Self::Block | Self::Unblock | Self::EndSessions => None,
        }
    }
}

/// Where a run stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BulkState {
    /// Its people are chosen, and nothing is done.
    Prepared,
    /// Somebody has said yes.
    Running,
    /// Everybody has had their turn.
    Finished,
}

impl BulkState {
    /// The stored name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Prepared => "prepared",
            Self::Running => "running",
            Self::Finished => "finished",
        }
    }

    /// Reads [`BulkState::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Prepared, Self::Running, Self::Finished].into_iter().find(|state| state.as_str() == text)
    }
}

/// What became of one person in a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BulkOutcome {
    /// It was done.
    Done,
    /// It was not to be done.
    Skipped(LeftOut),
    /// It could not be done, for a fault of ours that the log tells.
    Failed,
}

impl BulkOutcome {
    /// The stored name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Skipped(_) => "skipped",
            Self::Failed => "failed",
        }
    }

    /// The stored reason.
    pub const fn reason(self) -> Option<&'static str> {
        match self {
            Self::Skipped(why) => Some(why.as_str()),
            Self::Done | Self::Failed => None,
        }
    }

    /// Reads the two.
    pub fn parse(text: &str, reason: Option<&str>) -> Option<Self> {
        match (text, reason) {
            ("done", None) => Some(Self::Done),
            ("failed", None) => Some(Self::Failed),
            ("skipped", Some(reason)) => LeftOut::parse(reason).map(Self::Skipped),
            _ => None,
        }
    }
}

/// Why a person was left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeftOut {
    /// Whoever does it.
    Yourself,
    /// They run the platform.
    Admin,
    /// Nobody is left.
    Erased,
    /// They are shut out already.
    AlreadyBlocked,
    /// They have no number to sign in with.
    Phoneless,
    /// They are not shut out.
    NotBlocked,
    /// They are signed in nowhere.
    NotSignedIn,
    /// The person is no longer there.
    Gone,
    /// Whoever began it may no longer do it.
    NotAllowed,
}

impl LeftOut {
    /// Every reason.
    pub const ALL: [Self; 9] = [
        Self::Yourself,
        Self::Admin,
        Self::Erased,
        Self::AlreadyBlocked,
        Self::Phoneless,
        Self::NotBlocked,
        Self::NotSignedIn,
        Self::Gone,
        Self::NotAllowed,
    ];

    /// The stored name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Yourself => "yourself",
            Self::Admin => "admin",
            Self::Erased => "erased",
            Self::AlreadyBlocked => "already_blocked",
            Self::Phoneless => "phoneless",
            Self::NotBlocked => "not_blocked",
            Self::NotSignedIn => "not_signed_in",
            Self::Gone => "gone",
            Self::NotAllowed => "not_allowed",
        }
    }

    /// Reads [`LeftOut::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|why| why.as_str() == text)
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use uuid::Uuid;

    use super::*;
    use crate::locale::Locale;
    use crate::user::UserOrigin;

    fn user(number: u128, status: UserStatus, roles: &[Role]) -> User {
        User {
            id: UserId(Uuid::from_u128(number)),
            phone: None,
            status,
            is_phone_verified: true,
            epoch: 1,
            given_name: None,
            family_name: None,
            email: None,
            locale: Locale::Ar,
            origin: UserOrigin::SelfService,
            is_sandbox: false,
            roles: roles.to_vec(),
            created_at: DateTime::UNIX_EPOCH,
            last_seen_at: None,
        }
    }

    #[test]
    fn nobody_acts_on_themselves_and_admins_are_blocked_one_at_a_time() {
        let me = UserId(Uuid::from_u128(1));
        let admin = |number| user(number, UserStatus::Active, &[Role::PlatformAdmin]);
        let (active, blocked) = (user(2, UserStatus::Active, &[Role::Owner]), user(3, UserStatus::Blocked, &[]));
        let phoneless = user(6, UserStatus::Phoneless, &[]);
        let erased = user(4, UserStatus::Erased, &[]);
        for (act, person, expected) in [
            (BulkAct::Block, &admin(1), Some(LeftOut::Yourself)),
            (BulkAct::Block, &admin(5), Some(LeftOut::Admin)),
            (BulkAct::Block, &active, None),
            (BulkAct::Block, &blocked, Some(LeftOut::AlreadyBlocked)),
            (BulkAct::Block, &phoneless, Some(LeftOut::Phoneless)),
            (BulkAct::Unblock, &blocked, None),
            (BulkAct::Unblock, &active, Some(LeftOut::NotBlocked)),
            (BulkAct::EndSessions, &admin(1), Some(LeftOut::Yourself)),
            (BulkAct::EndSessions, &admin(5), None),
            (BulkAct::Export, &admin(1), None),
        ] {
            assert_eq!(act.leaves_out(me, person), expected, "{act:?} {person:?}");
        }
        for act in BulkAct::ALL {
            assert_eq!(act.leaves_out(me, &erased), Some(LeftOut::Erased));
            assert_eq!(BulkAct::parse(act.as_str()), Some(act));
        }
    }

    #[test]
    fn an_outcome_is_read_as_it_was_written() {
        let skipped = LeftOut::ALL.map(BulkOutcome::Skipped);
        for outcome in [BulkOutcome::Done, BulkOutcome::Failed].into_iter().chain(skipped) {
            assert_eq!(BulkOutcome::parse(outcome.as_str(), outcome.reason()), Some(outcome));
        }
        assert_eq!(BulkOutcome::parse("skipped", None), None);
        assert_eq!(BulkOutcome::parse("done", Some("gone")), None);
    }
}
