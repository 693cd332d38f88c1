//! Processes whose machines disagree about the time agree with the database.

use std::sync::Arc;
use std::sync::atomic::AtomicI64;

use chrono::TimeDelta;
use domain::locale::Locale;
use sms::SmsSender;
use store::testing::Scratch;
use store::{Backend, on_both};
use usecases::clock::Clock;
use usecases::{RequestCode, Usecases};

use crate::support::{self, answer, code_for, here};

/// A process on a machine whose clock is wrong by so many seconds.
async fn process(scratch: &Scratch, wrong_by_s: i64) -> Usecases {
    let uc = support::process(
        scratch.store.clone(),
        SmsSender::Outbox,
        Clock::shifted(Arc::new(AtomicI64::new(wrong_by_s * 1_000_000))),
    );
    uc.follow_database_clock().await.expect("answers");
    uc
}

on_both! {
    async fn clocks_of_processes_follow_the_databases(scratch) {
        let (behind, ahead) = (process(&scratch, -300).await, process(&scratch, 300).await);
        let apart = ahead.clock().now() - behind.clock().now();
        match scratch.store.backend() {
            Backend::Postgres => assert!(apart.abs() < TimeDelta::seconds(5), "{apart}"),
            // A file is used by one process, and that has one clock.
            Backend::Sqlite => assert!((apart - TimeDelta::seconds(600)).abs() < TimeDelta::seconds(5), "{apart}"),
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_of_one_process_is_good_at_another_ten_minutes_apart() {
    store::testing::on_postgres(|scratch| async move {
        let (behind, ahead) = (process(&scratch, -300).await, process(&scratch, 300).await);
        let input = RequestCode { phone: "0501234567".to_owned(), locale: None, device_token: None, proof: None };
        let sent = behind.request_code(input, Locale::Ar, &here()).await.expect("a challenge");
        let code = code_for(&ahead, &sent.challenge).await;
        ahead.verify_code(answer(sent.challenge.id, &code), &here()).await.expect("signs in");
    })
    .await;
}
