//! The binary `salon` as a library, so that tests run the same router in-process.
//!
//! To add an endpoint: see `api`. To add a layer: see `middleware`. To add a configuration key: see `config`. To add a command: see `cli`.

pub mod api;
pub mod assets;
pub mod cli;
pub mod config;
mod docs_page;
mod extract;
pub mod jobs;
pub mod listener;
pub mod metrics;
pub mod middleware;
mod moved_clock;
pub mod openapi;
pub mod problem;
mod rate_limit;
mod router;
mod sent;
mod serve;
pub mod state;
mod telemetry;
mod web;
mod web_sessions;
pub mod wiring;

pub use router::build_router;
