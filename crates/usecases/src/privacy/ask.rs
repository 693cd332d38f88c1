//! A person's own requests.

use chrono::{DateTime, TimeDelta, Utc};
use domain::ids::{RequestId, UserId};
use domain::privacy_request::{PrivacyRequest, RequestAct, RequestKind};
use domain::user::{UserOrigin, UserStatus};
use serde_json::json;
use store::{Tx, privacy_requests, users};

use super::texts;
use crate::{Actor, Error, Usecases};

/// Requests of one person that are kept in a list.
pub(crate) const MOST: u32 = 100;
/// In [`OPENED_IN`] somebody may open so many. Two of each kind and a change of mind fit; a script does not.
const OPENED_AT_MOST: u64 = 20;
const OPENED_IN: TimeDelta = TimeDelta::days(30);

impl Usecases {
    /// What the actor has asked, newest first.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn list_my_requests(&self, actor: &Actor) -> Result<Vec<PrivacyRequest>, Error> {
        Ok(privacy_requests::list_for_user(&mut self.parts.store.read().await?, actor.user.id, MOST).await?)
    }

    /// Asks something about the actor's data, in their own words if they like. Asking twice is asking once: the open one is returned.
    ///
    /// # Errors
    /// `Validation`, `Conflict` (twenty in thirty days), `SessionEnded`, `Unavailable`.
    pub async fn open_my_request(&self, actor: &Actor, kind: RequestKind, said: &str) -> Result<PrivacyRequest, Error> {
        let said = texts::optional("/said", said)?;
        let now = self.parts.clock.now();
        let mut tx = self.parts.store.write().await?;
        let is_there = users::lock(&mut tx, actor.user.id).await?.is_some_and(|user| user.status != UserStatus::Erased);
        if !is_there {
            return Err(Error::SessionEnded);
        }
        let asked = PrivacyRequest { said, ..self.new_request(actor.user.id, kind, UserOrigin::SelfService, now) };
        let (request, is_new) = open(&mut tx, asked, now).await?;
        if is_new {
            let detail = json!({ "request": request.id, "kind": kind });
            self.audit_self(&mut tx, actor, "privacy_request_opened", detail).await?;
        }
        tx.commit().await?;
        Ok(request)
    }

    /// Takes back what the actor asked.
    ///
    /// # Errors
    /// `NotFound` (somebody else's too), `Conflict` (it is closed), `Unavailable`.
    pub async fn withdraw_my_request(&self, actor: &Actor, id: RequestId) -> Result<PrivacyRequest, Error> {
        let now = self.parts.clock.now();
        let mut tx = self.parts.store.write().await?;
        let request = privacy_requests::lock(&mut tx, id).await?.filter(|request| request.user_id == actor.user.id);
        let request = request.ok_or(Error::NotFound)?.after(&RequestAct::Withdraw, None, now).ok_or(Error::Conflict)?;
        tx.run(privacy_requests::update(&request)).await?;
        self.audit_self(&mut tx, actor, "privacy_request_withdrawn", json!({ "request": id, "kind": request.kind })).await?;
        tx.commit().await?;
        Ok(request)
    }

    pub(super) fn new_request(&self, about: UserId, kind: RequestKind, by: UserOrigin, now: DateTime<Utc>) -> PrivacyRequest {
        PrivacyRequest::new(self.parts.rng.id_v7::<RequestId>(now), about, kind, by, now)
    }
}

/// Writes a request, or finds the one of its kind that is open: and whether it is new. Call it with the person locked.
pub(super) async fn open(tx: &mut Tx, asked: PrivacyRequest, now: DateTime<Utc>) -> Result<(PrivacyRequest, bool), Error> {
    if privacy_requests::count_since(tx, asked.user_id, now - OPENED_IN).await? >= OPENED_AT_MOST {
        return Err(Error::Conflict);
    }
    if tx.run(privacy_requests::insert(&asked)).await? {
        return Ok((asked, true));
    }
    let all = privacy_requests::list_for_user(tx, asked.user_id, MOST).await?;
    let open = all.into_iter().find(|request| request.kind == asked.kind && !request.state.is_closed());
    open.map(|request| (request, false)).ok_or(Error::Conflict)
}
