//! Whatever a stranger does, and in whichever order: the owner of a phone signs in from a device that is known.

use crate::support::{actor, answer, client, code_for, here, phone, request, request_from, salon, sign_in, wait};
use domain::challenge::Purpose;
use domain::ids::ChallengeId;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use store::on_both;
use usecases::{Actor, Usecases};

/// What a stranger may do to a number.
#[derive(Clone, Copy, Debug)]
enum Act {
    /// Ask for a code, from the owner's own address or from another one.
    Request { is_neighbour: bool },
    /// Ask for one to move an account of their own to the number.
    RequestWithSession,
    /// Have the last one sent again.
    Resend,
    /// Enter wrong codes for one of the last, or for an id that is made up.
    Guess { back: usize, times: u8 },
    /// Ask for codes to many other numbers from the owner's address.
    FillAddress,
    /// Do nothing for a while.
    Wait { seconds: i64 },
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        4 => any::<bool>().prop_map(|is_neighbour| Act::Request { is_neighbour }),
        1 => Just(Act::RequestWithSession),
        1 => Just(Act::Resend),
        5 => (0..4_usize, 1..=6_u8).prop_map(|(back, times)| Act::Guess { back, times }),
        1 => Just(Act::FillAddress),
        4 => prop_oneof![1..90_i64, 60..4_000_i64, Just(86_400)].prop_map(|seconds| Act::Wait { seconds }),
    ]
}

/// What the stranger has in hand.
struct Stranger {
    session: Actor,
    asked: Vec<(ChallengeId, Purpose, u8)>,
    others: u32,
}

impl Stranger {
    /// Refusals are no matter: a stranger tries everything.
    async fn play(&mut self, uc: &Usecases, number: &str, act: Act) {
        match act {
            Act::Request { is_neighbour } => {
                let from = if is_neighbour { here() } else { client("198.51.100.77") };
                let input = usecases::RequestCode { phone: number.to_owned(), locale: None, device_token: None, proof: None };
                self.keep(uc.request_code(input, domain::locale::Locale::Ar, &from).await.ok());
            }
            Act::RequestWithSession => self.keep(uc.request_phone(&self.session, number, &here()).await.ok()),
            Act::Resend => {
                if let Some((id, Purpose::Auth, _)) = self.asked.last() {
                    drop(uc.resend_code(*id, &here()).await);
                }
            }
            Act::Guess { back, times } => {
                let made_up = (ChallengeId(uuid::Uuid::from_u128(7)), Purpose::Auth, 6);
                let (id, purpose, digits) = *self.asked.iter().rev().nth(back).unwrap_or(&made_up);
                let code = "0".repeat(digits.into());
                for _ in 0..times {
                    match purpose {
                        Purpose::Auth => drop(uc.verify_code(answer(id, &code), &here()).await.expect_err("wrong")),
                        Purpose::Verify => drop(uc.verify_phone(&self.session, id, &code).await.expect_err("wrong")),
                    }
                }
            }
            Act::FillAddress => {
                for _ in 0..31 {
                    self.others += 1;
                    drop(request(uc, &format!("058{:07}", self.others)).await);
                }
            }
            Act::Wait { seconds } => wait(uc, seconds),
        }
    }

    fn keep(&mut self, sent: Option<usecases::Sent>) {
        self.asked.extend(sent.map(|sent| (sent.challenge.id, sent.challenge.purpose, sent.challenge.code_length.digits())));
    }
}

on_both! {
    async fn no_schedule_of_a_stranger_keeps_a_known_device_out(scratch) {
        let uc = salon(&scratch);
        let mut runner = TestRunner::deterministic();
        let mut others = 0;
        for case in 0..24_u32 {
            // Neighbours of the case before have used up the address.
            wait(&uc, 3600);
            let number = format!("0501{case:06}");
            let e164 = phone(&format!("+966501{case:06}"));
            let mut token = sign_in(&uc, &number).await.device_token;
            let session = actor(&sign_in(&uc, &format!("0551{case:06}")).await);
            let mut stranger = Stranger { session, asked: Vec::new(), others };
            // Three times, in any three moments: what is kept is kept for each day.
            for visit in 0..3 {
                let schedule = prop::collection::vec(act(), 1..60).new_tree(&mut runner).expect("a schedule").current();
                for act in &schedule {
                    stranger.play(&uc, &number, *act).await;
                }
                // The owner presses the button twice within the minute as little as anybody.
                wait(&uc, 60);
                let sent = request_from(&uc, &number, &token).await;
                let sent = sent.unwrap_or_else(|error| panic!("case {case}, visit {visit}: {error:?} after {schedule:?}"));
                assert_eq!(sent.challenge.phone, e164);
                let code = code_for(&uc, &sent.challenge).await;
                let entered = uc.verify_code(answer(sent.challenge.id, &code), &here()).await;
                token = entered.unwrap_or_else(|error| panic!("case {case}, visit {visit}: {error:?} after {schedule:?}")).device_token;
            }
            others = stranger.others;
        }
    }
}

on_both! {
    async fn a_stranger_who_uses_up_everything_every_day_for_a_month_does_not_either(scratch) {
        let uc = salon(&scratch);
        let mut token = sign_in(&uc, "0501234567").await.device_token;
        let session = actor(&sign_in(&uc, "0559876543").await);
        let mut stranger = Stranger { session, asked: Vec::new(), others: 0 };
        for day in 0..30 {
            for _ in 0..8 {
                stranger.play(&uc, "0501234567", Act::Request { is_neighbour: true }).await;
                stranger.play(&uc, "0501234567", Act::Guess { back: 0, times: 6 }).await;
                wait(&uc, 3_000);
            }
            // Once in a while the owner comes, and not at all before strangers have turned codes off.
            if day >= 9 && day % 4 == 1 {
                stranger.play(&uc, "0501234567", Act::Request { is_neighbour: true }).await;
                wait(&uc, 1);
                let sent = request_from(&uc, "0501234567", &token).await.expect("a challenge").challenge;
                let code = code_for(&uc, &sent).await;
                token = uc.verify_code(answer(sent.id, &code), &here()).await.expect("signs in").device_token;
            }
            wait(&uc, 86_400 - 24_000);
        }
    }
}
