//! The numbers of contract §2, told by moving the clock.

use crate::support::{answer, client, code_for, here, refused, request, salon, wait, wrong};
use domain::limits::Policy;
use domain::locale::Locale;
use store::on_both;
use usecases::{Error, RequestCode, Usecases};

/// As many wrong guesses as a challenge bears.
async fn spend_guesses(uc: &Usecases, phone: &str) {
    let sent = request(uc, phone).await.expect("a challenge");
    let bad = wrong(&code_for(uc, &sent.challenge).await);
    for left in (0..5).rev() {
        match uc.verify_code(answer(sent.challenge.id, &bad), &here()).await {
            Err(Error::InvalidCode { attempts_remaining }) => assert_eq!(attempts_remaining, left),
            other => panic!("expected a wrong code, got {other:?}"),
        }
    }
    let dead = uc.verify_code(answer(sent.challenge.id, &bad), &here()).await;
    assert!(matches!(dead, Err(Error::ChallengeNotFound)), "{dead:?}");
}

on_both! {
    async fn sends_are_limited_by_cooldown_hour_and_day_and_waiting_as_told_works(scratch) {
        let uc = salon(&scratch);
        // Every spelling is the same phone and spends the same budget.
        for spelling in ["0501234567", "+966 50 123 4567", "00966501234567", "٠٥٠١٢٣٤٥٦٧", "966501234567"] {
            request(&uc, spelling).await.expect("within the hour's five");
            assert_eq!(refused(request(&uc, "0501234567").await).0[0], Policy::OtpCooldown);
            wait(&uc, 60);
        }
        let (policies, wait_s) = refused(request(&uc, "0501234567").await);
        assert_eq!((policies, wait_s), (vec![Policy::OtpSend], 3600 - 300));
        wait(&uc, i64::try_from(wait_s).expect("small") - 1);
        refused(request(&uc, "0501234567").await);
        wait(&uc, 1);
        for _ in 0..2 {
            request(&uc, "0501234567").await.expect("the window slides, one minute a send");
            wait(&uc, 60);
        }
        let (policies, wait_s) = refused(request(&uc, "0501234567").await);
        assert_eq!(policies, [Policy::OtpSendDay], "three of the day's ten are kept for known devices");
        wait(&uc, i64::try_from(wait_s).expect("small"));
        request(&uc, "0501234567").await.expect("a day later");
    }
}

on_both! {
    async fn an_address_gets_thirty_messages_in_ten_minutes(scratch) {
        let uc = salon(&scratch);
        for number in 0..30 {
            request(&uc, &format!("05010000{number:02}")).await.expect("within the thirty");
        }
        let (policies, wait_s) = refused(request(&uc, "0501000030").await);
        assert_eq!((policies, wait_s), (vec![Policy::OtpAddress], 600));
        let elsewhere = RequestCode { phone: "0501000030".into(), locale: None, device_token: None, proof: None };
        uc.request_code(elsewhere, Locale::En, &client("2001:db8::1")).await.expect("another address");
        wait(&uc, 600);
        request(&uc, "0501000031").await.expect("ten minutes later");
    }
}

on_both! {
    async fn a_phone_bears_fifteen_wrong_guesses_a_day_from_devices_that_nobody_knows(scratch) {
        let uc = salon(&scratch);
        for pause in [60, 300, 900] {
            spend_guesses(&uc, "0501234567").await;
            wait(&uc, pause);
        }
        let sent = request(&uc, "0501234567").await.expect("asking is not guessing");
        let code = code_for(&uc, &sent.challenge).await;
        let outcome = uc.verify_code(answer(sent.challenge.id, &code), &here()).await;
        let Err(Error::QuotaExceeded(refusal)) = outcome else { panic!("expected a refusal, got {outcome:?}") };
        assert_eq!(refusal.violated[0].quota.policy, Policy::OtpGuess);
        wait(&uc, i64::try_from(refusal.retry_after_s()).expect("small"));
        let sent = request(&uc, "0501234567").await.expect("a day later");
        let code = code_for(&uc, &sent.challenge).await;
        uc.verify_code(answer(sent.challenge.id, &code), &here()).await.expect("and the owner is in");
    }
}

on_both! {
    async fn a_resend_repeats_the_code_and_keeps_the_count(scratch) {
        let uc = salon(&scratch);
        let sent = request(&uc, "0501234567").await.expect("a challenge");
        let code = code_for(&uc, &sent.challenge).await;
        uc.verify_code(answer(sent.challenge.id, &wrong(&code)), &here()).await.expect_err("wrong");
        assert_eq!(refused(uc.resend_code(sent.challenge.id, &here()).await), (vec![Policy::OtpCooldown], 60));
        wait(&uc, 60);
        let again = uc.resend_code(sent.challenge.id, &here()).await.expect("a minute later");
        assert_eq!(again.challenge.attempts_remaining(), 4);
        assert_eq!(code_for(&uc, &again.challenge).await, code);
        assert_eq!(again.expires_in_s(), 300);
        for _ in 0..3 {
            wait(&uc, 100);
            uc.resend_code(sent.challenge.id, &here()).await.expect("alive");
        }
        wait(&uc, 239);
        uc.verify_code(answer(sent.challenge.id, &wrong(&code)), &here()).await.expect_err("wrong but alive at 599 s");
        wait(&uc, 1);
        let outcome = uc.verify_code(answer(sent.challenge.id, &code), &here()).await;
        assert!(matches!(outcome, Err(Error::ChallengeNotFound)), "no resend carries it past 600 s: {outcome:?}");
    }
}

on_both! {
    async fn what_cannot_be_a_code_costs_no_guess(scratch) {
        let uc = salon(&scratch);
        let sent = request(&uc, "0501234567").await.expect("a challenge");
        for text in ["", "12345", "abc"] {
            let outcome = uc.verify_code(answer(sent.challenge.id, text), &here()).await;
            assert!(matches!(outcome, Err(Error::Validation(_))), "{outcome:?}");
        }
        let page = uc.find_awaited(sent.challenge.id, domain::challenge::Purpose::Auth).await.expect("reads");
        assert_eq!(page.expect("alive").sent.challenge.attempts_remaining(), 5);
    }
}
