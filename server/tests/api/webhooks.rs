//! `POST /api/webhooks/sms/{provider}/`

use axum::body::{Body, Bytes};
use domain::ids::OutboxId;
use domain::phone::PhoneNumber;
use futures::stream;
use serde_json::json;
use sms::reports::signed;
use store::outbox::{self, Taken};
use store::testing::{facts, invariants};
use store::users;

use crate::support::{Answer, Call, OTHER, PHONE, TestApp, api_test};

const SHARED: &str = "report-secret-0123456789-abcdefghijkl";
const WEBHOOK: &str = "webhook-secret-0123456789-abcdefghijk";
const TOKEN: &str = "0123456789abcdef0123456789abcdef";
const REFERENCE: &str = "SM0123456789abcdef0123456789abcdef";

/// A service that believes every provider, on the same database.
async fn believing(app: &TestApp) -> TestApp {
    app.beside(&format!(
        "[server]\npublic_url = 'https://salon.example'\n[sms]\nreport_secret = '{SHARED}'\nwebhook_secret = '{WEBHOOK}'\n\
         [twilio]\ntoken = '{TOKEN}'"
    ))
    .await
}

fn path(provider: &str) -> String {
    format!("/api/webhooks/sms/{provider}/")
}

/// A text that a worker has handed to `provider`, whose answer is not noted yet.
async fn handed_over(app: &TestApp, phone: &str, provider: &str) -> (OutboxId, i64) {
    app.challenge(phone).await;
    let now = app.uc.clock().now();
    let mut tx = app.uc.store().write().await.expect("begins");
    let until = now + chrono::TimeDelta::seconds(30);
    let leased = outbox::lease(&mut tx, provider, now, until, 1).await.expect("leases").remove(0);
    tx.commit().await.expect("commits");
    (leased.id, leased.fence)
}

async fn note(app: &TestApp, (id, fence): (OutboxId, i64), provider: &str) {
    let taken = Taken { provider, provider_ref: Some(REFERENCE), segments: 1, cost_micros: None };
    let mut tx = app.uc.store().write().await.expect("begins");
    assert!(outbox::update_sent(&mut tx, id, fence, taken, app.uc.clock().now()).await.expect("noted"));
    tx.commit().await.expect("commits");
}

/// A text that `provider` took.
async fn taken(app: &TestApp, phone: &str, provider: &str) -> OutboxId {
    let message = handed_over(app, phone, provider).await;
    note(app, message, provider).await;
    message.0
}

async fn status(app: &TestApp, id: OutboxId) -> Option<String> {
    let facts = facts::read(app.uc.store()).await.expect("reads");
    facts.messages.into_iter().find(|message| message.outbox_id == id.0).expect("it is there").report
}

async fn kept(app: &TestApp) -> i64 {
    let sizes = facts::sizes(app.uc.store()).await.expect("reads");
    sizes.iter().find(|size| size.table == "delivery_reports").expect("a table").rows
}

/// What each provider posts about [`REFERENCE`], with all that it proves itself by.
fn post(app: &TestApp, provider: &str, word: &str) -> Call {
    let path = path(provider);
    match provider {
        "twilio" => {
            let form = format!("MessageSid={REFERENCE}&MessageStatus={word}&To=%2B966501234567&AccountSid=AC0");
            let signature = signed::twilio(TOKEN, &format!("https://salon.example{path}"), &form);
            app.post(&path).form(&form).header("x-twilio-signature", &signature)
        }
        "webhook" => gateway(app, &json!({ "reference": REFERENCE, "status": word }).to_string()),
        _ => {
            let report = json!({ "MessageID": REFERENCE, "id": REFERENCE, "job_id": REFERENCE, "status": word });
            app.post(&format!("{path}?secret={SHARED}")).json(&report)
        }
    }
}

/// Posted by the operator's own gateway just now.
fn gateway(app: &TestApp, body: &str) -> Call {
    let timestamp = app.uc.clock().now().timestamp().to_string();
    let call = app.post(&path("webhook")).header("content-type", "application/json").body(body.to_owned());
    call.header("salon-signature", &signed::webhook(WEBHOOK, &timestamp, body)).header("salon-timestamp", &timestamp)
}

const PROVIDERS: [&str; 6] = ["unifonic", "taqnyat", "msegat", "4jawaly", "twilio", "webhook"];

