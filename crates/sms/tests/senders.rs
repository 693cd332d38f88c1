//! A code goes out under one name, what tells something under another.

use std::time::Duration;

use sms::testing::{Received, Reply, Stub};
use sms::{BaseUrl, Class, FourJawaly, Message, Msegat, PerClass, SenderName, SmsSender, Taqnyat, Twilio, TwilioFrom, Unifonic};

use crate::support::{ACCOUNT, message, now, secret};

const DEADLINE: Duration = Duration::from_secs(10);

fn names() -> PerClass<SenderName> {
    let name = |text| SenderName::parse(text).expect("a good name");
    PerClass { otp: name("SalonCode"), service: name("SalonInfo") }
}

/// What the stub got for a code and for what tells something.
async fn both(make: impl Fn(&BaseUrl) -> SmsSender) -> [Received; 2] {
    let stub = Stub::start(|_| Reply::json(500, "")).await;
    let sender = make(&BaseUrl::parse(&stub.url).expect("a good address"));
    for class in [Class::Otp, Class::Service] {
        sender.send(&Message { class, ..message() }, now()).await.expect_err("the stub is in trouble");
    }
    stub.received().try_into().expect("two requests")
}

fn assert_named(requests: &[Received; 2]) {
    for (request, name, other) in [(&requests[0], "SalonCode", "SalonInfo"), (&requests[1], "SalonInfo", "SalonCode")] {
        assert!(request.body.contains(name) && !request.body.contains(other), "{}", request.body);
    }
}

#[tokio::test]
async fn each_class_has_its_name() {
    assert_named(&both(|base| SmsSender::Taqnyat(Taqnyat::new(base, secret("a"), names(), DEADLINE).expect("a client"))).await);
    assert_named(
        &both(|base| SmsSender::Msegat(Msegat::new(base, "a".into(), secret("b"), names(), DEADLINE).expect("a client"))).await,
    );
    assert_named(
        &both(|base| {
            SmsSender::FourJawaly(FourJawaly::new(base, secret("a"), secret("b"), names(), DEADLINE).expect("a client"))
        })
        .await,
    );
    let some = || PerClass { otp: Some(names().otp), service: Some(names().service) };
    assert_named(&both(|base| SmsSender::Unifonic(Unifonic::new(base, secret("a"), some(), DEADLINE).expect("a client"))).await);
}

#[tokio::test]
async fn at_twilio_one_may_be_a_service_and_the_other_a_name() {
    let from = |text| TwilioFrom::parse(text).expect("a good origin");
    let service = "MG0123456789abcdef0123456789abcdef";
    let from = PerClass { otp: from(service), service: from("SalonInfo") };
    let make = |base: &BaseUrl| {
        SmsSender::Twilio(Twilio::new(base, ACCOUNT.into(), secret("a"), from.clone(), DEADLINE).expect("a client"))
    };
    let [code, told] = both(make).await;
    assert!(code.body.contains(&format!("MessagingServiceSid={service}")) && !code.body.contains("From="), "{}", code.body);
    assert!(told.body.contains("From=SalonInfo") && !told.body.contains("MessagingServiceSid"), "{}", told.body);
}

#[tokio::test]
async fn an_account_may_have_a_default_for_codes_alone() {
    let make = |base: &BaseUrl| {
        let senders = PerClass { otp: None, service: Some(names().service) };
        SmsSender::Unifonic(Unifonic::new(base, secret("a"), senders, DEADLINE).expect("a client"))
    };
    let [code, told] = both(make).await;
    assert!(!code.body.contains("SenderID") && told.body.contains("SenderID=SalonInfo"), "{} {}", code.body, told.body);
}
