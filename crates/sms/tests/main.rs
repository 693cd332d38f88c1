//! Each provider against a stub that misbehaves as told. `matrix` is what must hold for every one of them; a file per provider has its
//! own request and its own errors.

mod development;
mod exchange;
mod fourjawaly;
mod matrix;
mod msegat;
mod reports;
mod senders;
mod support;
mod taqnyat;
mod twilio;
mod unifonic;
mod webhook;
