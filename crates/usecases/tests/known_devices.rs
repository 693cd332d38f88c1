//! A device that has signed in before may spend what nobody else can use up, and is one until it is revoked.

use crate::support::{actor, answer, client, code_for, here, refused, request, request_from, salon, sign_in, wait, wrong};
use chrono::TimeDelta;
use domain::challenge::Challenge;
use domain::limits::Policy;
use domain::locale::Locale;
use domain::session::SessionKind;
use store::on_both;
use usecases::{Error, RequestCode, SignedIn, Usecases, VerifyCode};

const PHONE: &str = "0501234567";

/// Whether the owner of the phone is known by this token. A request in the cooldown of strangers tells.
async fn is_known(uc: &Usecases, token: &str) -> bool {
    wait(uc, 86_400);
    request(uc, PHONE).await.expect("a stranger's");
    request_from(uc, PHONE, token).await.is_ok()
}

/// As many wrong guesses as the challenge bears, or fewer.
async fn guess(uc: &Usecases, challenge: &Challenge, times: usize) {
    let bad = wrong(&code_for(uc, challenge).await);
    for _ in 0..times {
        let outcome = uc.verify_code(answer(challenge.id, &bad), &here()).await;
        assert!(matches!(outcome, Err(Error::InvalidCode { .. })), "{outcome:?}");
    }
}

async fn sign_in_from(uc: &Usecases, token: &str) -> SignedIn {
    let sent = request_from(uc, PHONE, token).await.expect("a challenge");
    let code = code_for(uc, &sent.challenge).await;
    uc.verify_code(answer(sent.challenge.id, &code), &here()).await.expect("signs in")
}

on_both! {
    async fn three_of_ten_messages_are_kept_for_known_devices_whatever_others_spend(scratch) {
        let uc = salon(&scratch);
        let token = sign_in(&uc, PHONE).await.device_token;
        wait(&uc, 86_400);
        for _ in 0..5 {
            request(&uc, PHONE).await.expect("five an hour");
            wait(&uc, 60);
        }
        assert_eq!(refused(request(&uc, PHONE).await).0, [Policy::OtpSend]);
        let own = request_from(&uc, PHONE, &token).await.expect("over the hour's five").send;
        assert_eq!((own.quota.limit, own.remaining), (8, 7), "its own uses alone show");
        assert_eq!(refused(request_from(&uc, PHONE, &token).await).0, [Policy::OtpCooldown]);
        wait(&uc, 60);
        request_from(&uc, PHONE, &token).await.expect("the second");
        wait(&uc, 60);
        request_from(&uc, PHONE, &token).await.expect("the third");
        wait(&uc, 60);
        assert_eq!(refused(request_from(&uc, PHONE, &token).await).0, [Policy::OtpSend]);
        wait(&uc, 3600);
        assert_eq!(refused(request(&uc, PHONE).await).0, [Policy::OtpSendDay]);
        request_from(&uc, PHONE, &token).await.expect("nine of ten");
        wait(&uc, 60);
        request_from(&uc, PHONE, &token).await.expect("ten of ten");
        wait(&uc, 60);
        let (policies, wait_s) = refused(request_from(&uc, PHONE, &token).await);
        assert_eq!(policies, [Policy::OtpSendDay]);
        wait(&uc, i64::try_from(wait_s).expect("small"));
        request_from(&uc, PHONE, &token).await.expect("and the wait was true");
    }
}

on_both! {
    async fn five_of_twenty_guesses_are_kept_for_known_devices(scratch) {
        let uc = salon(&scratch);
        let token = sign_in(&uc, PHONE).await.device_token;
        for _ in 0..3 {
            wait(&uc, 3600);
            let sent = request(&uc, PHONE).await.expect("a stranger's");
            guess(&uc, &sent.challenge, 5).await;
        }
        wait(&uc, 3600);
        let strangers = request(&uc, PHONE).await.expect("asking is not guessing").challenge;
        let code = code_for(&uc, &strangers).await;
        let refusal = uc.verify_code(answer(strangers.id, &code), &here()).await;
        let Err(Error::QuotaExceeded(refusal)) = refusal else { panic!("expected a refusal, got {refusal:?}") };
        assert_eq!((refusal.violated[0].quota.policy, refusal.violated[0].quota.limit), (Policy::OtpGuess, 15));

        wait(&uc, 1);
        let owners = request_from(&uc, PHONE, &token).await.expect("in the stranger's cooldown").challenge;
        guess(&uc, &owners, 4).await;
        let code = code_for(&uc, &owners).await;
        let signed_in = uc.verify_code(answer(owners.id, &code), &here()).await.expect("the owner is in");
        wait(&uc, 60);
        let again = request_from(&uc, PHONE, &signed_in.device_token).await.expect("a challenge").challenge;
        guess(&uc, &again, 1).await;
        let code = code_for(&uc, &again).await;
        assert_eq!(refused(uc.verify_code(answer(again.id, &code), &here()).await).0, [Policy::OtpGuess], "twenty in all");
    }
}

