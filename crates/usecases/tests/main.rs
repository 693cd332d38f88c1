//! What Salon promises, told without HTTP, on both databases. One file per promise.

mod support;

mod brake;
mod budget;
mod bulk;
mod claim;
mod clock;
mod cost;
mod failover;
mod failures;
mod fence;
mod guess_bound;
mod known_devices;
mod limits;
mod lockout;
mod magic_numbers;
mod metrics;
mod notices;
mod outage;
mod outbox;
mod people_list;
mod phone_change;
mod proofs;
mod purge;
mod races;
mod refresh;
mod replay;
mod second_factor;
mod test_numbers;
mod texts;
