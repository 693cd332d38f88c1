//! One request of a browser: who, in which language, where in the flow, and the cookies that go back.

use std::collections::HashMap;
use std::convert::Infallible;
use std::net::{IpAddr, Ipv4Addr};

use axum::extract::{FromRequestParts, Query};
use axum::response::{IntoResponse, Response};
use domain::locale::Locale;
use http::header::{ACCEPT_LANGUAGE, CACHE_CONTROL, LOCATION, SET_COOKIE, USER_AGENT};
use http::request::Parts;
use http::{HeaderMap, HeaderValue, StatusCode};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use tower_sessions::Session;
use usecases::{Actor, Admin, Client, ClientAddress, Error, SignedIn};

use crate::cookies::{Cookies, Name};
use crate::display::Display;
use crate::faults;
use crate::flow::{Flash, Flow, News, What};
use crate::i18n::{Messages, messages};
use crate::local_path::local_path;
use crate::routes::path;
use crate::web::{RequestId, Web};

/// Everything but what is plain in a query value.
const QUERY_VALUE: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'_').remove(b'.');

/// One request. Extracting it never fails.
#[derive(Clone)]
pub(crate) struct Visit {
    pub web: Web,
    pub locale: Locale,
    /// The texts of `locale`.
    pub t: &'static Messages,
    /// The signed-in person.
    pub actor: Option<Actor>,
    pub client: Client,
    pub session: Option<Session>,
    pub request_id: Option<String>,
    /// How the admin is shown here.
    pub display: Display,
    /// Of everybody who has signed in with this browser.
    pub device_token: Option<String>,
    /// The path without its query.
    pub path: String,
    /// The path with its query.
    pub here: String,
    /// Change it, and the answer carries the change.
    pub flow: Flow,
    came_with: Flow,
    cookies: Cookies,
    kept: Vec<HeaderValue>,
}

impl FromRequestParts<Web> for Visit {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, Infallible> {
        Ok(Self::new(web, parts))
    }
}

impl Visit {
    /// Reads a request.
    pub(crate) fn new(web: &Web, parts: &Parts) -> Self {
        let cookies = Cookies::new(web.usecases.keys().cookie_key(), web.is_https);
        let actor = parts.extensions.get::<Actor>().cloned();
        let chosen = cookies.read(&parts.headers, Name::Locale).as_deref().and_then(Locale::parse);
        let locale = choose_locale(chosen, actor.as_ref().map(|actor| actor.user.locale), &parts.headers);
        let flow: Flow =
            cookies.read(&parts.headers, Name::Flow).and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default();
        Self {
            web: web.clone(),
            locale,
            t: messages(locale),
            actor,
            client: parts.extensions.get::<Client>().cloned().unwrap_or_else(|| unknown_client(&parts.headers)),
            session: parts.extensions.get::<Session>().cloned(),
            request_id: parts.extensions.get::<RequestId>().map(|id| id.0.clone()),
            display: cookies.read(&parts.headers, Name::Display).map(|text| Display::parse(&text)).unwrap_or_default(),
            device_token: cookies.read(&parts.headers, Name::Device),
            path: parts.uri.path().to_owned(),
            here: parts.uri.path_and_query().map_or_else(|| "/".to_owned(), ToString::to_string),
            came_with: flow.clone(),
            flow,
            cookies,
            kept: Vec::new(),
        }
    }

    /// Now, in seconds since 1970.
    pub(crate) fn now_s(&self) -> i64 {
        self.web.usecases.clock().now().timestamp()
    }

    /// A value of the query.
    pub(crate) fn query(&self, name: &str) -> Option<String> {
        let uri = self.here.parse().ok()?;
        let Query(mut all) = Query::<HashMap<String, String>>::try_from_uri(&uri).ok()?;
        all.remove(name)
    }

    /// The message for this page. News is told once; faults stay until the person moves on, so that a reload or a change of language
    /// shows them again.
    pub(crate) fn take_flash(&mut self) -> Flash {
        let now = self.now_s();
        let Some(mut flash) = self.flow.flash.take().filter(|flash| flash.page == self.path) else {
            return Flash::default();
        };
        flash.faults.retain(|fault| !matches!(fault.what, What::TooMany { until, .. } if until <= now));
        if !flash.faults.is_empty() || !flash.typed.is_empty() {
            self.flow.flash = Some(Flash { news: None, ..flash.clone() });
        }
        flash
    }

    /// Where to go once signed in.
    pub(crate) fn next_or_account(&self) -> String {
        self.flow.next.as_deref().and_then(local_path).unwrap_or(path::ACCOUNT).to_owned()
    }

    /// Makes this browser known to somebody who has just signed in, beside the others who use it.
    pub(crate) fn keep_device(&mut self, signed_in: &SignedIn) {
        let held = self.web.usecases.remember_device(self.device_token.as_deref(), signed_in);
        self.kept.extend(self.cookies.keep(Name::Device, held));
    }

    /// Keeps the language chosen by hand.
    pub(crate) fn keep_locale(&mut self, locale: Locale) {
        self.kept.extend(self.cookies.keep(Name::Locale, locale.as_str().to_owned()));
    }

    /// Keeps how the admin is shown.
    pub(crate) fn keep_display(&mut self, display: Display) {
        self.kept.extend(self.cookies.keep(Name::Display, display.as_text()));
    }

