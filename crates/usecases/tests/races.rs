//! Real parallelism against the rules of security.md §1, through two sets of use cases on one database, as two processes would.

use std::collections::HashSet;

use crate::support::{actor, answer, code_for, here, phone, request, salon, sign_in, wait, wrong};
use store::on_both;
use usecases::Error;

/// Runs `count` calls at once, each on one of two processes, and collects what they say.
macro_rules! at_once {
    ($count:expr, $processes:expr, |$uc:ident| $call:expr) => {
        store::testing::at_once($count, |place| {
            let $uc = $processes[place % 2].clone();
            $call
        })
        .await
    };
}

on_both! {
    async fn of_fifty_right_answers_one_wins(scratch) {
        let processes = [salon(&scratch), salon(&scratch)];
        let sent = request(&processes[0], "0501234567").await.expect("a challenge");
        let code = code_for(&processes[0], &sent.challenge).await;
        let input = answer(sent.challenge.id, &code);
        let outcomes = at_once!(50, processes, |uc| { let input = input.clone(); async move { uc.verify_code(input, &here()).await } });
        assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1);
        for outcome in outcomes.into_iter().filter_map(Result::err) {
            assert!(matches!(outcome, Error::ChallengeNotFound), "{outcome:?}");
        }
    }
}

on_both! {
    async fn of_three_hundred_guesses_five_are_compared(scratch) {
        let processes = [salon(&scratch), salon(&scratch)];
        let sent = request(&processes[0], "0501234567").await.expect("a challenge");
        let input = answer(sent.challenge.id, &wrong(&code_for(&processes[0], &sent.challenge).await));
        let outcomes = at_once!(300, processes, |uc| { let input = input.clone(); async move { uc.verify_code(input, &here()).await } });
        let compared = outcomes.iter().filter(|outcome| matches!(outcome, Err(Error::InvalidCode { .. }))).count();
        let refused = outcomes.iter().filter(|outcome| matches!(outcome, Err(Error::ChallengeNotFound))).count();
        assert_eq!((compared, refused), (5, 295));
    }
}

on_both! {
    async fn of_twenty_requests_in_the_cooldown_one_is_sent(scratch) {
        let processes = [salon(&scratch), salon(&scratch)];
        let outcomes = at_once!(20, processes, |uc| async move { request(&uc, "0501234567").await });
        assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1);
        assert!(outcomes.into_iter().filter_map(Result::err).all(|error| matches!(error, Error::QuotaExceeded(_))));
        for uc in &processes {
            uc.deliver_outbox(100).await.expect("delivers");
        }
        assert_eq!(processes[0].dev_messages(Some(&phone("+966501234567")), 100).await.expect("reads").len(), 1);
    }
}

on_both! {
    async fn two_hundred_refreshes_leave_one_successor_and_nobody_logged_out(scratch) {
        let processes = [salon(&scratch), salon(&scratch)];
        let refresh = sign_in(&processes[0], "0501234567").await.tokens.expect("an API session").refresh;
        let outcomes = at_once!(200, processes, |uc| {
            let refresh = refresh.clone();
            async move { uc.refresh(&refresh).await }
        });
        let successors: HashSet<String> =
            outcomes.into_iter().map(|outcome| outcome.expect("honest").tokens.expect("an API session").refresh).collect();
        assert_eq!(successors.len(), 1);
        let only = successors.into_iter().next().expect("one");
        processes[1].refresh(&only).await.expect("and it is usable");
    }
}

on_both! {
    async fn two_first_sign_ins_make_one_person_and_one_claim(scratch) {
        let processes = [salon(&scratch), salon(&scratch)];
        let mut inputs = Vec::new();
        for uc in &processes {
            let sent = request(uc, "0501234567").await.expect("a challenge");
            inputs.push(answer(sent.challenge.id, &code_for(uc, &sent.challenge).await));
            for each in &processes {
                wait(each, 61);
            }
        }
        let client = here();
        let (first, second) = tokio::join!(
            processes[0].verify_code(inputs[0].clone(), &client),
            processes[1].verify_code(inputs[1].clone(), &client),
        );
        let outcomes = [first, second];
        assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1, "{outcomes:?}");
        assert_eq!(outcomes.iter().flatten().map(|signed_in| signed_in.user.epoch).collect::<Vec<_>>(), [1]);
    }
}

on_both! {
    async fn a_sign_out_in_a_race_with_refreshes_leaves_nothing_alive(scratch) {
        let processes = [salon(&scratch), salon(&scratch)];
        let signed_in = sign_in(&processes[0], "0501234567").await;
        let refresh = signed_in.tokens.clone().expect("an API session").refresh;
        let me = actor(&signed_in);
        let leaver = processes[0].clone();
        let leaving = tokio::spawn(async move { leaver.logout(&me).await });
        let outcomes = at_once!(20, processes, |uc| {
            let refresh = refresh.clone();
            async move { uc.refresh(&refresh).await }
        });
        leaving.await.expect("no panic").expect("signs out");
        for outcome in outcomes.into_iter().flatten() {
            let tokens = outcome.tokens.expect("an API session");
            assert!(matches!(processes[1].actor_of_access_token(&tokens.access).await, Err(Error::SessionEnded)));
            assert!(matches!(processes[1].refresh(&tokens.refresh).await, Err(Error::SessionEnded)));
        }
    }
}
