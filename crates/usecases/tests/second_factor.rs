//! The second factor: set up, shown, lost, guessed at, raced for.

use chrono::{DateTime, TimeDelta, Utc};
use domain::error::ErrorCode;
use domain::limits::Policy;
use domain::recovery_code::RecoveryCode;
use domain::totp::TotpSecret;
use store::on_both;
use usecases::{Actor, Error, SignedIn, Usecases};

use crate::support::{actor, phone, refused, salon, sign_in, wait, wrong};

/// Somebody whose authenticator app is set up and was shown in their session.
struct Enrolled {
    me: Actor,
    secret: TotpSecret,
    codes: Vec<RecoveryCode>,
}

/// What the app shows now.
fn shown(uc: &Usecases, secret: &TotpSecret) -> String {
    secret.code_at(uc.clock().now()).expose().to_owned()
}

/// The actor of this session as the next request finds them.
async fn again(uc: &Usecases, signed_in: &SignedIn) -> Actor {
    let access = &signed_in.tokens.as_ref().expect("an API session").access;
    uc.actor_of_access_token(access).await.expect("alive")
}

async fn enrol(uc: &Usecases, signed_in: &SignedIn) -> Enrolled {
    let me = actor(signed_in);
    let secret = uc.begin_enrolment(&me).await.expect("begins").secret;
    let codes = uc.confirm_enrolment(&me, &shown(uc, &secret)).await.expect("confirms");
    Enrolled { me: again(uc, signed_in).await, secret, codes }
}

/// What is in the record, by name: the clock of a test stands still.
async fn actions(uc: &Usecases, me: &Actor) -> Vec<String> {
    let export = uc.export_me(me).await.expect("exports");
    let history = export["history"].as_array().expect("a list");
    let mut actions: Vec<_> = history.iter().map(|entry| entry["action"].as_str().expect("text").to_owned()).collect();
    actions.sort_unstable();
    actions
}

on_both! {
    async fn an_app_is_set_up_by_the_code_it_shows_and_the_gate_opens(scratch) {
        let uc = salon(&scratch);
        let signed_in = sign_in(&uc, "0501234567").await;
        let me = actor(&signed_in);
        let now = || uc.clock().now();
        assert!(matches!(me.require_second_factor(now()), Err(Error::SecondFactorRequired)));
        let begun = uc.begin_enrolment(&me).await.expect("begins");
        assert_eq!(begun.account, phone("+966501234567"));
        let wrong_code = wrong(&shown(&uc, &begun.secret));
        let refusal = uc.confirm_enrolment(&me, &wrong_code).await.expect_err("wrong");
        assert!(matches!(refusal, Error::InvalidCode { attempts_remaining: 9 }), "{refusal:?}");
        assert_eq!(uc.find_second_factor(&me).await.expect("reads").since, None);
        let still = uc.find_enrolment(&me).await.expect("reads").expect("still being set up");
        assert_eq!(still.secret, begun.secret);
        let codes = uc.confirm_enrolment(&me, &shown(&uc, &begun.secret)).await.expect("confirms");
        assert_eq!(codes.len(), 10);
        let me = again(&uc, &signed_in).await;
        me.require_second_factor(now()).expect("shown");
        let held = uc.find_second_factor(&me).await.expect("reads");
        assert_eq!((held.since, held.recovery_codes_left, held.shown_at), (Some(now()), 10, Some(now())));
        assert!(uc.find_enrolment(&me).await.expect("reads").is_none(), "the secret is not shown again");
        assert_eq!(actions(&uc, &me).await, ["phone_claimed", "second_factor_added", "second_factor_refused"]);
    }
}

on_both! {
    async fn another_session_of_the_same_person_has_shown_nothing_until_it_does(scratch) {
        let uc = salon(&scratch);
        let first = enrol(&uc, &sign_in(&uc, "0501234567").await).await;
        wait(&uc, 61);
        let second = sign_in(&uc, "0501234567").await;
        let me = again(&uc, &second).await;
        assert!(matches!(me.require_second_factor(uc.clock().now()), Err(Error::SecondFactorRequired)));
        uc.show_second_factor(&me, &shown(&uc, &first.secret)).await.expect("right");
        again(&uc, &second).await.require_second_factor(uc.clock().now()).expect("shown");
        assert!(actions(&uc, &me).await.contains(&"second_factor_shown".to_owned()));
    }
}

