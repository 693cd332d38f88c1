//! The site that passkeys are for.

use url::{Host, Url};

/// The site that passkeys are for: another one cannot have them shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Site {
    /// The domain that they are bound to.
    pub id: String,
    /// The address that people see.
    pub origin: Url,
}

impl Site {
    /// Of the address that people use. Browsers make no passkeys for a bare address of a machine; this machine is `localhost` as well,
    /// so that development has them there.
    pub fn of(public_origin: &str) -> Option<Self> {
        let mut origin = Url::parse(public_origin).ok()?;
        let is_here = match origin.host()? {
            Host::Ipv4(ip) => ip.is_loopback() || ip.is_unspecified(),
            Host::Ipv6(ip) => ip.is_loopback() || ip.is_unspecified(),
            Host::Domain(_) => false,
        };
        if is_here {
            origin.set_host(Some("localhost")).ok()?;
        }
        Some(Self { id: origin.domain()?.to_owned(), origin })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passkeys_are_for_a_domain_and_this_machine_is_localhost() {
        let of = |origin| Site::of(origin).map(|site| (site.id, site.origin.to_string()));
        let here = |port| Some(("localhost".to_owned(), format!("http://localhost:{port}/")));
        assert_eq!(of("https://salon.example"), Some(("salon.example".to_owned(), "https://salon.example/".to_owned())));
        assert_eq!((of("http://127.0.0.1:3000"), of("http://[::1]:4000")), (here(3000), here(4000)));
        assert_eq!((of("https://203.0.113.7"), of("salon")), (None, None));
    }
}
