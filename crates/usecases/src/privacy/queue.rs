//! The requests of everybody, for those who answer them.

use chrono::{DateTime, Utc};
use domain::ids::{RequestId, UserId};
use domain::page::Page;
use domain::permission::Permission;
use domain::privacy_request::{PrivacyRequest, RequestAct, RequestKind};
use domain::user::{User, UserOrigin, UserStatus};
use serde_json::json;
use store::{privacy_requests, users};

use super::ask::{MOST, open};
use super::texts;
use crate::{Admin, Error, Usecases};

const PAGE: usize = 50;

/// A request and whose data it is about.
#[derive(Clone, Debug)]
pub struct Queued {
    /// The request.
    pub request: PrivacyRequest,
    /// The person.
    pub user: User,
}

impl From<(PrivacyRequest, User)> for Queued {
    fn from((request, user): (PrivacyRequest, User)) -> Self {
        Self { request, user }
    }
}

impl Usecases {
    /// Open requests, the most pressing first, after the request `after`.
    ///
    /// # Errors
    /// `Forbidden`, `Unavailable`.
    pub async fn list_requests(&self, admin: &Admin, after: Option<RequestId>) -> Result<Page<Queued>, Error> {
        admin.require(Permission::PeopleView)?;
        let mut tx = self.parts.store.read().await?;
        let last = match after {
            Some(id) => privacy_requests::find(&mut tx, id).await?.map(|(request, _)| (request.due_at, request.id)),
            None => None,
        };
        let last = last.unwrap_or((DateTime::<Utc>::UNIX_EPOCH, RequestId(uuid::Uuid::nil())));
        let mut rows = privacy_requests::list_open(&mut tx, last, u32::try_from(PAGE).unwrap_or(u32::MAX) + 1).await?;
        let has_more = rows.len() > PAGE;
        rows.truncate(PAGE);
        let next = rows.last().filter(|_| has_more).map(|(request, _)| request.id.to_string());
        Ok(Page { items: rows.into_iter().map(Queued::from).collect(), next })
    }

    /// The last requests that were closed, newest first.
    ///
    /// # Errors
    /// `Forbidden`, `Unavailable`.
    pub async fn list_closed_requests(&self, admin: &Admin) -> Result<Vec<Queued>, Error> {
        admin.require(Permission::PeopleView)?;
        let rows = privacy_requests::list_closed(&mut self.parts.store.read().await?, MOST).await?;
        Ok(rows.into_iter().map(Queued::from).collect())
    }

    /// One request.
    ///
    /// # Errors
    /// `Forbidden`, `NotFound`, `Unavailable`.
    pub async fn read_request(&self, admin: &Admin, id: RequestId) -> Result<Queued, Error> {
        admin.require(Permission::PeopleView)?;
        let found = privacy_requests::find(&mut self.parts.store.read().await?, id).await?;
        found.map(Queued::from).ok_or(Error::NotFound)
    }

    /// What one person has asked, newest first.
    ///
    /// # Errors
    /// `Forbidden`, `Unavailable`.
    pub async fn list_requests_of(&self, admin: &Admin, id: UserId) -> Result<Vec<PrivacyRequest>, Error> {
        admin.require(Permission::PeopleView)?;
        Ok(privacy_requests::list_for_user(&mut self.parts.store.read().await?, id, MOST).await?)
    }

    /// Writes down what a person told staff they want. Asking twice is asking once.
    ///
    /// # Errors
    /// `Forbidden`, `Validation`, `NotFound`, `Conflict` (twenty in thirty days, or erased already), `Unavailable`.
    pub async fn open_request_for(
        &self,
        admin: &Admin,
        id: UserId,
        kind: RequestKind,
        note: &str,
    ) -> Result<PrivacyRequest, Error> {
        let actor = admin.require(kind.permission())?;
        let note = texts::optional("/note", note)?;
        let now = self.parts.clock.now();
        let mut tx = self.parts.store.write().await?;
        let user = users::lock(&mut tx, id).await?.ok_or(Error::NotFound)?;
        if user.status == UserStatus::Erased {
            return Err(Error::Conflict);
        }
        let asked = PrivacyRequest { note, ..self.new_request(id, kind, UserOrigin::Staff, now) };
        let (request, is_new) = open(&mut tx, asked, now).await?;
        if is_new {
            let detail = json!({ "request": request.id, "kind": kind });
            self.audit_admin(&mut tx, actor, "privacy_request_opened", Some(id), detail).await?;
        }
        tx.commit().await?;
        Ok(request)
    }

    /// Starts, finishes, refuses or puts off a request. `reason` is for the two that need one, and the person reads it.
    ///
    /// # Errors
    /// `Forbidden`, `Validation`, `NotFound`, `Conflict` (not as it stands; or an erasure that has not happened: finish it by erasing),
    /// `Unavailable`.
    pub async fn act_on_request(
        &self,
        admin: &Admin,
        id: RequestId,
        act: AdminAct,
        reason: &str,
    ) -> Result<PrivacyRequest, Error> {
        admin.require(Permission::PeopleView)?;
        let now = self.parts.clock.now();
        let mut tx = self.parts.store.write().await?;
        let found = privacy_requests::lock(&mut tx, id).await?.ok_or(Error::NotFound)?;
        let actor = admin.require(found.kind.permission())?;
        let act = match act {
            AdminAct::Start => RequestAct::Start,
            AdminAct::Finish => RequestAct::Finish,
            AdminAct::Refuse => RequestAct::Refuse(texts::required("/reason", reason)?),
            AdminAct::Extend => RequestAct::Extend(texts::required("/reason", reason)?),
        };
        // "Done" would not be true.
        if act == RequestAct::Finish && found.kind == RequestKind::Erasure {
            return Err(Error::Conflict);
        }
        let request = found.after(&act, Some(actor.user.id), now).ok_or(Error::Conflict)?;
        tx.run(privacy_requests::update(&request)).await?;
        let detail = json!({ "request": id, "kind": request.kind, "act": act.as_str() });
        self.audit_admin(&mut tx, actor, "privacy_request_handled", Some(request.user_id), detail).await?;
        tx.commit().await?;
        Ok(request)
    }
}

/// What an admin may do to a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AdminAct {
    /// Take it on.
    Start,
    /// It is done.
    Finish,
    /// It will not be done.
    Refuse,
    /// It takes longer.
    Extend,
}

impl AdminAct {
    /// Every act.
    pub const ALL: [Self; 4] = [Self::Start, Self::Finish, Self::Refuse, Self::Extend];

    /// The public name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Finish => "finish",
            Self::Refuse => "refuse",
            Self::Extend => "extend",
        }
    }

    /// Reads [`AdminAct::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|act| act.as_str() == text)
    }

    /// Whether it needs a reason.
    pub const fn needs_reason(self) -> bool {
        matches!(self, Self::Refuse | Self::Extend)
    }

    /// Whether it can be done to a request as it stands.
    pub fn fits(self, request: &PrivacyRequest, now: DateTime<Utc>) -> bool {
        let act = match self {
            Self::Start => RequestAct::Start,
            Self::Finish if request.kind == RequestKind::Erasure => return false,
            Self::Finish => RequestAct::Finish,
            Self::Refuse => RequestAct::Refuse(String::new()),
            Self::Extend => RequestAct::Extend(String::new()),
        };
        request.after(&act, None, now).is_some()
    }
}
