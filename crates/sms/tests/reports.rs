//! Reports as providers post them, and as others would like to.

use chrono::{DateTime, TimeDelta, Utc};
use domain::delivery::{DeliveryStatus, Report, Subject};
use domain::ids::OutboxId;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use sms::reports::{Head, Received, ReportError, Reporter, Reports, signed};
use sms::testing::{Reply, Stub};
use sms::{BaseUrl, PerClass, SmsSender, Twilio, TwilioFrom};

use crate::support::{ACCOUNT, KEY, message, now, secret, twilio};

use DeliveryStatus::{Delivered, Sent, Undelivered, Unknown};

const SHARED: &str = "shared-shared-shared-shared-shared";
const TOKEN: &str = "hush-token";
const WEBHOOK: &str = "hush-hush-hush-hush-hush-hush-hush";
const ORIGIN: &str = "https://salon.example";

fn reports() -> Reports {
    Reports { shared_secret: Some(secret(SHARED)), twilio_token: Some(secret(TOKEN)), webhook_secret: Some(secret(WEBHOOK)) }
}

fn headers(pairs: &[(&str, &str)]) -> HeaderMap {
    let pair = |(name, value): &(&str, &str)| {
        (name.parse::<HeaderName>().expect("a name"), HeaderValue::from_str(value).expect("a value"))
    };
    let mut headers = HeaderMap::new();
    for (name, value) in pairs.iter().map(pair) {
        headers.append(name, value);
    }
    headers
}

fn post_at(
    time: DateTime<Utc>,
    reporter: Reporter,
    url: &str,
    pairs: &[(&str, &str)],
    body: &str,
) -> Result<Received, ReportError> {
    let headers = headers(pairs);
    reports().admit(reporter, Head { url, headers: &headers, now: time })?.read(body.as_bytes())
}

fn post(reporter: Reporter, url: &str, pairs: &[(&str, &str)], body: &str) -> Result<Received, ReportError> {
    post_at(now(), reporter, url, pairs, body)
}

fn shared(reporter: Reporter, body: &str) -> Result<Received, ReportError> {
    post(reporter, &format!("{ORIGIN}/api/webhooks/sms/{}/?secret={SHARED}", reporter.as_str()), &[], body)
}

fn said(received: Result<Received, ReportError>) -> Vec<Report> {
    received.expect("a good report").reports
}

fn by_reference(reference: &str, status: DeliveryStatus) -> Report {
    Report { subject: Subject::Reference(reference.to_owned()), status }
}

fn by_key(status: DeliveryStatus) -> Report {
    Report { subject: Subject::Key(key()), status }
}

fn key() -> OutboxId {
    KEY.parse().expect("a key")
}

const SILENT: [Reporter; 4] = [Reporter::Unifonic, Reporter::Taqnyat, Reporter::Msegat, Reporter::FourJawaly];

#[test]
fn names_are_those_of_the_senders() {
    for reporter in Reporter::ALL {
        assert_eq!(Reporter::parse(reporter.as_str()), Some(reporter));
    }
    let senders = [crate::support::unifonic(), twilio(), crate::support::fourjawaly(), crate::support::webhook()];
    for (sender, reporter) in senders.iter().zip([Reporter::Unifonic, Reporter::Twilio, Reporter::FourJawaly, Reporter::Webhook])
    {
        let made = (sender.make)("http://127.0.0.1:9", std::time::Duration::from_secs(1));
        assert_eq!(made.name(), reporter.as_str());
    }
    assert_eq!(Reporter::parse("outbox"), None);
}

#[test]
fn unifonic_posts_a_form() {
    let form = |dlr: &str| {
        format!(
            "MessageID=42000348806924&DLR={dlr}&Recipient=966501234567&TimeCreated=2026-11-18+12%3A00%3A00&SCTS=2026-11-18+12%3A00%3A04&DLRTimestamp=2026-11-18+12%3A00%3A05"
        )
    };
    for (dlr, status) in [("Delivered", Delivered), ("Undeliverable", Undelivered)] {
        assert_eq!(said(shared(Reporter::Unifonic, &form(dlr))), [by_reference("42000348806924", status)]);
    }
    let json = r#"{"MessageID":42000348806924,"Status":"Rejected"}"#;
    assert_eq!(said(shared(Reporter::Unifonic, json)), [by_reference("42000348806924", Undelivered)]);
}

