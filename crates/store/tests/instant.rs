use chrono::{DateTime, TimeDelta, Utc};
use domain::ids::UserId;
use store::{Instant, Store, erasures};

use crate::support::{at, id, key, reading, writing};

store_test! {
    async fn instants_sort_like_time_whatever_their_fraction(store: Store) {
        // With and without fractions, of every length: as the driver writes them, these would sort wrong.
        let start = DateTime::from_timestamp(1_800_000_000, 0).expect("in range");
        let micros = [0_i64, 1, 10, 999, 1_000, 120_000, 123_456, 500_000, 999_999, 1_000_000, 1_500_000];
        let instants: Vec<DateTime<Utc>> = micros.iter().map(|micros| start + TimeDelta::microseconds(*micros)).collect();
        // Written last first, under ids that run the other way: only the instants can bring them into order.
        for (number, instant) in (0_u128..).zip(&instants).collect::<Vec<_>>().into_iter().rev() {
            let erasure = erasures::Erasure { user_id: UserId(id(99 - number)), phone_key: key(1), erased_at: *instant };
            writing!(store, |tx| erasures::insert(tx, &erasure));
        }
        let read: Vec<DateTime<Utc>> = reading!(store, |tx| erasures::list(tx)).into_iter().map(|erasure| erasure.erased_at).collect();
        assert_eq!(read, instants);
    }
}

store_test! {
    async fn what_is_finer_than_a_microsecond_is_cut_off(store: Store) {
        let exact = at(0) + TimeDelta::nanoseconds(999);
        writing!(store, |tx| erasures::insert(tx, &erasures::Erasure { user_id: UserId(id(1)), phone_key: key(1), erased_at: exact }));
        assert_eq!(reading!(store, |tx| erasures::list(tx))[0].erased_at, at(0));
    }
}

#[test]
fn a_year_of_another_width_is_refused() {
    use sqlx::sqlite::SqliteArgumentsBuffer;
    use sqlx::{Encode, Sqlite};
    let far = Instant(DateTime::from_timestamp(253_402_300_800, 0).expect("in range"));
    let mut buffer = SqliteArgumentsBuffer::default();
    assert!(Encode::<Sqlite>::encode_by_ref(&far, &mut buffer).is_err(), "the year 10000 would sort before 2026");
}