on_both! {
    async fn a_step_is_good_once_wherever_and_however_often_it_is_shown(scratch) {
        let processes = [salon(&scratch), salon(&scratch)];
        let Enrolled { me, secret, .. } = enrol(&processes[0], &sign_in(&processes[0], "0501234567").await).await;
        let code = shown(&processes[0], &secret);
        let replay = processes[1].show_second_factor(&me, &code).await;
        assert!(matches!(replay, Err(Error::InvalidCode { .. })), "the code it was set up with: {replay:?}");
        for uc in &processes {
            wait(uc, 30);
        }
        let code = shown(&processes[0], &secret);
        let outcomes = store::testing::at_once(8, |place| {
            let (uc, me, code) = (processes[place % 2].clone(), me.clone(), code.clone());
            async move { uc.show_second_factor(&me, &code).await }
        })
        .await;
        assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1, "{outcomes:?}");
        for refusal in outcomes.into_iter().filter_map(Result::err) {
            assert!(matches!(refusal, Error::InvalidCode { .. }), "{refusal:?}");
        }
    }
}

on_both! {
    async fn a_recovery_code_is_good_once_also_when_many_use_it_at_once(scratch) {
        let processes = [salon(&scratch), salon(&scratch)];
        let Enrolled { me, codes, .. } = enrol(&processes[0], &sign_in(&processes[0], "0501234567").await).await;
        let code = codes[3].to_text().to_lowercase();
        let outcomes = store::testing::at_once(8, |place| {
            let (uc, me, code) = (processes[place % 2].clone(), me.clone(), code.clone());
            async move { uc.show_second_factor(&me, &code).await }
        })
        .await;
        assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1, "{outcomes:?}");
        assert_eq!(processes[1].find_second_factor(&me).await.expect("reads").recovery_codes_left, 9);
        processes[1].show_second_factor(&me, &codes[4].to_text()).await.expect("the next one is good");
    }
}

on_both! {
    async fn recovery_codes_are_their_owners_alone_and_worthless_once_there_are_new_ones(scratch) {
        let uc = salon(&scratch);
        let sara = enrol(&uc, &sign_in(&uc, "0501234567").await).await;
        let nora = enrol(&uc, &sign_in(&uc, "0559876543").await).await;
        let foreign = uc.show_second_factor(&nora.me, &sara.codes[0].to_text()).await;
        assert!(matches!(foreign, Err(Error::InvalidCode { .. })), "{foreign:?}");
        let renewed = uc.renew_recovery_codes(&sara.me).await.expect("renews");
        let old = uc.show_second_factor(&sara.me, &sara.codes[0].to_text()).await;
        assert!(matches!(old, Err(Error::InvalidCode { .. })), "{old:?}");
        uc.show_second_factor(&sara.me, &renewed[0].to_text()).await.expect("a new one");
        assert_eq!(uc.find_second_factor(&sara.me).await.expect("reads").recovery_codes_left, 9);
    }
}

on_both! {
    async fn wrong_answers_are_counted_before_they_are_compared_and_right_ones_cost_nothing(scratch) {
        let uc = salon(&scratch);
        let Enrolled { me, secret, codes } = enrol(&uc, &sign_in(&uc, "0501234567").await).await;
        for _ in 0..12 {
            wait(&uc, 30);
            uc.show_second_factor(&me, &shown(&uc, &secret)).await.expect("right");
        }
        wait(&uc, 30);
        let guess = wrong(&shown(&uc, &secret));
        let outcomes = store::testing::at_once(40, |_| {
            let (uc, me, guess) = (uc.clone(), me.clone(), guess.clone());
            async move { uc.show_second_factor(&me, &guess).await }
        })
        .await;
        let compared = outcomes.iter().filter(|outcome| matches!(outcome, Err(Error::InvalidCode { .. }))).count();
        let refused_ones = outcomes.iter().filter(|outcome| matches!(outcome, Err(Error::QuotaExceeded(_)))).count();
        assert_eq!((compared, refused_ones), (10, 30));
        // Nor is what would be right looked at, of whichever kind; and what cannot be an answer is no guess.
        for right in [shown(&uc, &secret), codes[0].to_text()] {
            let (policies, wait_s) = refused(uc.show_second_factor(&me, &right).await);
            assert_eq!((policies, wait_s), (vec![Policy::FactorGuess], 86_400));
        }
        let nonsense = uc.show_second_factor(&me, "open sesame").await;
        assert!(matches!(nonsense, Err(Error::Validation(_))), "{nonsense:?}");
        wait(&uc, 86_400);
        uc.show_second_factor(&me, &shown(&uc, &secret)).await.expect("the next day");
    }
}

