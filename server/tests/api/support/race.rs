//! Many at once.

use std::sync::Arc;

use tokio::sync::Barrier;

/// Runs `times` tasks that all start together; what each returned.
pub async fn race<T: Send + 'static, F: Future<Output = T> + Send + 'static>(times: usize, task: impl Fn(usize) -> F) -> Vec<T> {
    let barrier = Arc::new(Barrier::new(times));
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
