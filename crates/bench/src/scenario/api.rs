//! Turns at the JSON API.

use anyhow::{Context, Result};
use domain::challenge::{CodeLength, Purpose};
use domain::ids::ChallengeId;
use domain::otp;
use domain::phone::PhoneNumber;
use http::Method;
use serde_json::{Value, json};

use super::User;
use crate::people;
use crate::target::OTP_KEY;

/// Guesses a challenge bears, but for the last, after which somebody waits.
const GUESSES: u32 = 4;

async fn post(user: &mut User, path: &str, body: &Value, status: u16) -> Result<Value> {
    let from = people::address();
    user.wire.call(Method::POST, path, &from, Some(body), None).await?.expect(status)
}

/// Somebody new asks for a code: their phone and the challenge.
pub async fn request(user: &mut User) -> Result<(String, String)> {
    let phone = people::phone();
    let answer = post(user, "/api/auth/phone/request/", &json!({ "phone": phone }), 202).await?;
    let challenge = answer["challenge_id"].as_str().context("no challenge")?.to_owned();
    Ok((phone, challenge))
}

/// The whole way in.
pub async fn sign_in(user: &mut User) -> Result<()> {
    let (phone, challenge) = request(user).await?;
    let code = code(&phone, &challenge)?;
    let answer = post(user, "/api/auth/phone/verify/", &json!({ "challenge_id": challenge, "code": code }), 200).await?;
    answer["access"].as_str().context("no access token")?.clone_into(&mut user.kept.access);
    answer["refresh"].as_str().context("no refresh token")?.clone_into(&mut user.kept.refresh);
    Ok(())
}

/// The code as the server derives it.
fn code(phone: &str, challenge: &str) -> Result<String> {
    let phone = PhoneNumber::from_canonical(phone).context("a phone")?;
    let id: ChallengeId = challenge.parse().context("an id")?;
    let length = CodeLength::new(6).context("six digits")?;
    Ok(otp::derive(OTP_KEY.as_bytes(), id, Purpose::Auth, &phone, length).expose().to_owned())
}

/// Makes the client signed in.
pub async fn become_signed_in(user: &mut User) -> Result<()> {
    sign_in(user).await
}

/// Makes sure that there is a challenge to guess at.
pub async fn hold_challenge(user: &mut User) -> Result<()> {
    if user.kept.challenge.as_ref().is_none_or(|(_, left)| *left == 0) {
        let (_, challenge) = request(user).await?;
        user.kept.challenge = Some((challenge, GUESSES));
    }
    Ok(())
}

/// A code that is not the right one: a letter too many digits would not be counted, six zeros are, but for one code in a million.
pub async fn guess_wrong(user: &mut User) -> Result<()> {
    let (challenge, left) = user.kept.challenge.as_mut().context("nothing to guess at")?;
    *left -= 1;
    let body = json!({ "challenge_id": challenge, "code": "000000" });
    let from = people::address();
    let answer = user.wire.call(Method::POST, "/api/auth/phone/verify/", &from, Some(&body), None).await?;
    if answer.status != 200 {
        answer.expect(422)?;
    }
    Ok(())
}

/// The next pair of tokens.
pub async fn refresh(user: &mut User) -> Result<()> {
    let body = json!({ "refresh": user.kept.refresh });
    let answer = post(user, "/api/auth/token/refresh/", &body, 200).await?;
    answer["refresh"].as_str().context("no refresh token")?.clone_into(&mut user.kept.refresh);
    Ok(())
}

/// Who am I.
pub async fn me(user: &mut User) -> Result<()> {
    let (from, access) = (people::address(), user.kept.access.clone());
    user.wire.call(Method::GET, "/api/me/", &from, None, Some(&access)).await?.expect(200).map(drop)
}
