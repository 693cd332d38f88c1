//! The providers, made to talk to a stub; and the one way to send, which looks at every error text.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use chrono::{DateTime, Utc};
use domain::locale::Locale;
use domain::phone::PhoneNumber;
use domain::secret::Secret;
use sms::testing::{Received, Reply, Stub};
use sms::{
    BaseUrl, Class, FourJawaly, Message, Msegat, PerClass, SenderName, SmsError, SmsSender, Taqnyat, Twilio, TwilioFrom,
    Unifonic, Webhook, webhook_url,
};

pub const CODE: &str = "123456";
pub const NUMBER: &str = "966501234567";
pub const KEY: &str = "01890000-0000-7000-8000-000000000001";
pub const ACCOUNT: &str = "AC00000000000000000000000000c0ffee";
/// Every credential of every provider below. No error text may hold one.
pub const CREDENTIALS: [&str; 7] =
    ["hush-app-sid", "hush-token", "hush-user", "hush-key", "hush-secret", ACCOUNT, "hush-hush-hush-hush-hush-hush-hush"];

pub fn secret(text: &str) -> Secret<String> {
    Secret::new(text.to_owned())
}

pub fn message() -> Message {
    Message {
        key: KEY.to_owned(),
        to: PhoneNumber::from_canonical("+966501234567").expect("canonical"),
        body: format!("{CODE} رمز \"تسجيل\" الدخول & 100%"),
        locale: Locale::Ar,
        class: Class::Otp,
    }
}

pub fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_800_000_000, 999_000_000).expect("in range")
}

pub fn sender_name() -> SenderName {
    SenderName::parse("Salon").expect("a good name")
}

/// A provider as the matrix sees it.
pub struct Provider {
    pub make: fn(base: &str, deadline: Duration) -> SmsSender,
    /// An answer that takes the message, and the reference in it.
    pub taken: (u16, &'static str, &'static str),
    /// Whether a 2xx without JSON is a yes.
    pub takes_any_2xx: bool,
}

fn base(text: &str) -> BaseUrl {
    BaseUrl::parse(text).expect("a good address")
}

pub fn unifonic() -> Provider {
    Provider {
        make: |url, deadline| {
            SmsSender::Unifonic(
                Unifonic::new(&base(url), secret("hush-app-sid"), PerClass::same(Some(sender_name())), deadline)
                    .expect("a client"),
            )
        },
        taken: (
            200,
            r#"{"success":true,"message":"","errorCode":"ER-00","data":{"MessageID":42000348806924,"Status":"Sent"}}"#,
            "42000348806924",
        ),
        takes_any_2xx: false,
    }
}

pub fn taqnyat() -> Provider {
    Provider {
        make: |url, deadline| {
            SmsSender::Taqnyat(
                Taqnyat::new(&base(url), secret("hush-token"), PerClass::same(sender_name()), deadline).expect("a client"),
            )
        },
        taken: (
            201,
            r#"{"statusCode":201,"messageId":9108233203,"cost":"0.0800","currency":"SAR","totalCount":1,"msgLength":1,
                "accepted":"[966501234567,]","rejected":"[]"}"#,
            "9108233203",
        ),
        takes_any_2xx: false,
    }
}

pub fn msegat() -> Provider {
    Provider {
        make: |url, deadline| {
            let made =
                Msegat::new(&base(url), "hush-user".to_owned(), secret("hush-key"), PerClass::same(sender_name()), deadline);
            SmsSender::Msegat(made.expect("a client"))
        },
        taken: (200, r#"{"code":"1","message":"Success","id":771234}"#, "771234"),
        takes_any_2xx: false,
    }
}

pub fn fourjawaly() -> Provider {
    Provider {
        make: |url, deadline| {
            let made =
                FourJawaly::new(&base(url), secret("hush-key"), secret("hush-secret"), PerClass::same(sender_name()), deadline);
            SmsSender::FourJawaly(made.expect("a client"))
        },
        taken: (
            200,
            r#"{"job_id":"job-8f3","code":200,"message":"ok","messages":[{"inserted_numbers":1,"message":{"id":1},
                "error_numbers":[],"no_package":[],"has_more_iso_code":[]}]}"#,
            "job-8f3",
        ),
        takes_any_2xx: false,
    }
}

