use std::time::Duration;

use sms::testing::{Reply, Stub};
use sms::{BaseUrl, PerClass, SmsSender, Twilio, TwilioFrom};

use crate::support::{ACCOUNT, answered, assert_each, message, now, request_of, secret, twilio};

fn form(body: &str) -> Vec<(String, String)> {
    url::form_urlencoded::parse(body.as_bytes()).into_owned().collect()
}

#[tokio::test]
async fn a_message_is_a_form_with_the_number_in_e164() {
    let request = request_of(&twilio()).await;
    assert_eq!(request.line, format!("POST /send/2010-04-01/Accounts/{ACCOUNT}/Messages.json"));
    let basic = request.header("authorization").strip_prefix("Basic ").expect("Basic").to_owned();
    // base64 of the account, a colon and hush-token
    assert_eq!(basic, "QUMwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMGMwZmZlZTpodXNoLXRva2Vu");
    let body = message().body;
    let expected = [("To", "+966501234567"), ("From", "+15005550006"), ("Body", &body)];
    assert_eq!(form(&request.body), expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
}

#[tokio::test]
async fn a_messaging_service_chooses_the_sender() {
    let (status, body, _) = twilio().taken;
    let stub = Stub::start(move |_| Reply::json(status, body)).await;
    let service = "MG0123456789abcdef0123456789abcdef";
    let from = TwilioFrom::parse(service).expect("a good origin");
    let base = BaseUrl::parse(&stub.url).expect("a good address");
    let made = Twilio::new(&base, ACCOUNT.to_owned(), secret("hush-token"), PerClass::same(from), Duration::from_secs(10))
        .expect("a client");
    assert!(SmsSender::Twilio(made).send(&message(), now()).await.is_ok());
    let fields = form(&stub.received()[0].body);
    assert!(fields.contains(&("MessagingServiceSid".to_owned(), service.to_owned())), "{fields:?}");
    assert!(!fields.iter().any(|(name, _)| name == "From"), "{fields:?}");
}

#[tokio::test]
async fn each_code_is_what_it_says() {
    let table = [
        (20003, "permanent"),
        (20429, "rate limited"),
        (21211, "invalid number"),
        (21212, "permanent"),
        (21217, "invalid number"),
        (21408, "blocked"),
        (21603, "permanent"),
        (21606, "permanent"),
        (21608, "permanent"),
        (21610, "blocked"),
        (21611, "rate limited"),
        (21612, "blocked"),
        (21614, "invalid number"),
        (30001, "temporary"),
        (30002, "temporary"),
        (30004, "blocked"),
        (30005, "invalid number"),
        (30006, "invalid number"),
        (30007, "blocked"),
        (63038, "rate limited"),
        (99999, "permanent"),
    ];
    let mut answers = Vec::new();
    for (code, expected) in table {
        let refused =
            format!(r#"{{"code":{code},"message":"x","more_info":"https://www.twilio.com/docs/errors/{code}","status":400}}"#);
        let failed = format!(r#"{{"sid":"SM1","status":"failed","error_code":{code}}}"#);
        answers.extend([(400, refused, expected), (201, failed, expected)]);
    }
    assert_each(&twilio(), &answers).await;
}

#[tokio::test]
async fn a_201_is_looked_into() {
    assert_each(
        &twilio(),
        &[
            (201, r#"{"sid":"SM1","status":"accepted"}"#, "taken"),
            (201, r#"{"sid":"SM1","status":"undelivered","error_code":null}"#, "permanent"),
            (201, r#"{"status":"queued"}"#, "unknown"),
        ],
    )
    .await;
    assert_eq!(answered(&twilio(), Reply::json(200, r#"{"sid":"SM1"}"#)).await, Ok(Some("SM1".to_owned())));
}
