//! Where those who watch connect, and nobody else.

use std::fmt;
use std::net::{IpAddr, SocketAddr};

use serde::Deserialize;

use super::model::Config;

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MetricsConfig {
    pub bind: InternalBind,
}

/// An address and a port of the inside, or nowhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct InternalBind(pub Option<SocketAddr>);

impl TryFrom<String> for InternalBind {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        match text.trim() {
            "" => Ok(Self(None)),
            text => text.parse().map(|address| Self(Some(address))).map_err(|_| format!("`{text}` is not an address and a port")),
        }
    }
}

impl fmt::Display for InternalBind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.map_or(Ok(()), |address| address.fmt(f))
    }
}

impl Config {
    /// Metrics have no password: they tell whoever asks how many people sign in, through which provider, and when nobody can. Where
    /// their listener stands is all that keeps strangers out, so in production that is not left to a firewall which may be missing.
    pub(super) fn metrics_are_internal(&self, say: &mut impl FnMut(&str, &str)) {
        let Some(address) = self.metrics.bind.0.map(|bind| bind.ip().to_canonical()) else { return };
        if address.is_unspecified() {
            let reason =
                "is every address of this machine, the public one too: name a loopback or private one (in a container, its own)";
            say("metrics.bind", reason);
        } else if !is_internal(address) {
            say("metrics.bind", "is an address that strangers may reach: name a loopback or private one");
        }
    }
}

/// Loopback, private (RFC 1918, RFC 4193), shared (RFC 6598), or of this link alone.
fn is_internal(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(ip) => {
            let is_shared = matches!(ip.octets(), [100, 64..=127, _, _]);
            ip.is_loopback() || ip.is_private() || ip.is_link_local() || is_shared
        }
        IpAddr::V6(ip) => ip.is_loopback() || ip.is_unique_local() || ip.is_unicast_link_local(),
    }
}

#[cfg(test)]
mod tests {
    use crate::config::{Sources, load};

    fn is_refused(env: &str, bind: &str) -> bool {
        let text = format!("env = '{env}'\n[metrics]\nbind = '{bind}'");
        let sources = Sources { file: Some(("salon.toml".into(), text)), variables: Vec::new() };
        let checked = load(&sources).expect("it loads").check();
        checked.is_err_and(|error| error.0.iter().any(|problem| problem.key == "metrics.bind"))
    }

    #[test]
    fn production_shows_its_metrics_to_nobody_outside() {
        for open in
            ["0.0.0.0:1", "[::]:1", "[::ffff:0.0.0.0]:1", "203.0.113.7:1", "[2001:db8::1]:1", "172.32.0.1:1", "100.128.0.1:1"]
        {
            assert!(is_refused("production", open), "{open}");
            assert!(!is_refused("development", open), "{open}");
        }
        for inside in
            ["", " ", "127.0.0.1:0", "10.1.2.3:1", "172.16.0.1:1", "192.168.0.1:1", "100.64.0.1:1", "[::1]:1", "[fd00::1]:1"]
        {
            assert!(!is_refused("production", inside), "{inside}");
        }
    }
}