#[tokio::test]
async fn each_provider_reports_what_became_of_its_messages() {
    for provider in PROVIDERS {
        let app = believing(&TestApp::sqlite().await).await;
        let message = taken(&app, PHONE, provider).await;
        for (word, expected) in [("queued", None), ("sent", Some("sent")), ("delivered", Some("delivered"))] {
            let answer = post(&app, provider, word).send().await.ok(200);
            assert_eq!((answer.bytes.len(), status(&app, message).await.as_deref()), (0, expected), "{provider} {word}");
        }
        assert_eq!(kept(&app).await, 2, "{provider}");
    }
}

api_test! {
    async fn reports_in_any_order_only_move_a_message_forward(app) {
        let app = believing(&app).await;
        let message = taken(&app, PHONE, "webhook").await;
        for (word, expected) in
            [("unknown", "unknown"), ("sent", "unknown"), ("undelivered", "undelivered"), ("delivered", "delivered"), ("undelivered", "delivered"), ("sent", "delivered")]
        {
            post(&app, "webhook", word).send().await.ok(200);
            assert_eq!(status(&app, message).await.as_deref(), Some(expected), "{word}");
        }
        let list = json!([{ "id": message.to_string(), "status": "sent" }, { "reference": REFERENCE, "status": "unknown" }]).to_string();
        gateway(&app, &list).send().await.ok(200);
        assert_eq!((status(&app, message).await.as_deref(), kept(&app).await), (Some("delivered"), 5));
        assert_eq!(invariants::broken(app.uc.store(), app.uc.clock().now()).await.expect("reads"), [""; 0]);
    }
}

api_test! {
    async fn a_report_that_is_earlier_than_our_own_note_is_not_lost(app) {
        let app = believing(&app).await;
        let early = handed_over(&app, PHONE, "twilio").await;
        post(&app, "twilio", "sent").send().await.ok(200);
        post(&app, "twilio", "delivered").send().await.ok(200);
        assert_eq!((status(&app, early.0).await, app.uc.apply_waiting_reports().await.expect("looks")), (None, 0));
        note(&app, early, "twilio").await;
        assert_eq!(app.uc.apply_waiting_reports().await.expect("applies"), 2);
        assert_eq!(status(&app, early.0).await.as_deref(), Some("delivered"));
        assert_eq!(app.uc.apply_waiting_reports().await.expect("looks"), 0);
        // Of somebody else's messages nobody waits for ever.
        app.post(&format!("{}?secret={SHARED}", path("msegat"))).form("id=7&status=sent").send().await.ok(200);
        app.advance(3_700);
        assert_eq!(app.uc.apply_waiting_reports().await.expect("looks"), 0);
    }
}

api_test! {
    async fn a_report_posted_again_is_the_same_report(app) {
        let app = believing(&app).await;
        let message = taken(&app, PHONE, "webhook").await;
        let timestamp = app.uc.clock().now().timestamp().to_string();
        let body = json!({ "reference": REFERENCE, "status": "delivered" }).to_string();
        let signature = signed::webhook(WEBHOOK, &timestamp, &body);
        let again = || {
            let call = app.post(&path("webhook")).header("salon-timestamp", &timestamp).header("salon-signature", &signature);
            call.body(body.clone())
        };
        let answers = crate::support::race(20, |_| again().send()).await;
        assert!(answers.iter().all(|answer| answer.status == 200));
        assert_eq!((status(&app, message).await.as_deref(), kept(&app).await), (Some("delivered"), 1));
        app.advance(301);
        again().send().await.problem("forbidden");
    }
}

/// What a caller can tell two answers apart by.
fn face(answer: &Answer) -> (u16, Vec<u8>, Vec<String>) {
    (answer.status.as_u16(), answer.bytes.clone(), answer.headers.keys().map(ToString::to_string).collect())
}

api_test! {
    async fn known_and_unknown_messages_cost_and_answer_the_same(app) {
        let app = believing(&app).await;
        taken(&app, PHONE, "unifonic").await;
        let measure = async |reference: &str| {
            let before = app.uc.store().statements();
            let form = format!("MessageID={reference}&DLR=Delivered");
            let answer = app.post(&format!("{}?secret={SHARED}", path("unifonic"))).form(&form).send().await;
            (face(&answer), app.uc.store().statements() - before)
        };
        let known = measure(REFERENCE).await;
        assert_eq!(known.0.0, 200);
        assert_eq!(measure("nobody").await, known);
        assert_eq!(measure(REFERENCE).await, known, "again");
    }
}

