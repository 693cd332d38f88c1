//! What Salon promises, told without HTTP, on both databases. One file per promise.

mod support;

mod brake;
mod budget;
mod claim;
mod clock;
mod cost;
mod failures;
mod failover;
mod fence;
mod known_devices;
mod lockout;
mod limits;
mod magic_numbers;
mod metrics;
mod outage;
mod outbox;
mod phone_change;
mod purge;
mod races;
mod refresh;
mod replay;
mod texts;
