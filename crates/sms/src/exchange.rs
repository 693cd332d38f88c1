//! What went over the wire in one call, for `salon sms test`: written down where every call is made, so that what is shown is what is
//! sent. Credentials are taken out before anything is kept.

use std::fmt::{self, Display};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use reqwest::header::{AUTHORIZATION, COOKIE, HeaderMap, HeaderName, HeaderValue, SET_COOKIE};
use reqwest::{Request, Response, Url};

use crate::answer::MAX_ANSWER;
use crate::client::Client;
use crate::linter::is_hidden;
use crate::redact::{HIDDEN, Redactor};
use crate::sender::SmsSender;

/// A request or an answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Half {
    /// `POST https://… HTTP/1.1`, or `HTTP/1.1 200 OK`.
    pub line: String,
    /// In the order of the wire.
    pub headers: Vec<(String, String)>,
    /// As text, the first 64 kB.
    pub body: String,
    /// Whether the body ended where it should.
    pub is_whole: bool,
}

/// One call. No credential is in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Exchange {
    /// Nothing when it could not be written.
    pub request: Option<Half>,
    /// Nothing when none came.
    pub answer: Option<Half>,
    /// From the beginning of the call to the last that came of its answer.
    pub took: Duration,
}

/// Where calls of one carrier are written down; the last one stays.
#[derive(Clone, Debug)]
pub struct Tape {
    redactor: Redactor,
    exchange: Arc<Mutex<(Exchange, Option<Instant>)>>,
}

impl SmsSender {
    /// Writes down what its calls say from now on. Nothing for the carriers of development: they call nobody.
    pub fn record(&mut self) -> Option<Tape> {
        match self {
            Self::Outbox | Self::Log | Self::File(_) => None,
            Self::Webhook(webhook) => Some(webhook.record()),
            Self::Unifonic(unifonic) => Some(unifonic.record()),
            Self::Taqnyat(taqnyat) => Some(taqnyat.record()),
            Self::Msegat(msegat) => Some(msegat.record()),
            Self::FourJawaly(fourjawaly) => Some(fourjawaly.record()),
            Self::Twilio(twilio) => Some(twilio.record()),
        }
    }
}

impl Client {
    /// Writes down calls from now on, without these credentials.
    pub(crate) fn record(&mut self, secrets: impl IntoIterator<Item = String>) -> Tape {
        let tape = Tape { redactor: Redactor::new(secrets), exchange: Arc::default() };
        self.tape.insert(tape).clone()
    }
}

impl Tape {
    /// What was written down so far.
    pub fn exchange(&self) -> Exchange {
        self.exchange.lock().unwrap_or_else(PoisonError::into_inner).0.clone()
    }

    pub(crate) fn request(&self, request: &Request) {
        let mut half = Half {
            line: format!("{} {} {:?}", request.method(), self.address(request.url()), request.version()),
            headers: self.headers(request.headers()),
            ..Half::default()
        };
        if let Some(bytes) = request.body().and_then(reqwest::Body::as_bytes) {
            half.body = self.text(bytes);
            half.is_whole = true;
        }
        let mut kept = self.exchange.lock().unwrap_or_else(PoisonError::into_inner);
        *kept = (Exchange { request: Some(half), ..Exchange::default() }, Some(Instant::now()));
    }

    pub(crate) fn head(&self, response: &Response) {
        let line = format!("{:?} {}", response.version(), response.status());
        let headers = self.headers(response.headers());
        self.keep(|exchange| exchange.answer = Some(Half { line, headers, ..Half::default() }));
    }

    pub(crate) fn body(&self, bytes: &[u8], is_whole: bool) {
        let body = self.text(&bytes[..bytes.len().min(MAX_ANSWER)]);
        self.keep(|exchange| {
            if let Some(answer) = &mut exchange.answer {
                (answer.body, answer.is_whole) = (body, is_whole);
            }
        });
    }

    /// Says that the call is over.
    pub(crate) fn end(&self) {
        self.keep(|_| {});
    }

    fn keep(&self, change: impl FnOnce(&mut Exchange)) {
        let mut kept = self.exchange.lock().unwrap_or_else(PoisonError::into_inner);
        let took = kept.1.map_or(Duration::ZERO, |since| since.elapsed());
        kept.0.took = took;
        change(&mut kept.0);
    }

    fn text(&self, bytes: &[u8]) -> String {
        self.redactor.hide(&String::from_utf8_lossy(bytes))
    }

    /// The values of a query are hidden, whatever they are: providers like to have their keys there.
    fn address(&self, url: &Url) -> String {
        let mut shown = url.clone();
        shown.set_query(None);
        let names: Vec<String> = url.query_pairs().map(|(name, _)| self.redactor.hide(&name)).collect();
        let query = names.iter().map(|name| format!("{name}={HIDDEN}")).collect::<Vec<_>>().join("&");
        let shown = self.redactor.hide(shown.as_str());
        if names.is_empty() { shown } else { format!("{shown}?{query}") }
    }

    fn headers(&self, headers: &HeaderMap) -> Vec<(String, String)> {
        let value = |name: &HeaderName, value: &HeaderValue| {
            let text = String::from_utf8_lossy(value.as_bytes());
            match text.split_once(' ') {
                Some((scheme, _)) if name == AUTHORIZATION => format!("{scheme} {HIDDEN}"),
                _ if [AUTHORIZATION, COOKIE, SET_COOKIE].contains(name) => HIDDEN.to_owned(),
                _ => self.redactor.hide(&text),
            }
        };
        headers.iter().map(|(name, content)| (name.to_string(), value(name, content))).collect()
    }
}

impl Display for Exchange {
    /// As `curl -v` shows it: `>` is what was sent, `<` what came back.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.request {
            Some(request) => write_half(f, '>', request)?,
            None => writeln!(f, "no request was made")?,
        }
        match &self.answer {
            Some(answer) => write_half(f, '<', answer)?,
            None => writeln!(f, "< no answer")?,
        }
        writeln!(f, "took {} ms", self.took.as_millis())
    }
}

fn write_half(f: &mut fmt::Formatter<'_>, mark: char, half: &Half) -> fmt::Result {
    writeln!(f, "{mark} {}", visible(&half.line))?;
    for (name, value) in &half.headers {
        writeln!(f, "{mark} {}: {}", visible(name), visible(value))?;
    }
    writeln!(f, "{mark}")?;
    for line in half.body.lines() {
        writeln!(f, "{mark} {}", visible(line))?;
    }
    if half.is_whole { Ok(()) } else { writeln!(f, "{mark} [not the whole body: it broke off, or is over {MAX_ANSWER} bytes]") }
}

/// What a provider sends must not move the cursor, colour the terminal or turn a line around.
fn visible(text: &str) -> String {
    let shown = |letter: char| if is_hidden(letter) { letter.escape_unicode().to_string() } else { letter.to_string() };
    text.chars().map(shown).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_cannot_play_with_the_terminal() {
        assert_eq!(visible("\u{1b}[31mرمز\u{202e}\r"), "\\u{1b}[31mرمز\\u{202e}\\u{d}");
        let half = Half { line: "HTTP/1.1 200 OK".into(), body: "a\nb\u{7}".into(), is_whole: true, ..Half::default() };
        let shown = Exchange { request: None, answer: Some(half), took: Duration::from_millis(12) }.to_string();
        assert_eq!(shown, "no request was made\n< HTTP/1.1 200 OK\n<\n< a\n< b\\u{7}\ntook 12 ms\n");
    }
}
