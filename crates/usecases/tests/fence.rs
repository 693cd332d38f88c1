//! After a restore, what was alive in the backup opens nothing any more, and its people only have to sign in again.

use crate::support::{actor, answer, code_for, here, request, salon, sign_in, wait};
use domain::challenge::Challenge;
use domain::role::Role;
use domain::session::SessionKind;
use domain::user::UserStatus;
use store::testing::Scratch;
use store::{on_both, users};
use usecases::{Error, Fenced, RequestCode, SignedIn, Usecases, VerifyCode, read_erasures};

const COOKIE: i128 = 0x0123_4567_89ab_cdef;

async fn fence(uc: &Usecases) -> Fenced {
    uc.restore_fence(&[], false).await.expect("fences")
}

/// Signed in by a browser, its cookie bound.
async fn sign_in_by_web(uc: &Usecases, phone: &str) -> SignedIn {
    let sent = request(uc, phone).await.expect("a challenge");
    let code = code_for(uc, &sent.challenge).await;
    let input = VerifyCode { kind: SessionKind::Web, ..answer(sent.challenge.id, &code) };
    let signed_in = uc.verify_code(input, &here()).await.expect("signs in");
    assert!(uc.bind_web_session(signed_in.session.id, COOKIE).await.expect("binds"));
    signed_in
}

/// A code that was asked for and read.
async fn open_challenge(uc: &Usecases, phone: &str) -> (Challenge, String) {
    let challenge = request(uc, phone).await.expect("a challenge").challenge;
    let code = code_for(uc, &challenge).await;
    (challenge, code)
}

/// The list that `salon erasures` would have printed, had this person been erased after the backup.
fn erasure_of(signed_in: &SignedIn) -> String {
    let id = signed_in.user.id;
    format!(
        "{{\"user_id\":\"{id}\",\"phone_key\":\"000102030405060708090a0b0c0d0e0f\",\"erased_at\":\"2027-01-15T09:00:00Z\"}}\n"
    )
}

async fn find(scratch: &Scratch, signed_in: &SignedIn) -> domain::user::User {
    let mut tx = scratch.store.read().await.expect("connects");
    users::find(&mut tx, signed_in.user.id).await.expect("reads").expect("the row stays")
}

on_both! {
    async fn codes_of_the_restored_past_can_be_neither_entered_nor_sent_again(scratch) {
        let uc = salon(&scratch);
        let (challenge, code) = open_challenge(&uc, "0501234567").await;
        assert_eq!(fence(&uc).await, Fenced { challenges: 1, ..Fenced::default() });
        let entered = uc.verify_code(answer(challenge.id, &code), &here()).await;
        assert!(matches!(entered, Err(Error::ChallengeNotFound)), "{entered:?}");
        wait(&uc, 61);
        let resent = uc.resend_code(challenge.id, &here()).await;
        assert!(matches!(resent, Err(Error::ChallengeNotFound)), "{resent:?}");
    }
}

on_both! {
    async fn a_code_is_dead_for_a_node_whose_clock_is_behind_too(scratch) {
        let (fencing, behind) = (salon(&scratch), salon(&scratch));
        let (challenge, code) = open_challenge(&behind, "0501234567").await;
        wait(&fencing, 3600);
        assert_eq!(fence(&fencing).await.challenges, 1, "run out for one clock is not run out for every clock");
        let entered = behind.verify_code(answer(challenge.id, &code), &here()).await;
        assert!(matches!(entered, Err(Error::ChallengeNotFound)), "{entered:?}");
    }
}

on_both! {
    async fn a_message_of_the_restored_past_is_not_sent(scratch) {
        let uc = salon(&scratch);
        let challenge = request(&uc, "0501234567").await.expect("a challenge").challenge;
        assert_eq!(fence(&uc).await, Fenced { challenges: 1, messages: 1, ..Fenced::default() });
        assert_eq!(uc.deliver_outbox(100).await.expect("works").sent, 0);
        assert!(uc.dev_messages(Some(&challenge.phone), 100).await.expect("reads").is_empty());
    }
}

on_both! {
    async fn access_refresh_cookie_and_device_of_the_restored_past_are_dead_and_signing_in_again_works(scratch) {
        let uc = salon(&scratch);
        let app = sign_in(&uc, "0501234567").await;
        let browser = sign_in_by_web(&uc, "0507654321").await;
        let tokens = app.tokens.clone().expect("an API session");
        let done = fence(&uc).await;
        assert_eq!(done, Fenced { sessions: 2, devices: 2, ..Fenced::default() });

        assert!(matches!(uc.actor_of_access_token(&tokens.access).await, Err(Error::SessionEnded)));
        assert!(matches!(uc.refresh(&tokens.refresh).await, Err(Error::SessionEnded)));
        assert!(uc.actor_of_web_session(COOKIE).await.expect("answers").is_none());
        assert!(!uc.bind_web_session(browser.session.id, COOKIE + 1).await.expect("answers"), "a dead session takes no cookie");

        wait(&uc, 61);
        let input = RequestCode { phone: "0501234567".into(), locale: None, device_token: Some(app.device_token.clone()), proof: None };
        let sent = uc.request_code(input, domain::locale::Locale::Ar, &here()).await.expect("a challenge");
        let code = code_for(&uc, &sent.challenge).await;
        let input = VerifyCode { device_token: Some(app.device_token), ..answer(sent.challenge.id, &code) };
        let again = uc.verify_code(input, &here()).await.expect("signs in again");
        assert!(!again.is_new_user, "the account is the same");
        assert_eq!((again.user.id, again.user.epoch), (app.user.id, app.user.epoch));
        assert_ne!(again.session.device_id, app.session.device_id, "the device is not known any more");
    }
}

