//! What arrives are the words in force.

use domain::locale::Locale;
use domain::message::MessageKind;
use sms::testing::{Reply, Stub};
use sms::{OtpHost, Templates};
use store::on_both;
use usecases::clock::Clock;
use usecases::settings::Settings;

use crate::support::{carrier, code_in, process_with, request, start};

on_both! {
    async fn an_operators_words_and_the_line_for_phones_reach_the_provider(scratch) {
        let host = OtpHost::parse("salon.example").expect("a host");
        let mut texts = Templates::new(Some(host), |_, _| false).expect("it fits");
        texts.replace(MessageKind::AuthCode, Locale::Ar, "{code} رمز الدخول إلى Glow. لا تعطه أحدا.").expect("good words");
        let stub = Stub::start(|_| Reply::json(200, "")).await;
        let settings = Settings { texts, ..Settings::default() };
        let uc = process_with(scratch.store.clone(), carrier(&stub), Clock::manual(start()), settings);
        request(&uc, "0501234567").await.expect("accepted");
        uc.deliver_outbox(10).await.expect("delivers");
        let received = stub.received();
        let code = code_in(&received[0]);
        assert_eq!(code.len(), 6);
        let expected = format!("{code} رمز الدخول إلى Glow. لا تعطه أحدا.\n@salon.example #{code}");
        assert_eq!(received[0].field("body"), expected);
    }
}
