//! The day's budget of messages: exact however many ask, in however many processes, and never in the way of those who are known.

use domain::locale::Locale;
use domain::phone::Region;
use domain::sms_budget::{SmsBudget, Spent};
use sms::{Prices, SmsSender};
use store::on_both;
use store::testing::{Scratch, at_once};
use usecases::clock::Clock;
use usecases::settings::{Settings, SmsSettings};
use usecases::{Error, RequestCode, Sent, Usecases};

use crate::support::{answer, client, code_for, here, process_with, sign_in, start, wait};

fn salon(scratch: &Scratch, messages: u32, cost_micros: Option<i64>) -> Usecases {
    let mut prices = Prices::default();
    prices.insert("outbox", Region::SA, "0.05").expect("a good price");
    let sms = SmsSettings { budget: SmsBudget { messages, cost_micros }, prices };
    process_with(scratch.store.clone(), SmsSender::Outbox, Clock::manual(start()), Settings { sms, ..Settings::default() })
}

/// Somebody who asks for the first time.
async fn stranger(uc: &Usecases, number: usize) -> Result<Sent, Error> {
    let input = RequestCode { phone: format!("+9665{number:08}"), locale: Some(Locale::En), device_token: None, proof: None };
    uc.request_code(input, Locale::En, &client(&format!("198.18.{}.{}", number / 250, number % 250))).await
}

fn is_spent(outcome: &Result<Sent, Error>) -> bool {
    matches!(outcome, Err(Error::Unavailable { .. }))
}

on_both! {
    async fn of_two_hundred_at_once_in_two_processes_as_many_get_a_code_as_the_budget_has(scratch) {
        let processes = [salon(&scratch, 120, None), salon(&scratch, 120, None)];
        let outcomes = at_once(200, |number| {
            let uc = processes[number % 2].clone();
            async move { stranger(&uc, number).await }
        })
        .await;
        assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 120);
        assert_eq!(outcomes.iter().filter(|outcome| is_spent(outcome)).count(), 80, "the others are refused for that and nothing else");
        assert_eq!(processes[0].watch_budget().await.expect("answers").messages, 120);
    }
}

on_both! {
    async fn a_refusal_costs_nothing_and_is_true_about_when_to_come_again(scratch) {
        let uc = salon(&scratch, 3, None);
        for number in 0..3 {
            stranger(&uc, number).await.expect("there is room");
        }
        assert!(is_spent(&stranger(&uc, 3).await));
        let before = uc.store().statements();
        let refused = stranger(&uc, 4).await;
        assert_eq!(uc.store().statements() - before, 1, "the look at the limits, and nothing written");
        let Err(Error::Unavailable { retry_after_s, .. }) = refused else { panic!("another refusal: {refused:?}") };
        wait(&uc, i64::try_from(retry_after_s).expect("less than a day") - 1);
        assert!(is_spent(&stranger(&uc, 5).await));
        wait(&uc, 1);
        stranger(&uc, 6).await.expect("a new day");
    }
}

on_both! {
    async fn who_is_known_is_sent_to_beyond_the_budget(scratch) {
        let uc = salon(&scratch, 1, None);
        let known = sign_in(&uc, "0501234567").await;
        assert!(is_spent(&stranger(&uc, 1).await));
        wait(&uc, 61);
        let again = RequestCode { phone: "0501234567".to_owned(), locale: None, device_token: Some(known.device_token.clone()), proof: None };
        let sent = uc.request_code(again, Locale::Ar, &here()).await.expect("a device that is known");
        wait(&uc, 61);
        uc.resend_code(sent.challenge.id, &here()).await.expect("its code once more");
        let code = code_for(&uc, &sent.challenge).await;
        let back = uc.verify_code(answer(sent.challenge.id, &code), &here()).await.expect("signs in");
        let me = crate::support::actor(&back);
        uc.request_phone(&me, "0501234567", &here()).await.expect("an open session is known as well, for its own number");
        assert!(is_spent(&uc.request_phone(&me, "0501234568", &here()).await), "and not for those of others");
        assert_eq!(uc.watch_budget().await.expect("answers").messages, 4, "all of them are counted");
        wait(&uc, 61);
        // Somebody else's token opens nothing.
        let other = RequestCode { phone: "0501234569".to_owned(), locale: None, device_token: Some(known.device_token), proof: None };
        assert!(is_spent(&uc.request_code(other, Locale::Ar, &here()).await));
    }
}

on_both! {
    async fn money_is_a_bound_too_where_it_is_set(scratch) {
        // Sixteen times six messages at 0.05: 4.80 of 5.
        let uc = salon(&scratch, 5_000, Some(5_000_000));
        let mut sent = 0;
        for number in 0..120 {
            sent += i64::from(stranger(&uc, number).await.is_ok());
        }
        let spent = uc.watch_budget().await.expect("answers");
        assert_eq!(spent, Spent { messages: sent, cost_micros: sent * 50_000 });
        assert!((4_800_000..=5_000_000).contains(&spent.cost_micros), "{spent:?}");
    }
}

on_both! {
    async fn nobody_learns_from_the_budget_whether_a_number_is_known(scratch) {
        let uc = salon(&scratch, 1, None);
        sign_in(&uc, "0501234567").await;
        assert!(is_spent(&stranger(&uc, 1).await));
        wait(&uc, 61);
        let mut counts = Vec::new();
        for phone in ["0501234567", "0501234568"] {
            let before = uc.store().statements();
            let input = RequestCode { phone: phone.to_owned(), locale: None, device_token: None, proof: None };
            let Err(Error::Unavailable { retry_after_s, .. }) = uc.request_code(input, Locale::Ar, &here()).await else { panic!("refused") };
            counts.push((uc.store().statements() - before, retry_after_s));
        }
        assert_eq!(counts[0], counts[1]);
    }
}

on_both! {
    async fn what_a_message_took_and_cost_is_written_down_with_it(scratch) {
        let uc = salon(&scratch, 100, None);
        stranger(&uc, 1).await.expect("a challenge");
        assert_eq!(uc.deliver_outbox(10).await.expect("works").sent, 1);
        let mut tx = scratch.store.read().await.expect("connects");
        let sent = store::outbox::list_recent(&mut tx, None, 1).await.expect("reads").remove(0);
        assert_eq!((sent.segments, sent.cost_micros), (Some(1), Some(50_000)));
    }
}
