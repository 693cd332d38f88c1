//! The provider: takes signed messages, remembers them as a person's phone does, and misbehaves when told to.

use std::collections::HashMap;
use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use chrono::{DateTime, Utc};
use hmac::{Hmac, KeyInit, Mac};
use serde::Deserialize;
use sha2::Sha256;
use tokio::net::{TcpListener, TcpStream};
use uuid::Uuid;

use crate::{stub_http, wall};

/// How it behaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Takes everything at once.
    Well,
    /// Answers after so long, and takes nothing if the caller has gone by then.
    Slow(Duration),
    /// 500.
    Broken,
    /// 429.
    TooMany,
    /// Closes the connection without an answer; nothing was taken.
    HangUp,
    /// Takes the message, then closes the connection: the caller cannot know.
    HangUpAfter,
    /// Takes the message and never answers: a kill now falls between the provider's yes and our mark.
    SilentAfter,
    /// 500 with a body that is not JSON.
    BadJson,
    /// 200 with an error inside.
    ErrorInside,
    /// Sends the caller somewhere else.
    Redirect,
}

/// A message it took for the first time.
#[derive(Clone, Debug)]
pub struct Text {
    /// The idempotency key.
    pub id: Uuid,
    /// To whom.
    pub to: String,
    /// The words.
    pub body: String,
}

impl Text {
    /// The code in it: what stands first.
    pub fn code(&self) -> String {
        self.body.chars().take_while(char::is_ascii_digit).collect()
    }
}

/// How often a key was tried.
#[derive(Clone, Copy, Debug)]
pub struct Tries {
    /// The last time, by the machine's clock.
    pub last: DateTime<Utc>,
    /// So many times.
    pub times: u32,
}

#[derive(Deserialize)]
struct Wire {
    id: Uuid,
    to: String,
    body: String,
}

struct State {
    mode: Mode,
    /// The words of each key, over every try, taken or not.
    words: HashMap<Uuid, (String, String)>,
    tried: HashMap<Uuid, Tries>,
    taken: HashMap<Uuid, Text>,
    inbox: HashMap<String, Vec<Uuid>>,
    violations: Vec<String>,
}

/// The provider. Clones are the same one.
#[derive(Clone)]
pub struct Stub {
    /// Where messages are posted.
    pub url: String,
    secret: Arc<str>,
    state: Arc<Mutex<State>>,
}