pub fn twilio() -> Provider {
    Provider {
        make: |url, deadline| {
            let from = TwilioFrom::parse("+15005550006").expect("a good origin");
            let made = Twilio::new(&base(url), ACCOUNT.to_owned(), secret("hush-token"), PerClass::same(from), deadline);
            SmsSender::Twilio(made.expect("a client"))
        },
        taken: (
            201,
            r#"{"sid":"SM0123456789abcdef0123456789abcdef","status":"queued","error_code":null,"error_message":null}"#,
            "SM0123456789abcdef0123456789abcdef",
        ),
        takes_any_2xx: false,
    }
}

pub fn webhook() -> Provider {
    Provider {
        make: |url, deadline| {
            let url = webhook_url(url).expect("a good address");
            SmsSender::Webhook(Webhook::new(url, secret("hush-hush-hush-hush-hush-hush-hush"), deadline).expect("a client"))
        },
        taken: (202, r#"{"id":"ref-1"}"#, "ref-1"),
        takes_any_2xx: true,
    }
}

/// What became of a message, in a word, or its reference.
pub type Outcome = Result<Option<String>, SmsError>;

pub fn kind(outcome: &Outcome) -> &'static str {
    match outcome {
        Ok(_) => "taken",
        Err(SmsError::InvalidNumber(_)) => "invalid number",
        Err(SmsError::Blocked(_)) => "blocked",
        Err(SmsError::RateLimited(_)) => "rate limited",
        Err(SmsError::Temporary(_)) => "temporary",
        Err(SmsError::Permanent(_)) => "permanent",
        Err(SmsError::Unknown(_)) => "unknown",
    }
}

pub async fn send_to(provider: &Provider, url: &str, deadline: Duration) -> Outcome {
    send_with(&(provider.make)(url, deadline)).await
}

/// An error's text goes to the log: neither the number, nor the words, nor a credential, nor an address may be in it.
async fn send_with(sender: &SmsSender) -> Outcome {
    let outcome = sender.send(&message(), now()).await;
    if let Err(error) = &outcome {
        let text = format!("{error} {error:?}");
        for secret in CREDENTIALS.iter().chain(&[CODE, "501234567", "تسجيل", "/send", "Salon"]) {
            assert!(!text.contains(secret), "{secret} stands in: {text}");
        }
    }
    outcome
}

pub async fn answered(provider: &Provider, reply: Reply) -> Outcome {
    let stub = Stub::start(move |_| reply.clone()).await;
    send_to(provider, &stub.url, Duration::from_secs(10)).await
}

/// The same where the stub never finishes: the deadline alone ends the call.
pub async fn given_up(provider: &Provider, reply: Reply) -> Outcome {
    let stub = Stub::start(move |_| reply.clone()).await;
    send_to(provider, &stub.url, Duration::from_millis(500)).await
}

/// The one request that reaches the provider for a message that it takes.
pub async fn request_of(provider: &Provider) -> Received {
    let (status, body, _) = provider.taken;
    let stub = Stub::start(move |_| Reply::json(status, body)).await;
    let outcome = send_to(provider, &stub.url, Duration::from_secs(10)).await;
    assert_eq!(kind(&outcome), "taken", "{outcome:?}");
    let [request] = <[Received; 1]>::try_from(stub.received()).expect("one request");
    request
}

/// Each answer is what it should be: (status, body, what becomes of the message). One connection carries them all.
pub async fn assert_each(provider: &Provider, table: &[(u16, impl AsRef<str>, &str)]) {
    let replies: Vec<Reply> = table.iter().map(|(status, body, _)| Reply::json(*status, body.as_ref())).collect();
    let next = AtomicUsize::new(0);
    let stub = Stub::start(move |_| replies[next.fetch_add(1, Ordering::Relaxed)].clone()).await;
    let sender = (provider.make)(&stub.url, Duration::from_secs(10));
    for (status, body, expected) in table {
        let outcome = send_with(&sender).await;
        assert_eq!(kind(&outcome), *expected, "{status} {}: {outcome:?}", body.as_ref());
    }
}
