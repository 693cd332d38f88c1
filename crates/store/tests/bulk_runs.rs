use domain::ids::{BulkRunId, SessionId, UserId};
use domain::people::{BulkAct, BulkOutcome, BulkState, LeftOut};
use serde_json::json;
use store::bulk_runs::{self, Count, Run};
use store::{Store, bulk_lease, users};

use crate::support::{active, all, at, id, reading, writing};

const RUN: BulkRunId = BulkRunId(uuid::Uuid::from_u128(900));

/// A run of person 1 about the first `people` numbers from 2 on; the last is left out.
async fn prepared(store: &Store, people: u128) -> Run {
    active(store, 1).await;
    let run = Run {
        id: RUN,
        actor: UserId(id(1)),
        session: SessionId(id(800)),
        act: BulkAct::Block,
        state: BulkState::Prepared,
        asked: json!({ "search": "everybody" }),
        reason: None,
        has_more: false,
        created_at: at(0),
        started_at: None,
        finished_at: None,
    };
    let left_out = Some(BulkOutcome::Skipped(LeftOut::Admin));
    let chosen: Vec<_> = (2..2 + people).map(|number| (UserId(id(number)), left_out.filter(|_| number == 1 + people))).collect();
    let mut tx = store.write().await.expect("begins");
    tx.run(bulk_runs::insert(&run)).await.expect("inserts");
    bulk_runs::insert_people(&mut tx, RUN, &chosen).await.expect("inserts");
    tx.commit().await.expect("commits");
    run
}

async fn started(store: &Store, people: u128) {
    prepared(store, people).await;
    assert!(writing!(store, |tx| tx.run(bulk_runs::update_started(RUN, at(1), at(-60), Some("spam")))));
}

store_test! {
    async fn a_run_is_read_as_it_was_prepared_and_keeps_those_who_are_gone(store: Store) {
        let run = prepared(&store, 3).await;
        active(&store, 3).await;
        assert_eq!(reading!(store, |tx| bulk_runs::find(tx, RUN)), Some(run));
        let people = reading!(store, |tx| bulk_runs::list_people(tx, RUN, -1));
        let seen: Vec<_> = people.iter().map(|one| (one.position, one.id.0.as_u128(), one.user.is_some())).collect();
        assert_eq!(seen, [(0, 2, false), (1, 3, true), (2, 4, false)]);
        assert_eq!(people[2].outcome, Some(BulkOutcome::Skipped(LeftOut::Admin)));
        assert_eq!(reading!(store, |tx| bulk_runs::list_people(tx, RUN, 1)).len(), 1);
        let left = reading!(store, |tx| bulk_runs::list_users(tx, RUN, -1));
        assert_eq!(left.iter().map(|(position, user)| (*position, user.id.0.as_u128())).collect::<Vec<_>>(), [(1, 3)]);
        let mut counts = reading!(store, |tx| bulk_runs::count(tx, RUN));
        counts.sort_by_key(|count| count.people);
        let skipped = Some(BulkOutcome::Skipped(LeftOut::Admin));
        assert_eq!(counts, [Count { outcome: skipped, people: 1 }, Count { outcome: None, people: 2 }]);
    }
}

store_test! {
    async fn a_run_begins_once_and_not_with_people_who_were_chosen_long_ago(store: Store) {
        prepared(&store, 2).await;
        let start = |after| bulk_runs::update_started(RUN, at(1), at(after), None);
        assert!(!writing!(store, |tx| tx.run(start(0))), "chosen too long ago");
        assert!(writing!(store, |tx| tx.run(start(-1))));
        assert!(!writing!(store, |tx| tx.run(start(-1))), "it has begun");
    }
}

