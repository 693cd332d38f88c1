use domain::ids::UserId;
use store::erasures::{self, Erasure};
use store::{Store, StoreError};

use crate::support::{at, id, key, reading, writing};

store_test! {
    async fn an_erasure_is_remembered_once(store: Store) {
        let erasure = Erasure { user_id: UserId(id(1)), phone_key: key(7), erased_at: at(5) };
        writing!(store, |tx| erasures::insert(tx, &erasure));
        assert_eq!(reading!(store, |tx| erasures::list(tx)), [erasure]);
        let mut tx = store.write().await.expect("begins");
        let again = erasures::insert(&mut tx, &erasure).await;
        assert!(matches!(again, Err(StoreError::Unique { constraint }) if constraint == "erasures_pkey"));
    }
}
