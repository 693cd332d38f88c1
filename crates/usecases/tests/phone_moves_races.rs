//! Moves of a number against each other and against people who sign in, through two sets of use cases on one database.

use std::collections::HashSet;

use crate::support::desk::{Desk, ask_proof, holder, prove, refusal, stored};
use crate::support::{answer, code_for, here, request, salon, sign_in, wait};
use domain::phone_move::{MoveKind, Refusal};
use domain::user::UserStatus;
use store::on_both;
use usecases::{Error, Usecases};

const SARA: &str = "0501234567";
const SARAS: &str = "+966501234567";
const NEW: &str = "0559876543";
const NEWS: &str = "+966559876543";

/// Everybody who has a number has another one.
async fn is_sound(uc: &Usecases, people: &[domain::ids::UserId]) {
    let mut seen = HashSet::new();
    for id in people.iter().collect::<HashSet<_>>() {
        let user = stored(uc, *id).await;
        assert_eq!(user.phone.is_none(), matches!(user.status, UserStatus::Phoneless | UserStatus::Erased));
        assert!(user.phone.is_none_or(|phone| seen.insert(phone)));
    }
}

on_both! {
    async fn of_many_admins_one_asks(scratch) {
        let processes = [salon(&scratch), salon(&scratch)];
        let desks = [Desk::open(&processes[0], "0500000001").await, Desk::open(&processes[1], "0500000002").await];
        let people = [sign_in(&processes[0], SARA).await.user.id, sign_in(&processes[0], "0552222222").await.user.id];
        let desks = std::sync::Arc::new(desks);
        // Both people are to get the same free number: no row that both would have to lock.
        let outcomes = store::testing::at_once(20, |place| {
            let desks = desks.clone();
            async move { desks[place % 2].ask(people[(place / 2) % 2], MoveKind::Change, NEW).await }
        })
        .await;
        let (done, refused): (Vec<_>, Vec<_>) = outcomes.into_iter().partition(Result::is_ok);
        assert_eq!((done.len(), refused.len()), (1, 19));
        assert!(refused.into_iter().all(|outcome| refusal(outcome) == Refusal::AlreadyAsked));
    }
}

on_both! {
    async fn a_number_is_proved_once_or_cancelled(scratch) {
        let processes = [salon(&scratch), salon(&scratch)];
        let desk = std::sync::Arc::new(Desk::open(&processes[0], "0500000001").await);
        let sara = sign_in(&processes[0], SARA).await.user.id;
        for round in 0..4 {
            desk.ask(sara, MoveKind::Change, NEW).await.expect("asked");
            let sent = ask_proof(&processes[0], NEW).await.expect("a challenge");
            let (id, code) = (sent.challenge.id, code_for(&processes[0], &sent.challenge).await);
            let outcomes = store::testing::at_once(8, |place| {
                let (uc, desk, code) = (processes[place % 2].clone(), desk.clone(), code.clone());
                async move {
                    if place % 4 == 3 { desk.cancel(sara).await.map(drop) } else { uc.prove_phone(id, &code, Some(SARA)).await }
                }
            })
            .await;
            let is_moved = holder(&processes[0], NEWS).await == Some(sara);
            assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1, "round {round}: {outcomes:?}");
            for error in outcomes.into_iter().filter_map(Result::err) {
                let is_plain = matches!(error, Error::ChallengeNotFound | Error::NotFound | Error::MoveRefused(_));
                assert!(is_plain, "{error:?}");
            }
            if is_moved {
                desk.undo(sara).await.expect("taken back");
            }
            assert_eq!(stored(&processes[0], sara).await.phone.map(|phone| phone.as_e164().to_owned()), Some(SARAS.to_owned()));
            for uc in &processes {
            wait(uc, 3_600);
        }
        }
    }
}

on_both! {
    async fn an_undo_and_a_newcomer_never_share_a_number(scratch) {
        let processes = [salon(&scratch), salon(&scratch)];
        let desk = std::sync::Arc::new(Desk::open(&processes[0], "0500000001").await);
        let sara = sign_in(&processes[0], SARA).await.user.id;
        desk.ask(sara, MoveKind::Change, NEW).await.expect("asked");
        prove(&processes[0], NEW, Some(SARA)).await.expect("moves");
        for uc in &processes {
            wait(uc, 61);
        }
        let sent = request(&processes[0], SARA).await.expect("a challenge");
        let input = answer(sent.challenge.id, &code_for(&processes[0], &sent.challenge).await);
        let outcomes = store::testing::at_once(6, |place| {
            let (uc, desk, input) = (processes[place % 2].clone(), desk.clone(), input.clone());
            async move {
                if place % 2 == 0 {
                    desk.undo(sara).await.map(|_| sara)
                } else {
                    uc.verify_code(input, &here()).await.map(|signed_in| signed_in.user.id)
                }
            }
        })
        .await;
        let winners: Vec<_> = outcomes.iter().filter_map(|outcome| outcome.as_ref().ok().copied()).collect();
        assert_eq!(winners.len(), 1, "{outcomes:?}");
        assert_eq!(holder(&processes[0], SARAS).await, Some(winners[0]));
        for error in outcomes.into_iter().filter_map(Result::err) {
            let is_plain = matches!(error, Error::ChallengeNotFound | Error::MoveRefused(_));
            assert!(is_plain, "{error:?}");
        }
        is_sound(&processes[0], &[sara, winners[0]]).await;
    }
}

on_both! {
    async fn a_proof_and_a_sign_in_with_the_same_number_end_in_one_account(scratch) {
        let processes = [salon(&scratch), salon(&scratch)];
        let desk = Desk::open(&processes[0], "0500000001").await;
        let sara = sign_in(&processes[0], SARA).await.user.id;
        for uc in &processes {
            wait(uc, 1);
        }
        desk.ask(sara, MoveKind::Change, NEW).await.expect("asked");
        let proof = ask_proof(&processes[0], NEW).await.expect("a challenge").challenge;
        let proof_code = code_for(&processes[0], &proof).await;
        let sign_in = request(&processes[0], NEW).await.expect("a challenge").challenge;
        let input = answer(sign_in.id, &code_for(&processes[0], &sign_in).await);
        let outcomes = store::testing::at_once(2, |place| {
            let (uc, input, code, id) = (processes[place].clone(), input.clone(), proof_code.clone(), proof.id);
            async move {
                if place == 0 {
                    uc.prove_phone(id, &code, Some(SARA)).await.map(|()| None)
                } else {
                    uc.verify_code(input, &here()).await.map(|signed_in| Some(signed_in.user.id))
                }
            }
        })
        .await;
        for error in outcomes.iter().filter_map(|outcome| outcome.as_ref().err()) {
            assert!(matches!(error, Error::ChallengeNotFound), "{error:?}");
        }
        // The claim of the number kills every code that was asked for before: then it has to be asked for again.
        if outcomes[0].is_err() {
            for uc in &processes {
            wait(uc, 61);
        }
            prove(&processes[0], NEW, Some(SARA)).await.expect("moves");
        }
        assert_eq!(holder(&processes[0], NEWS).await, Some(sara));
        let newcomer = outcomes[1].as_ref().ok().copied().flatten();
        is_sound(&processes[0], &[Some(sara), newcomer.filter(|id| *id != sara)].into_iter().flatten().collect::<Vec<_>>()).await;
    }
}