on_both! {
    async fn whoever_was_erased_after_the_backup_is_erased_again(scratch) {
        let uc = salon(&scratch);
        let (gone, stays) = (sign_in(&uc, "0501234567").await, sign_in(&uc, "0507654321").await);
        uc.grant_role("0501234567", Role::Owner).await.expect("granted");
        let list = read_erasures(&erasure_of(&gone)).expect("reads");
        assert_eq!(uc.restore_fence(&list, true).await.expect("counts").erased, 1);
        assert_eq!(uc.restore_fence(&list, false).await.expect("fences").erased, 1);

        let row = find(&scratch, &gone).await;
        assert_eq!((row.status, row.phone, row.roles), (UserStatus::Erased, None, vec![]));
        assert_eq!(find(&scratch, &stays).await.status, UserStatus::Active);
        assert_eq!(uc.list_erasures().await.expect("lists"), erasure_of(&gone).replace("09:00:00Z", "09:00:00.000000Z"));
        wait(&uc, 61);
        let newcomer = sign_in(&uc, "0501234567").await;
        assert!(newcomer.is_new_user && newcomer.user.id != gone.user.id, "the number starts anew");
    }
}

on_both! {
    async fn an_erasure_of_somebody_the_backup_does_not_know_is_remembered_for_an_older_one(scratch) {
        let uc = salon(&scratch);
        let line = "{\"user_id\":\"01900000-0000-7000-8000-000000000001\",\"phone_key\":\"000102030405060708090a0b0c0d0e0f\",\
                    \"erased_at\":\"2027-01-15T09:00:00.000000Z\"}\n";
        let list = read_erasures(line).expect("reads");
        assert_eq!(uc.restore_fence(&list, false).await.expect("fences"), Fenced::default());
        assert_eq!(uc.list_erasures().await.expect("lists"), line);
    }
}

on_both! {
    async fn what_a_person_erased_themselves_is_listed_and_needs_no_second_erasure(scratch) {
        let uc = salon(&scratch);
        let signed_in = sign_in(&uc, "0501234567").await;
        uc.erase_me(&actor(&signed_in)).await.expect("erased");
        let text = uc.list_erasures().await.expect("lists");
        assert!(text.contains(&signed_in.user.id.to_string()) && !text.contains("501234567"), "{text}");
        let list = read_erasures(&text).expect("reads back");
        assert_eq!(uc.restore_fence(&list, false).await.expect("fences").erased, 0);
        assert_eq!(uc.list_erasures().await.expect("lists"), text);
    }
}

on_both! {
    async fn a_dry_run_changes_nothing_and_a_second_fence_finds_nothing(scratch) {
        let uc = salon(&scratch);
        let signed_in = sign_in(&uc, "0501234567").await;
        request(&uc, "0507654321").await.expect("a challenge");
        let all = Fenced { challenges: 1, messages: 1, sessions: 1, devices: 1, erased: 0 };
        assert_eq!(uc.restore_fence(&[], true).await.expect("counts"), all);
        uc.actor_of_access_token(&signed_in.tokens.expect("an API session").access).await.expect("still signed in");
        assert_eq!(fence(&uc).await, all);
        assert_eq!(fence(&uc).await, Fenced::default());
        wait(&uc, 61);
        let after = sign_in(&uc, "0501234567").await;
        assert_eq!(uc.restore_fence(&[], true).await.expect("counts").sessions, 1, "a fence shuts the past, not the future");
        uc.actor_of_access_token(&after.tokens.expect("an API session").access).await.expect("signed in");
    }
}

on_both! {
    async fn every_page_of_a_large_table_is_fenced(scratch) {
        let uc = salon(&scratch);
        let signed_in = sign_in(&uc, "0501234567").await;
        let mut tx = scratch.store.write().await.expect("begins");
        for number in 1..=1_250_u128 {
            let id = domain::ids::SessionId(uuid::Uuid::from_u128(number << 64));
            let session = domain::session::Session { id, ..signed_in.session.clone() };
            tx.run(store::sessions::insert(&session)).await.expect("inserts");
        }
        tx.commit().await.expect("commits");
        assert_eq!(uc.restore_fence(&[], true).await.expect("counts").sessions, 1_251);
        assert_eq!(fence(&uc).await.sessions, 1_251);
        assert!(uc.list_sessions(&actor(&signed_in)).await.expect("lists").is_empty());
    }
}

on_both! {
    async fn two_fences_at_once_void_everything_once(scratch) {
        let processes = [salon(&scratch), salon(&scratch)];
        for last in 0..8 {
            sign_in(&processes[0], &format!("050123456{last}")).await;
        }
        let (first, second) = tokio::join!(fence(&processes[0]), fence(&processes[1]));
        assert_eq!((first.sessions + second.sessions, first.devices + second.devices), (8, 8));
    }
}
