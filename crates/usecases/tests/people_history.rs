//! The past of a person as an admin reads it: codes without the code, messages, and who did what.

use domain::challenge::Outcome;
use domain::ids::UserId;
use store::on_both;
use store::outbox::OutboxState;
use usecases::{Doer, Error};
use uuid::Uuid;

use crate::support::staff::platform_admin;
use crate::support::{answer, code_for, here, request, salon, sign_in, wait, wrong};

const ADMIN: &str = "0500000001";
const SARA: &str = "0501234567";

on_both! {
    async fn codes_tell_when_how_often_and_how_they_ended(scratch) {
        let uc = salon(&scratch);
        let admin = platform_admin(&uc, ADMIN).await;
        let sara = sign_in(&uc, SARA).await.user.id;
        wait(&uc, 61);
        let resent = request(&uc, SARA).await.expect("asks").challenge;
        wait(&uc, 61);
        uc.resend_code(resent.id, &here()).await.expect("resends");
        wait(&uc, 61);
        let guessed = request(&uc, SARA).await.expect("asks").challenge;
        let right = code_for(&uc, &guessed).await;
        for _ in 0..5 {
            uc.verify_code(answer(guessed.id, &wrong(&right)), &here()).await.expect_err("wrong");
        }
        let ends = |codes: &[store::person_history::AskedCode]| {
            codes.iter().map(|code| (code.challenge.outcome(uc.clock().now(), 1), code.challenge.attempts, code.sends)).collect::<Vec<_>>()
        };
        let codes = uc.list_person_codes(&admin, sara, None).await.expect("reads");
        assert_eq!(ends(&codes.page.items), [(Outcome::GuessedOut, 5, 1), (Outcome::Waiting, 0, 2), (Outcome::Entered, 1, 1)]);
        wait(&uc, 600);
        assert_eq!(ends(&codes.page.items)[1].0, Outcome::RanOut);
        let before = Some(codes.page.items[1].challenge.created_at);
        assert_eq!(uc.list_person_codes(&admin, sara, before).await.expect("reads").page.items.len(), 1);
    }
}

on_both! {
    async fn messages_tell_where_they_stand(scratch) {
        let uc = salon(&scratch);
        let admin = platform_admin(&uc, ADMIN).await;
        let sara = sign_in(&uc, SARA).await.user.id;
        let messages = uc.list_person_messages(&admin, sara, None).await.expect("reads");
        assert_eq!(messages.page.items.len(), 1);
        assert_eq!(messages.page.items[0].state, OutboxState::Sent);
        assert_eq!(messages.page.next, None);
        let after = Some(messages.page.items[0].id);
        assert!(uc.list_person_messages(&admin, sara, after).await.expect("reads").page.items.is_empty());
    }
}

on_both! {
    async fn the_record_names_those_who_did_it_and_those_it_was_done_to(scratch) {
        let uc = salon(&scratch);
        let admin = platform_admin(&uc, ADMIN).await;
        let sara = sign_in(&uc, SARA).await.user.id;
        wait(&uc, 1);
        uc.block_person(&admin, sara, "x").await.expect("blocks");
        let about = uc.list_person_audit(&admin, sara, None).await.expect("reads");
        let newest = &about.page.items[0];
        let by = newest.staff.as_ref().expect("somebody");
        assert_eq!((newest.doer(), &newest.deed.other), (Doer::Staff(by.id), &None));

        // The same from the other side.
        let done = uc.list_person_audit(&admin, by.id, None).await.expect("reads");
        let same = done.page.items.iter().find(|deed| deed.deed.entry.id == newest.deed.entry.id).expect("there too");
        assert_eq!(same.deed.other.as_ref().map(|user| user.id), Some(sara));
        assert!(matches!(uc.list_person_audit(&admin, UserId(Uuid::nil()), None).await, Err(Error::NotFound)));
    }
}

on_both! {
    async fn a_long_record_is_read_page_by_page(scratch) {
        let uc = salon(&scratch);
        let admin = platform_admin(&uc, ADMIN).await;
        let sara = uc.add_user(SARA).await.expect("added").id;
        for _ in 0..52 {
            wait(&uc, 1);
            uc.add_note(&admin, sara, "x").await.expect("writes");
        }
        let first = uc.list_person_audit(&admin, sara, None).await.expect("reads").page;
        let after = first.next.as_deref().map(|id| id.parse().expect("an id"));
        let rest = uc.list_person_audit(&admin, sara, after).await.expect("reads").page;
        assert_eq!((first.items.len(), rest.items.len(), rest.next), (50, 3, None));
        let notes = uc.list_notes(&admin, sara, None).await.expect("reads").page;
        let after = notes.next.as_deref().map(|id| id.parse().expect("an id"));
        assert_eq!(uc.list_notes(&admin, sara, after).await.expect("reads").page.items.len(), 2);
    }
}
