//! What holds for every provider, whatever it speaks: provider × case, a test each.

use std::sync::Arc;
use std::time::Duration;

use sms::testing::{Reply, Stub};
use tokio::io::AsyncReadExt;
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;

use crate::support::{CODE, NUMBER, Outcome, Provider, answered, assert_each, given_up, kind, send_to};

macro_rules! matrix {
    ($($provider:ident),*; $cases:tt) => { $(matrix!(@provider $provider $cases);)* };
    (@provider $provider:ident [$($case:ident),* $(,)?]) => {
        mod $provider {
            $(#[tokio::test]
            async fn $case() {
                super::$case(&crate::support::$provider()).await;
            })*
        }
    };
}

matrix!(unifonic, taqnyat, msegat, fourjawaly, twilio, webhook; [
    a_message_that_is_taken_has_a_reference,
    a_bare_400_is_permanent,
    a_429_is_a_rate_limit,
    a_503_and_a_408_are_temporary,
    any_other_5xx_may_have_been_taken,
    no_answer_in_time_may_have_been_taken,
    a_slow_head_may_have_been_taken,
    a_slow_body_may_have_been_taken,
    a_slow_refusal_is_a_refusal,
    a_redirect_is_not_followed,
    a_redirect_after_the_deed_may_have_been_taken,
    a_huge_answer_may_have_been_taken,
    an_endless_answer_may_have_been_taken,
    what_is_no_json_says_nothing,
    json_of_another_shape_says_nothing,
    a_connection_closed_before_the_answer_may_have_been_taken,
    a_connection_closed_in_the_answer_may_have_been_taken,
    what_is_no_http_may_have_been_taken,
    a_refused_connection_is_temporary,
    a_server_without_tls_is_temporary,
    a_self_signed_certificate_is_not_trusted,
    a_provider_that_quotes_everything_is_not_repeated,
]);

#[track_caller]
fn assert_is(outcome: &Outcome, expected: &str) {
    assert_eq!(kind(outcome), expected, "{outcome:?}");
}

async fn a_message_that_is_taken_has_a_reference(provider: &Provider) {
    let (status, body, reference) = provider.taken;
    assert_eq!(answered(provider, Reply::json(status, body)).await, Ok(Some(reference.to_owned())));
}

async fn a_bare_400_is_permanent(provider: &Provider) {
    assert_each(provider, &["", "{}", "[]", "<html>", "null"].map(|body| (400, body, "permanent"))).await;
}

async fn a_429_is_a_rate_limit(provider: &Provider) {
    assert_is(&answered(provider, Reply::json(429, "")).await, "rate limited");
    assert_is(&answered(provider, Reply::json(429, provider.taken.1)).await, "rate limited");
}

async fn a_503_and_a_408_are_temporary(provider: &Provider) {
    for status in [408, 503] {
        let outcome = answered(provider, Reply::json(status, "")).await;
        assert_is(&outcome, "temporary");
        assert!(outcome.is_err_and(|error| error.allows_another_carrier()));
    }
}

async fn any_other_5xx_may_have_been_taken(provider: &Provider) {
    for status in [500, 502, 504, 599] {
        let outcome = answered(provider, Reply::json(status, "{}")).await;
        assert_is(&outcome, "unknown");
        assert!(outcome.is_err_and(|error| !error.allows_another_carrier() && error.is_temporary()));
    }
}

async fn no_answer_in_time_may_have_been_taken(provider: &Provider) {
    assert_is(&given_up(provider, Reply::hang_after("")).await, "unknown");
}

async fn a_slow_head_may_have_been_taken(provider: &Provider) {
    assert_is(&given_up(provider, Reply::hang_after("HTTP/1.1 200 OK\r\nContent-Le")).await, "unknown");
}

async fn a_slow_body_may_have_been_taken(provider: &Provider) {
    let half = "HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n{\"id\":";
    assert_is(&given_up(provider, Reply::hang_after(half)).await, "unknown");
}

async fn a_slow_refusal_is_a_refusal(provider: &Provider) {
    let half = "HTTP/1.1 400 X\r\nContent-Length: 20\r\n\r\n{\"id\":";
    assert_is(&given_up(provider, Reply::hang_after(half)).await, "permanent");
}

/// What became of a message whose provider redirects; nobody may call there.
async fn redirected(provider: &Provider, status: u16) -> Outcome {
    let elsewhere = Stub::start(|_| Reply::json(200, "")).await;
    let head = format!("HTTP/1.1 {status} X\r\nLocation: {}\r\nContent-Length: 0\r\n\r\n", elsewhere.url);
    let outcome = answered(provider, Reply::cut_off(&head)).await;
    assert_eq!(elsewhere.received(), [], "{status}");
    outcome
}

async fn a_redirect_is_not_followed(provider: &Provider) {
    for status in [301, 307, 308] {
        assert_is(&redirected(provider, status).await, "temporary");
    }
}

