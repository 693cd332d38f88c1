//! The schedule that the bound on guessing is derived from, against the real thing: it gets the guesses that the bound counts, and none
//! more.

use crate::support::{answer, code_for, here, phone, refused, request, request_from, salon, sign_in, wait};
use domain::challenge::Challenge;
use domain::limits::Policy;
use store::on_both;
use usecases::{Error, Usecases};

const PHONE: &str = "0501234567";

/// Guesses at challenges that are all asked for before the first of them: how many of them at six digits.
async fn guess_at_once(uc: &Usecases, mut guesses: u64) -> u64 {
    let mut open: Vec<Challenge> = Vec::new();
    for _ in 0..guesses.div_ceil(5) {
        wait(uc, 60);
        open.push(request(uc, PHONE).await.expect("a challenge").challenge);
    }
    let mut at_six = 0;
    for challenge in open {
        let code = "0".repeat(challenge.code_length.digits().into());
        for _ in 0..guesses.min(5) {
            let outcome = uc.verify_code(answer(challenge.id, &code), &here()).await;
            assert!(matches!(outcome, Err(Error::InvalidCode { .. })), "{outcome:?}");
            at_six += u64::from(challenge.code_length.digits() == 6);
            guesses -= 1;
        }
    }
    at_six
}

on_both! {
    async fn thirty_days_bear_what_the_bound_says_and_not_one_guess_more(scratch) {
        let uc = salon(&scratch);
        let mut token = sign_in(&uc, PHONE).await.device_token;
        let bound = uc.settings().guessing(1).bound;
        for round in 0..4 {
            wait(&uc, 86_400);
            assert_eq!(guess_at_once(&uc, 9).await, 9, "one less than makes codes longer");
            wait(&uc, 86_400);
            assert_eq!(guess_at_once(&uc, bound.burst).await, bound.burst, "at codes asked for before");
            assert_eq!((9 + bound.burst) * bound.windows, bound.lengths[0].guesses);
            // The owner does all that an attacker could wish for: nothing waits any more, nothing adds up.
            wait(&uc, 1);
            let sent = request_from(&uc, PHONE, &token).await.expect("a challenge").challenge;
            let code = code_for(&uc, &sent).await;
            token = uc.verify_code(answer(sent.id, &code), &here()).await.expect("signs in").device_token;
            wait(&uc, 3_600);
            let more = request(&uc, PHONE).await.expect("a challenge").challenge;
            let spent = uc.verify_code(answer(more.id, &"0".repeat(more.code_length.digits().into())), &here()).await;
            assert_eq!((more.code_length.digits(), refused(spent).0), (8, vec![Policy::OtpGuess]), "{round}");
            wait(&uc, 29 * 86_400);
            let before = request(&uc, PHONE).await.expect("a challenge").challenge;
            assert_eq!((before.code_length.digits(), before.phone), (8, phone("+966501234567")), "{round}: not a day too early");
        }
    }
}
