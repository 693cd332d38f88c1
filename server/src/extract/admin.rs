//! Somebody who has come through the door of the admin, by access token.

use axum::extract::{FromRef, FromRequestParts};
use http::request::Parts;
use usecases::{Admin, Usecases};

use super::Bearer;
use crate::problem::Problem;

/// See [`Usecases::admin_actor`].
pub struct AdminBearer(pub Admin);

impl<S> FromRequestParts<S> for AdminBearer
where
    Usecases: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let uc = Usecases::from_ref(state);
        let Bearer(actor) = Bearer::from_request_parts(parts, state).await?;
        Ok(Self(uc.admin_actor(Some(actor))?))
    }
}