async fn a_redirect_after_the_deed_may_have_been_taken(provider: &Provider) {
    for status in [302, 303] {
        assert_is(&redirected(provider, status).await, "unknown");
    }
}

async fn a_huge_answer_may_have_been_taken(provider: &Provider) {
    let (status, body, _) = provider.taken;
    let huge = format!("{body}{}", " ".repeat(64 * 1024));
    assert_is(&answered(provider, Reply::json(status, &huge)).await, "unknown");
    assert_is(&answered(provider, Reply::json(status, &huge[..64 * 1024])).await, "taken");
}

async fn an_endless_answer_may_have_been_taken(provider: &Provider) {
    let chunks = format!("4000\r\n{}\r\n", " ".repeat(0x4000)).repeat(9);
    let endless = format!("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{chunks}");
    assert_is(&answered(provider, Reply::hang_after(&endless)).await, "unknown");
}

async fn what_is_no_json_says_nothing(provider: &Provider) {
    let expected = if provider.takes_any_2xx { "taken" } else { "unknown" };
    assert_each(provider, &["", "ok", "<html>", "{\"id\":", "\u{0}"].map(|body| (200, body, expected))).await;
}

async fn json_of_another_shape_says_nothing(provider: &Provider) {
    let expected = if provider.takes_any_2xx { "taken" } else { "unknown" };
    let shapes = ["{}", "[]", "null", "1", "\"ok\"", r#"{"data":[]}"#, r#"{"messages":{}}"#, "[[[["];
    assert_each(provider, &shapes.map(|body| (200, body, expected))).await;
}

async fn a_connection_closed_before_the_answer_may_have_been_taken(provider: &Provider) {
    assert_is(&answered(provider, Reply::cut_off("")).await, "unknown");
}

async fn a_connection_closed_in_the_answer_may_have_been_taken(provider: &Provider) {
    assert_is(&answered(provider, Reply::cut_off("HTTP/1.1 20")).await, "unknown");
    let half = "HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n{\"id\":";
    assert_is(&answered(provider, Reply::cut_off(half)).await, "unknown");
}

async fn what_is_no_http_may_have_been_taken(provider: &Provider) {
    assert_is(&answered(provider, Reply::cut_off("this is not HTTP\r\n\r\n")).await, "unknown");
}

async fn a_refused_connection_is_temporary(provider: &Provider) {
    let port = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port").local_addr().expect("bound").port();
    let outcome = send_to(provider, &format!("http://127.0.0.1:{port}/send"), Duration::from_secs(10)).await;
    assert_is(&outcome, "temporary");
}

async fn a_server_without_tls_is_temporary(provider: &Provider) {
    let stub = Stub::start(|_| Reply::json(200, "")).await;
    let outcome = send_to(provider, &stub.url.replace("http:", "https:"), Duration::from_secs(10)).await;
    assert_is(&outcome, "temporary");
    assert_eq!(stub.received(), []);
}

async fn a_self_signed_certificate_is_not_trusted(provider: &Provider) {
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).expect("a certificate");
    let key = PrivateKeyDer::try_from(made.signing_key.serialize_der()).expect("a key");
    let config = ServerConfig::builder().with_no_client_auth().with_single_cert(vec![made.cert.der().clone()], key);
    let acceptor = TlsAcceptor::from(Arc::new(config.expect("a good pair")));
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let url = format!("https://localhost:{}/send", listener.local_addr().expect("bound").port());
    let server = tokio::spawn(async move {
        let (stream, _) = listener.accept().await.expect("a caller");
        let mut bytes = Vec::new();
        if let Ok(mut stream) = acceptor.accept(stream).await {
            // Whether the handshake is over for us or not: nothing may come through it.
            let _ = stream.read_to_end(&mut bytes).await;
        }
        bytes
    });
    let outcome = send_to(provider, &url, Duration::from_secs(10)).await;
    assert_is(&outcome, "temporary");
    assert!(outcome.is_err_and(|error| error.to_string().contains("certificate")), "for the right reason");
    assert_eq!(server.await.expect("ended"), b"");
}

async fn a_provider_that_quotes_everything_is_not_repeated(provider: &Provider) {
    let words = format!("cannot send '{CODE}' to +{NUMBER} for hush-user with hush-key, hush-secret, hush-token, hush-app-sid");
    let quoting = serde_json::json!({
        "success": false, "errorCode": words, "statusCode": words, "code": words, "error": words, "message": words, "status": "failed",
        "error_code": words, "error_message": words, "job_id": null, "rejected": words, "accepted": "",
        "messages": [{ "err_text": words, "error_numbers": [] }],
        "data": { "MessageID": null, "Status": words },
    });
    for status in [200, 400, 401, 422] {
        // `send_to` looks at the text.
        let outcome = answered(provider, Reply::json(status, &quoting.to_string())).await;
        assert!(outcome.is_err(), "{status}: {outcome:?}");
    }
}
