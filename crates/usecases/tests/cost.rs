//! What a sign-in costs in statements, BEGIN and COMMIT included: a figure to watch, and the same for everybody. On `PostgreSQL` a
//! statement is a round trip, so there a batch is one; on `SQLite` it is a call into the library, and a batch is a transaction.

use crate::support::{answer, code_for, here, phone, refused, request, salon, sign_in, wait, wrong};
use domain::ids::ChallengeId;
use domain::limits::Policy;
use store::{Backend, on_both};
use usecases::Usecases;
use uuid::Uuid;

/// The price on the database under test.
fn on<T>(uc: &Usecases, sqlite: T, postgres: T) -> T {
    match uc.store().backend() {
        Backend::Sqlite => sqlite,
        Backend::Postgres => postgres,
    }
}

/// How many statements a call sends.
macro_rules! statements {
    ($uc:expr, $call:expr) => {{
        let before = $uc.store().statements();
        let outcome = $call.await;
        ($uc.store().statements() - before, outcome)
    }};
}

on_both! {
    async fn a_request_costs_the_same_for_known_unknown_pending_and_blocked(scratch) {
        let uc = salon(&scratch);
        sign_in(&uc, "0501111111").await;
        request(&uc, "0502222222").await.expect("pending");
        sign_in(&uc, "0503333333").await;
        uc.block_user("0503333333", true).await.expect("blocked");
        wait(&uc, 61);
        let mut costs = Vec::new();
        for number in ["0501111111", "0502222222", "0503333333", "0504444444"] {
            let (cost, sent) = statements!(uc, request(&uc, number));
            sent.expect("everybody gets a challenge");
            costs.push(cost);
        }
        assert_eq!(costs, [on(&uc, 10, 2); 4]);
    }
}

on_both! {
    async fn a_verify_has_its_price(scratch) {
        let uc = salon(&scratch);
        let sent = request(&uc, "0501234567").await.expect("a challenge");
        let code = code_for(&uc, &sent.challenge).await;
        let (wrong_cost, outcome) = statements!(uc, uc.verify_code(answer(sent.challenge.id, &wrong(&code)), &here()));
        outcome.expect_err("wrong");
        let (missing_cost, outcome) =
            statements!(uc, uc.verify_code(answer(ChallengeId(Uuid::from_u128(1)), &code), &here()));
        outcome.expect_err("not there");
        let (right_cost, outcome) = statements!(uc, uc.verify_code(answer(sent.challenge.id, &code), &here()));
        outcome.expect("signs in");
        assert_eq!((wrong_cost, missing_cost, right_cost), on(&uc, (5, 1, 16), (2, 1, 3)));
    }
}

on_both! {
    async fn a_refusal_writes_nothing(scratch) {
        let uc = salon(&scratch);
        request(&uc, "0501234567").await.expect("a challenge");
        let (cost, outcome) = statements!(uc, request(&uc, "0501234567"));
        assert_eq!((cost, refused(outcome).0), (1, vec![Policy::OtpCooldown]), "one look");
        uc.deliver_outbox(10).await.expect("delivers");
        assert_eq!(uc.dev_messages(Some(&phone("+966501234567")), 10).await.expect("reads").len(), 1);

        for _ in 1..5 {
            wait(&uc, 60);
            request(&uc, "0501234567").await.expect("one of five");
        }
        wait(&uc, 60);
        let (cost, outcome) = statements!(uc, request(&uc, "0501234567"));
        assert_eq!((cost, refused(outcome).0), (1, vec![Policy::OtpSend]));

        for other in 0..25 {
            request(&uc, &format!("05300000{other:02}")).await.expect("one of the address's thirty");
        }
        let (cost, outcome) = statements!(uc, request(&uc, "0530000099"));
        assert_eq!((cost, refused(outcome).0), (1, vec![Policy::OtpAddress]));

        wait(&uc, 3_600);
        let mut last = None;
        for pause in [60, 300, 900] {
            let sent = request(&uc, "0559876543").await.expect("a challenge");
            let code = wrong(&code_for(&uc, &sent.challenge).await);
            for _ in 0..5 {
                uc.verify_code(answer(sent.challenge.id, &code), &here()).await.expect_err("wrong");
            }
            wait(&uc, pause - 1);
            let (cost, outcome) = statements!(uc, request(&uc, "0559876543"));
            assert_eq!((cost, refused(outcome).0.pop()), (1, Some(Policy::OtpWait)));
            wait(&uc, 1);
            last = Some(code);
        }
        let sent = request(&uc, "0559876543").await.expect("a challenge");
        let code = last.expect("a code").repeat(2);
        let code = &code[..sent.challenge.code_length.digits().into()];
        let (cost, outcome) = statements!(uc, uc.verify_code(answer(sent.challenge.id, code), &here()));
        assert_eq!((cost, refused(outcome).0), (1, vec![Policy::OtpGuess]));
    }
}
