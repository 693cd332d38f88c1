use domain::ids::{RequestId, UserId};
use domain::privacy_request::{PrivacyRequest, RequestAct, RequestKind, RequestState};
use domain::user::{User, UserOrigin};
use store::{Store, privacy_requests};
use uuid::Uuid;

use crate::support::{active, at, id, reading, writing};

const FIRST: RequestId = RequestId(Uuid::nil());

fn asked(user: &User, number: u128, kind: RequestKind, seconds: i64) -> PrivacyRequest {
    let request = PrivacyRequest::new(RequestId(id(number)), user.id, kind, UserOrigin::SelfService, at(seconds));
    PrivacyRequest { said: Some("اسمي مكتوب خطأ".into()), note: Some("called".into()), ..request }
}

store_test! {
    async fn a_request_is_read_as_it_was_written_and_changed(store: Store) {
        let user = active(&store, 1).await;
        let request = asked(&user, 1, RequestKind::Correction, 5);
        assert!(writing!(store, |tx| tx.run(privacy_requests::insert(&request))));
        assert_eq!(writing!(store, |tx| privacy_requests::lock(tx, request.id)), Some(request.clone()));
        let admin = Some(UserId(id(9)));
        let begun = request.after(&RequestAct::Start, admin, at(6)).expect("begins");
        let put_off = begun.after(&RequestAct::Extend("ill".into()), admin, at(7)).expect("put off");
        let refused = put_off.after(&RequestAct::Refuse("no".into()), admin, at(8)).expect("refused");
        for next in [begun, put_off, refused] {
            assert!(writing!(store, |tx| tx.run(privacy_requests::update(&next))));
            let found = reading!(store, |tx| privacy_requests::find(tx, request.id)).expect("there");
            assert_eq!((&found.0, found.1.id), (&next, user.id));
        }
    }
}

store_test! {
    async fn one_of_a_kind_is_open_at_a_time(store: Store) {
        let user = active(&store, 1).await;
        let first = asked(&user, 1, RequestKind::Access, 1);
        assert!(writing!(store, |tx| tx.run(privacy_requests::insert(&first))));
        assert!(!writing!(store, |tx| tx.run(privacy_requests::insert(&asked(&user, 2, RequestKind::Access, 2)))));
        assert!(writing!(store, |tx| tx.run(privacy_requests::insert(&asked(&user, 3, RequestKind::Erasure, 3)))));
        let over = first.after(&RequestAct::Withdraw, None, at(4)).expect("withdrawn");
        writing!(store, |tx| tx.run(privacy_requests::update(&over)));
        assert!(writing!(store, |tx| tx.run(privacy_requests::insert(&asked(&user, 4, RequestKind::Access, 5)))));
        let mine = reading!(store, |tx| privacy_requests::list_for_user(tx, user.id, 9));
        assert_eq!(mine.iter().map(|request| request.id.0.as_u128()).collect::<Vec<_>>(), [4, 3, 1]);
        assert_eq!(reading!(store, |tx| privacy_requests::count_since(tx, user.id, at(1))), 2);
    }
}

store_test! {
    async fn the_queue_goes_on_after_the_last_one_shown_the_most_pressing_first(store: Store) {
        let mut all = Vec::new();
        for number in 1..=5 {
            let user = active(&store, number).await;
            // Two are due at the same moment.
            let request = asked(&user, number.into(), RequestKind::Access, i64::from(10 - number / 2));
            writing!(store, |tx| tx.run(privacy_requests::insert(&request)));
            all.push(request);
        }
        all.sort_by_key(|request| (request.due_at, request.id));
        let mut seen = Vec::new();
        let mut after = (at(-1_000_000), FIRST);
        loop {
            let page = reading!(store, |tx| privacy_requests::list_open(tx, after, 2));
            let Some((last, _)) = page.last() else { break };
            after = (last.due_at, last.id);
            seen.extend(page.into_iter().map(|(request, _)| request));
        }
        assert_eq!(seen, all);
        assert!(reading!(store, |tx| privacy_requests::list_closed(tx, 9)).is_empty());
    }
}

store_test! {
    async fn an_erasure_closes_what_is_open_and_takes_every_text(store: Store) {
        let user = active(&store, 1).await;
        for (number, kind) in [(1, RequestKind::Erasure), (2, RequestKind::Access), (3, RequestKind::Objection)] {
            writing!(store, |tx| tx.run(privacy_requests::insert(&asked(&user, number, kind, 1))));
        }
        let objected = writing!(store, |tx| privacy_requests::lock(tx, RequestId(id(3)))).expect("there");
        let begun = objected.after(&RequestAct::Start, None, at(2)).expect("begins");
        let refused = begun.after(&RequestAct::Refuse("no".into()), None, at(3)).expect("refused");
        writing!(store, |tx| tx.run(privacy_requests::update(&refused)));
        writing!(store, |tx| tx.run(privacy_requests::update_erased(user.id, at(4))));
        let mut closed = reading!(store, |tx| privacy_requests::list_for_user(tx, user.id, 9));
        closed.sort_by_key(|request| request.id);
        let states: Vec<_> = closed.iter().map(|request| (request.state, request.closed_at)).collect();
        assert_eq!(
            states,
            [
                (RequestState::Done, Some(at(4))),
                (RequestState::Withdrawn, Some(at(4))),
                (RequestState::Refused, Some(at(3))),
            ]
        );
        assert!(closed.iter().all(|request| {
            [&request.said, &request.note, &request.refusal_reason, &request.extension_reason].iter().all(|text| text.is_none())
        }));
        assert_eq!(writing!(store, |tx| privacy_requests::delete_before(tx, at(4), 9)), 1);
        assert_eq!(writing!(store, |tx| privacy_requests::delete_before(tx, at(5), 9)), 2);
    }
}
