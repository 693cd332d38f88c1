//! What Salon promises, told without HTTP, on both databases. One file per promise.

mod support;

mod brake;
mod budget;
mod claim;
mod clock;
mod cost;
mod erasure;
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
mod people_acts;
mod people_history;
mod people_list;
mod people_roles;
mod phone_change;
mod phone_moves;
mod phone_moves_races;
mod privacy;
mod proofs;
mod purge;
mod races;
mod refresh;
mod replay;
mod second_factor;
mod test_numbers;
mod texts;
