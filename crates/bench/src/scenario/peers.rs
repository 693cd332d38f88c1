//! The same turns at what a team would otherwise use.

use anyhow::{Context, Result};
use http::Method;
use serde_json::Value;

use super::User;
use crate::people;

async fn post(user: &mut User, (path, body, status): (&str, Value, u16)) -> Result<Value> {
    user.wire.call(Method::POST, path, &people::address(), Some(&body), None).await?.expect(status)
}

/// Somebody new asks for a code: their phone.
pub async fn request(user: &mut User) -> Result<String> {
    let (peer, _) = user.peer.clone().context("a peer")?;
    let phone = people::phone();
    post(user, peer.request(&phone)).await?;
    Ok(phone)
}

/// The whole way in.
pub async fn sign_in(user: &mut User) -> Result<()> {
    let (peer, gateway) = user.peer.clone().context("a peer")?;
    let phone = request(user).await?;
    let code = gateway.code(&phone).await?;
    post(user, peer.verify(&phone, &code)).await.map(drop)
}
