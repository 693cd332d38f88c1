//! What wrong guesses at codes of a phone add up to: longer codes, waits, and in the end no more texts.

use crate::support::{
    actor, answer, code_for, here, phone, process_with, refused, request, request_from, salon, sign_in, start, wait, wrong,
};
use domain::challenge::Challenge;
use domain::limits::Policy;
use domain::message::MessageKind;
use sms::SmsSender;
use store::{audit, on_both};
use usecases::clock::Clock;
use usecases::settings::{ProofDemand, ProofSettings, Settings};
use usecases::{Delivery, DevMessage, Error, SignedIn, Usecases};

const PHONE: &str = "0501234567";

/// `times` wrong guesses at a challenge.
async fn guess(uc: &Usecases, challenge: &Challenge, times: u8) {
    let bad = "0".repeat(challenge.code_length.digits().into());
    for place in 1..=times {
        let outcome = uc.verify_code(answer(challenge.id, &bad), &here()).await;
        let left = challenge.max_attempts - place;
        assert!(matches!(outcome, Err(Error::InvalidCode { attempts_remaining }) if attempts_remaining == left), "{outcome:?}");
    }
}

/// So many wrong guesses by somebody on a device that nobody knows, as fast as the limits let them.
async fn strangers_guess(uc: &Usecases, number: &str, times: u8) {
    let mut left = times;
    while left > 0 {
        let sent = request(uc, number).await.expect("there is room for the day");
        let now = left.min(5);
        guess(uc, &sent.challenge, now).await;
        left -= now;
        wait(uc, 8 * 3600);
    }
}

async fn enter(uc: &Usecases, challenge: &Challenge) -> Result<SignedIn, Error> {
    let code = code_for(uc, challenge).await;
    uc.verify_code(answer(challenge.id, &code), &here()).await
}

/// What the phone has got, the newest first.
async fn texts(uc: &Usecases) -> Vec<DevMessage> {
    while uc.deliver_outbox(100).await.expect("delivers").sent > 0 {}
    uc.dev_messages(Some(&phone("+966501234567")), 100).await.expect("reads")
}

/// Whether the newest of them holds a code.
async fn is_code_the_last(uc: &Usecases) -> bool {
    texts(uc).await[0].code.is_some()
}

on_both! {
    async fn codes_grow_with_the_failures_of_thirty_days_and_a_success_forgets_none(scratch) {
        let uc = salon(&scratch);
        strangers_guess(&uc, PHONE, 9).await;
        let sent = request(&uc, PHONE).await.expect("a challenge").challenge;
        assert_eq!(sent.code_length.digits(), 6, "nine failures");
        guess(&uc, &sent, 1).await;
        wait(&uc, 60);
        let again = uc.resend_code(sent.id, &here()).await.expect("resent").challenge;
        assert_eq!(again.code_length.digits(), 6, "a resend repeats the code");
        enter(&uc, &again).await.expect("signs in");
        wait(&uc, 60);
        let sent = request(&uc, PHONE).await.expect("a challenge").challenge;
        assert_eq!((sent.code_length.digits(), code_for(&uc, &sent).await.len()), (8, 8), "ten, and a success forgets none");
        enter(&uc, &sent).await.expect("eight digits sign in too");

        let other = request(&uc, "0559876543").await.expect("a challenge").challenge;
        assert_eq!(other.code_length.digits(), 6, "the history of a phone is its own");
        wait(&uc, 29 * 86_400);
        assert_eq!(request(&uc, PHONE).await.expect("a challenge").challenge.code_length.digits(), 8, "not yet a month");
        wait(&uc, 86_400);
        assert_eq!(request(&uc, PHONE).await.expect("a challenge").challenge.code_length.digits(), 6, "a month later");
    }
}

on_both! {
    async fn after_a_hundred_failures_codes_have_ten_digits(scratch) {
        let uc = salon(&scratch);
        for round in 0..4 {
            strangers_guess(&uc, PHONE, 25).await;
            let sent = request(&uc, PHONE).await.expect("a challenge").challenge;
            assert_eq!(sent.code_length.digits(), if round < 3 { 8 } else { 10 });
            enter(&uc, &sent).await.expect("the owner comes by now and then");
            wait(&uc, 3600);
        }
    }
}

on_both! {
    async fn the_alarm_lengthens_everybodys_codes(scratch) {
        // It asks for proofs of work too: tests/proofs.rs.
        let proof = ProofSettings { demand: ProofDemand::Never, ..ProofSettings::default() };
        let settings = Settings { proof, ..Settings::default() };
        let uc = process_with(scratch.store.clone(), SmsSender::Outbox, Clock::manual(start()), settings);
        uc.set_fleet_alarm(true);
        assert_eq!(request(&uc, PHONE).await.expect("a challenge").challenge.code_length.digits(), 8);
        uc.set_fleet_alarm(false);
        assert_eq!(request(&uc, "0559876543").await.expect("a challenge").challenge.code_length.digits(), 6);
    }
}