api_test! {
    async fn nobody_else_reports_anything(app) {
        let app = believing(&app).await;
        let message = taken(&app, PHONE, "unifonic").await;
        let report = json!({ "MessageID": REFERENCE, "status": "delivered" });
        let mut answers = Vec::new();
        for provider in PROVIDERS {
            for query in ["", "?secret=", "?secret=report-secret-0123456789-abcdefghijkX", "?token=AAAA", "?message=&token="] {
                answers.push(app.post(&format!("{}{query}", path(provider))).json(&report).send().await.problem("forbidden"));
            }
            answers.push(app.post(&path(provider)).json(&report).bearer(WEBHOOK).send().await.problem("forbidden"));
        }
        let somebody = app.customer(OTHER).await;
        answers.push(somebody.post(&path("unifonic")).json(&report).send().await.problem("forbidden"));
        // The head is right and the body is another's.
        answers.push(post(&app, "twilio", "sent").body("MessageSid=SM1&MessageStatus=delivered").send().await.problem("forbidden"));
        answers.push(post(&app, "webhook", "sent").body(report.to_string()).send().await.problem("forbidden"));
        // No answer says how near it was.
        assert!(answers.iter().all(|answer| answer.body["detail"] == answers[0].body["detail"] && answer.body["errors"].is_null()));
        for provider in ["outbox", "log", "file", "Unifonic", "%2e%2e", "%ff", "nobody"] {
            app.post(&format!("{}?secret={SHARED}", path(provider))).json(&report).send().await.problem("not-found");
        }
        assert_eq!((status(&app, message).await, kept(&app).await), (None, 0));
    }
}

#[tokio::test]
async fn without_secrets_no_report_is_believed() {
    let app = TestApp::sqlite().await;
    for provider in PROVIDERS {
        post(&app, provider, "delivered").send().await.problem("forbidden");
    }
    assert_eq!(kept(&app).await, 0);
}

#[tokio::test]
async fn a_body_of_a_megabyte_is_read_from_those_we_know_and_no_more() {
    let app = believing(&TestApp::sqlite().await).await;
    let url = format!("{}?secret={SHARED}", path("4jawaly"));
    let padded = |bytes: usize| {
        let report = json!({ "job_id": REFERENCE, "status": "sent" }).to_string();
        format!("{report}{}", " ".repeat(bytes - report.len()))
    };
    let most = 1024 * 1024;
    app.post(&url).body(padded(most)).send().await.ok(200);
    let over = padded(most + 1);
    let announced = app.post(&url).header("content-length", &over.len().to_string()).body(over.clone());
    announced.send().await.problem("payload-too-large");
    let pieces: Vec<_> =
        over.into_bytes().chunks(4096).map(|piece| Ok::<_, std::io::Error>(Bytes::copy_from_slice(piece))).collect();
    app.post(&url).body(Body::from_stream(stream::iter(pieces))).send().await.problem("payload-too-large");
    // Who is nobody is sent away before the body is looked at.
    let pieces = stream::pending::<Result<Bytes, std::io::Error>>();
    app.post(&path("4jawaly")).body(Body::from_stream(pieces)).send().await.problem("forbidden");
    // Everybody else's bodies are as small as before.
    let elsewhere = app.post("/api/auth/phone/request/").header("content-type", "application/json");
    elsewhere.body(padded(64 * 1024 + 1)).send().await.problem("payload-too-large");
}

