//! What Salon promises, told without HTTP, on both databases. One file per promise.

mod support;

mod claim;
mod cost;
mod fence;
mod limits;
mod outbox;
mod phone_change;
mod purge;
mod races;
mod refresh;
