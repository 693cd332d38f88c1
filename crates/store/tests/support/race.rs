//! Many at once.

/// Runs `times` tasks that all start together; what each returned.
pub async fn all<T: Send + 'static, F: Future<Output = T> + Send + 'static>(times: usize, task: impl Fn(usize) -> F) -> Vec<T> {
    let barrier = std::sync::Arc::new(tokio::sync::Barrier::new(times));
    let tasks: Vec<_> = (0..times)
        .map(|place| {
            let (barrier, future) = (barrier.clone(), task(place));
            tokio::spawn(async move {
                barrier.wait().await;
                future.await
            })
        })
        .collect();
    let mut outcomes = Vec::with_capacity(times);
    for task in tasks {
        outcomes.push(task.await.expect("no task panics"));
    }
    outcomes
}

/// Runs one expression in so many parallel transactions and commits each; what each returned. Nobody may fail: there are only
/// winners and losers.
macro_rules! race {
    ($store:expr, $times:expr, |$tx:ident, $place:ident| $body:expr) => {
        crate::support::all($times, |$place| {
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
