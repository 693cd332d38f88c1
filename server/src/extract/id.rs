//! Ids in the path.

use std::str::FromStr;

use axum::RequestPartsExt;
use axum::extract::{FromRequestParts, Path};
use domain::error::ErrorCode;
use domain::role::Role;
use http::request::Parts;

use crate::problem::Problem;

/// The one id of the path. What is no id names nothing: 404, as for an id of somebody else.
pub struct Id<T>(pub T);

impl<S, T> FromRequestParts<S> for Id<T>
where
    T: FromStr,
    S: Send + Sync,
{
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let Path(text) = parts.extract::<Path<String>>().await.map_err(|_| ErrorCode::NotFound)?;
        text.parse().map(Self).map_err(|_| ErrorCode::NotFound.into())
    }
}

/// The two ids of the path, in its order.
pub struct Ids<T, U>(pub T, pub U);

impl<S, T, U> FromRequestParts<S> for Ids<T, U>
where
    T: FromStr,
    U: FromStr,
    S: Send + Sync,
{
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let Path((first, second)) = parts.extract::<Path<(String, String)>>().await.map_err(|_| ErrorCode::NotFound)?;
        match (first.parse(), second.parse()) {
            (Ok(first), Ok(second)) => Ok(Self(first, second)),
            _ => Err(ErrorCode::NotFound.into()),
        }
    }
}

/// The three ids of the path, in its order.
pub struct ThreeIds<T, U, V>(pub T, pub U, pub V);

impl<S, T, U, V> FromRequestParts<S> for ThreeIds<T, U, V>
where
    T: FromStr,
    U: FromStr,
    V: FromStr,
    S: Send + Sync,
{
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let path = parts.extract::<Path<(String, String, String)>>().await;
        let Path((first, second, third)) = path.map_err(|_| ErrorCode::NotFound)?;
        match (first.parse(), second.parse(), third.parse()) {
            (Ok(first), Ok(second), Ok(third)) => Ok(Self(first, second, third)),
            _ => Err(ErrorCode::NotFound.into()),
        }
    }
}

/// A role in the path, by its name.
pub struct RoleName(pub Role);

impl FromStr for RoleName {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        Role::parse(text).map(Self).ok_or(())
    }
}
