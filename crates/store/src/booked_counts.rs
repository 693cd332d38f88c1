//! How much people have booked, for a page of them.

use std::collections::HashMap;

use domain::ids::UserId;
use uuid::Uuid;

use crate::dialect::Wording;
use crate::read::number;
use crate::{StoreError, Tx};

/// No more than so many are counted: beyond it a page says "and more".
pub const MOST: u64 = 100;

/// One look into the index of each person, which stops at the hundredth row: the list stays as cheap however much somebody booked.
macro_rules! count_for {
    ($ids:literal) => {
        concat!(
            "SELECT ids.user_id, (SELECT CAST(count(*) AS BIGINT) FROM (SELECT 1 AS one FROM bookings \
             WHERE bookings.customer_id = ids.user_id LIMIT 100) AS booked) FROM (SELECT ",
            $ids,
            ") AS ids"
        )
    };
}

pub(crate) const COUNT_FOR: Wording = Wording {
    sqlite: count_for!("unhex(value, '-') AS user_id FROM json_each($1)"),
    postgres: count_for!("CAST(value AS UUID) AS user_id FROM jsonb_array_elements_text(CAST($1 AS JSONB)) AS texts (value)"),
};

/// How many bookings each of these people has or had, called off or not, up to [`MOST`].
pub async fn count_for(tx: &mut Tx, people: &[UserId]) -> Result<HashMap<UserId, u64>, StoreError> {
    let ids: Vec<String> = people.iter().map(ToString::to_string).collect();
    let sql = COUNT_FOR.of(tx.backend());
    let rows = fetch!(tx, fetch_all, (Uuid, i64), sql, serde_json::Value::from(ids).to_string())?;
    rows.into_iter().map(|(id, count)| Ok((UserId(id), number(count, "count")?))).collect()
}
