//! One client: a connection that is kept, as apps and browsers keep theirs.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use bytes::Bytes;
use http::{Method, Request, StatusCode, header};
use http_body_util::{BodyExt, Full};
use hyper::client::conn::http1::{self, SendRequest};
use hyper_util::rt::TokioIo;
use serde_json::Value;
use tokio::net::TcpStream;

/// Longer than any answer may take.
const PATIENCE: Duration = Duration::from_mins(1);

/// A connection, and the address its client says it has.
pub struct Wire {
    port: u16,
    sender: Option<SendRequest<Full<Bytes>>>,
}

/// An answer, its body read to the end.
pub struct Answer {
    /// The status.
    pub status: StatusCode,
    /// The body.
    pub body: Bytes,
}

impl Answer {
    /// The body as JSON, when the status is the one that was hoped for.
    pub fn expect(&self, status: u16) -> Result<Value> {
        ensure!(self.status == status, "{} instead of {status}: {}", self.status, String::from_utf8_lossy(&self.body));
        if self.body.is_empty() { Ok(Value::Null) } else { Ok(serde_json::from_slice(&self.body)?) }
    }
}

impl Wire {
    /// To a port of this machine. Connects at the first call, and again when the server has closed.
    pub const fn new(port: u16) -> Self {
        Self { port, sender: None }
    }

    /// Calls, from the address `from` as a proxy would name it.
    pub async fn call(
        &mut self,
        method: Method,
        path: &str,
        from: &str,
        body: Option<&Value>,
        bearer: Option<&str>,
    ) -> Result<Answer> {
        let mut request =
            Request::builder().method(method).uri(path).header(header::HOST, "127.0.0.1").header("x-forwarded-for", from);
        if body.is_some() {
            request = request.header(header::CONTENT_TYPE, "application/json");
        }
        if let Some(token) = bearer {
            request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
        }
        let bytes = body.map(serde_json::to_vec).transpose()?.unwrap_or_default();
        let request = request.body(Full::new(Bytes::from(bytes)))?;
        tokio::time::timeout(PATIENCE, self.send(request)).await.context("no answer")?
    }

    async fn send(&mut self, request: Request<Full<Bytes>>) -> Result<Answer> {
        let sender = match &mut self.sender {
            Some(sender) if !sender.is_closed() => sender,
            empty => empty.insert(connect(self.port).await?),
        };
        sender.ready().await?;
        let response = sender.send_request(request).await?;
        let status = response.status();
        let body = response.into_body().collect().await?.to_bytes();
        Ok(Answer { status, body })
    }
}

async fn connect(port: u16) -> Result<SendRequest<Full<Bytes>>> {
    let stream = TcpStream::connect(("127.0.0.1", port)).await?;
    stream.set_nodelay(true)?;
    let (sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
    // It ends when the sender is dropped; its faults show at the next call.
    tokio::spawn(async move { drop(connection.await) });
    Ok(sender)
}
