//! The numbers of development that fail as told, from the request to the outbox.

use store::on_both;
use store::outbox::{self, OutboxState};
use usecases::Delivered;

use crate::support::{phone, request, salon, wait};

/// What is refused for good, what is tried again, and a number like any other.
const FINAL: [&str; 3] = ["+966500000901", "+966500000902", "+966500000905"];
const AGAIN: [&str; 3] = ["+966500000903", "+966500000904", "+966500000906"];
const FINE: &str = "+966500000900";

async fn states(store: &store::Store, numbers: &[&str]) -> Vec<OutboxState> {
    let mut states = Vec::new();
    for number in numbers {
        let mut tx = store.read().await.expect("connects");
        let entries = outbox::list_recent(&mut tx, Some(&phone(number)), 10).await.expect("reads");
        states.extend(entries.into_iter().map(|entry| entry.state));
    }
    states
}

on_both! {
    async fn magic_numbers_fail_as_told_and_nobody_can_tell_from_the_answer(scratch) {
        let uc = salon(&scratch);
        for number in FINAL.iter().chain(&AGAIN).chain(&[FINE]) {
            request(&uc, number).await.expect("a challenge, as for everybody");
        }
        let done = uc.deliver_outbox(100).await.expect("delivers");
        assert_eq!(done, Delivered { sent: 1, retried: 3, failed: 3, expired: 0 });
        assert_eq!(states(&scratch.store, &FINAL).await, [OutboxState::Failed; 3]);
        assert_eq!(states(&scratch.store, &AGAIN).await, [OutboxState::Queued; 3]);
        assert_eq!(states(&scratch.store, &[FINE]).await, [OutboxState::Sent]);
        wait(&uc, 10);
        let done = uc.deliver_outbox(100).await.expect("delivers");
        assert_eq!(done, Delivered { sent: 0, retried: 3, failed: 0, expired: 0 }, "only these are tried again");
        wait(&uc, 3600);
        let done = uc.deliver_outbox(100).await.expect("delivers");
        assert_eq!((done.sent, done.expired), (0, 3), "and not for ever");
        assert_eq!(states(&scratch.store, &AGAIN).await, [OutboxState::Expired; 3]);
    }
}
