//! Just enough of HTTP/1.1 by hand to answer a provider's one request, or to hang up in the middle of it.

use anyhow::{Context, Result, ensure};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

const MOST: usize = 256 * 1024;

/// A request, read whole.
pub struct Request {
    head: String,
    /// The bytes that are signed.
    pub body: Vec<u8>,
}

impl Request {
    /// Whether it came to where a redirect of ours pointed.
    pub fn was_sent_on(&self) -> bool {
        self.head.lines().next().is_some_and(|line| line.contains("/elsewhere"))
    }

    /// The value of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.head
            .lines()
            .filter_map(|line| line.split_once(':'))
            .find_map(|(key, value)| if key.eq_ignore_ascii_case(name) { Some(value.trim()) } else { None })
    }
}

/// Reads the next request of a connection; `None` when it was closed instead.
pub async fn read(stream: &mut TcpStream) -> Result<Option<Request>> {
    let mut bytes = Vec::new();
    let head_end = loop {
        if let Some(at) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            break at;
        }
        ensure!(bytes.len() < MOST, "an endless header");
        if stream.read_buf(&mut bytes).await? == 0 {
            return Ok(None);
        }
    };
    let head = String::from_utf8(bytes[..head_end].to_vec()).context("a header that is not text")?;
    let mut request = Request { head, body: bytes.split_off(head_end + 4) };
    let length: usize = request.header("content-length").context("no Content-Length")?.parse()?;
    ensure!(length < MOST, "an endless body");
    while request.body.len() < length {
        ensure!(stream.read_buf(&mut request.body).await? > 0, "closed in the middle of a body");
    }
    Ok(Some(request))
}

/// Answers with JSON, or with whatever `body` is.
pub async fn answer(stream: &mut TcpStream, status: &str, more: &str, body: &str) -> Result<()> {
    let length = body.len();
    let text = format!("HTTP/1.1 {status}\r\nContent-Type: application/json\r\n{more}Content-Length: {length}\r\n\r\n{body}");
    Ok(stream.write_all(text.as_bytes()).await?)
}
