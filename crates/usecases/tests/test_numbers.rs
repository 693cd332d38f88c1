//! Numbers with a fixed code, for those who review the apps in a store.

use chrono::TimeDelta;
use domain::challenge::{Challenge, CodeLength, Purpose};
use domain::otp;
use domain::role::Role;
use domain::user::UserStatus;
use sms::SmsSender;
use store::outbox::OutboxState;
use store::testing::{Scratch, invariants};
use store::{on_both, outbox};
use usecases::clock::Clock;
use usecases::settings::{Settings, TestNumber};
use usecases::{Delivery, Error, SignedIn, UpdateMe, Usecases};

use crate::support::{actor, answer, client, code_for, here, phone, process_with, request, sign_in, start, wait, wrong};

/// Nobody can have it.
const FILM: &str = "+12025550100";
/// Somebody may.
const REAL: &str = "+966501234567";
const CODE: &str = "48151623";

fn number(e164: &str) -> TestNumber {
    let code_length = CodeLength::new(8).expect("6 to 10");
    let code = otp::read(CODE, code_length).expect("a code");
    TestNumber { phone: phone(e164), code, code_length, expires_at: start() + TimeDelta::days(60) }
}

fn salon_with(scratch: &Scratch, clock: Clock, test_numbers: Vec<TestNumber>) -> Usecases {
    process_with(scratch.store.clone(), SmsSender::Outbox, clock, Settings { test_numbers, ..Settings::default() })
}

fn salon(scratch: &Scratch) -> Usecases {
    salon_with(scratch, Clock::manual(start()), vec![number(FILM), number(REAL)])
}

async fn asked(uc: &Usecases, e164: &str) -> Challenge {
    request(uc, e164).await.expect("a challenge").challenge
}

async fn review(uc: &Usecases, e164: &str) -> SignedIn {
    let sent = asked(uc, e164).await;
    uc.verify_code(answer(sent.id, CODE), &here()).await.expect("signs in")
}

/// The actions in the record of somebody's account and who did them, newest first.
async fn record(uc: &Usecases, signed_in: &SignedIn) -> Vec<(String, String)> {
    let export = uc.export_me(&actor(signed_in)).await.expect("exports");
    let text = |entry: &serde_json::Value, name: &str| entry[name].as_str().expect("text").to_owned();
    export["history"].as_array().expect("a list").iter().map(|entry| (text(entry, "by"), text(entry, "action"))).collect()
}

on_both! {
    async fn the_given_code_opens_a_sandbox_nothing_is_sent_and_each_use_is_in_the_record(scratch) {
        let uc = salon(&scratch);
        for e164 in [FILM, REAL] {
            let sent = asked(&uc, e164).await;
            assert_eq!((sent.code_length.digits(), sent.purpose), (8, Purpose::Auth));
            let awaited = uc.find_awaited(sent.id, Purpose::Auth).await.expect("reads").expect("live");
            assert_eq!(awaited.delivery, Delivery::Sent, "as for everybody");
            let refused = uc.verify_code(answer(sent.id, &wrong(CODE)), &here()).await;
            assert!(matches!(refused, Err(Error::InvalidCode { attempts_remaining: 4 })), "{refused:?}");
            let first = uc.verify_code(answer(sent.id, CODE), &here()).await.expect("signs in");
            assert!(first.is_new_user && first.user.is_sandbox && first.user.status == UserStatus::Active);
            wait(&uc, 1);
            let again = review(&uc, e164).await;
            assert!(!again.is_new_user && again.user.is_sandbox && again.user.id == first.user.id);
            let [newest, oldest] = &record(&uc, &again).await[..] else { panic!("two entries") };
            assert_eq!((newest.0.as_str(), newest.1.as_str()), ("test_number", "new_device_signed_in"));
            assert_eq!((oldest.0.as_str(), oldest.1.as_str()), ("test_number", "phone_claimed"));
        }
        assert_eq!(uc.deliver_outbox(100).await.expect("delivers"), usecases::Delivered::default());
        let entries = outbox::list_recent(&mut scratch.store.read().await.expect("connects"), None, 10).await.expect("reads");
        assert_eq!(entries.iter().map(|entry| entry.state).collect::<Vec<_>>(), [OutboxState::Expired; 4]);
        assert_eq!(invariants::broken(&scratch.store, start() + TimeDelta::days(1)).await.expect("reads"), [""; 0]);
    }
}

