use std::time::Duration;

use sms::testing::{Reply, Stub};
use sms::{BaseUrl, PerClass, SmsSender, Unifonic};

use crate::support::{KEY, NUMBER, answered, assert_each, message, now, request_of, secret, unifonic};

#[tokio::test]
async fn a_message_is_a_form_with_the_number_without_plus_and_our_key() {
    let request = request_of(&unifonic()).await;
    assert_eq!(request.line, "POST /send/rest/SMS/messages");
    assert_eq!(request.header("content-type"), "application/x-www-form-urlencoded");
    let form: Vec<(String, String)> = url::form_urlencoded::parse(request.body.as_bytes()).into_owned().collect();
    let body = message().body;
    let expected = [
        ("AppSid", "hush-app-sid"),
        ("Recipient", NUMBER),
        ("Body", &body),
        ("responseType", "JSON"),
        ("CorrelationID", KEY),
        ("SenderID", "Salon"),
    ];
    assert_eq!(form, expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
}

#[tokio::test]
async fn without_a_sender_name_the_account_has_one() {
    let (status, body, _) = unifonic().taken;
    let stub = Stub::start(move |_| Reply::json(status, body)).await;
    let base = BaseUrl::parse(&stub.url).expect("a good address");
    let made = Unifonic::new(&base, secret("hush-app-sid"), PerClass::same(None), Duration::from_secs(10)).expect("a client");
    assert!(SmsSender::Unifonic(made).send(&message(), now()).await.is_ok());
    assert!(!stub.received()[0].body.contains("SenderID"));
}

#[tokio::test]
async fn success_may_be_a_string_and_a_reference_a_number() {
    let odd = r#"{"success":"true","message":"","errorCode":"ER-00","data":{"MessageID":3200017889310,"Status":"Queued"}}"#;
    assert_eq!(answered(&unifonic(), Reply::json(200, odd)).await, Ok(Some("3200017889310".to_owned())));
    assert_eq!(answered(&unifonic(), Reply::json(200, r#"{"success":"True"}"#)).await, Ok(None));
}

#[tokio::test]
async fn a_200_is_looked_into() {
    assert_each(
        &unifonic(),
        &[
            (200, r#"{"success":"false","message":"x","errorCode":"ER-480","data":{}}"#, "permanent"),
            (200, r#"{"success":false,"message":"x","errorCode":"ER-482","data":""}"#, "invalid number"),
            (200, r#"{"success":true,"errorCode":"ER-482"}"#, "invalid number"),
            (200, r#"{"success":false}"#, "permanent"),
            (200, r#"{"success":true,"errorCode":"ER-00","data":{"MessageID":1,"Status":"Rejected"}}"#, "permanent"),
            (200, r#"{"success":true,"errorCode":"ER-00","data":{"MessageID":1,"Status":"Failed"}}"#, "permanent"),
            // It contradicts itself.
            (200, r#"{"success":false,"errorCode":"ER-00"}"#, "unknown"),
            (200, r#"{"success":"perhaps","errorCode":"ER-00"}"#, "unknown"),
            (200, r#"{"success":false,"errorCode":"ER-599"}"#, "unknown"),
        ],
    )
    .await;
}

#[tokio::test]
async fn each_status_is_its_own_error_code() {
    let table = [
        (400, "permanent"),
        (401, "permanent"),
        (402, "permanent"),
        (403, "permanent"),
        (406, "permanent"),
        (409, "taken"),
        (410, "invalid number"),
        (412, "permanent"),
        (421, "permanent"),
        (429, "rate limited"),
        (440, "permanent"),
        (449, "permanent"),
        (459, "permanent"),
        (460, "permanent"),
        (480, "permanent"),
        (481, "invalid number"),
        (482, "invalid number"),
        (483, "invalid number"),
        (499, "permanent"),
        (599, "unknown"),
    ];
    let mut answers = Vec::new();
    for (code, expected) in table {
        let inside = format!(r#"{{"success":"false","message":"x","errorCode":"ER-{code}","data":""}}"#);
        // As a status alone, with its body, and hidden in a 200.
        answers.extend([(code, String::new(), expected), (code, inside.clone(), expected), (200, inside, expected)]);
    }
    assert_each(&unifonic(), &answers).await;
}

#[tokio::test]
async fn each_reason_not_to_deliver_is_what_it_says() {
    let table = [
        ("01", "temporary"),
        ("02", "invalid number"),
        ("03", "invalid number"),
        ("04", "invalid number"),
        ("05", "invalid number"),
        ("06", "permanent"),
        ("07", "blocked"),
        ("08", "permanent"),
        ("09", "taken"),
    ];
    let mut answers = Vec::new();
    for (code, expected) in table {
        let inside = format!(r#"{{"success":false,"message":"x","errorCode":"ER-{code}","data":{{}}}}"#);
        answers.extend([(200, inside.clone(), expected), (400, inside, expected)]);
    }
    assert_each(&unifonic(), &answers).await;
}

#[tokio::test]
async fn an_error_names_its_code() {
    let outcome = answered(&unifonic(), Reply::json(480, r#"{"success":false,"errorCode":"ER-480"}"#)).await;
    assert_eq!(outcome.map_err(|error| error.to_string()), Err("permanent failure: 480, code ER-480".to_owned()));
}