on_both! {
    async fn an_address_that_many_share_does_not_hold_a_known_device_up(scratch) {
        let uc = salon(&scratch);
        let token = sign_in(&uc, PHONE).await.device_token;
        wait(&uc, 600);
        for number in 0..30 {
            request(&uc, &format!("05010000{number:02}")).await.expect("within the thirty");
        }
        assert_eq!(refused(request(&uc, PHONE).await).0, [Policy::OtpAddress]);
        request_from(&uc, PHONE, &token).await.expect("its own limits are enough");
    }
}

on_both! {
    async fn the_token_is_another_at_each_sign_in_and_the_one_before_is_still_good(scratch) {
        let uc = salon(&scratch);
        let first = sign_in(&uc, PHONE).await;
        wait(&uc, 60);
        let second = sign_in_from(&uc, &first.device_token).await;
        assert_eq!(second.session.device_id, first.session.device_id, "it is the same device");
        assert_ne!(second.device_token, first.device_token);
        wait(&uc, 60);
        let third = sign_in_from(&uc, &first.device_token).await;
        assert_eq!(third.session.device_id, first.session.device_id, "the answer with the second token may have been lost");
        assert!(!is_known(&uc, &first.device_token).await, "two sign-ins ago");
        assert!(is_known(&uc, &second.device_token).await && is_known(&uc, &third.device_token).await);
        let refresh = third.tokens.expect("an API session").refresh;
        assert_eq!(uc.refresh(&refresh).await.expect("refreshes").device_token, third.device_token);
    }
}

on_both! {
    async fn a_token_that_comes_with_the_code_alone_will_do(scratch) {
        let uc = salon(&scratch);
        let first = sign_in(&uc, PHONE).await;
        wait(&uc, 60);
        let sent = request(&uc, PHONE).await.expect("a challenge");
        let code = code_for(&uc, &sent.challenge).await;
        let input = VerifyCode { device_token: Some(first.device_token), ..answer(sent.challenge.id, &code) };
        assert_eq!(uc.verify_code(input, &here()).await.expect("signs in").session.device_id, first.session.device_id);
    }
}

on_both! {
    async fn a_device_is_known_until_its_session_is_ended_from_another(scratch) {
        let uc = salon(&scratch);
        let (lost, here) = (sign_in(&uc, PHONE).await, { wait(&uc, 60); sign_in(&uc, PHONE).await });
        let again = { wait(&uc, 60); sign_in_from(&uc, &here.device_token).await };
        uc.end_session(&actor(&again), here.session.id).await.expect("an older session on this very device");
        assert!(is_known(&uc, &again.device_token).await && is_known(&uc, &lost.device_token).await);
        uc.end_session(&actor(&again), lost.session.id).await.expect("the lost one's");
        assert!(!is_known(&uc, &lost.device_token).await);
        let third = { wait(&uc, 86_400); sign_in(&uc, PHONE).await };
        uc.end_other_sessions(&actor(&again)).await.expect("all others");
        assert!(!is_known(&uc, &third.device_token).await && is_known(&uc, &again.device_token).await);
        uc.logout(&actor(&again)).await.expect("signs out");
        assert!(is_known(&uc, &again.device_token).await, "who signs out by themselves comes back");
    }
}

