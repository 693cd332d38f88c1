//! Bodies that are too big, broken, or not what they say.

use axum::body::{Body, Bytes};
use futures::stream;
use serde_json::json;

use crate::support::{PHONE, TestApp};

const PATH: &str = "/api/auth/phone/request/";

#[tokio::test]
async fn a_body_over_64_kb_is_refused_announced_or_not() {
    let app = TestApp::sqlite().await;
    let big = format!("{{\"phone\":\"{}\"}}", "5".repeat(64 * 1024));
    let announced = app.post(PATH).header("content-type", "application/json").header("content-length", &big.len().to_string());
    announced.body(big.clone()).send().await.problem("payload-too-large");
    let pieces: Vec<_> =
        big.as_bytes().chunks(1000).map(|piece| Ok::<_, std::io::Error>(Bytes::copy_from_slice(piece))).collect();
    let streamed = app.post(PATH).header("content-type", "application/json").body(Body::from_stream(stream::iter(pieces)));
    streamed.send().await.problem("payload-too-large");
    let fits = format!("{{\"phone\":\"{}\"}}", "5".repeat(60 * 1024));
    app.post(PATH).header("content-type", "application/json").body(fits).send().await.problem("invalid-phone");
}

#[tokio::test]
async fn only_json_is_read() {
    let app = TestApp::sqlite().await;
    let body = json!({ "phone": PHONE }).to_string();
    app.post(PATH).body(body.clone()).send().await.problem("unsupported-media-type");
    for kind in ["text/plain", "application/x-www-form-urlencoded", "application/json; charset=utf-16"] {
        app.post(PATH).header("content-type", kind).body(body.clone()).send().await.problem("unsupported-media-type");
    }
}

#[tokio::test]
async fn what_is_not_json_is_malformed_and_never_a_fault_of_ours() {
    let app = TestApp::sqlite().await;
    let deep = format!("{{\"phone\":{}{}}}", "[".repeat(10_000), "]".repeat(10_000));
    let bodies: [&[u8]; 8] = [
        b"",
        b"{",
        b"{\"phone\":\"\xff\xfe\"}",
        b"{\"phone\":\"\\ud800\"}",
        b"{\"phone\":\"1\"} {}",
        b"{\"phone\":\"\x00\"}",
        b"{'phone':1}",
        deep.as_bytes(),
    ];
    for body in bodies {
        let call = app.post(PATH).header("content-type", "application/json").body(Bytes::copy_from_slice(body));
        call.send().await.problem("malformed");
    }
}

#[tokio::test]
async fn fields_are_checked_by_name_kind_and_number() {
    let app = TestApp::sqlite().await;
    for (body, pointer, code) in [
        ("{}", "/phone", "required"),
        (r#"{"phone":null}"#, "/phone", "required"),
        (r#"{"phone":501234567}"#, "/phone", "invalid"),
        (r#"{"phone":["0501234567"]}"#, "/phone", "invalid"),
        (r#"{"phone":"0501234567","phone":"0551234567"}"#, "/phone", "invalid"),
        (r#"{"phone":"0501234567","role":"platform_admin"}"#, "/role", "unknown"),
        (r#"{"phone":"0501234567","locale":"fr"}"#, "/locale", "not_offered"),
        (r#"{"phone":"0501234567","device_token":1}"#, "/device_token", "invalid"),
        ("[]", "", "invalid"),
        ("\"x\"", "", "invalid"),
        ("null", "", "invalid"),
    ] {
        let answer = app.post(PATH).header("content-type", "application/json").body(body).send().await.problem("validation");
        assert_eq!(answer.errors(), [(pointer.to_owned(), code.to_owned())], "{body}");
    }
    let body = json!({ "challenge_id": "x", "device_name": "n".repeat(121), "is_phone_verified": true });
    let answer = app.post("/api/auth/phone/verify/").json(&body).send().await.problem("validation");
    let found: Vec<_> = answer.errors().into_iter().map(|(pointer, code)| format!("{pointer} {code}")).collect();
    assert_eq!(found, ["/challenge_id invalid", "/code required", "/device_name too_long", "/is_phone_verified unknown"]);
}

#[tokio::test]
async fn a_method_that_is_not_offered_says_which_are() {
    let app = TestApp::sqlite().await;
    for (method, path, allowed) in
        [("GET", PATH, "POST"), ("PUT", "/api/me/", "GET,HEAD,PATCH,DELETE"), ("POST", "/healthz", "GET,HEAD")]
    {
        let answer = app.call(method, path).send().await.problem("method-not-allowed");
        assert_eq!(answer.header("allow"), allowed, "{path}");
    }
}

#[tokio::test]
async fn a_path_nobody_knows_is_a_problem_for_programs() {
    let app = TestApp::sqlite().await;
    for path in ["/api", "/api/", "/api/nope", "/api/auth/", "/api/me//", "/api/salons/../me/"] {
        app.get(path).send().await.problem("not-found");
        app.post(path).send().await.problem("not-found");
    }
}
