//! The one HTTP client of this crate, made here so that every provider has the same deadlines.

use std::time::Duration;

use reqwest::redirect::Policy;
use reqwest::{IntoUrl, RequestBuilder};
use thiserror::Error;

use crate::exchange::Tape;

/// To get a connection, name look-up and TLS included: at most this, and at most half the deadline, so that a connection that was
/// never made (nothing was taken) can be told from an answer that never came (who knows).
const CONNECT: Duration = Duration::from_secs(5);
/// Shorter than the idle time of common servers (60 s), so that we seldom write on a connection that is being closed.
const IDLE: Duration = Duration::from_secs(30);

/// No client could be made: the machine's certificates cannot be read.
#[derive(Debug, Error)]
#[error("no HTTP client can be made")]
pub struct ClientError(#[from] reqwest::Error);

/// What every provider is called with. Clones share its connections.
#[derive(Clone, Debug)]
pub(crate) struct Client {
    http: reqwest::Client,
    /// Where calls are written down, for `salon sms test`.
    pub(crate) tape: Option<Tape>,
}

impl Client {
    pub(crate) fn post(&self, url: impl IntoUrl) -> RequestBuilder {
        self.http.post(url)
    }
}

/// `deadline` is for a whole call: connecting, writing, and reading the last byte of the answer. Redirects are not followed, or the
/// message and its code would go to whoever the answer names; no proxy is taken from the environment for the same reason.
pub(crate) fn client(deadline: Duration) -> Result<Client, ClientError> {
    let http = reqwest::Client::builder()
        .timeout(deadline)
        .connect_timeout(CONNECT.min(deadline / 2))
        .pool_idle_timeout(IDLE)
        .redirect(Policy::none())
        .no_proxy()
        .referer(false)
        .user_agent(concat!("salon/", env!("CARGO_PKG_VERSION")))
        .build()?;
    Ok(Client { http, tape: None })
}
