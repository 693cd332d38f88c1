//! Databases for tests, and what tests put into them. To add one: a file here for another kind of thing, listed below.

mod fixtures;
mod race;

pub use fixtures::*;
pub(crate) use fixtures::{reading, writing};
pub(crate) use race::race;
pub use race::winners;
pub use store::testing::at_once as all;

/// Runs a test body on both databases, each empty but for the schema.
macro_rules! store_test {
    (async fn $name:ident($store:ident: $type:ty) $body:block) => {
        mod $name {
            use super::*;

            async fn body($store: $type) $body

            #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
            async fn sqlite() {
                store::testing::on_sqlite(|scratch| body(scratch.store)).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
            async fn postgres() {
                store::testing::on_postgres(|scratch| body(scratch.store)).await;
            }
        }
    };
}
