//! What somebody asks about their data, from the asking to the answer. The law gives thirty days, once thirty more with a reason.
//!
//! ```text
//! open ──start──► in_progress ──finish──► done
//!   │                 ├────────refuse───► refused
//!   └───withdraw──────┴───────withdraw──► withdrawn
//! ```

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::ids::{RequestId, UserId};
use crate::permission::Permission;
use crate::user::UserOrigin;

/// Until when there has to be an answer.
pub const ANSWER_WITHIN: TimeDelta = TimeDelta::days(30);
/// By how much that may be put off, once.
pub const EXTENSION: TimeDelta = TimeDelta::days(30);
/// Longest text of a request, in characters.
pub const TEXT_MAX_CHARS: usize = 500;

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RequestKind {
    /// To see or be given the data.
    Access,
    /// To have it put right.
    Correction,
    /// To have it destroyed.
    Erasure,
    /// That it is not used for something.
    Objection,
}

impl RequestKind {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::Access, Self::Correction, Self::Erasure, Self::Objection];

    /// The stored and public name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Access => "access",
            Self::Correction => "correction",
            Self::Erasure => "erasure",
            Self::Objection => "objection",
        }
    }

    /// Reads [`RequestKind::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }

    /// What somebody must be allowed to answer it: whoever could do what it asks for.
    pub const fn permission(self) -> Permission {
        match self {
            Self::Erasure => Permission::PeopleErase,
            Self::Access | Self::Correction | Self::Objection => Permission::PeopleExport,
        }
    }
}

/// Where a request stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RequestState {
    /// Nobody is at it yet.
    Open,
    /// Somebody is.
    InProgress,
    /// What was asked for was done.
    Done,
    /// It was not, for a reason that is told.
    Refused,
    /// Whoever asked does not want it any more.
    Withdrawn,
}

impl RequestState {
    /// Every state.
    pub const ALL: [Self; 5] = [Self::Open, Self::InProgress, Self::Done, Self::Refused, Self::Withdrawn];

    /// The stored and public name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::InProgress => "in_progress",
            Self::Done => "done",
            Self::Refused => "refused",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// Reads [`RequestState::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }

    /// Whether there is an answer, or none is wanted.
    pub const fn is_closed(self) -> bool {
        matches!(self, Self::Done | Self::Refused | Self::Withdrawn)
    }
}

/// What is done to a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RequestAct {
    /// An admin takes it on.
    Start,
    /// What was asked for is done.
    Finish,
    /// It will not be done, and why.
    Refuse(String),
    /// It takes longer, and why.
    Extend(String),
    /// Whoever asked takes it back.
    Withdraw,
}

impl RequestAct {
    /// The public name.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Finish => "finish",
            Self::Refuse(_) => "refuse",
            Self::Extend(_) => "extend",
            Self::Withdraw => "withdraw",
        }
    }
}

/// A request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrivacyRequest {
    /// Key.
    pub id: RequestId,
    /// Whose data it is about.
    pub user_id: UserId,
    /// What is asked for.
    pub kind: RequestKind,
    /// Where it stands.
    pub state: RequestState,
    /// The person themselves, or staff they told.
    pub opened_by: UserOrigin,
    /// In their own words.
    pub said: Option<String>,
    /// What staff wrote down about it, for staff.
    pub note: Option<String>,
    /// When.
    pub opened_at: DateTime<Utc>,
    /// When the answer is due.
    pub due_at: DateTime<Utc>,
    /// When that was put off.
    pub extended_at: Option<DateTime<Utc>>,
    /// Why; told to the person.
    pub extension_reason: Option<String>,
    /// Why it was refused; told to the person.
    pub refusal_reason: Option<String>,
    /// The admin who is at it.
    pub handled_by: Option<UserId>,
    /// When it was answered or taken back.
    pub closed_at: Option<DateTime<Utc>>,
}

impl PrivacyRequest {
    /// A new one.
    pub fn new(id: RequestId, user_id: UserId, kind: RequestKind, opened_by: UserOrigin, now: DateTime<Utc>) -> Self {
        Self {
            id,
            user_id,
            kind,
            state: RequestState::Open,
            opened_by,
            said: None,
            note: None,
            opened_at: now,
            due_at: now + ANSWER_WITHIN,
            extended_at: None,
            extension_reason: None,
            refusal_reason: None,
            handled_by: None,
            closed_at: None,
        }
    }

    /// Whether it is late: it is still open and its day is over.
    pub fn is_overdue(&self, now: DateTime<Utc>) -> bool {
        !self.state.is_closed() && now > self.due_at
    }

    /// Whole days that are left; none on the last one, fewer than none once it is late.
    pub fn days_left(&self, now: DateTime<Utc>) -> i64 {
        let left = self.due_at - now;
        if left < TimeDelta::zero() { left.num_days() - 1 } else { left.num_days() }
    }

    /// Whether it can still be put off: once, and only while it is not late, because whoever waits has to be told in time.
    pub fn may_be_extended(&self, now: DateTime<Utc>) -> bool {
        !self.state.is_closed() && self.extended_at.is_none() && now <= self.due_at
    }

