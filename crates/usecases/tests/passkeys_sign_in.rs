//! Signing in with a passkey: by whoever has one, and by nobody else.

use domain::limits::Policy;
use domain::notice::NoticeKind;
use domain::session::SessionKind;
use sms::SmsSender;
use store::passkeys::Stored;
use store::{on_both, passkeys, users};
use usecases::clock::Clock;
use usecases::settings::{OtpSettings, Settings};
use usecases::testing::SoftAuthenticator;
use usecases::{Error, PasskeySignIn};

use crate::support::passkeys::{add, answer, authenticator, begin_sign_in, refused_passkey, sign_in_from, sign_in_with};
use crate::support::{
    actor, answer as code_answer, client, code_for, here, phone, process_with, refused, request, salon, sign_in, start, wait,
    wrong,
};

const NUMBER: &str = "0501234567";

on_both! {
    async fn a_passkey_signs_in_and_is_the_second_factor_as_well(scratch) {
        let uc = salon(&scratch);
        let first = sign_in(&uc, NUMBER).await;
        let mut key = authenticator(1);
        add(&uc, &actor(&first), &mut key).await.expect("adds");
        wait(&uc, 1);
        let there = sign_in_with(&uc, &mut key).await.expect("signs in");
        assert_eq!((there.user.id, there.is_new_user, there.session.kind), (first.user.id, false, SessionKind::Api));
        assert_eq!(there.session.second_factor_at, Some(uc.clock().now()));
        let access = &there.tokens.as_ref().expect("an API session").access;
        let me = uc.actor_of_access_token(access).await.expect("alive");
        me.require_second_factor(uc.clock().now()).expect("shown");
        let told: Vec<_> = uc.list_notices(&actor(&first)).await.expect("reads").iter().map(|notice| notice.kind).collect();
        assert_eq!(told, [NoticeKind::NewDevice], "a device that was not known");
        // On a known device it is no news.
        wait(&uc, 1);
        let again = sign_in_from(&uc, &mut key, Some(&there.device_token), &here()).await.expect("signs in");
        assert_eq!(again.session.device_id, there.session.device_id);
        assert_eq!(uc.list_notices(&actor(&first)).await.expect("reads").len(), 1);
        let foreign = sign_in(&uc, "0559876543").await.device_token;
        let strange = sign_in_from(&uc, &mut key, Some(&foreign), &here()).await.expect("signs in");
        assert_ne!(strange.session.device_id, there.session.device_id);
    }
}

on_both! {
    async fn a_browser_gets_a_session_without_tokens(scratch) {
        let uc = salon(&scratch);
        let mut key = authenticator(1);
        add(&uc, &actor(&sign_in(&uc, NUMBER).await), &mut key).await.expect("adds");
        let input = PasskeySignIn { kind: SessionKind::Web, ..answer(&begin_sign_in(&uc).await, &mut key) };
        let there = uc.sign_in_with_passkey(input, &here()).await.expect("signs in");
        assert!(there.tokens.is_none() && there.session.kind == SessionKind::Web);
        assert!(uc.bind_web_session(there.session.id, 7).await.expect("binds"));
    }
}

on_both! {
    async fn whatever_is_wrong_the_answer_is_one(scratch) {
        let uc = salon(&scratch);
        let first = sign_in(&uc, NUMBER).await;
        let mut key = authenticator(1);
        add(&uc, &actor(&first), &mut key).await.expect("adds");
        let mut unknown = authenticator(2);
        unknown.user_handle.clone_from(&key.user_handle);
        refused_passkey(sign_in_with(&uc, &mut unknown).await);
        let changes: [fn(&mut SoftAuthenticator); 3] = [
            |key| "https://evil.example".clone_into(&mut key.origin),
            |key| key.verifies = false,
            |key| "AAAA".clone_into(&mut key.user_handle),
        ];
        for change in changes {
            let mut other = key.clone();
            change(&mut other);
            refused_passkey(sign_in_with(&uc, &mut other).await);
        }
        // A ceremony is good once, and not for long.
        let begun = begin_sign_in(&uc).await;
        let input = answer(&begun, &mut key);
        uc.sign_in_with_passkey(input.clone(), &here()).await.expect("signs in");
        refused_passkey(uc.sign_in_with_passkey(input, &here()).await);
        let late = answer(&begin_sign_in(&uc).await, &mut key);
        let wrong = answer(&begin_sign_in(&uc).await, &mut key);
        refused_passkey(uc.sign_in_with_passkey(PasskeySignIn { ceremony: wrong.ceremony, ..late.clone() }, &here()).await);
        refused_passkey(uc.sign_in_with_passkey(wrong, &here()).await);
        wait(&uc, 300);
        refused_passkey(uc.sign_in_with_passkey(late, &here()).await);
        // What was begun in a session signs nobody in.
        let shown = uc.begin_passkey_show(&actor(&first)).await.expect("begins");
        refused_passkey(uc.sign_in_with_passkey(answer(&shown, &mut key), &here()).await);
        let nonsense = PasskeySignIn { credential: serde_json::json!([]), ..answer(&shown, &mut key) };
        let outcome = uc.sign_in_with_passkey(nonsense, &here()).await;
        assert!(matches!(outcome, Err(Error::Validation(_))), "{outcome:?}");
    }
}

