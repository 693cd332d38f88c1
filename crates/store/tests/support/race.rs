//! Many at once.

/// Runs one expression in so many parallel transactions and commits each; what each returned. Nobody may fail: there are only
/// winners and losers.
macro_rules! race {
    ($store:expr, $times:expr, |$tx:ident, $place:ident| $body:expr) => {
        store::testing::at_once($times, |$place| {
            let store = $store.clone();
            async move {
                let mut transaction = store.write().await.expect("begins");
                let $tx = &mut transaction;
                let outcome = $body.await.expect("no error, only winners and losers");
                transaction.commit().await.expect("commits");
                outcome
            }
        })
        .await
    };
}

pub(crate) use race;

/// How many won.
pub fn winners(outcomes: &[bool]) -> usize {
    outcomes.iter().filter(|won| **won).count()
}
