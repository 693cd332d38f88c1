//! Every text of the web pages and of the problem documents, in both languages.
//!
//! To add a text: a field in the struct of its page; the compiler then asks for it in both languages. Texts with a number in them are
//! functions, because Arabic has six plural forms. Wasm has none of this: islands get their texts as props.

mod account;
mod admin;
mod admin_bulk;
mod admin_person;
mod admin_privacy;
mod common;
mod counter;
mod data;
mod desk;
mod devices;
mod hijri;
mod home;
mod live_settings;
mod moment;
mod oversight;
mod passkeys;
mod phone;
mod phone_moves;
mod privacy;
mod problem;
mod salon_desk;
mod salons;
mod second_factor;
mod sign_in;
mod told;
mod words;

use domain::locale::Locale;

pub use account::Account;
pub use admin::Admin;
pub use admin_bulk::{AdminBulk, sheet_words};
pub use admin_person::AdminPerson;
pub use admin_privacy::AdminPrivacy;
pub use common::Common;
pub use counter::Counter;
pub use data::{actions, field_name, value_name};
pub use desk::Desk;
pub use devices::Devices;
pub use home::Home;
pub use live_settings::LiveTexts;
pub use moment::moment;
pub(crate) use moment::{date_words, day_in, moment_in, weekday};
pub use oversight::Oversight;
pub use passkeys::Passkeys;
pub use phone::{field_error, phone_reason};
pub use phone_moves::PhoneMoves;
pub use privacy::{Privacy, consent_wording};
pub use problem::problem;
pub use salon_desk::SalonDesk;
pub use salons::Salons;
pub(crate) use salons::length;
pub use second_factor::SecondFactor;
pub use sign_in::SignIn;
pub use told::Told;
pub use words::{ago, attempts_left, span};

/// All texts of one language.
pub struct Messages {
    /// The frame around every page.
    pub common: Common,
    /// The front page.
    pub home: Home,
    /// Phone, code, welcome.
    pub sign_in: SignIn,
    /// The account and what hangs on it.
    pub account: Account,
    /// The list of sessions.
    pub devices: Devices,
    /// What happened to the account.
    pub told: Told,
    /// The second factor.
    pub second_factor: SecondFactor,
    /// Passkeys.
    pub passkeys: Passkeys,
    /// The admin.
    pub admin: Admin,
    /// Acts on many people.
    pub admin_bulk: AdminBulk,
    /// One person in the admin.
    pub admin_person: AdminPerson,
    /// Requests and consents.
    pub privacy: Privacy,
    /// The same for the admin.
    pub admin_privacy: AdminPrivacy,
    /// Numbers that staff ask to be moved.
    pub phone_moves: PhoneMoves,
    /// What the admin looks at.
    pub oversight: Oversight,
    /// What the admin sets.
    pub live_settings: LiveTexts,
    /// What stands around the pages of the admin.
    pub desk: Desk,
    /// The desk of a salon.
    pub counter: Counter,
    /// Salons as the public sees them.
    pub salons: Salons,
    /// Salons as they are set up.
    pub salon_desk: SalonDesk,
}

static AR: Messages = Messages {
    common: common::AR,
    home: home::AR,
    sign_in: sign_in::AR,
    account: account::AR,
    devices: devices::AR,
    told: told::AR,
    second_factor: second_factor::AR,
    passkeys: passkeys::AR,
    admin: admin::AR,
    admin_bulk: admin_bulk::AR,
    admin_person: admin_person::AR,
    privacy: privacy::AR,
    admin_privacy: admin_privacy::AR,
    phone_moves: phone_moves::AR,
    oversight: oversight::AR,
    live_settings: live_settings::AR,
    desk: desk::AR,
    counter: counter::AR,
    salons: salons::AR,
    salon_desk: salon_desk::AR,
};
static EN: Messages = Messages {
    common: common::EN,
    home: home::EN,
    sign_in: sign_in::EN,
    account: account::EN,
    devices: devices::EN,
    told: told::EN,
    second_factor: second_factor::EN,
    passkeys: passkeys::EN,
    admin: admin::EN,
    admin_bulk: admin_bulk::EN,
    admin_person: admin_person::EN,
    privacy: privacy::EN,
    admin_privacy: admin_privacy::EN,
    phone_moves: phone_moves::EN,
    oversight: oversight::EN,
    live_settings: live_settings::EN,
    desk: desk::EN,
    counter: counter::EN,
    salons: salons::EN,
    salon_desk: salon_desk::EN,
};

/// The catalogue of a language.
pub fn messages(locale: Locale) -> &'static Messages {
    match locale {
        Locale::Ar => &AR,
        Locale::En => &EN,
    }
}
