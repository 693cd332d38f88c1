//! The pages. Each loads what it shows, decides status and redirect, and renders then.
//!
//! To add one: a file here, its texts in `i18n/`, its address and its line in `routes.rs`.

pub(crate) mod account;
pub(crate) mod account_data;
pub(crate) mod account_delete;
pub(crate) mod account_passkeys;
pub(crate) mod account_phone;
pub(crate) mod account_phone_code;
pub(crate) mod account_privacy;
pub(crate) mod account_sessions;
pub(crate) mod admin_abuse;
pub(crate) mod admin_audit;
pub(crate) mod admin_bulk;
pub(crate) mod admin_enrol;
pub(crate) mod admin_enrol_codes;
pub(crate) mod admin_export;
pub(crate) mod admin_guessing;
pub(crate) mod admin_help;
pub(crate) mod admin_home;
pub(crate) mod admin_message;
pub(crate) mod admin_messages;
pub(crate) mod admin_palette;
pub(crate) mod admin_privacy;
pub(crate) mod admin_retention;
pub(crate) mod admin_salon_desk;
pub(crate) mod admin_salons;
pub(crate) mod admin_settings;
pub(crate) mod admin_settings_review;
pub(crate) mod admin_user;
pub(crate) mod admin_user_new;
pub(crate) mod admin_users;
pub(crate) mod admin_verify;
pub(crate) mod delivery;
pub(crate) mod dev_sms;
pub(crate) mod home;
pub(crate) mod login;
pub(crate) mod login_code;
pub(crate) mod passkey_options;
pub(crate) mod phone_change;
pub(crate) mod phone_change_code;
pub(crate) mod problem;
pub(crate) mod salon;
pub(crate) mod salons;
pub(crate) mod welcome;
