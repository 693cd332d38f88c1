//! Signing in and out, and the sessions in between.

pub(crate) mod access;
pub(crate) mod attempt;
pub(crate) mod challenges;
pub(crate) mod demand;
pub(crate) mod devices;
pub(crate) mod logout;
pub(crate) mod refresh;
pub(crate) mod request_code;
pub(crate) mod resend_code;
pub(crate) mod sends;
pub(crate) mod sent;
pub(crate) mod sessions;
pub(crate) mod settle;
pub(crate) mod sign_in;
pub(crate) mod verify_code;
pub(crate) mod web_sessions;