#[test]
fn taqnyat_wants_its_pass_phrase_back() {
    let json = r#"{"messageId":9108233203,"status":"delivered","recipient":"966501234567","passPhrase":"open-sesame"}"#;
    let received = shared(Reporter::Taqnyat, json).expect("good");
    assert_eq!(received.reports, [by_reference("9108233203", Delivered)]);
    assert_eq!(received.answer.as_deref(), Some("open-sesame"));
    let without = shared(Reporter::Taqnyat, "messageId=9108233203&status=failed").expect("good");
    assert_eq!((without.reports, without.answer), (vec![by_reference("9108233203", Undelivered)], None));
    let odd = shared(Reporter::Taqnyat, r#"{"messageId":1,"status":"sent","passPhrase":"a\r\nb"}"#).expect("good");
    assert_eq!(odd.answer, None);
}

#[test]
fn msegat_and_4jawaly_name_what_they_answered_with() {
    assert_eq!(said(shared(Reporter::Msegat, "id=771234&status=DELIVRD")), [by_reference("771234", Delivered)]);
    let json = r#"{"job_id":"job-8f3","status":"expired"}"#;
    assert_eq!(said(shared(Reporter::FourJawaly, json)), [by_reference("job-8f3", Undelivered)]);
}

#[test]
fn several_reports_may_come_at_once_and_each_counts_once() {
    let list = r#"[{"job_id":"b","status":"sent"},{"job_id":"a","status":"Delivered"},{"job_id":"b","status":"sent"},
        {"job_id":"c","status":"queued"},{"job_id":"d","status":"unknown"}]"#;
    let expected = [by_reference("a", Delivered), by_reference("b", Sent), by_reference("d", Unknown)];
    assert_eq!(said(shared(Reporter::FourJawaly, list)), expected);
    assert_eq!(said(shared(Reporter::FourJawaly, "[]")), []);
    let many = |count: usize| format!("[{}]", vec![r#"{"job_id":"b","status":"sent"}"#; count].join(","));
    assert_eq!(said(shared(Reporter::FourJawaly, &many(1_000))).len(), 1);
    assert_eq!(shared(Reporter::FourJawaly, &many(1_001)), Err(ReportError::Malformed));
}

#[test]
fn a_word_nobody_knows_is_no_fault_and_a_missing_one_is() {
    for reporter in SILENT {
        let body = |status: &str| format!(r#"{{"id":"r","MessageID":"r","job_id":"r","status":{status}}}"#);
        for word in ["\"queued\"", "\"صالون\"", "7", &format!("\"{}\"", "sent".repeat(100))] {
            assert_eq!(said(shared(reporter, &body(word))), [], "{word}");
        }
        for word in ["null", "\"\"", "{}", "[\"sent\"]", "true"] {
            assert_eq!(shared(reporter, &body(word)), Err(ReportError::Malformed), "{word}");
        }
    }
}

#[test]
fn what_cannot_be_read_is_refused_whole() {
    let deep = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
    let long = format!(r#"{{"job_id":"{}","status":"sent"}}"#, "r".repeat(201));
    for body in [
        "",
        "{",
        "garbage",
        "[1]",
        "{\"status\":\"sent\"}",
        "job_id=&status=sent",
        "job_id=a+b&status=sent",
        "{\"job_id\":[\"a\"],\"status\":\"sent\"}",
        "[{\"job_id\":\"a\",\"status\":\"sent\"},{\"job_id\":\"b\"}]",
        &deep,
        &long,
    ] {
        assert_eq!(shared(Reporter::FourJawaly, body), Err(ReportError::Malformed), "{body:.60}");
    }
}

#[test]
fn who_cannot_sign_shows_the_secret() {
    for reporter in SILENT {
        let url = format!("{ORIGIN}/api/webhooks/sms/{}/", reporter.as_str());
        let try_with = |query: &str, pairs: &[(&str, &str)]| post(reporter, &format!("{url}{query}"), pairs, "garbage");
        // Past the door, the body is looked at.
        let inside = Err(ReportError::Malformed);
        assert_eq!(try_with(&format!("?secret={SHARED}"), &[]), inside);
        assert_eq!(try_with(&format!("?a=b&secret={SHARED}"), &[]), inside);
        assert_eq!(try_with("", &[("authorization", &format!("Bearer {SHARED}"))]), inside);
        for (query, header) in [
            (String::new(), String::new()),
            ("?secret=".to_owned(), "Bearer ".to_owned()),
            (format!("?secret={SHARED}x"), format!("Bearer {SHARED}x")),
            (format!("?secret={}", &SHARED[1..]), format!("Basic {SHARED}")),
            (format!("?Secret={SHARED}"), SHARED.to_owned()),
            (format!("?secret={TOKEN}"), format!("Bearer {WEBHOOK}")),
        ] {
            assert_eq!(try_with(&query, &[("authorization", &header)]), Err(ReportError::Forbidden), "{query} {header}");
        }
    }
}

#[test]
fn without_its_secret_nobody_is_believed() {
    for reporter in Reporter::ALL {
        let headers = headers(&[
            ("authorization", "Bearer "),
            ("x-twilio-signature", &signed::twilio("", ORIGIN, "")),
            ("salon-timestamp", &now().timestamp().to_string()),
            ("salon-signature", &signed::webhook("", &now().timestamp().to_string(), "")),
        ]);
        let head = Head { url: &format!("{ORIGIN}/?secret="), headers: &headers, now: now() };
        assert_eq!(Reports::default().admit(reporter, head).err(), Some(ReportError::Forbidden), "{reporter:?}");
    }
}

const FORM: &str = "SmsSid=SM0123456789abcdef0123456789abcdef&SmsStatus=delivered&MessageStatus=delivered&To=%2B966501234567&\
    MessageSid=SM0123456789abcdef0123456789abcdef&AccountSid=AC00000000000000000000000000c0ffee&From=%2B15005550006&ApiVersion=2010-04-01";

fn twilio_url(query: &str) -> String {
    format!("{ORIGIN}/api/webhooks/sms/twilio/{query}")
}

fn from_twilio(url: &str, signed_url: &str, form: &str) -> Result<Received, ReportError> {
    post(Reporter::Twilio, url, &[("x-twilio-signature", &signed::twilio(TOKEN, signed_url, form))], form)
}

#[test]
fn twilio_signs_the_address_and_the_form() {
    // Made with another library: Python's hmac.
    let form = "To=%2B18005551212&From=%2B12349013030&Digits=1234&Caller=%2B12349013030&CallSid=CA1234567890ABCDE";
    let signature = signed::twilio("12345", "https://mycompany.com/myapp.php?foo=1&bar=2", form);
    assert_eq!(signature, "0/KCTR6DLpKmkAf8muzZqo1nDgQ=");
    let url = twilio_url("");
    let sid = "SM0123456789abcdef0123456789abcdef";
    assert_eq!(said(from_twilio(&url, &url, FORM)), [by_reference(sid, Delivered)], "an address set in the console");
    assert_eq!(said(from_twilio(&url, &url.replace(".example", ".example:443"), FORM)), [by_reference(sid, Delivered)]);
    for (word, status) in
        [("sent", Some(Sent)), ("undelivered", Some(Undelivered)), ("failed", Some(Undelivered)), ("sending", None)]
    {
        let form = FORM.replace("MessageStatus=delivered", &format!("MessageStatus={word}"));
        let expected: Vec<_> = status.into_iter().map(|status| by_reference(sid, status)).collect();
        assert_eq!(said(from_twilio(&url, &url, &form)), expected, "{word}");
    }
}

#[test]
fn a_forged_twilio_report_is_refused() {
    let url = twilio_url("");
    let forged = |url: &str, signature: &str, form: &str| post(Reporter::Twilio, url, &[("x-twilio-signature", signature)], form);
    let good = signed::twilio(TOKEN, &url, FORM);
    let other = FORM.replace("delivered", "undelivered");
    for (url, signature, form) in [
        (url.as_str(), signed::twilio("another", &url, FORM).as_str(), FORM),
        (&url, &good, other.as_str()),
        (&url, &good, &format!("{FORM}&a=b")),
        (&twilio_url("?a=b"), &good, FORM),
        (&url.replace("salon", "evil"), &good, FORM),
        (&url, &good[..26], FORM),
        (&url, "", FORM),
        (&url, "not base64!", FORM),
    ] {
        assert_eq!(forged(url, signature, form), Err(ReportError::Forbidden), "{url} {signature}");
    }
    assert_eq!(post(Reporter::Twilio, &url, &[], FORM), Err(ReportError::Forbidden), "no signature");
    let twice = [("x-twilio-signature", good.as_str()), ("x-twilio-signature", "AAAA")];
    assert_eq!(post(Reporter::Twilio, &url, &twice, FORM), Err(ReportError::Forbidden));
    // Posted again it is the same report, which counts once.
    assert_eq!(forged(&url, &good, FORM), forged(&url, &good, FORM));
    assert!(forged(&url, &good, FORM).is_ok());
}

/// The address given with a message, as Twilio got it.
async fn callback(origin: &str) -> Option<String> {
    let (status, body, _) = twilio().taken;
    let stub = Stub::start(move |_| Reply::json(status, body)).await;
    let from = TwilioFrom::parse("+15005550006").expect("a good origin");
    let base = BaseUrl::parse(&stub.url).expect("a good address");
    let made = Twilio::new(&base, ACCOUNT.to_owned(), secret(TOKEN), PerClass::same(from), std::time::Duration::from_secs(10))
        .expect("a client");
    assert!(SmsSender::Twilio(made.reporting_to(origin)).send(&message(), now()).await.is_ok());
    let form = stub.received()[0].body.clone();
    let mut fields = url::form_urlencoded::parse(form.as_bytes());
    fields.find(|(name, _)| name == "StatusCallback").map(|(_, url)| url.into_owned())
}

#[tokio::test]
async fn twilio_is_given_an_address_for_each_message() {
    let url = callback(ORIGIN).await.expect("an address");
    assert!(url.starts_with(&twilio_url(&format!("?message={KEY}&token="))), "{url}");
    assert!(!url.contains(TOKEN));
    assert_eq!(said(from_twilio(&url, &url, FORM)), [by_key(Delivered)]);
    // Signed by Twilio, and about a message the address was not made for.
    let other = url.replace(KEY, "01890000-0000-7000-8000-000000000002");
    assert_eq!(from_twilio(&other, &other, FORM), Err(ReportError::Forbidden));
    for query in [
        format!("?message={KEY}"),
        format!("?message={KEY}&token="),
        format!("?message={KEY}&token=AAAA"),
        "?message=&token=".to_owned(),
    ] {
        let url = twilio_url(&query);
        assert_eq!(from_twilio(&url, &url, FORM), Err(ReportError::Forbidden), "{query}");
    }
    // The token alone does not do.
    assert_eq!(post(Reporter::Twilio, &url, &[], FORM), Err(ReportError::Forbidden));
}

#[tokio::test]
async fn reports_are_asked_for_where_nobody_reads_them_on_the_way() {
    assert_eq!(callback("http://salon.example").await, None);
    assert_eq!(callback("http://10.0.0.1:3000").await, None);
    assert!(callback("http://127.0.0.1:3000").await.is_some(), "a stub on this machine");
    let far = BaseUrl::parse("https://api.twilio.com").expect("a good address");
    let from = TwilioFrom::parse("Salon").expect("a good origin");
    let made = Twilio::new(&far, ACCOUNT.to_owned(), secret(TOKEN), PerClass::same(from), std::time::Duration::from_secs(1))
        .expect("a client");
    assert!(format!("{:?}", made.clone().reporting_to(ORIGIN)).contains("webhooks/sms/twilio"));
    assert!(!format!("{:?}", made.reporting_to("http://127.0.0.1:3000")).contains("webhooks/sms/twilio"));
}

fn from_gateway(seconds: i64, body: &str) -> Result<Received, ReportError> {
    let timestamp = now().timestamp().to_string();
    let signature = signed::webhook(WEBHOOK, &timestamp, body);
    let pairs = [("salon-timestamp", timestamp.as_str()), ("salon-signature", &signature)];
    post_at(now() + TimeDelta::seconds(seconds), Reporter::Webhook, &format!("{ORIGIN}/api/webhooks/sms/webhook/"), &pairs, body)
}

#[test]
fn a_gateway_names_messages_by_our_key_or_by_its_own() {
    assert_eq!(said(from_gateway(0, &format!(r#"{{"id":"{KEY}","status":"delivered"}}"#))), [by_key(Delivered)]);
    let list = r#"[{"reference":"ref-1","status":"sent"},{"reference":"ref-2","status":"undelivered"},{"reference":"ref-3","status":"unknown"},
        {"reference":"ref-4","status":"read"}]"#;
    let expected = [by_reference("ref-1", Sent), by_reference("ref-2", Undelivered), by_reference("ref-3", Unknown)];
    assert_eq!(said(from_gateway(0, list)), expected);
    for body in [r#"{"id":"ref-1","status":"sent"}"#, r#"{"id":7,"status":"sent"}"#, r#"{"status":"sent"}"#, "{}", "garbage"] {
        assert_eq!(from_gateway(0, body), Err(ReportError::Malformed), "{body}");
    }
}

#[test]
fn a_gateways_report_is_signed_and_fresh() {
    let body = format!(r#"{{"id":"{KEY}","status":"delivered"}}"#);
    for seconds in [-300, 0, 300] {
        assert!(from_gateway(seconds, &body).is_ok(), "{seconds}");
    }
    for seconds in [-301, 301, 86_400] {
        assert_eq!(from_gateway(seconds, &body), Err(ReportError::Forbidden), "{seconds}");
    }
    let time = now().timestamp().to_string();
    let later = (now().timestamp() + 1).to_string();
    let good = signed::webhook(WEBHOOK, &time, &body);
    for (timestamp, signature, body) in [
        (time.as_str(), signed::webhook("another", &time, &body).as_str(), body.as_str()),
        (&later, &good, &body),
        (&time, &good, &body.replace("delivered", "sent")),
        (&time, &good["v1=".len()..], &body),
        (&time, &good[..good.len() - 2], &body),
        (&time, "v1=", &body),
        (&time, "", &body),
        ("", &good, &body),
        ("9223372036854775807", &good, &body),
        ("-9223372036854775808", &good, &body),
    ] {
        let pairs = [("salon-timestamp", timestamp), ("salon-signature", signature)];
        let refused = post(Reporter::Webhook, ORIGIN, &pairs, body);
        assert_eq!(refused, Err(ReportError::Forbidden), "{timestamp} {signature} {body}");
    }
}
