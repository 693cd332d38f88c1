//! Those who cannot sign show a secret of ours: `?secret=…` in the address that was set in their console, or `Authorization: Bearer …`.

use domain::secret::Secret;
use reqwest::header::AUTHORIZATION;
use subtle::ConstantTimeEq;
use url::form_urlencoded;

use super::{Head, ReportError};

pub(super) fn check(secret: Option<&Secret<String>>, head: Head<'_>) -> Result<(), ReportError> {
    let secret = secret.ok_or(ReportError::Forbidden)?.expose().as_bytes();
    let is_it = |shown: &str| bool::from(secret.ct_eq(shown.as_bytes()));
    let bearer = head.header(AUTHORIZATION.as_str()).and_then(|value| value.split_once(' '));
    let in_header = bearer.is_some_and(|(scheme, token)| scheme.eq_ignore_ascii_case("bearer") && is_it(token.trim()));
    let in_query = form_urlencoded::parse(head.query().as_bytes()).any(|(name, value)| name == "secret" && is_it(&value));
    if in_header || in_query { Ok(()) } else { Err(ReportError::Forbidden) }
}
