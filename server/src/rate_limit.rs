//! The `RateLimit-Policy` and `RateLimit` fields (draft-ietf-httpapi-ratelimit-headers): structured lists, one member per policy.

use domain::limits::{Quota, Standing, ceil_seconds};
use http::{HeaderMap, HeaderName, HeaderValue};

const POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");
const STATE: HeaderName = HeaderName::from_static("ratelimit");

/// Writes both fields from where the caller stands.
pub fn write_headers(headers: &mut HeaderMap, standings: &[Standing]) {
    write_with_policies(headers, standings.iter().map(|standing| standing.quota), standings);
}

/// Writes both fields; policies without a standing are only announced.
pub fn write_with_policies(headers: &mut HeaderMap, quotas: impl IntoIterator<Item = Quota>, standings: &[Standing]) {
    let policies = quotas
        .into_iter()
        .map(|quota| format!("\"{}\";q={};w={}", quota.policy.as_str(), quota.limit, ceil_seconds(quota.window)));
    set(headers, POLICY, &policies.collect::<Vec<_>>());
    let states = standings
        .iter()
        .map(|standing| format!("\"{}\";r={};t={}", standing.quota.policy.as_str(), standing.remaining, standing.reset_in_s()));
    set(headers, STATE, &states.collect::<Vec<_>>());
}

fn set(headers: &mut HeaderMap, name: HeaderName, members: &[String]) {
    if let (false, Ok(value)) = (members.is_empty(), HeaderValue::try_from(members.join(", "))) {
        headers.insert(name, value);
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use domain::limits::Policy;

    use super::*;

    #[test]
    fn the_fields_are_lists_of_quoted_names_with_whole_seconds() {
        let quota = Quota { policy: Policy::OtpSend, limit: 5, window: TimeDelta::hours(1) };
        let cooldown = Quota { policy: Policy::OtpCooldown, limit: 1, window: TimeDelta::seconds(60) };
        let standing = Standing { quota, remaining: 4, reset_in: TimeDelta::milliseconds(3_539_001) };
        let mut headers = HeaderMap::new();
        write_with_policies(&mut headers, [quota, cooldown], &[standing]);
        assert_eq!(headers["ratelimit-policy"], "\"otp-send\";q=5;w=3600, \"otp-cooldown\";q=1;w=60");
        assert_eq!(headers["ratelimit"], "\"otp-send\";r=4;t=3540");
    }
}