store_test! {
    async fn one_worker_at_a_time_has_a_run_and_a_dead_ones_is_taken_over(store: Store) {
        prepared(&store, 2).await;
        assert_eq!(writing!(store, |tx| bulk_lease::lease(tx, at(1), at(31))), None, "nobody has said yes");
        writing!(store, |tx| tx.run(bulk_runs::update_started(RUN, at(1), at(-60), None)));
        let leases = all(4, |_| {
            let store = store.clone();
            async move { writing!(store, |tx| bulk_lease::lease(tx, at(1), at(31))) }
        });
        let leases: Vec<_> = leases.await.into_iter().flatten().collect();
        assert_eq!(leases.len(), 1, "{leases:?}");
        assert!(!reading!(store, |tx| bulk_lease::find_due(tx, at(30), at(60))));
        assert!(reading!(store, |tx| bulk_lease::find_due(tx, at(31), at(61))));
        let taken_over = writing!(store, |tx| bulk_lease::lease(tx, at(31), at(61))).expect("it is free");
        assert!(!writing!(store, |tx| bulk_lease::update_renewed(tx, leases[0], at(90))), "it is another's now");
        assert!(!writing!(store, |tx| bulk_lease::update_finished(tx, leases[0], at(32))));
        assert!(writing!(store, |tx| bulk_lease::update_renewed(tx, taken_over, at(90))));
        assert!(writing!(store, |tx| bulk_lease::update_returned(tx, taken_over)));
        assert!(writing!(store, |tx| bulk_lease::lease(tx, at(33), at(63))).is_some());
        // A clock that was far ahead has left a lease that no one can mean.
        assert!(writing!(store, |tx| bulk_lease::lease(tx, at(-600), at(-570))).is_some());
    }
}

store_test! {
    async fn an_outcome_is_written_once_and_a_run_is_over_when_all_have_one(store: Store) {
        started(&store, 3).await;
        let lease = writing!(store, |tx| bulk_lease::lease(tx, at(1), at(31))).expect("leased");
        let waiting = reading!(store, |tx| bulk_lease::list_waiting(tx, RUN, 10));
        assert_eq!(waiting.iter().map(|(position, _)| *position).collect::<Vec<_>>(), [0, 1], "who is left out has no turn");
        assert!(writing!(store, |tx| bulk_lease::update_outcome(tx, RUN, 0, BulkOutcome::Done)));
        assert!(!writing!(store, |tx| bulk_lease::update_outcome(tx, RUN, 0, BulkOutcome::Failed)), "it stays");
        assert!(!writing!(store, |tx| bulk_lease::update_finished(tx, lease, at(2))), "one is left");
        let rest = BulkOutcome::Skipped(LeftOut::NotAllowed);
        assert_eq!(writing!(store, |tx| bulk_lease::update_all_outcomes(tx, RUN, rest)), 1);
        assert!(writing!(store, |tx| bulk_lease::update_finished(tx, lease, at(2))));
        let run = reading!(store, |tx| bulk_runs::find(tx, RUN)).expect("there");
        assert_eq!((run.state, run.finished_at, run.reason.as_deref()), (BulkState::Finished, Some(at(2)), None), "the reason may name somebody");
        assert_eq!(writing!(store, |tx| bulk_lease::lease(tx, at(99), at(129))), None);
    }
}

store_test! {
    async fn somebody_who_is_erased_goes_out_of_every_run(store: Store) {
        started(&store, 3).await;
        assert_eq!(writing!(store, |tx| tx.count(bulk_runs::delete_person(UserId(id(3))))), 1);
        let people = reading!(store, |tx| bulk_runs::list_people(tx, RUN, -1));
        assert_eq!(people.iter().map(|one| one.position).collect::<Vec<_>>(), [0, 2], "the others keep their places");
        assert_eq!(reading!(store, |tx| bulk_runs::find(tx, RUN)).expect("there").reason.as_deref(), Some("spam"), "it is under way");
        assert_eq!(writing!(store, |tx| tx.count(bulk_runs::update_anonymised(UserId(id(1))))), 1);
        assert_eq!(reading!(store, |tx| bulk_runs::find(tx, RUN)).expect("there").reason, None);
    }
}

store_test! {
    async fn an_old_run_is_forgotten_with_its_people_and_with_whoever_began_it(store: Store) {
        prepared(&store, 3).await;
        assert_eq!(writing!(store, |tx| bulk_runs::delete_before(tx, at(0), 10)), 0);
        assert_eq!(writing!(store, |tx| bulk_runs::delete_before(tx, at(1), 10)), 1);
        assert!(reading!(store, |tx| bulk_runs::list_people(tx, RUN, -1)).is_empty());
        assert!(reading!(store, |tx| users::find(tx, UserId(id(1)))).is_some());
    }
}