impl Stub {
    /// Listens from now on; ends with the runtime.
    pub async fn start(secret: &str) -> Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let state = State {
            mode: Mode::Well,
            words: HashMap::new(),
            tried: HashMap::new(),
            taken: HashMap::new(),
            inbox: HashMap::new(),
            violations: Vec::new(),
        };
        let url = format!("http://{}/sms", listener.local_addr()?);
        let stub = Self { url, secret: secret.into(), state: Arc::new(Mutex::new(state)) };
        let serving = stub.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let stub = serving.clone();
                // A caller that breaks off is killed now and then: no news.
                tokio::spawn(async move { stub.serve(stream).await });
            }
        });
        Ok(stub)
    }

    /// From now on it behaves like this.
    pub fn behave(&self, mode: Mode) {
        self.lock().mode = mode;
    }

    /// The newest text to a phone, waited for.
    pub async fn text_to(&self, phone: &str, most: Duration) -> Option<Text> {
        let started = Instant::now();
        loop {
            if let Some(text) = self.newest_to(phone) {
                return Some(text);
            }
            if started.elapsed() > most {
                return None;
            }
            tokio::time::sleep(Duration::from_millis(15)).await;
        }
    }

    /// Whether a message with this key was taken.
    pub fn has_taken(&self, id: Uuid) -> bool {
        self.lock().taken.contains_key(&id)
    }

    /// How many different messages it took.
    pub fn taken(&self) -> usize {
        self.lock().taken.len()
    }

    /// Every key that was ever tried.
    pub fn tries(&self) -> HashMap<Uuid, Tries> {
        self.lock().tried.clone()
    }

    /// Every message it took.
    pub fn texts(&self) -> Vec<Text> {
        self.lock().taken.values().cloned().collect()
    }

    /// What callers did wrong.
    pub fn violations(&self) -> Vec<String> {
        self.lock().violations.clone()
    }

    fn newest_to(&self, phone: &str) -> Option<Text> {
        let state = self.lock();
        state.taken.get(state.inbox.get(phone)?.last()?).cloned()
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn serve(&self, mut stream: TcpStream) -> Result<()> {
        let _ = stream.set_nodelay(true);
        while let Some(request) = stub_http::read(&mut stream).await? {
            let message = self.check(&request)?;
            let mode = self.lock().mode;
            match mode {
                Mode::Well => {
                    self.take(message);
                    stub_http::answer(&mut stream, "200 OK", "", "{\"id\":\"stub\"}").await?;
                }
                Mode::Slow(pause) => {
                    tokio::time::sleep(pause).await;
                    stub_http::answer(&mut stream, "200 OK", "", "{\"id\":\"stub\"}").await?;
                    self.take(message);
                }
                Mode::Broken => stub_http::answer(&mut stream, "500 Internal Server Error", "", "{}").await?,
                Mode::TooMany => stub_http::answer(&mut stream, "429 Too Many Requests", "Retry-After: 1\r\n", "{}").await?,
                Mode::HangUp => return Ok(()),
                Mode::HangUpAfter => {
                    self.take(message);
                    return Ok(());
                }
                Mode::SilentAfter => {
                    self.take(message);
                    // Until the caller has had enough.
                    while stub_http::read(&mut stream).await?.is_some() {}
                    return Ok(());
                }
                Mode::BadJson => stub_http::answer(&mut stream, "502 Bad Gateway", "", "<html>{\"id\":").await?,
                Mode::ErrorInside => {
                    stub_http::answer(&mut stream, "200 OK", "", "{\"error\":\"try_later\"}").await?;
                }
                Mode::Redirect => {
                    // To itself: whoever follows is seen, because the message would be taken twice.
                    let place = format!("Location: {}/elsewhere\r\n", self.url);
                    stub_http::answer(&mut stream, "307 Temporary Redirect", &place, "{}").await?;
                }
            }
        }
        Ok(())
    }

    /// Reads and checks a message as a provider would, and notes that it was tried.
    fn check(&self, request: &stub_http::Request) -> Result<Wire> {
        let message: Wire = serde_json::from_slice(&request.body).context("not a message")?;
        let mut state = self.lock();
        let state = &mut *state;
        if request.header("idempotency-key") != Some(message.id.to_string().as_str()) {
            state.violations.push(format!("message {} came with another idempotency key", message.id));
        }
        if request.was_sent_on() {
            state.violations.push(format!("message {} followed a redirect", message.id));
        }
        if !self.is_signed(request) {
            state.violations.push(format!("message {} is not signed", message.id));
        }
        let now = wall::now();
        let tries = state.tried.entry(message.id).or_insert(Tries { last: now, times: 0 });
        (tries.last, tries.times) = (now, tries.times + 1);
        let words = state.words.entry(message.id).or_insert_with(|| (message.to.clone(), message.body.clone()));
        if *words != (message.to.clone(), message.body.clone()) {
            state.violations.push(format!("message {} changed between two tries", message.id));
        }
        Ok(message)
    }

    fn is_signed(&self, request: &stub_http::Request) -> bool {
        let (Some(timestamp), Some(signature)) = (request.header("salon-timestamp"), request.header("salon-signature")) else {
            return false;
        };
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(self.secret.as_bytes()) else { return false };
        mac.update(timestamp.as_bytes());
        mac.update(b".");
        mac.update(&request.body);
        let wanted = mac.finalize().into_bytes().iter().fold(String::from("v1="), |text, byte| format!("{text}{byte:02x}"));
        wanted == signature
    }

    /// The same key twice is one message: that is what the key is for.
    fn take(&self, message: Wire) {
        let mut state = self.lock();
        if !state.taken.contains_key(&message.id) {
            let Wire { id, to, body } = message;
            state.inbox.entry(to.clone()).or_default().push(id);
            state.taken.insert(id, Text { id, to, body });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn post(stub: &Stub, id: Uuid, body: &str) -> u16 {
        let http = reqwest::Client::builder().no_proxy().build().unwrap();
        let text = format!("{{\"id\":\"{id}\",\"to\":\"+966501000000\",\"body\":\"{body}\"}}");
        let mut mac = Hmac::<Sha256>::new_from_slice(stub.secret.as_bytes()).unwrap();
        mac.update(format!("1800000000.{text}").as_bytes());
        let signature = mac.finalize().into_bytes().iter().fold(String::from("v1="), |text, byte| format!("{text}{byte:02x}"));
        let request = http.post(&stub.url).header("Idempotency-Key", id.to_string());
        let request = request.header("Salon-Timestamp", "1800000000").header("Salon-Signature", signature);
        request.body(text).send().await.unwrap().status().as_u16()
    }

    #[tokio::test]
    async fn a_message_sent_again_is_one_message_and_a_changed_one_is_a_violation() {
        let stub = Stub::start("a secret").await.unwrap();
        let id = Uuid::from_u128(1);
        assert_eq!(post(&stub, id, "123456 is your code").await, 200);
        assert_eq!(post(&stub, id, "123456 is your code").await, 200);
        assert_eq!((stub.taken(), stub.tries()[&id].times), (1, 2));
        assert!(stub.violations().is_empty());
        assert_eq!(stub.text_to("+966501000000", Duration::ZERO).await.unwrap().code(), "123456");
        post(&stub, id, "654321 is your code").await;
        assert_eq!(stub.violations().len(), 1);
    }

    #[tokio::test]
    async fn what_is_not_signed_with_the_secret_is_a_violation() {
        let stub = Stub::start("a secret").await.unwrap();
        let other = Stub { secret: "another".into(), ..stub.clone() };
        post(&other, Uuid::from_u128(1), "123456").await;
        assert_eq!(stub.violations().len(), 1);
    }

    #[tokio::test]
    async fn a_broken_provider_takes_nothing() {
        let stub = Stub::start("a secret").await.unwrap();
        stub.behave(Mode::Broken);
        assert_eq!(post(&stub, Uuid::from_u128(1), "123456").await, 500);
        assert_eq!((stub.taken(), stub.tries().len()), (0, 1));
    }
}
