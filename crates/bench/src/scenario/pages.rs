//! Turns at the pages, and at the bare server.

use anyhow::{Result, ensure};
use http::Method;
use serde_json::json;

use super::User;
use crate::people;

/// The sign-in page, of somebody who has never been here.
pub async fn login(user: &mut User) -> Result<()> {
    let answer = user.wire.call(Method::GET, "/login", &people::address(), None, None).await?;
    ensure!(answer.status == 200 && answer.body.ends_with(b"</html>"), "{} and {} bytes", answer.status, answer.body.len());
    Ok(())
}

/// A request as long as one for a code.
pub async fn bare(user: &mut User) -> Result<()> {
    let body = json!({ "phone": people::phone() });
    let answer = user.wire.call(Method::POST, "/", &people::address(), Some(&body), None).await?;
    ensure!(answer.status == 200, "{}", answer.status);
    Ok(())
}
