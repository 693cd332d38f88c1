use domain::consent::{Consent, ConsentPurpose, ConsentSource, is_granted};
use domain::ids::ConsentId;
use domain::locale::Locale;
use domain::user::User;
use store::erasures::{self, Erasure};
use store::testing::{Raw, Scratch, on_postgres, on_sqlite};
use store::{Store, consents, users};

use crate::support::{active, at, id, key, pending, reading, writing};

fn line(user: &User, number: u128, is_granted: bool, seconds: i64) -> Consent {
    Consent {
        id: ConsentId(id(number)),
        user_id: user.id,
        purpose: ConsentPurpose::MarketingSms,
        is_granted,
        at: at(seconds),
        source: ConsentSource::Desk,
        wording_version: 3,
        locale: Locale::En,
    }
}

store_test! {
    async fn the_newest_line_comes_first_and_nobody_elses(store: Store) {
        let (user, other) = (active(&store, 1).await, active(&store, 2).await);
        let (given, taken) = (line(&user, 1, true, 10), line(&user, 2, false, 20));
        for line in [&given, &taken, &line(&other, 3, true, 30)] {
            writing!(store, |tx| tx.run(consents::insert(line)));
        }
        let ledger = reading!(store, |tx| consents::list_for_user(tx, user.id, 9));
        assert_eq!(ledger, [taken, given]);
        assert!(!is_granted(&ledger, ConsentPurpose::MarketingSms));
        assert_eq!(reading!(store, |tx| consents::list_for_user(tx, user.id, 1)).len(), 1);
    }
}

store_test! {
    async fn what_was_agreed_to_before_the_claim_is_not_the_owners(store: Store) {
        let user = pending(&store, 1).await;
        writing!(store, |tx| tx.run(consents::insert(&line(&user, 1, true, 0))));
        assert_eq!(reading!(store, |tx| consents::list_for_user(tx, user.id, 9)).len(), 1);
        writing!(store, |tx| tx.run(users::update_claimed(user.id, user.epoch, user.locale, at(1))));
        assert!(reading!(store, |tx| consents::list_for_user(tx, user.id, 9)).is_empty());
    }
}

store_test! {
    async fn only_lines_of_people_in_the_log_of_erasures_can_be_forgotten(store: Store) {
        let (user, other) = (active(&store, 1).await, active(&store, 2).await);
        for line in [line(&user, 1, true, 10), line(&user, 2, false, 20), line(&other, 3, true, 30)] {
            writing!(store, |tx| tx.run(consents::insert(&line)));
        }
        assert_eq!(writing!(store, |tx| consents::delete_before(tx, at(9_000), 500)), 0);
        let erasure = Erasure { user_id: user.id, phone_key: key(1), erased_at: at(40) };
        writing!(store, |tx| erasures::insert(tx, &erasure));
        assert_eq!(writing!(store, |tx| consents::delete_before(tx, at(40), 500)), 0, "not old enough");
        assert_eq!(writing!(store, |tx| consents::delete_before(tx, at(41), 1)), 1, "as many as asked for");
        assert_eq!(writing!(store, |tx| consents::delete_before(tx, at(41), 500)), 1);
        assert_eq!(reading!(store, |tx| consents::list_for_user(tx, other.id, 9)).len(), 1);
    }
}

/// What the database says to whoever reaches around this crate.
async fn nobody_changes_or_removes_a_line(scratch: Scratch) {
    let store = &scratch.store;
    let user = active(store, 1).await;
    writing!(store, |tx| tx.run(consents::insert(&line(&user, 1, true, 10))));
    let mut raw = Raw::connect(&scratch.url).await;
    let mut refused = vec!["UPDATE consents SET is_granted = FALSE", "DELETE FROM consents"];
    if scratch.url.starts_with("postgres") {
        refused.push("TRUNCATE consents");
    }
    for sql in refused {
        let error = raw.attempt(sql).await.expect_err(sql);
        assert!(error.contains("consents are only added"), "{sql}: {error}");
    }
    assert_eq!(raw.number("SELECT CAST(count(*) AS BIGINT) FROM consents WHERE is_granted").await, 1);
}

#[tokio::test]
async fn nobody_changes_or_removes_a_line_of_sqlite() {
    on_sqlite(nobody_changes_or_removes_a_line).await;
}

#[tokio::test]
async fn nobody_changes_or_removes_a_line_of_postgres() {
    on_postgres(nobody_changes_or_removes_a_line).await;
}
