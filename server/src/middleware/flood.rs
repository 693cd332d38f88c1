//! The flood gate: requests per client address and process, in front of the exact limits in the database.

use std::hash::{BuildHasher, RandomState};
use std::num::NonZeroU32;
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use chrono::TimeDelta;
use domain::limits::{Policy, Quota as Limit, QuotaExceeded, Standing};
use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use usecases::{Client, ClientAddress, metrics};

use crate::config::FloodConfig;
use crate::problem::Problem;

/// One bucket per hash of an address, so that memory is bounded however many addresses there are.
pub struct FloodGate {
    limiter: DefaultKeyedRateLimiter<usize>,
    clock: DefaultClock,
    hasher: RandomState,
    buckets: usize,
    limit: Limit,
}

impl FloodGate {
    pub fn new(config: &FloodConfig) -> Self {
        let at_least_one = |count| NonZeroU32::new(count).unwrap_or(NonZeroU32::MIN);
        let (rate, burst) = (at_least_one(config.requests_per_second), at_least_one(config.burst));
        let window = TimeDelta::seconds(burst.get().div_ceil(rate.get()).into());
        Self {
            limiter: RateLimiter::dashmap(Quota::per_second(rate).allow_burst(burst)),
            clock: DefaultClock::default(),
            hasher: RandomState::new(),
            buckets: config.max_addresses.max(1),
            limit: Limit { policy: Policy::Flood, limit: burst.get(), window },
        }
    }

    fn check(&self, address: &ClientAddress) -> Result<(), QuotaExceeded> {
        let bucket = usize::try_from(self.hasher.hash_one(address.as_str()) % self.buckets as u64).unwrap_or(0);
        self.limiter.check_key(&bucket).map_err(|refusal| {
            let wait = TimeDelta::from_std(refusal.wait_time_from(self.clock.now())).unwrap_or(self.limit.window);
            QuotaExceeded { violated: vec![Standing { quota: self.limit, remaining: 0, reset_in: wait }] }
        })
    }

    /// Forgets addresses that have been quiet.
    pub fn sweep(&self) {
        self.limiter.retain_recent();
        self.limiter.shrink_to_fit();
    }
}

/// Health checks pass: they must answer when nothing else does.
pub async fn gate(State(flood): State<Arc<FloodGate>>, request: Request, next: Next) -> Response {
    let is_health = matches!(request.uri().path(), "/healthz" | "/readyz");
    if let (false, Some(client)) = (is_health, request.extensions().get::<Client>())
        && let Err(refusal) = flood.check(&client.address)
    {
        metrics::refused(&refusal);
        return Problem::quota(refusal).into_response();
    }
    next.run(request).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_address_is_stopped_and_another_is_not_and_memory_is_bounded() {
        let gate = FloodGate::new(&FloodConfig { requests_per_second: 1, burst: 3, max_addresses: 50 });
        let address = |text: &str| ClientAddress::from_ip(text.parse().expect("an address"));
        for _ in 0..3 {
            gate.check(&address("203.0.113.1")).expect("inside the burst");
        }
        let refusal = gate.check(&address("203.0.113.1")).expect_err("over the burst");
        assert_eq!(refusal.violated[0].quota.policy.as_str(), "flood");
        assert!((1..=3).contains(&refusal.retry_after_s()));
        let passed = (0..=255).filter(|last| gate.check(&address(&format!("198.51.100.{last}"))).is_ok()).count();
        assert!(passed > 50, "{passed}");
        assert!(gate.limiter.len() <= 50);
        gate.sweep();
    }
}
