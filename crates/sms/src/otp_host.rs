//! The line by which a phone knows for which site a code is, and fills it in nowhere else: `@host #code`, the last of the text
//! (WICG "Origin-bound one-time codes delivered via SMS"; Apple calls it a domain-bound code).

use thiserror::Error;
use url::Host;

/// Why a host is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error(
    "must be a bare host name such as `salon.example`: lower case, no https://, port, path or address; \
     a name in Arabic letters as its `xn--` form"
)]
pub struct OtpHostError;

/// The host of the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OtpHost(String);

impl OtpHost {
    /// Reads it.
    ///
    /// # Errors
    /// [`OtpHostError`] for anything but a name as it is written on the wire: with a dot in it, or `localhost`.
    pub fn parse(text: &str) -> Result<Self, OtpHostError> {
        let is_label = |label: &str| {
            (1..=63).contains(&label.len())
                && label.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
                && !label.starts_with('-')
                && !label.ends_with('-')
        };
        let is_name = text.len() <= 253 && text.split('.').all(is_label) && (text.contains('.') || text == "localhost");
        // The URL standard knows more: which `xn--` are words, and that `127.1` is an address.
        match Host::parse(text) {
            Ok(Host::Domain(name)) if is_name && name == text => Ok(Self(name)),
            _ => Err(OtpHostError),
        }
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether a site at `host` may be filled in: the same host, or one below it.
    pub fn covers(&self, host: &str) -> bool {
        host.strip_suffix(&self.0).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    }

    /// What goes to the end of a text.
    pub(crate) fn line(&self, code: &str) -> String {
        format!("\n@{} #{code}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_is_a_bare_name() {
        for good in ["salon.example", "app.salon.example", "localhost", "xn--mgbab2bd.example", "a-1.sa"] {
            assert!(OtpHost::parse(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            ".",
            "salon",
            "salon.example.",
            ".example",
            "Salon.example",
            "https://salon.example",
            "salon.example:443",
            "salon.example/",
            "salon..example",
            "-a.example",
            "a-.example",
            "a_b.example",
            "127.0.0.1",
            "127.1",
            "[::1]",
            "صالون.example",
            "a b.example",
            "salon.example #1",
            "salon.example\n",
            "@salon.example",
            "xn--zzzzzzzz--.example",
        ] {
            assert_eq!(OtpHost::parse(bad), Err(OtpHostError), "{bad:?}");
        }
        assert!(OtpHost::parse(&format!("{}.example", "a".repeat(64))).is_err());
    }

    #[test]
    fn a_host_covers_itself_and_what_is_below_it() {
        let host = OtpHost::parse("salon.example").expect("a host");
        assert!(host.covers("salon.example") && host.covers("www.salon.example"));
        assert!(!host.covers("example") && !host.covers("evilsalon.example") && !host.covers("salon.example.evil"));
    }
}
