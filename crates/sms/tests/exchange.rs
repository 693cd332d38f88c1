//! What `salon sms test` shows of a call: all of it, and no credential in any form, even if the provider sends everything back.

use std::time::Duration;

use sms::testing::{Received, Reply, Stub};
use sms::{BaseUrl, Exchange, PerClass, SmsError, SmsSender, Twilio, TwilioFrom, Webhook, webhook_url};

use crate::support::{
    ACCOUNT, NUMBER, Outcome, Provider, fourjawaly, message, msegat, now, secret, taqnyat, twilio, unifonic, webhook,
};

macro_rules! for_every_provider {
    ($($case:ident),* $(,)?) => {
        $(#[tokio::test]
        async fn $case() {
            for provider in [unifonic(), taqnyat(), msegat(), fourjawaly(), twilio(), webhook()] {
                cases::$case(&provider).await;
            }
        })*
    };
}

for_every_provider![
    the_whole_call_is_shown,
    an_answer_that_quotes_every_credential_shows_none,
    a_refusal_is_shown_with_its_body,
    an_answer_that_breaks_off_is_shown_as_far_as_it_came,
    what_was_recorded_is_what_is_sent_without_recording,
];

async fn recorded(sender: &mut SmsSender) -> (Outcome, Exchange) {
    let tape = sender.record().expect("it calls somebody");
    let outcome = sender.send(&message(), now()).await;
    (outcome, tape.exchange())
}

async fn answered(
    provider: &Provider,
    reply: impl Fn(&Received) -> Reply + Send + Sync + 'static,
) -> (Outcome, Exchange, Received) {
    let stub = Stub::start(reply).await;
    let mut sender = (provider.make)(&stub.url, Duration::from_secs(2));
    let (outcome, exchange) = recorded(&mut sender).await;
    let shown = format!("{exchange}{exchange:?}").to_lowercase();
    for form in credentials(sender.name()) {
        assert!(!shown.contains(&form.to_lowercase()), "{form} stands in\n{exchange}");
    }
    (outcome, exchange, stub.received().remove(0))
}

/// Every credential of a provider, and what a header, a body or a query may have made of it.
fn credentials(provider: &str) -> Vec<String> {
    let pairs = [format!("{ACCOUNT}:hush-token"), "hush-key:hush-secret".to_owned()];
    let whole: Vec<&str> = match provider {
        "unifonic" => vec!["hush-app-sid"],
        "taqnyat" => vec!["hush-token"],
        "msegat" => vec!["hush-user", "hush-key"],
        "4jawaly" => vec!["hush-key", "hush-secret", &pairs[1]],
        "twilio" => vec![ACCOUNT, "hush-token", &pairs[0]],
        "webhook" => vec!["hush-hush-hush-hush-hush-hush-hush"],
        other => panic!("which are the credentials of {other}?"),
    };
    whole.iter().flat_map(|text| [(*text).to_owned(), base64(text), percent(text), base64(text).replace('=', "%3D")]).collect()
}

/// RFC 4648 §4, written again so that the test does not believe the code.
fn base64(text: &str) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let bits: String = text.bytes().map(|byte| format!("{byte:08b}")).collect::<Vec<_>>().concat();
    let letters: String = (0..bits.len())
        .step_by(6)
        .map(|at| format!("{:0<6}", &bits[at..bits.len().min(at + 6)]))
        .map(|six| char::from(LETTERS[usize::from_str_radix(&six, 2).expect("bits")]))
        .collect();
    format!("{letters}{}", "=".repeat((4 - letters.len() % 4) % 4))
}

/// Every character percent-encoded.
fn percent(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect::<Vec<_>>().concat()
}

mod cases {
    use super::*;

    pub async fn the_whole_call_is_shown(provider: &Provider) {
        let (status, body, reference) = provider.taken;
        let (outcome, exchange, received) = answered(provider, move |_| Reply::json(status, body)).await;
        assert_eq!(outcome, Ok(Some(reference.to_owned())));
        let shown = exchange.to_string();
        let path = received.line.strip_prefix("POST ").expect("a POST").replace(ACCOUNT, "[redacted]");
        assert!(shown.starts_with("> POST http://127.0.0.1:") && shown.contains(&format!("{path} HTTP/1.1\n")), "{shown}");
        assert!(shown.contains(&format!("> content-type: {}\n", received.header("content-type"))), "{shown}");
        assert!(shown.contains(NUMBER), "the operator typed it: {shown}");
        assert!(shown.contains(&format!("\n< HTTP/1.1 {status}")), "{shown}");
        assert!(shown.contains("< content-type: application/json\n") && shown.contains(reference), "{shown}");
        assert!(shown.contains("\ntook "), "{shown}");
        let is_sent_as_header = !received.header("authorization").is_empty();
        assert_eq!(shown.contains("> authorization: B"), is_sent_as_header, "the scheme is shown: {shown}");
    }