on_both! {
    async fn after_each_dead_challenge_strangers_wait_longer_and_known_devices_do_not(scratch) {
        let uc = salon(&scratch);
        let token = sign_in(&uc, PHONE).await.device_token;
        wait(&uc, 86_400);
        for (place, minutes) in [1, 5, 15, 60, 60].into_iter().enumerate() {
            // The wait that was named before was true.
            let mut sent = request(&uc, PHONE).await.expect("a challenge").challenge;
            if place == 0 {
                guess(&uc, &sent, 4).await;
                wait(&uc, 60);
                request(&uc, PHONE).await.expect("a guess is left: it is not dead");
                sent = Challenge { max_attempts: 1, ..sent };
            }
            let times = sent.max_attempts;
            guess(&uc, &sent, times).await;
            let (policies, wait_s) = refused(request(&uc, PHONE).await);
            assert_eq!((policies.contains(&Policy::OtpWait), wait_s), (true, minutes * 60), "{place}");
            assert!(matches!(uc.resend_code(sent.id, &here()).await, Err(Error::ChallengeNotFound)));
            if place == 3 {
                request_from(&uc, PHONE, &token).await.expect("the owner does not wait");
            }
            wait(&uc, i64::try_from(wait_s).expect("small") - 1);
            let (policies, wait_s) = refused(request(&uc, PHONE).await);
            assert_eq!((policies.contains(&Policy::OtpWait), wait_s), (true, 1), "{place}");
            wait(&uc, 1);
            if place == 2 {
                request(&uc, PHONE).await.expect("fifteen minutes later");
                wait(&uc, 86_400);
            }
        }
        let sent = request(&uc, PHONE).await.expect("a challenge").challenge;
        enter(&uc, &sent).await.expect("a success");
        wait(&uc, 60);
        let sent = request(&uc, PHONE).await.expect("a challenge").challenge;
        guess(&uc, &sent, 5).await;
        assert_eq!(refused(request(&uc, PHONE).await).1, 60, "begins anew");
    }
}

on_both! {
    async fn after_too_many_failures_in_a_row_no_code_goes_out_and_only_the_owner_learns_of_it(scratch) {
        let uc = salon(&scratch);
        let owner = sign_in(&uc, PHONE).await;
        wait(&uc, 86_400);
        strangers_guess(&uc, PHONE, 79).await;
        let last = request(&uc, PHONE).await.expect("a challenge").challenge;
        let code = code_for(&uc, &last).await;
        guess(&uc, &last, 1).await;
        // From here on no guess of a stranger is right, and no more code goes to the phone.
        let outcome = uc.verify_code(answer(last.id, &code), &here()).await;
        assert!(matches!(outcome, Err(Error::InvalidCode { attempts_remaining: 3 })), "{outcome:?}");
        wait(&uc, 86_400);
        let off = request(&uc, PHONE).await.expect("the same answer").challenge;
        assert_eq!((off.code_length, off.max_attempts), (last.code_length, last.max_attempts));
        assert!(!is_code_the_last(&uc).await);
        let awaited = uc.find_awaited(off.id, off.purpose).await.expect("reads").expect("alive");
        assert_eq!(awaited.delivery, Delivery::Sent);
        wait(&uc, 60);
        uc.resend_code(off.id, &here()).await.expect("the same answer");
        guess(&uc, &off, 5).await;
        let [again, first, ..] = &texts(&uc).await[..] else { panic!("two texts") };
        for text in [first, again] {
            assert_eq!((text.kind, text.code.as_deref()), (MessageKind::CodesOff, None), "to the owner it says what to do");
        }
        let entries = audit::list_for_user(&mut scratch.store.read().await.expect("reads"), owner.user.id, 10).await.expect("reads");
        assert_eq!(entries.iter().filter(|entry| entry.action == "codes_turned_off").count(), 1);

        // The owner's device still signs in, and with that everybody can again.
        let sent = request_from(&uc, PHONE, &owner.device_token).await.expect("a challenge").challenge;
        enter(&uc, &sent).await.expect("signs in");
        wait(&uc, 86_400);
        let on = request(&uc, PHONE).await.expect("a challenge").challenge;
        assert_eq!((on.code_length.digits(), code_for(&uc, &on).await.len()), (8, 8));
    }
}

on_both! {
    async fn an_operator_or_the_owner_signed_in_turns_codes_on_again(scratch) {
        let uc = salon(&scratch);
        let me = actor(&sign_in(&uc, PHONE).await);
        for way in ["operator", "session"] {
            wait(&uc, 86_400);
            strangers_guess(&uc, PHONE, 80).await;
            let off = request(&uc, PHONE).await.expect("the same answer").challenge;
            assert!(!is_code_the_last(&uc).await);
            if way == "operator" {
                uc.rebind_user("050 123 4567").await.expect("rebound");
            } else {
                wait(&uc, 1);
                let sent = uc.request_phone(&me, PHONE, &here()).await.expect("a challenge").challenge;
                assert!(is_code_the_last(&uc).await, "to the owner, signed in, codes go");
                let code = code_for(&uc, &sent).await;
                let bad = uc.verify_phone(&me, sent.id, &wrong(&code)).await;
                assert!(matches!(bad, Err(Error::InvalidCode { .. })), "{bad:?}");
                uc.verify_phone(&me, sent.id, &code).await.expect("proves the number");
            }
            wait(&uc, 3600);
            let sent = request(&uc, PHONE).await.expect("a challenge").challenge;
            assert_ne!(sent.id, off.id);
            enter(&uc, &sent).await.expect("signs in by text again");
        }
        assert!(matches!(uc.rebind_user("0559876543").await, Err(Error::NotFound)));
    }
}

on_both! {
    async fn a_session_of_ones_own_turns_nothing_on_for_the_number_of_another(scratch) {
        let uc = salon(&scratch);
        sign_in(&uc, PHONE).await;
        wait(&uc, 86_400);
        strangers_guess(&uc, PHONE, 80).await;
        let thief = actor(&sign_in(&uc, "0559876543").await);
        let sent = uc.request_phone(&thief, PHONE, &here()).await.expect("the same answer").challenge;
        assert!(!is_code_the_last(&uc).await);
        let outcome = uc.verify_phone(&thief, sent.id, &"0".repeat(sent.code_length.digits().into())).await;
        assert!(matches!(outcome, Err(Error::InvalidCode { .. })), "{outcome:?}");
    }
}
