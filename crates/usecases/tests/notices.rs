//! What people are told of their account.

use crate::support::{actor, answer, code_for, here, phone, request_from, salon, sign_in, wait};
use domain::challenge::Purpose;
use domain::notice::NoticeKind;
use store::on_both;
use usecases::{Actor, Error, SignedIn, Usecases, VerifyCode};

const NUMBER: &str = "0501234567";

async fn told(uc: &Usecases, actor: &Actor) -> Vec<NoticeKind> {
    uc.list_notices(actor).await.expect("reads").into_iter().map(|notice| notice.kind).collect()
}

/// On a device that signed in before.
async fn sign_in_again(uc: &Usecases, before: &SignedIn) -> SignedIn {
    let sent = request_from(uc, NUMBER, &before.device_token).await.expect("a challenge");
    let code = code_for(uc, &sent.challenge).await;
    uc.verify_code(answer(sent.challenge.id, &code), &here()).await.expect("signs in")
}

on_both! {
    async fn a_sign_in_on_a_new_device_is_told_to_the_others_and_not_to_itself(scratch) {
        let uc = salon(&scratch);
        let first = sign_in(&uc, NUMBER).await;
        assert_eq!(told(&uc, &actor(&first)).await, [], "the first sign-in is no news");
        wait(&uc, 61);
        let again = sign_in_again(&uc, &first).await;
        assert_eq!(told(&uc, &actor(&first)).await, [], "nor is one on a known device");
        wait(&uc, 61);
        let sent = crate::support::request(&uc, NUMBER).await.expect("a challenge");
        let code = code_for(&uc, &sent.challenge).await;
        let input = VerifyCode { device_name: Some("Pixel 9".to_owned()), ..answer(sent.challenge.id, &code) };
        let new = uc.verify_code(input, &here()).await.expect("signs in");
        assert_eq!(told(&uc, &actor(&new)).await, []);
        for session in [&first, &again] {
            let notices = uc.list_notices(&actor(session)).await.expect("reads");
            let notice = notices.first().expect("a notice");
            let about = notice.session.as_ref().expect("a session");
            assert_eq!((notices.len(), notice.kind, about.id), (1, NoticeKind::NewDevice, new.session.id));
            assert_eq!((about.device_name.as_deref(), about.is_alive), (Some("Pixel 9"), true));
        }
        uc.end_session(&actor(&first), new.session.id).await.expect("ends");
        let notices = uc.list_notices(&actor(&first)).await.expect("reads");
        assert!(!notices[0].session.as_ref().expect("a session").is_alive);
        uc.put_notices_away(&actor(&first), notices[0].at).await.expect("puts away");
        assert_eq!((told(&uc, &actor(&first)).await, told(&uc, &actor(&again)).await), (vec![], vec![]));
    }
}

on_both! {
    async fn nothing_goes_that_came_after_what_was_shown_and_nothing_of_the_future(scratch) {
        let uc = salon(&scratch);
        let me = actor(&sign_in(&uc, NUMBER).await);
        let shown = uc.clock().now();
        wait(&uc, 61);
        sign_in(&uc, NUMBER).await;
        uc.put_notices_away(&me, shown).await.expect("puts away");
        assert_eq!(told(&uc, &me).await, [NoticeKind::NewDevice]);
        uc.put_notices_away(&me, shown + chrono::TimeDelta::days(1_000)).await.expect("puts away");
        assert_eq!(told(&uc, &me).await, []);
        wait(&uc, 61);
        sign_in(&uc, NUMBER).await;
        assert_eq!(told(&uc, &me).await, [NoticeKind::NewDevice]);
        wait(&uc, 91 * 86_400);
        assert_eq!(told(&uc, &me).await, [], "it is history");
    }
}

on_both! {
    async fn a_replayed_token_and_a_rebinding_are_told(scratch) {
        let uc = salon(&scratch);
        let me = actor(&sign_in(&uc, NUMBER).await);
        wait(&uc, 61);
        let copied = sign_in(&uc, NUMBER).await;
        let token = copied.tokens.as_ref().expect("an app's").refresh.clone();
        let next = uc.refresh(&token).await.expect("rotates").tokens.expect("an app's").refresh;
        uc.refresh(&next).await.expect("rotates");
        wait(&uc, 31);
        assert!(matches!(uc.refresh(&token).await, Err(Error::SessionEnded)));
        wait(&uc, 1);
        uc.rebind_user(NUMBER).await.expect("rebinds");
        let kinds = [NoticeKind::Rebound, NoticeKind::RefreshReplayed, NoticeKind::NewDevice];
        assert_eq!(told(&uc, &me).await, kinds);
        let notices = uc.list_notices(&me).await.expect("reads");
        let replayed = notices[1].session.as_ref().expect("a session");
        assert_eq!((replayed.id, replayed.is_alive), (copied.session.id, false));
        assert_eq!(notices[0].session, None);
        let export = uc.export_me(&me).await.expect("exports");
        let actions: Vec<_> = export["history"].as_array().expect("a list").iter().map(|entry| entry["action"].clone()).collect();
        for kind in kinds {
            assert!(actions.contains(&kind.as_str().into()), "{actions:?}");
        }
    }
}

on_both! {
    async fn a_move_to_another_number_is_told_with_the_old_number_masked(scratch) {
        let uc = salon(&scratch);
        let me = actor(&sign_in(&uc, NUMBER).await);
        let sent = uc.request_phone(&me, "0559876543", &here()).await.expect("a challenge").challenge;
        assert_eq!((sent.purpose, &sent.phone), (Purpose::Verify, &phone("+966559876543")));
        let code = code_for(&uc, &sent).await;
        uc.verify_phone(&me, sent.id, &code).await.expect("moves");
        assert_eq!(told(&uc, &me).await, [], "who moved it knows");
        wait(&uc, 61);
        let later = actor(&sign_in(&uc, "0559876543").await);
        let notices = uc.list_notices(&later).await.expect("reads");
        let kinds: Vec<_> = notices.iter().map(|notice| notice.kind).collect();
        assert_eq!(kinds, [NoticeKind::PhoneChanged]);
        assert_eq!(notices[0].moved_from.as_deref(), Some("+9665•••••567"));
        // Whoever has the old number next is somebody else.
        wait(&uc, 61);
        assert_eq!(told(&uc, &actor(&sign_in(&uc, NUMBER).await)).await, []);
    }
}

on_both! {
    async fn a_page_with_notices_costs_one_statement_for_them(scratch) {
        let uc = salon(&scratch);
        let me = actor(&sign_in(&uc, NUMBER).await);
        let before = uc.store().statements();
        uc.list_notices(&me).await.expect("reads");
        assert_eq!(uc.store().statements() - before, 1);
    }
}