on_both! {
    async fn limits_and_budgets_of_texts_do_not_hold_and_those_of_guesses_do(scratch) {
        let mut settings = Settings { test_numbers: vec![number(FILM)], ..Settings::default() };
        settings.sms.budget.messages = 1;
        settings.otp.failures_in_a_row = 20;
        let uc = process_with(scratch.store.clone(), SmsSender::Outbox, Clock::manual(start()), settings);
        // The one message of the day.
        sign_in(&uc, "0559876543").await;
        assert!(matches!(request(&uc, "0551111111").await, Err(Error::Unavailable { .. })));
        for _ in 0..12 {
            asked(&uc, FILM).await;
        }
        // 15 wrong ones a day from devices that are not known, five at a time, with the waits in between.
        for round in 0..3 {
            let sent = asked(&uc, FILM).await;
            for _ in 0..5 {
                uc.verify_code(answer(sent.id, &wrong(CODE)), &here()).await.expect_err("wrong");
            }
            let waits = request(&uc, FILM).await;
            assert!(matches!(waits, Err(Error::QuotaExceeded(_))), "round {round}: {waits:?}");
            wait(&uc, 3_600);
        }
        let sent = asked(&uc, FILM).await;
        let spent = uc.verify_code(answer(sent.id, CODE), &here()).await;
        assert!(matches!(spent, Err(Error::QuotaExceeded(_))), "{spent:?}");
        wait(&uc, 86_400);
        let sent = asked(&uc, FILM).await;
        uc.verify_code(answer(sent.id, &wrong(CODE)), &here()).await.expect_err("the sixteenth in a row");
        let off = uc.verify_code(answer(sent.id, CODE), &here()).await;
        assert!(matches!(off, Err(Error::InvalidCode { .. })), "{off:?}");
    }
}

on_both! {
    async fn an_address_asks_for_no_more_codes_than_for_other_numbers(scratch) {
        let uc = salon(&scratch);
        for _ in 0..30 {
            asked(&uc, FILM).await;
        }
        let refused = request(&uc, FILM).await;
        assert!(matches!(refused, Err(Error::QuotaExceeded(_))), "{refused:?}");
        let input = usecases::RequestCode { phone: FILM.to_owned(), locale: None, device_token: None, proof: None };
        uc.request_code(input, domain::locale::Locale::En, &client("198.51.100.7")).await.expect("from elsewhere");
    }
}

on_both! {
    async fn it_stops_working_at_its_moment_and_everybody_in_it_is_out(scratch) {
        let uc = salon(&scratch);
        let tester = review(&uc, REAL).await;
        assert_eq!(tester.session.expires_at, start() + TimeDelta::days(60), "not the ninety days of others");
        let access = tester.tokens.as_ref().expect("an app's").access.clone();
        // A code that was asked for before and is entered after.
        wait(&uc, 60 * 86_400 - 10);
        let late = review(&uc, REAL).await;
        let fresh = late.tokens.as_ref().expect("an app's").clone();
        uc.actor_of_access_token(&fresh.access).await.expect("still in");
        let sent = asked(&uc, REAL).await;
        wait(&uc, 10);
        for result in [uc.actor_of_access_token(&fresh.access).await.map(drop), uc.actor_of_access_token(&access).await.map(drop)] {
            assert!(matches!(result, Err(Error::SessionEnded | Error::Unauthenticated)), "{result:?}");
        }
        assert!(matches!(uc.refresh(&fresh.refresh).await, Err(Error::SessionEnded)));
        let refused = uc.verify_code(answer(sent.id, CODE), &here()).await;
        assert!(matches!(refused, Err(Error::InvalidCode { .. } | Error::Validation(_))), "{refused:?}");
        // A number of no country that is served is not read any more.
        assert!(matches!(request(&uc, FILM).await, Err(Error::InvalidPhone(_))));
    }
}

on_both! {
    async fn taking_it_out_of_the_configuration_ends_its_sessions_too(scratch) {
        let clock = Clock::manual(start());
        let with = salon_with(&scratch, clock.clone(), vec![number(REAL)]);
        let tester = review(&with, REAL).await;
        let tokens = tester.tokens.as_ref().expect("an app's");
        let without = salon_with(&scratch, clock, Vec::new());
        assert!(with.bind_web_session(tester.session.id, 7).await.expect("binds"));
        assert!(with.actor_of_web_session(7).await.expect("reads").is_some());
        assert!(without.actor_of_web_session(7).await.expect("reads").is_none());
        assert!(matches!(without.actor_of_access_token(&tokens.access).await, Err(Error::SessionEnded)));
        assert!(matches!(without.refresh(&tokens.refresh).await, Err(Error::SessionEnded)));
    }
}