#[tokio::test]
async fn what_cannot_be_read_is_no_fault_of_ours_and_leaves_nothing() {
    let app = believing(&TestApp::sqlite().await).await;
    let deep = "[".repeat(100_000);
    let many = format!("[{}]", vec![r#"{"reference":"a","status":"sent"}"#; 1_001].join(","));
    for body in [
        "",
        "{",
        "null",
        "[1]",
        "garbage",
        "{\"status\":\"sent\"}",
        "{\"reference\":\"\\ud800\",\"status\":\"sent\"}",
        &deep,
        &many,
    ] {
        gateway(&app, body).send().await.problem("validation");
    }
    let broken = app.post(&format!("{}?secret={SHARED}", path("unifonic")));
    broken.body(Bytes::from_static(b"{\"MessageID\":\"\xff\",\"DLR\":\"Delivered\"}")).send().await.problem("validation");
    assert_eq!(kept(&app).await, 0);
}

#[tokio::test]
async fn an_address_without_its_slash_is_answered_and_not_redirected() {
    let app = believing(&TestApp::sqlite().await).await;
    let bare = format!("/api/webhooks/sms/unifonic?secret={SHARED}");
    app.post(&bare).form("MessageID=1&DLR=Delivered").send().await.ok(200);
    app.get(&bare).send().await.problem("method-not-allowed");
    // A browser's headers change nothing: no cookie opens this door.
    let from_elsewhere = app.post(&bare).form("MessageID=2&DLR=Delivered").header("origin", "https://unifonic.example");
    from_elsewhere.header("sec-fetch-site", "cross-site").send().await.ok(200);
}

#[tokio::test]
async fn taqnyat_hears_its_pass_phrase() {
    let app = believing(&TestApp::sqlite().await).await;
    let report = json!({ "messageId": 1, "status": "delivered", "passPhrase": "open-sesame" });
    let answer = app.post(&format!("{}?secret={SHARED}", path("taqnyat"))).json(&report).send().await.ok(200);
    assert_eq!((answer.html().as_str(), answer.header("content-type")), ("open-sesame", "text/plain; charset=utf-8"));
}

api_test! {
    async fn a_report_never_verifies_a_phone(app) {
        let app = believing(&app).await;
        taken(&app, PHONE, "twilio").await;
        post(&app, "twilio", "delivered").send().await.ok(200);
        let phone = PhoneNumber::from_canonical(PHONE).expect("canonical");
        let mut tx = app.uc.store().read().await.expect("connects");
        let user = users::find_by_phone(&mut tx, &phone).await.expect("reads").expect("they asked for a code");
        assert!(!user.is_phone_verified && user.status == domain::user::UserStatus::Pending);
        let facts = facts::read(app.uc.store()).await.expect("reads");
        assert!(facts.sessions.is_empty() && facts.challenges.iter().all(|challenge| !challenge.is_consumed()));
    }
}

#[tokio::test]
async fn a_text_sent_through_twilio_is_reported_to_the_address_it_was_sent_with() {
    let stub =
        sms::testing::Stub::start(|_| sms::testing::Reply::json(201, &format!(r#"{{"sid":"{REFERENCE}","status":"queued"}}"#)))
            .await;
    let app = TestApp::sqlite().await;
    let base = stub.url.trim_end_matches("send");
    let twilio = format!(
        "[server]\npublic_url = 'https://salon.example'\n[sms]\nprovider = 'twilio'\n[twilio]\ntoken = '{TOKEN}'\n\
         account = 'AC0123456789abcdef0123456789abcdef'\nfrom = 'Salon'\nbase_url = '{base}'"
    );
    let app = app.beside(&twilio).await;
    app.challenge(PHONE).await;
    assert_eq!(app.uc.deliver_outbox(10).await.expect("delivers").sent, 1);
    let sent = stub.received().remove(0).body;
    let form: Vec<(String, String)> = url::form_urlencoded::parse(sent.as_bytes()).into_owned().collect();
    let (_, callback) = form.into_iter().find(|(name, _)| name == "StatusCallback").expect("an address");
    let report = format!("MessageSid={REFERENCE}&MessageStatus=delivered");
    let post = |url: &str, signed_url: &str| {
        let path = url.strip_prefix("https://salon.example").expect("ours");
        app.post(path).form(&report).header("x-twilio-signature", &signed::twilio(TOKEN, signed_url, &report))
    };
    let tampered = callback.replacen("message=0", "message=1", 1);
    assert_ne!(tampered, callback);
    post(&tampered, &tampered).send().await.problem("forbidden");
    post(&tampered, &callback).send().await.problem("forbidden");
    post(&callback, &callback).send().await.ok(200);
    let facts = facts::read(app.uc.store()).await.expect("reads");
    assert_eq!(facts.messages[0].report.as_deref(), Some("delivered"));
}
