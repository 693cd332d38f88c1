use std::time::Duration;

use chrono::{DateTime, Utc};
use domain::locale::Locale;
use domain::phone::PhoneNumber;
use domain::secret::Secret;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use sms::testing::{Reply, Stub};
use sms::{Class, Message, SmsError, SmsSender, Webhook, webhook_url};

const SECRET: &str = "0123456789abcdef0123456789abcdef";
const CODE: &str = "123456";
const KEY: &str = "01890000-0000-7000-8000-000000000001";

fn message() -> Message {
    Message {
        key: KEY.to_owned(),
        to: PhoneNumber::from_canonical("+966501234567").expect("canonical"),
        body: format!("{CODE} رمز \"تسجيل\" الدخول"),
        locale: Locale::Ar,
        class: Class::Otp,
    }
}

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_800_000_000, 999_000_000).expect("in range")
}

fn sender(url: &str, deadline: Duration) -> SmsSender {
    let url = webhook_url(url).expect("a good address");
    SmsSender::Webhook(Webhook::new(url, Secret::new(SECRET.to_owned()), deadline).expect("a client"))
}

/// Sends one message; what the sender made of the answer. No error may quote the message.
async fn send_to(url: &str, deadline: Duration) -> Result<Option<String>, SmsError> {
    let outcome = sender(url, deadline).send(&message(), now()).await;
    if let Err(error) = &outcome {
        let text = format!("{error} {error:?}");
        assert!(!text.contains(CODE) && !text.contains("501234567") && !text.contains("/send"), "{text}");
    }
    outcome
}

async fn answered(reply: Reply) -> Result<Option<String>, SmsError> {
    let stub = Stub::start(move |_| reply.clone()).await;
    send_to(&stub.url, Duration::from_secs(10)).await
}

/// The same where the stub never finishes: the deadline alone ends the call.
async fn given_up(reply: Reply) -> Result<Option<String>, SmsError> {
    let stub = Stub::start(move |_| reply.clone()).await;
    send_to(&stub.url, Duration::from_millis(300)).await
}

macro_rules! assert_is {
    ($outcome:expr, $kind:ident) => {
        let outcome = $outcome;
        assert!(matches!(outcome, Err(SmsError::$kind(_))), "{outcome:?}");
    };
}

