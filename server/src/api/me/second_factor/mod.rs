//! `/api/me/second-factor/`: the caller's authenticator app and recovery codes. To add an endpoint: see `api`.

mod begin;
mod confirm;
mod passkey;
mod read;
mod remove;
mod renew_codes;
mod show;

use utoipa_axum::routes;

use crate::api::Door;

pub fn add(door: Door) -> Door {
    door.add(routes!(read::handler), read::PROBLEMS)
        .add(routes!(show::handler), show::PROBLEMS)
        .add(routes!(passkey::begin), passkey::BEGIN_PROBLEMS)
        .add(routes!(passkey::show), passkey::SHOW_PROBLEMS)
        .add(routes!(begin::handler), begin::PROBLEMS)
        .add(routes!(confirm::handler), confirm::PROBLEMS)
        .add(routes!(remove::handler), remove::PROBLEMS)
        .add(routes!(renew_codes::handler), renew_codes::PROBLEMS)
}

/// What the authenticator app shows, or where it says so a recovery code.
pub struct Code(String);

impl crate::extract::FromFields for Code {
    fn from_fields(fields: &mut crate::extract::Fields) -> Self {
        Self(fields.text("code"))
    }
}
