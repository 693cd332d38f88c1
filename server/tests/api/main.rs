//! The service from outside, one file per noun.
//!
//! To add a test: `api_test!` in the file of its noun runs a body on both databases; actors come from `support::TestApp`.

mod support;

mod access;
mod admin_bulk;
mod admin_guessing;
mod admin_oversight;
mod admin_person;
mod admin_phone_change;
mod admin_privacy;
mod admin_salons;
mod admin_settings;
mod admin_shell;
mod admin_users;
mod auth_phone_challenge;
mod auth_phone_request;
mod auth_phone_resend;
mod auth_phone_verify;
mod auth_sessions;
mod auth_token;
mod bookings;
mod carrier;
mod connections;
mod database;
mod enumeration;
mod fraud;
mod input;
mod limits;
mod me;
mod me_notices;
mod me_phone;
mod me_privacy;
mod me_second_factor;
mod meta;
mod metrics;
mod passkeys;
mod privacy;
mod process;
mod proof;
mod races;
mod rate_limit_fields;
mod readyz;
mod restore;
mod retired;
mod salons;
mod sms_test;
mod test_numbers;
mod tokens_forged;
mod web;
mod web_admin_desk;
mod web_admin_person;
mod web_passkeys;
mod web_second_factor;
mod webhooks;
