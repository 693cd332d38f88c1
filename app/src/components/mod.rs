//! Parts that several pages share.
//!
//! To add one: a file here with one component, a style sheet of the same name in `style/`.

#![expect(clippy::needless_pass_by_value, reason = "a component owns its props")]

pub(crate) mod acts;
pub(crate) mod admin;
pub(crate) mod bars;
pub(crate) mod code_step;
pub(crate) mod consents;
pub(crate) mod desk;
pub(crate) mod field;
pub(crate) mod filters;
pub(crate) mod frame;
pub(crate) mod held;
pub(crate) mod icon;
pub(crate) mod logo;
pub(crate) mod many;
pub(crate) mod notice;
pub(crate) mod palette;
pub(crate) mod passkey;
pub(crate) mod person;
pub(crate) mod phone;
pub(crate) mod phone_form;
pub(crate) mod privacy_request;
pub(crate) mod qr;
pub(crate) mod robot_check;
pub(crate) mod text_area;
pub(crate) mod told;
pub(crate) mod user_agent;
pub(crate) mod when;
pub(crate) mod wording;
