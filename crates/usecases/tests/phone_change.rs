//! Proving one's own number, and moving to another.

use std::collections::HashSet;

use crate::support::{actor, answer, code_for, here, phone, request, salon, sign_in, wait};
use domain::challenge::Purpose;
use domain::message::MessageKind;
use domain::user::UserStatus;
use store::on_both;
use usecases::{Actor, Error};

on_both! {
    async fn a_code_for_one_purpose_is_not_there_for_the_other(scratch) {
        let uc = salon(&scratch);
        let me = actor(&sign_in(&uc, "0501234567").await);
        let verify = uc.request_phone(&me, "0501234567", &here()).await.expect("a verify challenge").challenge;
        assert_eq!(verify.purpose, Purpose::Verify);
        let verify_code = code_for(&uc, &verify).await;
        let as_auth = uc.verify_code(answer(verify.id, &verify_code), &here()).await;
        assert!(matches!(as_auth, Err(Error::ChallengeNotFound)), "{as_auth:?}");
        assert!(matches!(uc.resend_code(verify.id, &here()).await, Err(Error::ChallengeNotFound)));
        wait(&uc, 61);
        let auth = request(&uc, "0501234567").await.expect("an auth challenge").challenge;
        let auth_code = code_for(&uc, &auth).await;
        let as_verify = uc.verify_phone(&me, auth.id, &auth_code).await;
        assert!(matches!(as_verify, Err(Error::ChallengeNotFound)), "{as_verify:?}");
        uc.verify_phone(&me, verify.id, &verify_code).await.expect("right purpose");
    }
}

on_both! {
    async fn the_account_moves_other_sessions_end_and_the_old_number_is_told(scratch) {
        let uc = salon(&scratch);
        let other = actor(&sign_in(&uc, "0501234567").await);
        wait(&uc, 61);
        let me = actor(&sign_in(&uc, "0501234567").await);
        // Somebody once asked for a code for the new number and never came: that row is not in the way.
        request(&uc, "0559876543").await.expect("pending");
        wait(&uc, 61);
        let old_auth = request(&uc, "0501234567").await.expect("a sign-in code for the old number").challenge;
        let old_code = code_for(&uc, &old_auth).await;
        let sent = uc.request_phone(&me, "0559876543", &here()).await.expect("a challenge");
        let code = code_for(&uc, &sent.challenge).await;
        let moved = uc.verify_phone(&me, sent.challenge.id, &code).await.expect("moves");
        assert_eq!(moved.phone, Some(phone("+966559876543")));
        assert_eq!(moved.id, me.user.id);
        assert!(moved.is_phone_verified && moved.status == UserStatus::Active);
        let alive = uc.list_sessions(&me).await.expect("lists");
        assert_eq!(alive.iter().map(|session| session.id).collect::<Vec<_>>(), [me.session.id]);
        assert!(matches!(uc.end_session(&me, other.session.id).await, Err(Error::NotFound)), "already over");
        let stale = uc.verify_code(answer(old_auth.id, &old_code), &here()).await;
        assert!(matches!(stale, Err(Error::ChallengeNotFound)), "the old number opens nothing: {stale:?}");
        uc.deliver_outbox(10).await.expect("delivers");
        let told = uc.dev_messages(Some(&phone("+966501234567")), 100).await.expect("reads");
        assert!(told.iter().any(|message| message.kind == MessageKind::PhoneChanged));
        let export = uc.export_me(&Actor { user: moved, session: me.session.clone() }).await.expect("exports");
        let numbers: HashSet<&str> =
            export["messages"].as_array().expect("a list").iter().filter_map(|message| message["to"].as_str()).collect();
        assert_eq!(numbers, HashSet::from(["050 123 4567", "055 987 6543"]), "what went to the old number is theirs too");
        wait(&uc, 61);
        assert!(sign_in(&uc, "0501234567").await.is_new_user, "the old number is free for somebody else");
    }
}

on_both! {
    async fn moving_needs_a_fresh_sign_in_and_a_free_number(scratch) {
        let uc = salon(&scratch);
        sign_in(&uc, "0559876543").await;
        let me = actor(&sign_in(&uc, "0501234567").await);
        wait(&uc, 61);
        let sent = uc.request_phone(&me, "0559876543", &here()).await.expect("nothing is said before the number is proved");
        let code = code_for(&uc, &sent.challenge).await;
        let taken = uc.verify_phone(&me, sent.challenge.id, &code).await;
        assert!(matches!(taken, Err(Error::Conflict)), "{taken:?}");
        wait(&uc, 600);
        let stale = uc.request_phone(&me, "0551112222", &here()).await;
        assert!(matches!(stale, Err(Error::FreshAuthenticationRequired)), "{stale:?}");
        uc.request_phone(&me, "0501234567", &here()).await.expect("one's own number can always be proved");
    }
}

on_both! {
    async fn only_the_session_that_asked_may_answer(scratch) {
        let uc = salon(&scratch);
        let me = actor(&sign_in(&uc, "0501234567").await);
        let other = actor(&sign_in(&uc, "0559876543").await);
        let sent = uc.request_phone(&me, "0551112222", &here()).await.expect("a challenge");
        let code = code_for(&uc, &sent.challenge).await;
        assert!(matches!(uc.verify_phone(&other, sent.challenge.id, &code).await, Err(Error::ChallengeNotFound)));
        uc.logout(&me).await.expect("signs out");
        assert!(matches!(uc.verify_phone(&me, sent.challenge.id, &code).await, Err(Error::ChallengeNotFound)));
    }
}

on_both! {
    async fn an_erased_person_leaves_a_free_number_and_a_spent_budget(scratch) {
        let uc = salon(&scratch);
        for _ in 0..4 {
            request(&uc, "0501234567").await.expect("a challenge");
            wait(&uc, 60);
        }
        let signed_in = sign_in(&uc, "0501234567").await;
        uc.erase_me(&actor(&signed_in)).await.expect("erased");
        let access = signed_in.tokens.expect("an API session").access;
        assert!(matches!(uc.actor_of_access_token(&access).await, Err(Error::SessionEnded)));
        wait(&uc, 61);
        assert!(matches!(request(&uc, "0501234567").await, Err(Error::QuotaExceeded(_))), "counts never go back");
        wait(&uc, 3600);
        let newcomer = sign_in(&uc, "0501234567").await;
        assert!(newcomer.is_new_user && newcomer.user.id != signed_in.user.id);
    }
}
