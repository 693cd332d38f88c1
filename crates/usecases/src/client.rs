//! Who is calling, as far as the network tells.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// The caller as the door saw it.
#[derive(Clone, Debug)]
pub struct Client {
    /// Where limits are counted.
    pub address: ClientAddress,
    /// What the client says it is; shown in its owner's session list, never trusted.
    pub user_agent: Option<String>,
}

/// An address limits are counted under: one IPv4 address, or one IPv6 /64, which is what one subscriber gets.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ClientAddress(String);

impl ClientAddress {
    /// Folds v4-mapped IPv6 to IPv4 and IPv6 to its /64.
    pub fn from_ip(ip: IpAddr) -> Self {
        Self(match ip.to_canonical() {
            IpAddr::V4(v4) => v4.to_string(),
            IpAddr::V6(v6) => {
                let network = Ipv6Addr::from_bits(v6.to_bits() & (u128::MAX << 64));
                format!("{network}/64")
            }
        })
    }

    /// Its neighbourhood, whose callers the fraud brake counts together: the IPv4 /24, or the IPv6 /64 itself.
    pub fn network(&self) -> String {
        match self.0.parse::<Ipv4Addr>() {
            Ok(v4) => format!("{}/24", Ipv4Addr::from_bits(v4.to_bits() & (u32::MAX << 8))),
            Err(_) => self.0.clone(),
        }
    }

    /// `203.0.113.7` or `2001:db8::/64`.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_subscriber_is_one_address() {
        let of = |text: &str| ClientAddress::from_ip(text.parse().expect("an address"));
        assert_eq!(of("::ffff:203.0.113.7"), of("203.0.113.7"));
        assert_eq!(of("2001:db8:1:2::1"), of("2001:db8:1:2:ffff::9"));
        assert_ne!(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
        assert_eq!(of("2001:db8::5").as_str(), "2001:db8::/64");
    }

    #[test]
    fn neighbours_are_of_one_network() {
        let of = |text: &str| ClientAddress::from_ip(text.parse().expect("an address")).network();
        assert_eq!(of("203.0.113.7"), "203.0.113.0/24");
        assert_eq!(of("::ffff:203.0.113.255"), "203.0.113.0/24");
        assert_eq!(of("2001:db8:0:1::5"), "2001:db8:0:1::/64");
    }
}