    /// How it stands after `act` by `by` (`None`: the person). `None` when that cannot be done as it stands.
    #[must_use]
    pub fn after(&self, act: &RequestAct, by: Option<UserId>, now: DateTime<Utc>) -> Option<Self> {
        let state = match (self.state, act) {
            (RequestState::Open, RequestAct::Start) => RequestState::InProgress,
            (RequestState::InProgress, RequestAct::Finish) => RequestState::Done,
            (RequestState::InProgress, RequestAct::Refuse(_)) => RequestState::Refused,
            (RequestState::Open | RequestState::InProgress, RequestAct::Withdraw) => RequestState::Withdrawn,
            (state, RequestAct::Extend(_)) if self.may_be_extended(now) => state,
            _ => return None,
        };
        let mut next = Self { state, handled_by: by.or(self.handled_by), ..self.clone() };
        next.closed_at = state.is_closed().then_some(now);
        match act {
            RequestAct::Refuse(reason) => next.refusal_reason = Some(reason.clone()),
            RequestAct::Extend(reason) => {
                next.extended_at = Some(now);
                next.extension_reason = Some(reason.clone());
                next.due_at = self.due_at + EXTENSION;
            }
            RequestAct::Start | RequestAct::Finish | RequestAct::Withdraw => {}
        }
        Some(next)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    const ADMIN: UserId = UserId(Uuid::from_u128(9));

    fn day(number: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::days(number)
    }

    fn asked() -> PrivacyRequest {
        let (id, user) = (RequestId(Uuid::nil()), UserId(Uuid::nil()));
        PrivacyRequest::new(id, user, RequestKind::Access, UserOrigin::SelfService, day(0))
    }

    fn acts() -> [RequestAct; 5] {
        [
            RequestAct::Start,
            RequestAct::Finish,
            RequestAct::Refuse("no".to_owned()),
            RequestAct::Extend("busy".to_owned()),
            RequestAct::Withdraw,
        ]
    }

    /// Whoever changes what may follow what changes this picture of it.
    const TABLE: &str = "
            start       finish refuse  extend      withdraw
open        in_progress -      -       open        withdrawn
in_progress -           done   refused in_progress withdrawn
done        -           -      -       -           -
refused     -           -      -       -           -
withdrawn   -           -      -       -           -
";

    #[test]
    fn the_table_says_what_may_follow() {
        let widths = [11, 6, 7, 11, 9];
        let line = |head: &str, cells: Vec<&str>| {
            let cells: Vec<_> = cells.iter().zip(widths).map(|(cell, width)| format!("{cell:width$}")).collect();
            format!("{head:11} {}", cells.join(" ")).trim_end().to_owned()
        };
        let mut printed = vec![String::new(), line("", acts().iter().map(RequestAct::as_str).collect())];
        for state in RequestState::ALL {
            let request = PrivacyRequest { state, ..asked() };
            let after = |act: &RequestAct| request.after(act, Some(ADMIN), day(1)).map_or("-", |next| next.state.as_str());
            printed.push(line(state.as_str(), acts().iter().map(after).collect()));
        }
        assert_eq!(printed.join("\n") + "\n", TABLE);
    }

    #[test]
    fn an_answer_is_due_in_thirty_days_and_may_be_put_off_once_and_in_time() {
        let request = asked();
        assert_eq!(request.due_at, day(30));
        let late = RequestAct::Extend("a second look".to_owned());
        assert_eq!(request.after(&late, Some(ADMIN), day(31)), None, "nobody was told in time");
        let put_off = request.after(&late, Some(ADMIN), day(30)).expect("the last day is in time");
        assert_eq!((put_off.due_at, put_off.extended_at), (day(60), Some(day(30))));
        assert_eq!(put_off.extension_reason.as_deref(), Some("a second look"));
        assert_eq!(put_off.after(&late, Some(ADMIN), day(31)), None, "once");
    }

    #[test]
    fn days_are_counted_down_to_the_last_and_past_it() {
        let request = asked();
        let hours = |hours: i64| day(0) + TimeDelta::hours(hours);
        assert_eq!([0, 1, 30 * 24 - 1, 30 * 24].map(|at| request.days_left(hours(at))), [30, 29, 0, 0]);
        assert_eq!([30 * 24 + 1, 31 * 24 + 1].map(|at| request.days_left(hours(at))), [-1, -2]);
        assert!(!request.is_overdue(day(30)) && request.is_overdue(hours(30 * 24 + 1)));
        let closed = request.after(&RequestAct::Withdraw, None, day(2)).expect("withdrawn");
        assert!(!closed.is_overdue(day(99)) && closed.closed_at == Some(day(2)) && closed.handled_by.is_none());
    }

    #[test]
    fn whoever_starts_it_is_remembered_and_a_refusal_says_why() {
        let begun = asked().after(&RequestAct::Start, Some(ADMIN), day(1)).expect("begun");
        assert_eq!((begun.handled_by, begun.closed_at), (Some(ADMIN), None));
        let refused = begun.after(&RequestAct::Refuse("not yours".to_owned()), Some(ADMIN), day(2)).expect("refused");
        assert_eq!(refused.refusal_reason.as_deref(), Some("not yours"));
        assert_eq!(refused.closed_at, Some(day(2)));
    }

    #[test]
    fn names_read_back() {
        for kind in RequestKind::ALL {
            assert_eq!(RequestKind::parse(kind.as_str()), Some(kind));
        }
        for state in RequestState::ALL {
            assert_eq!(RequestState::parse(state.as_str()), Some(state));
        }
    }
}
