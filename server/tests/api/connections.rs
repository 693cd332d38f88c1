//! What only a connection can show: deadlines, caps, the end.

use std::time::Duration;

use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::support::{PHONE, TestApp, TestServer};

/// Long enough for any machine; the deadline under test is a second.
const PATIENCE: Duration = Duration::from_mins(1);

async fn read_to_end(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    // A reset is an end too.
    let _ = tokio::time::timeout(PATIENCE, stream.read_to_end(&mut bytes)).await.expect("the server ends it");
    String::from_utf8_lossy(&bytes).into_owned()
}

#[tokio::test]
async fn half_a_header_is_not_waited_for() {
    let server = TestServer::start(&TestApp::with("[server]\nheader_timeout_s = 1").await).await;
    for half in ["", "GET / HT", "GET / HTTP/1.1\r\nHost: x\r\nX-Slow: "] {
        let mut stream = TcpStream::connect(server.address).await.expect("connects");
        stream.write_all(half.as_bytes()).await.expect("written");
        let answer = read_to_end(&mut stream).await;
        assert!(!answer.contains("200 OK"), "{half:?}");
    }
    assert_eq!(server.client.get(server.url("/healthz")).send().await.expect("an answer").status(), 200);
}

#[tokio::test]
async fn half_a_body_is_not_waited_for() {
    let server = TestServer::start(&TestApp::with("[server]\nbody_timeout_s = 1").await).await;
    let mut stream = TcpStream::connect(server.address).await.expect("connects");
    let head = "POST /api/auth/phone/request/ HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{\"pho";
    stream.write_all(head.as_bytes()).await.expect("written");
    let answer = read_to_end(&mut stream).await;
    assert!(answer.starts_with("HTTP/1.1 400"), "{answer}");
    assert!(answer.contains("\"malformed\""));
}

#[tokio::test]
async fn a_header_bomb_is_refused() {
    let server = TestServer::start(&TestApp::sqlite().await).await;
    let mut stream = TcpStream::connect(server.address).await.expect("connects");
    let bomb = format!("GET /healthz HTTP/1.1\r\nHost: x\r\nX-Bomb: {}\r\n\r\n", "x".repeat(300 * 1024));
    // The server may hang up while we are still writing.
    let _ = stream.write_all(bomb.as_bytes()).await;
    let answer = read_to_end(&mut stream).await;
    assert!(!answer.contains("200 OK"));
    assert_eq!(server.client.get(server.url("/healthz")).send().await.expect("an answer").status(), 200);
}

#[tokio::test]
async fn one_connection_too_many_is_turned_away_at_once() {
    for key in ["max_connections", "max_connections_per_address"] {
        let server = TestServer::start(&TestApp::with(&format!("[server]\n{key} = 2")).await).await;
        let mut held = Vec::new();
        for _ in 0..2 {
            let mut stream = TcpStream::connect(server.address).await.expect("connects");
            stream.write_all(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n").await.expect("written");
            let mut first = [0; 12];
            stream.read_exact(&mut first).await.expect("answered");
            held.push(stream);
        }
        let mut third = TcpStream::connect(server.address).await.expect("connects");
        let answer = read_to_end(&mut third).await;
        assert!(answer.starts_with("HTTP/1.1 503") && answer.contains("Retry-After: 1"), "{key}: {answer}");
    }
}

#[tokio::test]
async fn a_proxy_tells_whose_request_it_is_and_a_stranger_does_not() {
    let limits = "[otp]\nsends_per_address = 1\n[server]\n";
    for (trusted, second) in [("trusted_proxies = ['127.0.0.1']", 202), ("", 429)] {
        let server = TestServer::start(&TestApp::with(&format!("{limits}{trusted}")).await).await;
        for (phone, address, expected) in [("0501111111", "203.0.113.1", 202), ("0502222222", "203.0.113.2", second)] {
            let call = server.client.post(server.url("/api/auth/phone/request/")).header("x-forwarded-for", address);
            let answer = call.json(&json!({ "phone": phone })).send().await.expect("an answer");
            assert_eq!(answer.status(), expected, "{trusted} {address}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn at_the_end_requests_in_flight_are_finished() {
    let app = TestApp::sqlite().await;
    let server = TestServer::start(&app).await;
    let mut stream = TcpStream::connect(server.address).await.expect("connects");
    let body = json!({ "phone": PHONE }).to_string();
    let head = format!(
        "POST /api/auth/phone/request/ HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).await.expect("written");
    // The server has read the header once the health check behind it on the same thread pool is answered.
    server.client.get(server.url("/healthz")).send().await.expect("an answer");
    let address = server.address;
    let stopping = tokio::spawn(server.stop());
    while TcpStream::connect(address).await.is_ok() {
        tokio::task::yield_now().await;
    }
    stream.write_all(body.as_bytes()).await.expect("written");
    let answer = read_to_end(&mut stream).await;
    assert!(answer.starts_with("HTTP/1.1 202"), "{answer}");
    stopping.await.expect("it stops");
}
