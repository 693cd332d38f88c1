//! Where a provider's API lives.

use url::Url;

use crate::webhook::{UrlError, webhook_url};

/// The address below which a provider's API lives: the provider's own, or one nearer to us that speaks the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaseUrl(Url);

impl BaseUrl {
    /// Reads it. Codes and credentials leave this machine encrypted or not at all, as with [`webhook_url`].
    ///
    /// # Errors
    /// [`UrlError`] for anything but `https`, `http` to a loopback address, and for credentials, a query or a fragment inside.
    pub fn parse(text: &str) -> Result<Self, UrlError> {
        let mut url = webhook_url(text)?;
        if url.query().is_some() || url.fragment().is_some() {
            return Err(UrlError);
        }
        if !url.path().ends_with('/') {
            let path = format!("{}/", url.path());
            url.set_path(&path);
        }
        Ok(Self(url))
    }

    /// The address of `path`, which has no slash in front.
    pub(crate) fn join(&self, path: &str) -> Url {
        let mut url = self.0.clone();
        url.set_path(&format!("{}{path}", self.0.path()));
        url
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_base_keeps_its_own_path() {
        let joined = |base: &str| BaseUrl::parse(base).expect("a good address").join("v1/messages").to_string();
        assert_eq!(joined("https://sms.example"), "https://sms.example/v1/messages");
        assert_eq!(joined("https://sms.example/proxy"), "https://sms.example/proxy/v1/messages");
        assert_eq!(joined("http://127.0.0.1:9/proxy/"), "http://127.0.0.1:9/proxy/v1/messages");
    }

    #[test]
    fn a_base_is_private_and_holds_nothing_else() {
        for bad in ["", "http://sms.example/", "https://a:b@sms.example/", "https://sms.example/?key=1", "https://sms.example/#x"]
        {
            assert_eq!(BaseUrl::parse(bad), Err(UrlError), "{bad}");
        }
    }
}
