//! The small cookies of the web door. The session cookie is not among them: tower-sessions keeps that one.
//!
//! - `salon-flow`: where a person is between asking for a code and entering it. Encrypted, 15 minutes.
//! - `salon-device`: the tokens that make this browser known to those who signed in with it before. Encrypted, a year.
//! - `salon-locale`: the language chosen by hand. Plain: it is no secret.
//! - `salon-display`: how the admin is shown. Plain as well.

use axum::response::IntoResponse;
use axum_extra::extract::cookie::{Cookie, Key, PrivateCookieJar, SameSite};
use http::header::{COOKIE, SET_COOKIE};
use http::{HeaderMap, HeaderValue};
use tower_sessions::cookie::CookieBuilder;
use tower_sessions::cookie::time::Duration;

const MINUTES: i64 = 60;
const DAYS: i64 = 24 * 60 * MINUTES;

/// One of our cookies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Name {
    Flow,
    Device,
    Locale,
    Display,
}

impl Name {
    /// Over HTTPS the prefix makes browsers refuse the cookie from anything but this very host.
    fn text(self, is_https: bool) -> &'static str {
        match (self, is_https) {
            (Self::Flow, false) => "salon-flow",
            (Self::Flow, true) => "__Host-salon-flow",
            (Self::Device, false) => "salon-device",
            (Self::Device, true) => "__Host-salon-device",
            (Self::Locale, false) => "salon-locale",
            (Self::Locale, true) => "__Host-salon-locale",
            (Self::Display, false) => "salon-display",
            (Self::Display, true) => "__Host-salon-display",
        }
    }

    const fn life(self) -> Duration {
        Duration::seconds(match self {
            Self::Flow => 15 * MINUTES,
            Self::Device => 365 * DAYS,
            Self::Locale | Self::Display => 400 * DAYS,
        })
    }

    const fn is_private(self) -> bool {
        matches!(self, Self::Flow | Self::Device)
    }
}

/// Reads and writes cookies with one key.
#[derive(Clone)]
pub(crate) struct Cookies {
    key: Key,
    is_https: bool,
}

impl Cookies {
    pub(crate) fn new(key: &[u8], is_https: bool) -> Self {
        Self { key: Key::from(key), is_https }
    }

    /// What the browser sent; `None` too when it is not what we wrote.
    pub(crate) fn read(&self, headers: &HeaderMap, name: Name) -> Option<String> {
        let text = name.text(self.is_https);
        if name.is_private() {
            let jar = PrivateCookieJar::from_headers(headers, self.key.clone());
            return jar.get(text).map(|cookie| cookie.value().to_owned());
        }
        headers
            .get_all(COOKIE)
            .iter()
            .filter_map(|header| header.to_str().ok())
            .flat_map(|header| header.split(';'))
            .find_map(|pair| pair.trim().strip_prefix(text)?.strip_prefix('=').map(str::to_owned))
    }

    /// The `Set-Cookie` that keeps `value`.
    pub(crate) fn keep(&self, name: Name, value: String) -> Option<HeaderValue> {
        let cookie = self.build(name, value).max_age(name.life()).build();
        if !name.is_private() {
            return HeaderValue::from_str(&cookie.to_string()).ok();
        }
        // The jar encrypts on the way out only.
        let response = PrivateCookieJar::new(self.key.clone()).add(cookie).into_response();
        response.headers().get(SET_COOKIE).cloned()
    }

    /// The `Set-Cookie` that drops it.
    pub(crate) fn drop(&self, name: Name) -> Option<HeaderValue> {
        let cookie = self.build(name, String::new()).max_age(Duration::ZERO).build();
        HeaderValue::from_str(&cookie.to_string()).ok()
    }

    fn build(&self, name: Name, value: String) -> CookieBuilder<'static> {
        Cookie::build((name.text(self.is_https), value)).path("/").http_only(true).same_site(SameSite::Lax).secure(self.is_https)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: [u8; 64] = [7; 64];

    /// The request header a browser would answer with.
    fn sent_back(set_cookie: &HeaderValue) -> HeaderMap {
        let pair = set_cookie.to_str().unwrap().split(';').next().unwrap();
        HeaderMap::from_iter([(COOKIE, HeaderValue::from_str(pair).unwrap())])
    }

    #[test]
    fn a_private_cookie_comes_back_and_cannot_be_read_or_bent() {
        let cookies = Cookies::new(&KEY, true);
        let set = cookies.keep(Name::Flow, r#"{"typed":"0501234567"}"#.into()).unwrap();
        let text = set.to_str().unwrap();
        assert!(text.starts_with("__Host-salon-flow="));
        for part in ["HttpOnly", "SameSite=Lax", "Secure", "Path=/", "Max-Age=900"] {
            assert!(text.contains(part), "{part}");
        }
        assert!(!text.contains("0501234567"));
        let headers = sent_back(&set);
        assert_eq!(cookies.read(&headers, Name::Flow).as_deref(), Some(r#"{"typed":"0501234567"}"#));
        assert_eq!(Cookies::new(&[8; 64], true).read(&headers, Name::Flow), None);
        assert_eq!(cookies.read(&headers, Name::Device), None);
    }

    #[test]
    fn a_plain_cookie_comes_back_without_https_too() {
        let cookies = Cookies::new(&KEY, false);
        let set = cookies.keep(Name::Locale, "en".into()).unwrap();
        assert!(!set.to_str().unwrap().contains("Secure"));
        assert_eq!(cookies.read(&sent_back(&set), Name::Locale).as_deref(), Some("en"));
        assert!(cookies.drop(Name::Flow).unwrap().to_str().unwrap().contains("Max-Age=0"));
    }
}
