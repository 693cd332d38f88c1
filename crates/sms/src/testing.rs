//! A provider on this machine that answers as told and remembers what it was asked. Built only with the feature `testing`.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;

/// One request as it came in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Received {
    /// Method and path.
    pub line: String,
    /// By lower-case name.
    pub headers: HashMap<String, String>,
    /// Raw.
    pub body: String,
}

impl Received {
    /// A header, empty when it is missing.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }

    /// A text field of the JSON body, empty when it is missing.
    pub fn field(&self, name: &str) -> String {
        let body: serde_json::Value = serde_json::from_str(&self.body).unwrap_or_default();
        body[name].as_str().unwrap_or_default().to_owned()
    }
}

/// What happens to the connection after an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Then {
    Next,
    Close,
    Hang,
}

/// What to do with a request.
#[derive(Clone, Debug)]
pub struct Reply {
    wait: Duration,
    bytes: Vec<u8>,
    then: Then,
}

impl Reply {
    /// A whole answer.
    pub fn json(status: u16, body: &str) -> Self {
        let head = format!("HTTP/1.1 {status} X\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n", body.len());
        Self { wait: Duration::ZERO, bytes: (head + body).into_bytes(), then: Then::Next }
    }

    /// These bytes, then the connection is closed.
    pub fn cut_off(bytes: &str) -> Self {
        Self { wait: Duration::ZERO, bytes: bytes.into(), then: Then::Close }
    }

    /// These bytes, and then nothing any more.
    pub fn hang_after(bytes: &str) -> Self {
        Self { wait: Duration::ZERO, bytes: bytes.into(), then: Then::Hang }
    }

    /// The same, later.
    #[must_use]
    pub fn after(self, wait: Duration) -> Self {
        Self { wait, ..self }
    }
}

type Answer = dyn Fn(&Received) -> Reply + Send + Sync;

/// The provider. It runs as long as the runtime of its test.
#[derive(Clone, Debug)]
pub struct Stub {
    /// Where it listens.
    pub url: String,
    received: Arc<Mutex<Vec<Received>>>,
}

impl Stub {
    /// Listens on a free port of this machine; `answer` is asked for each request.
    ///
    /// # Panics
    /// When there is no free port.
    pub async fn start(answer: impl Fn(&Received) -> Reply + Send + Sync + 'static) -> Self {
        let open = Arc::new(Semaphore::new(Semaphore::MAX_PERMITS));
        Self::start_gated(open, answer).await
    }

    /// The same; each answer takes a permit of `gate` and waits until there is one.
    ///
    /// # Panics
    /// When there is no free port.
    pub async fn start_gated(gate: Arc<Semaphore>, answer: impl Fn(&Received) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let url = format!("http://{}/send", listener.local_addr().expect("bound"));
        let stub = Self { url, received: Arc::default() };
        let (answer, received): (Arc<Answer>, _) = (Arc::new(answer), stub.received.clone());
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(connection(stream, answer.clone(), gate.clone(), received.clone()));
            }
        });
        stub
    }

    /// Every request so far, in the order of arrival.
    pub fn received(&self) -> Vec<Received> {
        self.received.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

async fn connection(stream: TcpStream, answer: Arc<Answer>, gate: Arc<Semaphore>, received: Arc<Mutex<Vec<Received>>>) {
    // As a real server does: or small answers wait for the client's acknowledgement.
    let _ = stream.set_nodelay(true);
    let mut stream = BufReader::new(stream);
    while let Some(request) = read(&mut stream).await {
        received.lock().unwrap_or_else(PoisonError::into_inner).push(request.clone());
        let Ok(permit) = gate.acquire().await else { return };
        permit.forget();
        let reply = answer(&request);
        if reply.wait > Duration::ZERO {
            tokio::time::sleep(reply.wait).await;
        }
        // A client that went away is a client's right.
        let _ = stream.write_all(&reply.bytes).await;
        match reply.then {
            Then::Next => {}
            Then::Close => return,
            Then::Hang => std::future::pending().await,
        }
    }
}

async fn read(stream: &mut BufReader<TcpStream>) -> Option<Received> {
    let mut line = String::new();
    stream.read_line(&mut line).await.ok().filter(|read| *read > 0)?;
    let mut headers = HashMap::new();
    loop {
        let mut header = String::new();
        stream.read_line(&mut header).await.ok().filter(|read| *read > 0)?;
        let Some((name, value)) = header.trim_end().split_once(':') else { break };
        headers.insert(name.to_lowercase(), value.trim().to_owned());
    }
    let length = headers.get("content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
    let mut body = vec![0; length];
    stream.read_exact(&mut body).await.ok()?;
    let line = line.trim_end().trim_end_matches(" HTTP/1.1").to_owned();
    Some(Received { line, headers, body: String::from_utf8_lossy(&body).into_owned() })
}