on_both! {
    async fn a_device_is_a_stranger_after_a_block_a_move_an_erasure_and_a_year(scratch) {
        let uc = salon(&scratch);
        let first = sign_in(&uc, PHONE).await;
        uc.clock().advance(TimeDelta::days(363));
        assert!(is_known(&uc, &first.device_token).await);
        assert!(!is_known(&uc, &first.device_token).await, "a year after the last sign-in");

        wait(&uc, 86_400);
        let blocked = sign_in(&uc, PHONE).await;
        uc.block_user(PHONE, true).await.expect("blocked");
        uc.block_user(PHONE, false).await.expect("let in");
        assert!(!is_known(&uc, &blocked.device_token).await);

        wait(&uc, 86_400);
        let moved = sign_in(&uc, PHONE).await;
        let me = actor(&moved);
        let sent = uc.request_phone(&me, "0559876543", &here()).await.expect("a challenge");
        let code = code_for(&uc, &sent.challenge).await;
        uc.verify_phone(&me, sent.challenge.id, &code).await.expect("moves");
        assert!(!is_known(&uc, &moved.device_token).await, "the number is free, and nobody is known to it");

        wait(&uc, 86_400);
        let erased = sign_in(&uc, PHONE).await;
        uc.erase_me(&actor(&erased)).await.expect("erased");
        assert!(!is_known(&uc, &erased.device_token).await);
    }
}

on_both! {
    async fn a_browser_that_several_people_use_is_known_to_each_of_them(scratch) {
        let uc = salon(&scratch);
        let mut held: Option<String> = None;
        let numbers: Vec<String> = (1..=6).map(|number| format!("050111111{number}")).collect();
        for number in &numbers {
            let signed_in = sign_in(&uc, number).await;
            held = Some(uc.remember_device(held.as_deref(), &signed_in));
        }
        let held = held.expect("six signed in");
        wait(&uc, 86_400);
        let mut known = Vec::new();
        for number in &numbers {
            request(&uc, number).await.expect("a stranger's");
            let input = RequestCode { phone: number.clone(), locale: None, device_token: Some(held.clone()), proof: None };
            let sent = uc.request_code(input, Locale::Ar, &client("203.0.113.9")).await;
            known.push(sent.is_ok_and(|sent| sent.challenge.device_id.is_some()));
        }
        assert_eq!(known, [false, true, true, true, true, true], "five of them");
        // Who signs in again takes no second place.
        let last = numbers.last().expect("six");
        wait(&uc, 86_400);
        let input = RequestCode { phone: last.clone(), locale: None, device_token: Some(held.clone()), proof: None };
        let sent = uc.request_code(input, Locale::Ar, &here()).await.expect("a challenge");
        let code = code_for(&uc, &sent.challenge).await;
        let input = VerifyCode { kind: SessionKind::Web, ..answer(sent.challenge.id, &code) };
        let signed_in = uc.verify_code(input, &here()).await.expect("signs in");
        let now_held = uc.remember_device(Some(&held), &signed_in);
        let (before, after): (Vec<_>, Vec<_>) = (held.split('.').collect(), now_held.split('.').collect());
        assert_eq!((after[0], &after[1..]), (signed_in.device_token.as_str(), &before[1..]));
        assert_eq!(uc.remember_device(Some("no.token"), &signed_in), signed_in.device_token);
    }
}

on_both! {
    async fn ones_own_device_spends_nothing_that_is_kept_for_the_owner_of_another_number(scratch) {
        let uc = salon(&scratch);
        let owner = sign_in(&uc, PHONE).await;
        wait(&uc, 86_400);
        // With an account of one's own one can have codes sent to any number, for another purpose.
        for _ in 0..3 {
            let thief = actor(&sign_in(&uc, "0559876543").await);
            let sent = uc.request_phone(&thief, PHONE, &here()).await.expect("nothing is said").challenge;
            let wrong = wrong(&code_for(&uc, &sent).await);
            for _ in 0..5 {
                assert!(matches!(uc.verify_phone(&thief, sent.id, &wrong).await, Err(Error::InvalidCode { .. })));
            }
            wait(&uc, 3600);
        }
        let thief = actor(&sign_in(&uc, "0559876543").await);
        let sent = uc.request_phone(&thief, PHONE, &here()).await.expect("asking is not guessing").challenge;
        let code = code_for(&uc, &sent).await;
        assert_eq!(refused(uc.verify_phone(&thief, sent.id, &code).await).0, [Policy::OtpGuess], "fifteen, as for any stranger");
        sign_in_from(&uc, &owner.device_token).await;
    }
}