on_both! {
    async fn in_thirty_days_thirty_wrong_answers_are_compared(scratch) {
        let uc = salon(&scratch);
        let Enrolled { me, secret, .. } = enrol(&uc, &sign_in(&uc, "0501234567").await).await;
        let mut compared = 0;
        for _ in 0..20 {
            wait(&uc, 86_400);
            for _ in 0..11 {
                let outcome = uc.show_second_factor(&me, &wrong(&shown(&uc, &secret))).await;
                compared += u32::from(matches!(outcome, Err(Error::InvalidCode { .. })));
            }
        }
        assert_eq!(compared, 30);
    }
}

on_both! {
    async fn a_clock_that_is_set_back_makes_no_used_code_good_again(scratch) {
        let uc = salon(&scratch);
        let Enrolled { me, secret, .. } = enrol(&uc, &sign_in(&uc, "0501234567").await).await;
        wait(&uc, 300);
        let used = shown(&uc, &secret);
        uc.show_second_factor(&me, &used).await.expect("right");
        wait(&uc, -120);
        for code in [used, shown(&uc, &secret)] {
            let outcome = uc.show_second_factor(&me, &code).await;
            assert!(matches!(outcome, Err(Error::InvalidCode { .. })), "{outcome:?}");
        }
        wait(&uc, 150);
        uc.show_second_factor(&me, &shown(&uc, &secret)).await.expect("later than all that were used");
    }
}

on_both! {
    async fn it_holds_for_twelve_hours_and_for_danger_ten_minutes(scratch) {
        let uc = salon(&scratch);
        let signed_in = sign_in(&uc, "0501234567").await;
        let Enrolled { me, secret, .. } = enrol(&uc, &signed_in).await;
        let at = |seconds: i64| -> DateTime<Utc> { uc.clock().now() + TimeDelta::seconds(seconds) };
        let step_up = |me: &Actor, seconds| me.require_step_up(at(seconds), TimeDelta::minutes(10));
        step_up(&me, 600).expect("ten minutes");
        let late = step_up(&me, 601).expect_err("too late");
        assert!(matches!(late, Error::StepUpRequired), "{late:?}");
        assert_eq!(late.code(), ErrorCode::FreshAuthenticationRequired);
        me.require_second_factor(at(43_199)).expect("twelve hours");
        for refusal in [me.require_second_factor(at(43_200)), step_up(&me, 43_200)] {
            assert_eq!(refusal.expect_err("over").code(), ErrorCode::SecondFactorRequired);
        }
        wait(&uc, 601);
        for refusal in [uc.remove_second_factor(&me).await.err(), uc.renew_recovery_codes(&me).await.err()] {
            assert!(matches!(refusal, Some(Error::StepUpRequired)), "{refusal:?}");
        }
        // The access token is over; its session is not.
        let fresh = uc.refresh(&signed_in.tokens.as_ref().expect("an API session").refresh).await.expect("refreshes");
        uc.show_second_factor(&me, &shown(&uc, &secret)).await.expect("stepped up");
        uc.remove_second_factor(&again(&uc, &fresh).await).await.expect("removed");
    }
}

