//! The typed shape of the configuration. What each key means stands in `defaults.toml`.

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;

use domain::secret::Secret;
use serde::Deserialize;
use usecases::keys::{JwtKeyMaterial, OtpKeyMaterial};

use super::carriers::{FourJawalyConfig, MsegatConfig, TaqnyatConfig, TwilioConfig, UnifonicConfig};
use super::fraud::FraudConfig;
use super::internal::MetricsConfig;
use super::second_factor::SecondFactorConfig;
use super::test_numbers::TestNumberConfig;
use super::texts::{PriceConfig, TemplatesConfig};

/// Which rules apply.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Environment {
    Development,
    Production,
}

/// Everything `salon` can be told.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    pub env: Environment,
    pub server: Server,
    pub database: Database,
    pub auth: Auth,
    pub otp: Otp,
    pub proof: ProofConfig,
    pub second_factor: SecondFactorConfig,
    pub phones: Phones,
    pub sms: Sms,
    pub unifonic: UnifonicConfig,
    pub taqnyat: TaqnyatConfig,
    pub msegat: MsegatConfig,
    pub fourjawaly: FourJawalyConfig,
    pub twilio: TwilioConfig,
    pub templates: TemplatesConfig,
    pub fraud: FraudConfig,
    pub flood: FloodConfig,
    pub retention: Retention,
    pub clock: ClockConfig,
    pub metrics: MetricsConfig,
    pub log: Log,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Server {
    pub bind: SocketAddr,
    pub public_url: String,
    pub site_root: PathBuf,
    pub trusted_proxies: Vec<Network>,
    pub max_connections: u32,
    pub max_connections_per_address: u32,
    pub max_requests: u32,
    pub header_timeout_s: u32,
    pub body_timeout_s: u32,
    pub request_timeout_s: u32,
    pub drain_s: u32,
    pub shutdown_grace_s: u32,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Database {
    pub url: Secret<String>,
    pub max_connections: u32,
    pub acquire_timeout_s: u32,
    pub statement_timeout_s: u32,
    pub lock_timeout_s: u32,
    pub allow_insecure_tls: bool,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Auth {
    pub issuer: String,
    pub audience: String,
    pub jwt_keys: Vec<JwtKeyMaterial>,
    pub otp_keys: Vec<OtpKeyMaterial>,
    pub pepper: Secret<String>,
    pub cookie_secret: Secret<String>,
    pub access_ttl_s: u32,
    pub leeway_s: u32,
    pub refresh_grace_s: u32,
    pub fresh_within_s: u32,
    pub api_idle_s: u32,
    pub api_absolute_s: u32,
    pub customer_idle_s: u32,
    pub customer_absolute_s: u32,
    pub staff_idle_s: u32,
    pub staff_absolute_s: u32,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Otp {
    pub code_length: u8,
    pub longer_code_length: u8,
    pub longer_code_after_failures: u32,
    pub longest_code_length: u8,
    pub longest_code_after_failures: u32,
    pub life_s: u32,
    pub max_life_s: u32,
    pub max_attempts: u8,
    pub guesses_per_phone_day: u32,
    pub guesses_kept_for_known_devices: u32,
    pub failures_in_a_row: u32,
    pub failures_in_a_row_kept_for_known_devices: u32,
    pub waits_after_dead_challenges_s: Vec<u32>,
    /// Per cent.
    pub guess_bound_ceiling: f64,
    pub cooldown_s: u32,
    pub sends_per_phone_hour: u32,
    pub sends_per_phone_day: u32,
    pub sends_kept_for_known_devices: u32,
    pub sends_per_address: u32,
    pub sends_per_address_window_s: u32,
    pub test_numbers: Vec<TestNumberConfig>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WhenProof {
    Never,
    WhenNeeded,
    Always,
}

impl WhenProof {
    /// As it is written.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Never => "never",
            Self::WhenNeeded => "when_needed",
            Self::Always => "always",
        }
    }
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProofConfig {
    pub demand: WhenProof,
    pub bits: u8,
    pub life_s: u32,
    pub wait_s: u32,
    pub waits_per_network_hour: u32,
    pub waits_per_hour: u32,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Phones {
    pub default_region: String,
    pub countries: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SmsProvider {
    Outbox,
    Log,
    File,
    Webhook,
    Unifonic,
    Taqnyat,
    Msegat,
    #[serde(rename = "4jawaly")]
    FourJawaly,
    Twilio,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sms {
    pub provider: SmsProvider,
    pub fallback: Vec<SmsProvider>,
    pub breaker_failures: u32,
    pub breaker_open_s: u32,
    pub daily_messages: u32,
    pub daily_cost: String,
    pub file: String,
    pub webhook_url: Secret<String>,
    pub webhook_secret: Secret<String>,
    pub report_secret: Secret<String>,
    pub deadline_s: u32,
    pub concurrency: u32,
    pub otp_host: String,
    pub prices: Vec<PriceConfig>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FloodConfig {
    pub requests_per_second: u32,
    pub burst: u32,
    pub max_addresses: usize,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Retention {
    pub pending_users_h: u32,
    pub phoneless_users_d: u32,
    pub challenges_d: u32,
    pub messages_d: u32,
    pub sessions_d: u32,
    pub audit_d: u32,
    pub every_s: u32,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClockConfig {
    pub offset_file: PathBuf,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    Text,
    Json,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Log {
    pub filter: String,
    pub format: LogFormat,
}

/// An address, or a network such as `10.0.0.0/8`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Network {
    address: IpAddr,
    bits: u8,
}

impl Network {
    /// Whether it holds every address of its kind.
    pub fn is_everything(&self) -> bool {
        self.bits == 0
    }

    /// Whether `address` lies in it. An IPv4 address written as IPv6 counts as IPv4.
    pub fn contains(&self, address: IpAddr) -> bool {
        match (self.address, address.to_canonical()) {
            (IpAddr::V4(net), IpAddr::V4(ip)) => {
                let shift = 32 - u32::from(self.bits);
                u32::from(net).checked_shr(shift).unwrap_or(0) == u32::from(ip).checked_shr(shift).unwrap_or(0)
            }
            (IpAddr::V6(net), IpAddr::V6(ip)) => {
                let shift = 128 - u32::from(self.bits);
                u128::from(net).checked_shr(shift).unwrap_or(0) == u128::from(ip).checked_shr(shift).unwrap_or(0)
            }
            _ => false,
        }
    }
}

impl TryFrom<String> for Network {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let wrong = || format!("`{text}` is not an address or a network such as 10.0.0.0/8");
        let (address, bits) = text.split_once('/').map_or((text.as_str(), None), |(address, bits)| (address, Some(bits)));
        let address: IpAddr = address.trim().parse().map_err(|_| wrong())?;
        let most = if address.is_ipv4() { 32 } else { 128 };
        let bits = bits.map_or(Ok(most), |bits| bits.parse().map_err(|_| wrong()))?;
        if bits > most { Err(wrong()) } else { Ok(Self { address, bits }) }
    }
}

impl std::fmt::Display for Network {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.address, self.bits)
    }
}

impl Config {
    pub fn is_production(&self) -> bool {
        self.env == Environment::Production
    }

    /// The public URL without a trailing slash.
    pub fn public_origin(&self) -> String {
        if self.server.public_url.is_empty() {
            format!("http://{}", self.server.bind)
        } else {
            self.server.public_url.trim_end_matches('/').to_owned()
        }
    }

    /// Whether browsers reach us over HTTPS, so that cookies are `Secure`.
    pub fn is_https(&self) -> bool {
        self.server.public_url.starts_with("https://")
    }

    /// Whether `/dev/…` exists.
    pub fn has_dev_pages(&self) -> bool {
        let mut providers = self.sms.providers();
        !self.is_production() && self.sms.provider == SmsProvider::Outbox && providers.all(SmsProvider::is_for_development)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn contains(network: &str, address: &str) -> bool {
        Network::try_from(network.to_owned()).expect("a network").contains(address.parse().expect("an address"))
    }

    #[test]
    fn networks_hold_what_they_say() {
        assert!(contains("10.0.0.0/8", "10.255.1.2"));
        assert!(!contains("10.0.0.0/8", "11.0.0.1"));
        assert!(contains("10.0.0.0/8", "::ffff:10.1.1.1"));
        assert!(contains("192.0.2.7", "192.0.2.7") && !contains("192.0.2.7", "192.0.2.8"));
        assert!(contains("0.0.0.0/0", "203.0.113.9") && !contains("0.0.0.0/0", "2001:db8::1"));
        assert!(contains("2001:db8::/32", "2001:db8:ffff::1") && !contains("2001:db8::/32", "2001:db9::1"));
        assert!(contains("::/0", "2001:db8::1"));
        for wrong in ["", "10.0.0.0/33", "10.0.0/8", "host", "::1/129", "10.0.0.0/-1"] {
            assert!(Network::try_from(wrong.to_owned()).is_err(), "{wrong}");
        }
    }
}
