//! What Salon promises, told without HTTP, on both databases. One file per promise.

mod support;

mod claim;
mod cost;
mod limits;
mod phone_change;
mod races;
mod refresh;