on_both! {
    async fn the_first_app_needs_a_fresh_sign_in_and_the_next_one_the_app_before(scratch) {
        let uc = salon(&scratch);
        let first = sign_in(&uc, "0501234567").await;
        wait(&uc, 601);
        let stale = uc.begin_enrolment(&actor(&first)).await;
        assert!(matches!(stale, Err(Error::FreshAuthenticationRequired)), "{stale:?}");
        let second = sign_in(&uc, "0501234567").await;
        let Enrolled { me, secret, codes } = enrol(&uc, &second).await;
        wait(&uc, 61);
        let third = sign_in(&uc, "0501234567").await;
        let thief = uc.begin_enrolment(&actor(&third)).await;
        assert!(matches!(thief, Err(Error::SecondFactorRequired)), "{thief:?}");
        uc.show_second_factor(&actor(&third), &shown(&uc, &secret)).await.expect("right");
        // The owner has another phone now.
        let new = uc.begin_enrolment(&me).await.expect("begins").secret;
        uc.show_second_factor(&me, &codes[0].to_text()).await.expect("until it is confirmed, the old one is in use");
        uc.confirm_enrolment(&me, &shown(&uc, &new)).await.expect("confirms");
        let gone = again(&uc, &third).await.require_second_factor(uc.clock().now());
        assert!(matches!(gone, Err(Error::SecondFactorRequired)), "shown with the old one: {gone:?}");
        wait(&uc, 30);
        for old in [shown(&uc, &secret), codes[1].to_text()] {
            let outcome = uc.show_second_factor(&me, &old).await;
            assert!(matches!(outcome, Err(Error::InvalidCode { .. })), "{outcome:?}");
        }
        uc.show_second_factor(&me, &shown(&uc, &new)).await.expect("the new one");
    }
}

on_both! {
    async fn what_one_session_sets_up_no_other_sees_or_confirms(scratch) {
        let uc = salon(&scratch);
        let [mine, thiefs] = [sign_in(&uc, "0501234567").await, { wait(&uc, 61); sign_in(&uc, "0501234567").await }];
        let (me, thief) = (actor(&mine), actor(&thiefs));
        let secret = uc.begin_enrolment(&me).await.expect("begins").secret;
        assert!(uc.find_enrolment(&thief).await.expect("reads").is_none());
        let foreign = uc.confirm_enrolment(&thief, &shown(&uc, &secret)).await;
        assert!(matches!(foreign, Err(Error::NotFound)), "{foreign:?}");
        // Begun before there was an app, to be confirmed after: the app of the owner stays.
        uc.confirm_enrolment(&me, &shown(&uc, &secret)).await.expect("confirms");
        let late = uc.begin_enrolment(&thief).await;
        assert!(matches!(late, Err(Error::SecondFactorRequired)), "{late:?}");
    }
}

on_both! {
    async fn what_is_begun_and_left_is_over_after_a_quarter_of_an_hour(scratch) {
        let uc = salon(&scratch);
        let me = actor(&sign_in(&uc, "0501234567").await);
        let secret = uc.begin_enrolment(&me).await.expect("begins").secret;
        wait(&uc, 900);
        assert!(uc.find_enrolment(&me).await.expect("reads").is_none());
        let late = uc.confirm_enrolment(&me, &shown(&uc, &secret)).await;
        assert!(matches!(late, Err(Error::NotFound)), "{late:?}");
    }
}

on_both! {
    async fn a_session_that_is_over_shows_nothing(scratch) {
        let uc = salon(&scratch);
        let Enrolled { me, secret, .. } = enrol(&uc, &sign_in(&uc, "0501234567").await).await;
        uc.logout(&me).await.expect("signs out");
        wait(&uc, 30);
        let outcome = uc.show_second_factor(&me, &shown(&uc, &secret)).await;
        assert!(matches!(outcome, Err(Error::SessionEnded)), "{outcome:?}");
        let begun = uc.begin_enrolment(&me).await;
        assert!(matches!(begun, Err(Error::SessionEnded)), "{begun:?}");
    }
}

on_both! {
    async fn an_operator_or_an_erasure_leaves_nothing_of_it(scratch) {
        let uc = salon(&scratch);
        let signed_in = sign_in(&uc, "0501234567").await;
        let Enrolled { me, .. } = enrol(&uc, &signed_in).await;
        uc.reset_second_factor("0501234567").await.expect("reset");
        let me_now = again(&uc, &signed_in).await;
        assert!(matches!(me_now.require_second_factor(uc.clock().now()), Err(Error::SecondFactorRequired)));
        let held = uc.find_second_factor(&me).await.expect("reads");
        assert_eq!((held.since, held.recovery_codes_left), (None, 0));
        let none = uc.show_second_factor(&me_now, "123456").await;
        assert!(matches!(none, Err(Error::NotFound)), "{none:?}");
        let Enrolled { me, .. } = enrol(&uc, &signed_in).await;
        uc.erase_me(&me).await.expect("erased");
        let held = uc.find_second_factor(&me).await.expect("reads");
        assert_eq!((held.since, held.recovery_codes_left), (None, 0));
    }
}