    /// The `Set-Cookie` headers of the answer.
    pub(crate) fn set_cookies(&self) -> Vec<HeaderValue> {
        let mut all = self.kept.clone();
        if self.flow == Flow::default() && self.came_with != self.flow {
            all.extend(self.cookies.drop(Name::Flow));
        } else if self.flow != self.came_with {
            let text = serde_json::to_string(&self.flow).expect("a flow is plain data");
            all.extend(self.cookies.keep(Name::Flow, text));
        }
        all
    }

    /// Sends the browser on.
    pub(crate) fn see(&self, to: &str) -> Response {
        let mut response = StatusCode::SEE_OTHER.into_response();
        let headers = response.headers_mut();
        headers.insert(LOCATION, HeaderValue::from_str(to).unwrap_or(HeaderValue::from_static("/")));
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        for cookie in self.set_cookies() {
            headers.append(SET_COOKIE, cookie);
        }
        response
    }

    /// The signed-in person, or the way to the sign-in page and back here.
    pub(crate) fn signed_in(&self) -> Result<Actor, Box<Response>> {
        self.actor.clone().ok_or_else(|| {
            let mut visit = self.clone();
            // A cookie without a living session: it was ended elsewhere, or by time. Say so once.
            if visit.session.as_ref().and_then(Session::id).is_some() {
                visit.flow.flash = Some(Flash::news(path::LOGIN, News::SignInIsOver));
            }
            Box::new(visit.see(&sign_in_and_back(&visit.here)))
        })
    }

    /// The same with a second factor shown in this session, or the way to showing it and back here.
    pub(crate) fn with_second_factor(&self) -> Result<Actor, Box<Response>> {
        let actor = self.signed_in()?;
        match actor.require_second_factor(self.web.usecases.clock().now()) {
            Ok(()) => Ok(actor),
            Err(_) => Err(Box::new(self.see(&show_factor_and_back(&self.here)))),
        }
    }

    /// Whether this is a page of the admin, and they have come through its door. The sidebar is for nobody else.
    pub(crate) fn is_at_desk(&self) -> bool {
        let is_there = self.path.strip_prefix(path::ADMIN).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        is_there && self.web.usecases.admin_actor(self.actor.clone()).is_ok()
    }

    /// Who has come through the door of the admin, or what the others see instead.
    pub(crate) fn admin(&self) -> Result<Admin, Box<Response>> {
        self.web.usecases.admin_actor(self.actor.clone()).map_err(|error| {
            let away = match error {
                Error::Unauthenticated => self.signed_in().err(),
                Error::SecondFactorRequired => self.with_second_factor().err(),
                _ => None,
            };
            away.unwrap_or_else(|| Box::new(faults::of(self.clone(), &error)))
        })
    }
}

/// A value as it stands in a query.
pub(crate) fn query_value(text: &str) -> impl std::fmt::Display {
    utf8_percent_encode(text, QUERY_VALUE)
}

/// The sign-in page that leads on to `next`.
pub(crate) fn sign_in_and_back(next: &str) -> String {
    by_way_of(path::LOGIN, next)
}

/// The page that asks for the second factor and leads on to `next`; who has none is led to setting one up.
pub(crate) fn show_factor_and_back(next: &str) -> String {
    by_way_of(path::ADMIN_VERIFY, next)
}

fn by_way_of(page: &str, next: &str) -> String {
    match local_path(next) {
        Some(next) => format!("{page}?next={}", utf8_percent_encode(next, QUERY_VALUE)),
        None => page.to_owned(),
    }
}

/// Chosen by hand, then the account's, then what the browser asks for, then Arabic.
fn choose_locale(chosen: Option<Locale>, account: Option<Locale>, headers: &HeaderMap) -> Locale {
    let asked = || Locale::from_accept_language(headers.get(ACCEPT_LANGUAGE)?.to_str().ok()?);
    chosen.or(account).or_else(asked).unwrap_or_default()
}

/// Without the server's layer all callers share one address: limits then bite too early, never too late.
fn unknown_client(headers: &HeaderMap) -> Client {
    Client {
        address: ClientAddress::from_ip(IpAddr::V4(Ipv4Addr::UNSPECIFIED)),
        user_agent: headers.get(USER_AGENT).and_then(|agent| agent.to_str().ok()).map(str::to_owned),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_comes_from_the_hand_then_the_account_then_the_browser_then_it_is_arabic() {
        let headers = HeaderMap::from_iter([(ACCEPT_LANGUAGE, HeaderValue::from_static("en"))]);
        assert_eq!(choose_locale(Some(Locale::Ar), Some(Locale::En), &headers), Locale::Ar);
        assert_eq!(choose_locale(None, Some(Locale::Ar), &headers), Locale::Ar);
        assert_eq!(choose_locale(None, None, &headers), Locale::En);
        assert_eq!(choose_locale(None, None, &HeaderMap::new()), Locale::Ar);
    }

    #[test]
    fn the_way_back_is_kept_only_when_it_is_ours() {
        assert_eq!(sign_in_and_back("/account?tab=a&x=1"), "/login?next=/account%3Ftab%3Da%26x%3D1");
        assert_eq!(sign_in_and_back("//evil.example"), "/login");
    }
}