    pub async fn an_answer_that_quotes_every_credential_shows_none(provider: &Provider) {
        let forms = credentials((provider.make)("http://127.0.0.1/", Duration::from_secs(1)).name());
        let (_, exchange, _) = answered(provider, move |received| {
            let body = format!("{} {:?} {} {}", received.line, received.headers, received.body, forms.join(" "));
            let head = format!("HTTP/1.1 200 OK\r\nSet-Cookie: a=b\r\nX-Key: {}\r\n", forms[0]);
            Reply::cut_off(&format!("{head}Content-Length: {}\r\n\r\n{body}", body.len()))
        })
        .await;
        let answer = exchange.answer.expect("one came");
        assert!(answer.is_whole && answer.body.contains("[redacted]"), "{answer:?}");
        assert!(answer.headers.iter().filter(|(_, value)| value == "[redacted]").count() == 2, "{answer:?}");
    }

    pub async fn a_refusal_is_shown_with_its_body(provider: &Provider) {
        // Nobody reads the bodies of these when it is not for showing.
        for status in [301, 400, 408, 429, 500, 503] {
            let (outcome, exchange, _) = answered(provider, move |_| Reply::json(status, r#"{"why":"tired"}"#)).await;
            assert!(outcome.is_err(), "{status}");
            let shown = exchange.to_string();
            assert!(shown.contains(&format!("< HTTP/1.1 {status}")) && shown.contains("< {\"why\":\"tired\"}\n"), "{shown}");
        }
    }

    pub async fn an_answer_that_breaks_off_is_shown_as_far_as_it_came(provider: &Provider) {
        let half = "HTTP/1.1 200 OK\r\nContent-Length: 200\r\n\r\n{\"half\": \"hush-";
        let (outcome, exchange, _) = answered(provider, move |_| Reply::cut_off(half)).await;
        assert!(matches!(outcome, Err(SmsError::Unknown(_))), "{outcome:?}");
        let answer = exchange.answer.as_ref().expect("half of one came");
        assert!(!answer.is_whole && answer.body.starts_with("{\"half\""), "{answer:?}");
        assert!(exchange.to_string().contains("< [not the whole body"), "{exchange}");

        let huge = "x".repeat(65 * 1024);
        let (outcome, exchange, _) = answered(provider, move |_| Reply::json(200, &huge)).await;
        assert!(matches!(outcome, Err(SmsError::Unknown(_))), "{outcome:?}");
        let answer = exchange.answer.expect("one came");
        assert_eq!((answer.body.len(), answer.is_whole), (64 * 1024, false));
    }

    pub async fn what_was_recorded_is_what_is_sent_without_recording(provider: &Provider) {
        let (status, body, _) = provider.taken;
        let stub = Stub::start(move |_| Reply::json(status, body)).await;
        let mut sender = (provider.make)(&stub.url, Duration::from_secs(10));
        let plain = sender.send(&message(), now()).await;
        let (outcome, _) = recorded(&mut sender).await;
        assert_eq!(plain, outcome);
        let received = stub.received();
        assert_eq!(received[0], received[1]);
    }
}

#[tokio::test]
async fn a_call_that_nobody_answers_is_shown_too() {
    let port = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port").local_addr().expect("bound").port();
    let mut sender = (unifonic().make)(&format!("http://127.0.0.1:{port}"), Duration::from_secs(10));
    let (outcome, exchange) = recorded(&mut sender).await;
    assert!(matches!(outcome, Err(SmsError::Temporary(_))), "{outcome:?}");
    let shown = exchange.to_string();
    assert!(shown.starts_with("> POST http://127.0.0.1:") && shown.contains("\n< no answer\n"), "{shown}");
}

#[tokio::test]
async fn a_key_in_the_address_of_a_webhook_is_not_shown() {
    let stub = Stub::start(|received| Reply::json(200, &format!("{{\"asked\":\"{}\"}}", received.line))).await;
    let url = webhook_url(&format!("{}?key=hush%2Bkey-in-query&v=1", stub.url)).expect("a good address");
    let secret = secret("hush-hush-hush-hush-hush-hush-hush");
    let mut sender = SmsSender::Webhook(Webhook::new(url, secret, Duration::from_secs(10)).expect("a client"));
    let (outcome, exchange) = recorded(&mut sender).await;
    assert_eq!(outcome, Ok(None));
    let shown = exchange.to_string();
    assert!(shown.contains("/send?key=[redacted]&v=[redacted] HTTP/1.1"), "{shown}");
    assert!(!shown.contains("hush") && shown.contains("v=1"), "{shown}");
}

#[tokio::test]
async fn the_token_for_a_delivery_report_is_not_shown() {
    let stub = Stub::start(|received| Reply::json(400, &received.body)).await;
    let base = BaseUrl::parse(&stub.url).expect("a good address");
    let from = PerClass::same(TwilioFrom::parse("+15005550006").expect("a good origin"));
    let twilio = Twilio::new(&base, ACCOUNT.to_owned(), secret("hush-token"), from, Duration::from_secs(10)).expect("a client");
    let mut sender = SmsSender::Twilio(twilio.reporting_to("https://salon.example"));
    let (_, exchange) = recorded(&mut sender).await;
    let received = stub.received().remove(0).body;
    let (_, token) = received.split_once("token%3D").expect("it asks for a report");
    let token = token.split(['&', '%']).next().expect("one at least");
    let shown = exchange.to_string();
    assert!(token.len() > 40 && shown.contains("token%3D[redacted]") && !shown.contains(token), "{shown}");
}

#[test]
fn the_carriers_of_development_call_nobody() {
    assert!(SmsSender::Outbox.record().is_none() && SmsSender::Log.record().is_none());
}
