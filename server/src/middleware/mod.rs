//! What lies around every request, from the outside in: `count` (for those who watch) → `edge` (id, address, language, headers,
//! log line) → `capacity` (panics, time limit, load shedding) → `flood` → `body` (size and deadline) → for pages alone `csrf` → `web_session`.
//!
//! To add a layer: a file with one function that takes `Request` and `Next`, and its place in `router.rs`.

pub mod body;
pub mod capacity;
pub mod client_address;
pub mod count;
pub mod csrf;
pub mod edge;
pub mod flood;
pub mod security_headers;
pub mod web_session;