on_both! {
    async fn whoever_proves_the_number_later_finds_nothing_of_the_testers(scratch) {
        let uc = salon(&scratch);
        let tester = review(&uc, REAL).await;
        let name = UpdateMe { given_name: Some(Some("Tester".to_owned())), ..UpdateMe::default() };
        uc.update_me(&actor(&tester), name).await.expect("saves");
        wait(&uc, 60 * 86_400);
        let owner = sign_in(&uc, REAL).await;
        assert!(owner.is_new_user && !owner.user.is_sandbox && owner.user.id == tester.user.id);
        assert_eq!((owner.user.epoch, owner.user.given_name.as_deref()), (tester.user.epoch + 1, None));
        assert_eq!(uc.list_notices(&actor(&owner)).await.expect("reads"), []);
        uc.grant_role(REAL, Role::Stylist).await.expect("a person like any other");
        assert!(!sign_in_again(&uc).await.is_new_user);
    }
}

async fn sign_in_again(uc: &Usecases) -> SignedIn {
    wait(uc, 61);
    sign_in(uc, REAL).await
}

on_both! {
    async fn a_move_to_the_number_later_is_not_in_its_way(scratch) {
        let uc = salon(&scratch);
        review(&uc, REAL).await;
        wait(&uc, 60 * 86_400);
        let me = actor(&sign_in(&uc, "0559876543").await);
        let sent = uc.request_phone(&me, REAL, &here()).await.expect("a challenge").challenge;
        let code = code_for(&uc, &sent).await;
        assert_eq!(uc.verify_phone(&me, sent.id, &code).await.expect("moves").phone, Some(phone(REAL)));
    }
}

on_both! {
    async fn testers_get_no_role_and_move_nowhere_and_nobody_moves_to_them(scratch) {
        let uc = salon(&scratch);
        let tester = review(&uc, REAL).await;
        assert!(matches!(uc.grant_role(REAL, Role::PlatformAdmin).await, Err(Error::Forbidden)));
        for target in ["0559876543", REAL] {
            assert!(matches!(uc.request_phone(&actor(&tester), target, &here()).await, Err(Error::Forbidden)));
        }
        let me = actor(&sign_in(&uc, "0551111111").await);
        let sent = uc.request_phone(&me, REAL, &here()).await.expect("as for every number").challenge;
        assert_eq!((sent.purpose, sent.code_length.digits()), (Purpose::Verify, 6));
        let refused = uc.verify_phone(&me, sent.id, CODE).await;
        assert!(matches!(refused, Err(Error::Validation(_))), "the code is for signing in alone: {refused:?}");
        assert_eq!(uc.deliver_outbox(100).await.expect("delivers").sent, 0);
        assert!(uc.dev_messages(Some(&phone(REAL)), 10).await.expect("reads").is_empty());
    }
}

on_both! {
    async fn the_account_of_a_person_is_never_opened_by_a_code_of_the_configuration(scratch) {
        let clock = Clock::manual(start());
        let before = salon_with(&scratch, clock.clone(), Vec::new());
        let owner = sign_in(&before, REAL).await;
        before.add_user("0559876543").await.expect("staff know them");
        wait(&before, 61);
        let uc = salon_with(&scratch, clock, vec![number(REAL), number("+966559876543")]);
        for e164 in [REAL, "+966559876543"] {
            let sent = asked(&uc, e164).await;
            assert_eq!(sent.code_length.digits(), 6);
            uc.verify_code(answer(sent.id, CODE), &here()).await.expect_err("a number like any other");
            let code = code_for(&uc, &sent).await;
            let in_person = uc.verify_code(answer(sent.id, &code), &here()).await.expect("signs in");
            assert!(!in_person.user.is_sandbox);
        }
        assert!(uc.actor_of_access_token(&owner.tokens.expect("an app's").access).await.is_ok());
    }
}

on_both! {
    async fn testers_may_delete_their_account_and_the_next_ones_begin_anew(scratch) {
        let uc = salon(&scratch);
        let tester = review(&uc, FILM).await;
        uc.erase_me(&actor(&tester)).await.expect("erases");
        let next = review(&uc, FILM).await;
        assert!(next.is_new_user && next.user.is_sandbox && next.user.id != tester.user.id);
    }
}