#[tokio::test]
async fn a_message_is_posted_with_its_key_and_a_signature_that_holds() {
    let stub = Stub::start(|_| Reply::json(202, r#"{"id":"ref-1"}"#)).await;
    let sender = sender(&stub.url, Duration::from_secs(10));
    assert_eq!(sender.send(&message(), now()).await, Ok(Some("ref-1".to_owned())));
    assert_eq!(sender.send(&message(), now()).await, Ok(Some("ref-1".to_owned())));
    let received = stub.received();
    assert_eq!(received[0], received[1], "a second try of the same message at the same time is the same request");
    let request = &received[0];
    assert_eq!(request.line, "POST /send");
    let expected = serde_json::json!({
        "id": KEY, "to": "+966501234567", "body": message().body, "locale": "ar", "class": "otp",
    });
    assert_eq!(serde_json::from_str::<serde_json::Value>(&request.body).expect("JSON"), expected);
    assert_eq!(request.header("content-type"), "application/json");
    assert_eq!((request.header("idempotency-key"), request.header("salon-timestamp")), (KEY, "1800000000"));
    let mut mac = Hmac::<Sha256>::new_from_slice(SECRET.as_bytes()).expect("any length");
    mac.update(format!("1800000000.{}", request.body).as_bytes());
    let hex = request.header("salon-signature").strip_prefix("v1=").expect("version 1");
    let bytes: Vec<u8> = (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).expect("hex")).collect();
    mac.verify_slice(&bytes).expect("the signature holds");
}

#[tokio::test]
async fn any_2xx_is_taken_with_and_without_a_reference() {
    assert_eq!(answered(Reply::json(200, "")).await, Ok(None));
    assert_eq!(answered(Reply::json(204, "")).await, Ok(None));
    assert_eq!(answered(Reply::json(201, "{}")).await, Ok(None));
    assert_eq!(answered(Reply::json(200, "queued, thank you")).await, Ok(None));
    assert_eq!(answered(Reply::json(200, "[[[[")).await, Ok(None));
    assert_eq!(answered(Reply::json(200, r#"{"id":"a-1","error":null}"#)).await, Ok(Some("a-1".to_owned())));
    assert_eq!(answered(Reply::json(200, r#"{"id":77}"#)).await, Ok(Some("77".to_owned())));
    let long = format!(r#"{{"id":"{}"}}"#, "x".repeat(1_000));
    assert_eq!(answered(Reply::json(200, &long)).await, Ok(None), "no reference is kept that nobody could look up");
    assert_eq!(answered(Reply::json(200, r#"{"id":"with space\n"}"#)).await, Ok(None));
}

#[tokio::test]
async fn a_200_with_an_error_inside_is_an_error() {
    assert_is!(answered(Reply::json(200, r#"{"error":"invalid_number"}"#)).await, InvalidNumber);
    assert_is!(answered(Reply::json(200, r#"{"error":"blocked"}"#)).await, Blocked);
    assert_is!(answered(Reply::json(200, r#"{"error":"rate_limited"}"#)).await, RateLimited);
    assert_is!(answered(Reply::json(200, r#"{"error":"temporary"}"#)).await, Temporary);
    assert_is!(answered(Reply::json(200, r#"{"id":"ref","error":"no_credit"}"#)).await, Permanent);
    assert_is!(answered(Reply::json(200, r#"{"error":{"code":7}}"#)).await, Permanent);
}

#[tokio::test]
async fn each_4xx_is_what_it_says() {
    assert_is!(answered(Reply::json(422, r#"{"error":"invalid_number"}"#)).await, InvalidNumber);
    assert_is!(answered(Reply::json(403, r#"{"error":"blocked"}"#)).await, Blocked);
    assert_is!(answered(Reply::json(400, r#"{"error":"no_credit"}"#)).await, Permanent);
    assert_is!(answered(Reply::json(401, "")).await, Permanent);
    assert_is!(answered(Reply::json(404, "<html>")).await, Permanent);
    assert_is!(answered(Reply::json(408, "")).await, Temporary);
    assert_is!(answered(Reply::json(429, r#"{"error":"invalid_number"}"#)).await, RateLimited);
}

#[tokio::test]
async fn an_error_that_quotes_the_message_is_not_repeated() {
    let quoting = format!(r#"{{"error":"cannot send '{CODE}' to +966501234567"}}"#);
    // `send_to` looks at the text.
    assert_is!(answered(Reply::json(400, &quoting)).await, Permanent);
    assert_is!(answered(Reply::json(200, &quoting)).await, Permanent);
    let outcome = answered(Reply::json(400, r#"{"error":"no_credit"}"#)).await;
    assert!(outcome.is_err_and(|error| error.to_string().contains("no_credit")), "but a name is");
}

#[tokio::test]
async fn trouble_of_the_provider_says_nothing_about_the_message() {
    for status in [500, 502, 504] {
        assert_is!(answered(Reply::json(status, r#"{"error":"invalid_number"}"#)).await, Unknown);
    }
    assert_is!(answered(Reply::json(503, r#"{"error":"invalid_number"}"#)).await, Temporary);
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let elsewhere = Stub::start(|_| Reply::json(200, "")).await;
    let head = format!("HTTP/1.1 307 X\r\nLocation: {}\r\nContent-Length: 0\r\n\r\n", elsewhere.url);
    assert_is!(answered(Reply::cut_off(&head)).await, Temporary);
    assert_eq!(elsewhere.received(), []);
}

#[tokio::test]
async fn a_slow_head_and_a_slow_body_end_at_the_deadline() {
    assert_is!(given_up(Reply::hang_after("")).await, Unknown);
    assert_is!(given_up(Reply::hang_after("HTTP/1.1 200 OK\r\nContent-Le")).await, Unknown);
    assert_is!(given_up(Reply::hang_after("HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n{\"id\":")).await, Unknown);
}

#[tokio::test]
async fn an_answer_that_does_not_end_is_dropped() {
    let huge = "x".repeat(64 * 1024 + 1);
    assert_is!(answered(Reply::json(200, &huge)).await, Unknown);
    let endless = format!(
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{}",
        format!("4000\r\n{}\r\n", "x".repeat(0x4000)).repeat(9)
    );
    assert_is!(answered(Reply::hang_after(&endless)).await, Unknown);
    assert_eq!(answered(Reply::json(200, &huge[1..])).await, Ok(None), "64 kB are fine");
}

#[tokio::test]
async fn an_answer_cut_off_is_no_answer() {
    assert_is!(answered(Reply::cut_off("")).await, Unknown);
    assert_is!(answered(Reply::cut_off("HTTP/1.1 20")).await, Unknown);
    assert_is!(answered(Reply::cut_off("HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n{\"id\":")).await, Unknown);
    assert_is!(answered(Reply::cut_off("this is not HTTP\r\n\r\n")).await, Unknown);
}

#[tokio::test]
async fn nobody_there_is_temporary() {
    let port = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port").local_addr().expect("bound").port();
    assert_is!(send_to(&format!("http://127.0.0.1:{port}/send"), Duration::from_secs(10)).await, Temporary);
}

#[tokio::test]
async fn a_server_without_tls_behind_an_https_address_is_temporary() {
    let stub = Stub::start(|_| Reply::json(200, "")).await;
    assert_is!(send_to(&stub.url.replace("http:", "https:"), Duration::from_secs(10)).await, Temporary);
    assert_eq!(stub.received(), []);
}
