//! What an admin sees of one person's past, page by page.

use domain::challenge::Challenge;
use domain::ids::{AuditId, ChallengeId, SessionId, UserId};
use serde_json::Value;
use store::audit::{self, NewAudit};
use store::outbox::OutboxState;
use store::person_history::{self, PAGE};
use store::{Store, challenges};

use crate::support::{active, at, challenge, challenge_of, id, message, reading, writing};

async fn done(store: &Store, number: u128, seconds: i64, actor: &str, subject: Option<UserId>) {
    let entry = NewAudit {
        id: AuditId(id(number)),
        at: at(seconds),
        actor: actor.to_owned(),
        action: "user_blocked",
        subject,
        session: Some(SessionId(id(8))),
        detail: Value::Null,
    };
    writing!(store, |tx| tx.run(audit::insert(&entry)));
}

store_test! {
    async fn codes_are_walked_by_time_with_how_often_they_were_sent(store: Store) {
        let (sara, other) = (active(&store, 1).await, active(&store, 2).await);
        for (number, seconds) in (0..52_u128).zip(0_i64..) {
            let asked = Challenge { created_at: at(seconds), ..challenge_of(&sara, number) };
            writing!(store, |tx| tx.run(challenges::insert(&asked)));
        }
        let hers = challenge_of(&sara, 51);
        message(&store, 1, 51, Some(&hers)).await;
        message(&store, 2, 52, Some(&hers)).await;
        challenge(&store, &other, 99).await;

        let page = reading!(store, |tx| person_history::list_codes(tx, sara.id, None));
        assert_eq!(page.len(), PAGE + 1);
        assert_eq!((page[0].challenge.id, page[0].sends), (ChallengeId(id(51)), 2));
        assert_eq!((page[1].challenge.id, page[1].sends), (ChallengeId(id(50)), 0));
        let last = page[PAGE - 1].challenge.created_at;
        let rest = reading!(store, |tx| person_history::list_codes(tx, sara.id, Some(last)));
        assert_eq!(rest.iter().map(|code| code.challenge.id.0).collect::<Vec<_>>(), [id(1), id(0)]);
    }
}

store_test! {
    async fn messages_are_of_one_person_whichever_number_they_went_to(store: Store) {
        let (sara, other) = (active(&store, 1).await, active(&store, 2).await);
        let hers = challenge(&store, &sara, 1).await;
        for number in 1..=3 {
            message(&store, number, 5, Some(&hers)).await;
        }
        let theirs = challenge(&store, &other, 2).await;
        message(&store, 9, 5, Some(&theirs)).await;
        let page = reading!(store, |tx| person_history::list_messages(tx, sara.id, None));
        assert_eq!(page.iter().map(|message| message.id.0).collect::<Vec<_>>(), [id(3), id(2), id(1)]);
        assert_eq!((page[0].state, page[0].report, page[0].phone.as_ref()), (OutboxState::Queued, None, sara.phone.as_ref()));
        let rest = reading!(store, |tx| person_history::list_messages(tx, sara.id, Some(page[1].id)));
        assert_eq!(rest.iter().map(|message| message.id.0).collect::<Vec<_>>(), [id(1)]);
    }
}

store_test! {
    async fn deeds_are_those_about_a_person_and_those_by_them_each_once(store: Store) {
        let (sara, other) = (active(&store, 1).await, active(&store, 2).await);
        let (by_sara, by_other) = (sara.id.to_string(), other.id.to_string());
        done(&store, 1, 1, "self", Some(sara.id)).await;
        done(&store, 2, 2, "self", Some(other.id)).await;
        done(&store, 3, 3, &by_sara, Some(other.id)).await;
        done(&store, 4, 3, &by_other, Some(sara.id)).await;
        done(&store, 5, 5, &by_sara, Some(sara.id)).await;
        done(&store, 6, 6, &by_sara, None).await;
        done(&store, 7, 7, &by_other, Some(other.id)).await;

        let page = reading!(store, |tx| person_history::list_deeds(tx, sara.id, None));
        assert_eq!(page.iter().map(|deed| deed.entry.id.0.as_u128()).collect::<Vec<_>>(), [6, 5, 4, 3, 1]);
        let others: Vec<_> = page.iter().map(|deed| deed.other.as_ref().map(|user| user.id)).collect();
        assert_eq!(others, [None, None, None, Some(other.id), None]);
        // Two of the same instant, with the page ending between them.
        let rest = reading!(store, |tx| person_history::list_deeds(tx, sara.id, Some(page[2].entry.id)));
        assert_eq!(rest.iter().map(|deed| deed.entry.id.0.as_u128()).collect::<Vec<_>>(), [3, 1]);
    }
}

store_test! {
    async fn a_long_record_comes_in_pages(store: Store) {
        let sara = active(&store, 1).await;
        for (number, seconds) in (0..52_u128).zip(0_i64..) {
            done(&store, number, seconds, "self", Some(sara.id)).await;
        }
        let page = reading!(store, |tx| person_history::list_deeds(tx, sara.id, None));
        assert_eq!(page.len(), PAGE + 1);
        let rest = reading!(store, |tx| person_history::list_deeds(tx, sara.id, Some(page[PAGE - 1].entry.id)));
        assert_eq!(rest.len(), 2);
    }
}