on_both! {
    async fn somebody_who_is_blocked_or_erased_is_refused_like_a_stranger(scratch) {
        let uc = salon(&scratch);
        let (sara, nora) = (sign_in(&uc, NUMBER).await, sign_in(&uc, "0559876543").await);
        let (mut of_sara, mut of_nora) = (authenticator(1), authenticator(2));
        add(&uc, &actor(&sara), &mut of_sara).await.expect("adds");
        add(&uc, &actor(&nora), &mut of_nora).await.expect("adds");
        let block = |is_blocked| { let (store, id, now) = (scratch.store.clone(), sara.user.id, uc.clock().now()); async move {
            let mut tx = store.write().await.expect("begins");
            users::update_blocked(&mut tx, id, is_blocked, now).await.expect("blocks");
            tx.commit().await.expect("commits");
        }};
        block(true).await;
        refused_passkey(sign_in_with(&uc, &mut of_sara).await);
        block(false).await;
        sign_in_with(&uc, &mut of_sara).await.expect("the block took nothing of theirs away");
        uc.erase_me(&actor(&nora)).await.expect("erases");
        refused_passkey(sign_in_with(&uc, &mut of_nora).await);
    }
}

on_both! {
    async fn a_passkey_that_was_there_before_its_number_was_claimed_is_dead(scratch) {
        let uc = salon(&scratch);
        let nora = sign_in(&uc, "0559876543").await;
        let mut key = authenticator(1);
        add(&uc, &actor(&nora), &mut key).await.expect("adds");
        let asked = request(&uc, NUMBER).await.expect("a challenge");
        let victim = asked.challenge.user_id;
        // Somebody has brought it about that it hangs on an account that nobody has claimed.
        let mut tx = scratch.store.write().await.expect("begins");
        let stored: Stored = passkeys::list(&mut tx, nora.user.id).await.expect("reads").remove(0);
        tx.run(passkeys::delete_for_user(nora.user.id)).await.expect("moves");
        tx.run(passkeys::insert(victim, &stored)).await.expect("moves");
        tx.commit().await.expect("commits");
        key.user_handle = base64_of(victim.0.as_bytes());
        refused_passkey(sign_in_with(&uc, &mut key).await);
        wait(&uc, 61);
        let sara = sign_in(&uc, NUMBER).await;
        assert_eq!(sara.user.id, victim);
        refused_passkey(sign_in_with(&uc, &mut key).await);
        assert_eq!(uc.list_passkeys(&actor(&sara)).await.expect("reads"), []);
        // And its owner may add a passkey of the same authenticator.
        add(&uc, &actor(&sara), &mut key).await.expect("adds");
        sign_in_with(&uc, &mut key).await.expect("signs in");
    }
}

fn base64_of(bytes: &[u8]) -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(bytes)
}

on_both! {
    async fn of_two_processes_that_finish_one_sign_in_one_does(scratch) {
        let processes = [salon(&scratch), salon(&scratch)];
        let mut key = authenticator(1);
        add(&processes[0], &actor(&sign_in(&processes[0], NUMBER).await), &mut key).await.expect("adds");
        let input = answer(&begin_sign_in(&processes[1]).await, &mut key);
        let outcomes = store::testing::at_once(8, |place| {
            let (uc, input) = (processes[place % 2].clone(), input.clone());
            async move { uc.sign_in_with_passkey(input, &here()).await.map(drop) }
        })
        .await;
        assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1, "{outcomes:?}");
        outcomes.into_iter().filter(Result::is_err).for_each(refused_passkey);
    }
}

on_both! {
    async fn a_passkey_is_the_way_back_in_when_texts_are_off(scratch) {
        let otp = OtpSettings { failures_in_a_row: 4, failures_in_a_row_kept: 0, ..OtpSettings::default() };
        let settings = Settings { otp, ..Settings::default() };
        let uc = process_with(scratch.store.clone(), SmsSender::Outbox, Clock::manual(start()), settings);
        let mut key = authenticator(1);
        add(&uc, &actor(&sign_in(&uc, NUMBER).await), &mut key).await.expect("adds");
        wait(&uc, 61);
        let sent = request(&uc, NUMBER).await.expect("a challenge");
        let wrong_code = wrong(&code_for(&uc, &sent.challenge).await);
        for _ in 0..4 {
            let outcome = uc.verify_code(code_answer(sent.challenge.id, &wrong_code), &client("198.51.100.7")).await;
            assert!(matches!(outcome, Err(Error::InvalidCode { .. })), "{outcome:?}");
        }
        let newest = || async {
            wait(&uc, 61);
            request(&uc, NUMBER).await.expect("a challenge");
            while uc.deliver_outbox(100).await.expect("delivers").sent > 0 {}
            uc.dev_messages(Some(&phone("+966501234567")), 1).await.expect("reads").remove(0).code
        };
        assert_eq!(newest().await, None, "texts are off");
        sign_in_with(&uc, &mut key).await.expect("signs in");
        assert!(newest().await.is_some(), "and on again");
    }
}

on_both! {
    async fn one_address_begins_so_many_sign_ins_and_no_more(scratch) {
        let uc = salon(&scratch);
        for _ in 0..60 {
            begin_sign_in(&uc).await;
        }
        let (policies, wait_s) = refused(uc.begin_passkey_sign_in(&here()).await);
        assert_eq!((policies, wait_s), (vec![Policy::PasskeyAddress], 600));
        uc.begin_passkey_sign_in(&client("198.51.100.77")).await.expect("another address");
        wait(&uc, 600);
        begin_sign_in(&uc).await;
    }
}
