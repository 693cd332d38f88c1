//! Which page answers at which address.
//!
//! Pages are plain axum handlers that load first and render then: the status, a redirect and the cookies are decided before the first byte,
//! nothing is streamed, and no loaded data is written into the page for hydration. A client router would carry every page into wasm.
//!
//! To add a page: its address in [`path`], its line in [`router`].

use axum::Router;
use axum::routing::{get, post};

use crate::{forms, pages, web::Web};

/// Addresses of pages.
pub mod path {
    pub const HOME: &str = "/";
    pub const LOGIN: &str = "/login";
    pub const LOGIN_CODE: &str = "/login/code";
    pub const LOGIN_DELIVERY: &str = "/login/code/delivery";
    pub const WELCOME: &str = "/welcome";
    pub const ACCOUNT: &str = "/account";
    pub const ACCOUNT_PASSKEYS: &str = "/account/passkeys";
    pub const ACCOUNT_PHONE: &str = "/account/phone";
    pub const ACCOUNT_PHONE_CODE: &str = "/account/phone/code";
    pub const ACCOUNT_PHONE_DELIVERY: &str = "/account/phone/code/delivery";
    pub const ACCOUNT_SESSIONS: &str = "/account/sessions";
    pub const ACCOUNT_DATA: &str = "/account/data";
    pub const ACCOUNT_DATA_FILE: &str = "/account/data.json";
    pub const ACCOUNT_DELETE: &str = "/account/delete";
    pub const ACCOUNT_PRIVACY: &str = "/account/privacy";
    pub const PHONE_CHANGE: &str = "/phone-change";
    pub const PHONE_CHANGE_CODE: &str = "/phone-change/code";
    pub const PHONE_CHANGE_DELIVERY: &str = "/phone-change/code/delivery";
    pub const ADMIN_ENROL: &str = "/admin/enrol";
    pub const ADMIN_ENROL_CODES: &str = "/admin/enrol/codes";
    pub const ADMIN_VERIFY: &str = "/admin/verify";
    pub const ADMIN: &str = "/admin";
    pub const ADMIN_HELP: &str = "/admin/help";
    pub const ADMIN_PALETTE: &str = "/admin/palette";
    pub const ADMIN_GUESSING: &str = "/admin/guessing";
    pub const ADMIN_AUDIT: &str = "/admin/audit";
    pub const ADMIN_MESSAGES: &str = "/admin/messages";
    pub const ADMIN_MESSAGE: &str = "/admin/messages/{id}";
    pub const ADMIN_ABUSE: &str = "/admin/abuse";
    pub const ADMIN_SETTINGS: &str = "/admin/settings";
    pub const ADMIN_SETTINGS_REVIEW: &str = "/admin/settings/review";
    pub const ADMIN_USERS: &str = "/admin/users";
    pub const ADMIN_USERS_FILE: &str = "/admin/users/export.csv";
    pub const ADMIN_BULK_RUN: &str = "/admin/bulk/{id}";
    pub const ADMIN_USER: &str = "/admin/users/{id}";
    pub const ADMIN_USER_NEW: &str = "/admin/users/new";
    pub const ADMIN_USER_SESSIONS: &str = "/admin/users/{id}/sessions";
    pub const ADMIN_USER_CODES: &str = "/admin/users/{id}/codes";
    pub const ADMIN_USER_MESSAGES: &str = "/admin/users/{id}/messages";
    pub const ADMIN_USER_NOTES: &str = "/admin/users/{id}/notes";
    pub const ADMIN_USER_AUDIT: &str = "/admin/users/{id}/audit";
    pub const ADMIN_USER_CONSENTS: &str = "/admin/users/{id}/consents";
    pub const ADMIN_USER_PRIVACY: &str = "/admin/users/{id}/privacy";
    pub const ADMIN_USER_EXPORT: &str = "/admin/users/{id}/export";
    pub const ADMIN_USER_EXPORT_READ: &str = "/admin/users/{id}/export/read";
    pub const ADMIN_USER_EXPORT_FILE: &str = "/admin/users/{id}/export.json";
    pub const ADMIN_USER_ERASE: &str = "/admin/users/{id}/erase";
    pub const ADMIN_PRIVACY: &str = "/admin/privacy";
    pub const ADMIN_REQUEST: &str = "/admin/privacy/{id}";
    pub const ADMIN_RETENTION: &str = "/admin/retention";
    pub const ADMIN_USER_PHONE: &str = "/admin/users/{id}/phone";
    pub const ADMIN_USER_BOOKINGS: &str = "/admin/users/{id}/bookings";
    pub const ADMIN_BOOKINGS: &str = "/admin/bookings";
    pub const ADMIN_BOOKING_NEW: &str = "/admin/bookings/new";
    pub const ADMIN_SALON_TODAY: &str = "/admin/salons/{slug}/today";
    pub const ADMIN_SALON_DAY: &str = "/admin/salons/{slug}/day";
    pub const ADMIN_SALON_BOOKING_NEW: &str = "/admin/salons/{slug}/bookings/new";
    pub const ADMIN_SALON_BOOKING: &str = "/admin/salons/{slug}/bookings/{id}";
    pub const ADMIN_SALON_REVIEWS: &str = "/admin/salons/{slug}/reviews";
    pub const SALONS: &str = "/salons";
    pub const SALON: &str = "/salons/{slug}";
    pub const ADMIN_SALONS: &str = "/admin/salons";
    pub const ADMIN_SALON_NEW: &str = "/admin/salons/new";
    pub const ADMIN_SALON: &str = "/admin/salons/{id}";
    pub const ADMIN_SALON_SERVICES: &str = "/admin/salons/{id}/services";
    pub const ADMIN_SALON_STAFF: &str = "/admin/salons/{id}/staff";
    pub const ADMIN_SALON_MEMBER: &str = "/admin/salons/{id}/staff/{staff}";
    pub const ADMIN_SALON_CLOSINGS: &str = "/admin/salons/{id}/closings";
    pub const ADMIN_SALON_PEOPLE: &str = "/admin/salons/{id}/people";
    pub const PASSKEY_OPTIONS: &str = "/passkeys/{way}";
    pub const PROBLEM: &str = "/problems/{code}";
    pub const DEV_SMS: &str = "/dev/sms";

    /// A page of the desk of a salon, by what follows the salon in its address.
    #[must_use]
    pub fn desk(slug: &str, end: &str) -> String {
        format!("/admin/salons/{slug}/{end}")
    }

    /// Whether it is one of them.
    #[must_use]
    pub fn is_of_desk(here: &str) -> bool {
        let end = here.strip_prefix("/admin/salons/").and_then(|rest| rest.split('/').nth(1));
        matches!(end, Some("today" | "day" | "bookings" | "reviews"))
    }

    /// [`ADMIN_USER`] of somebody.
    #[must_use]
    pub fn admin_user(id: domain::ids::UserId) -> String {
        format!("{ADMIN_USERS}/{id}")
    }

    /// [`SALON`] of one.
    #[must_use]
    pub fn salon(slug: &domain::salon::Slug) -> String {
        format!("{SALONS}/{}", slug.as_str())
    }

    /// [`ADMIN_SALON`] of one.
    #[must_use]
    pub fn admin_salon(id: domain::ids::SalonId) -> String {
        format!("{ADMIN_SALONS}/{id}")
    }

    /// [`ADMIN_SALON_MEMBER`] of somebody.
    #[must_use]
    pub fn admin_member(id: domain::ids::SalonId, staff: domain::ids::StaffId) -> String {
        format!("{ADMIN_SALONS}/{id}/staff/{staff}")
    }

    /// [`ADMIN_BULK_RUN`] of a run.
    #[must_use]
    pub fn admin_bulk_run(id: domain::ids::BulkRunId) -> String {
        format!("/admin/bulk/{id}")
    }

    /// [`ADMIN_USER_EXPORT`] of somebody.
    #[must_use]
    pub fn admin_user_export(id: domain::ids::UserId) -> String {
        format!("{ADMIN_USERS}/{id}/export")
    }

    /// [`ADMIN_USER_ERASE`] of somebody.
    #[must_use]
    pub fn admin_user_erase(id: domain::ids::UserId) -> String {
        format!("{ADMIN_USERS}/{id}/erase")
    }

    /// [`ADMIN_REQUEST`] of one.
    #[must_use]
    pub fn admin_request(id: domain::ids::RequestId) -> String {
        format!("{ADMIN_PRIVACY}/{id}")
    }

    /// [`ADMIN_USER_PHONE`] of somebody.
    #[must_use]
    pub fn admin_user_phone(id: domain::ids::UserId) -> String {
        format!("{ADMIN_USERS}/{id}/phone")
    }

    /// [`ADMIN_MESSAGE`] of one.
    #[must_use]
    pub fn admin_message(id: domain::ids::OutboxId) -> String {
        format!("{ADMIN_MESSAGES}/{id}")
    }
}

/// All pages and all forms. See the crate's documentation for what must lie around it.
pub fn router(web: Web) -> Router {
    let router = Router::new()
        .route(path::HOME, get(pages::home::page))
        .route(path::LOGIN, get(pages::login::page))
        .route(path::LOGIN_CODE, get(pages::login_code::page))
        .route(path::LOGIN_DELIVERY, get(pages::delivery::of_sign_in))
        .route(path::WELCOME, get(pages::welcome::page))
        .route(path::ACCOUNT, get(pages::account::page))
        .route(path::ACCOUNT_PASSKEYS, get(pages::account_passkeys::page))
        .route(path::ACCOUNT_PHONE, get(pages::account_phone::page))
        .route(path::ACCOUNT_PHONE_CODE, get(pages::account_phone_code::page))
        .route(path::ACCOUNT_PHONE_DELIVERY, get(pages::delivery::of_change))
        .route(path::ACCOUNT_SESSIONS, get(pages::account_sessions::page))
        .route(path::ACCOUNT_DATA, get(pages::account_data::page))
        .route(path::ACCOUNT_DATA_FILE, get(pages::account_data::file))
        .route(path::ACCOUNT_DELETE, get(pages::account_delete::page))
        .route(path::ACCOUNT_PRIVACY, get(pages::account_privacy::page))
        .route(path::PHONE_CHANGE, get(pages::phone_change::page))
        .route(path::PHONE_CHANGE_CODE, get(pages::phone_change_code::page))
        .route(path::PHONE_CHANGE_DELIVERY, get(pages::delivery::of_move))
        .route(path::ADMIN_ENROL, get(pages::admin_enrol::page))
        .route(path::ADMIN_ENROL_CODES, get(pages::admin_enrol_codes::page))
        .route(path::ADMIN_VERIFY, get(pages::admin_verify::page))
        .route(path::ADMIN, get(pages::admin_home::page))
        .route(path::ADMIN_HELP, get(pages::admin_help::page))
        .route(path::ADMIN_PALETTE, get(pages::admin_palette::people))
        .route(path::ADMIN_GUESSING, get(pages::admin_guessing::page))
        .route(path::ADMIN_AUDIT, get(pages::admin_audit::page))
        .route(path::ADMIN_MESSAGES, get(pages::admin_messages::page))
        .route(path::ADMIN_MESSAGE, get(pages::admin_message::page))
        .route(path::ADMIN_ABUSE, get(pages::admin_abuse::page))
        .route(path::ADMIN_SETTINGS, get(pages::admin_settings::page))
        .route(path::ADMIN_SETTINGS_REVIEW, get(pages::admin_settings_review::page))
        .route(path::ADMIN_USERS, get(pages::admin_users::page))
        .route(path::ADMIN_USERS_FILE, get(pages::admin_export::file))
        .route(path::ADMIN_BULK_RUN, get(pages::admin_bulk::page))
        .route(path::ADMIN_USER, get(pages::admin_user::identity::page))
        .route(path::ADMIN_USER_NEW, get(pages::admin_user_new::page))
        .route(path::ADMIN_USER_SESSIONS, get(pages::admin_user::sessions::page))
        .route(path::ADMIN_USER_CODES, get(pages::admin_user::codes::page))
        .route(path::ADMIN_USER_MESSAGES, get(pages::admin_user::messages::page))
        .route(path::ADMIN_USER_NOTES, get(pages::admin_user::notes::page))
        .route(path::ADMIN_USER_AUDIT, get(pages::admin_user::audit::page))
        .route(path::ADMIN_USER_CONSENTS, get(pages::admin_user::consents::page))
        .route(path::ADMIN_USER_PRIVACY, get(pages::admin_user::privacy::page))
        .route(path::ADMIN_USER_EXPORT, get(pages::admin_user::export::page))
        .route(path::ADMIN_USER_EXPORT_READ, get(pages::admin_user::export::read))
        .route(path::ADMIN_USER_EXPORT_FILE, get(pages::admin_user::export::file))
        .route(path::ADMIN_USER_ERASE, get(pages::admin_user::erase::page))
        .route(path::ADMIN_PRIVACY, get(pages::admin_privacy::list))
        .route(path::ADMIN_REQUEST, get(pages::admin_privacy::one))
        .route(path::ADMIN_RETENTION, get(pages::admin_retention::page))
        .route(path::ADMIN_USER_PHONE, get(pages::admin_user::phone::page))
        .route(path::ADMIN_USER_BOOKINGS, get(pages::admin_user::bookings::page))
        .route(path::ADMIN_BOOKINGS, get(pages::admin_salon_desk::salons::page))
        .route(path::ADMIN_BOOKING_NEW, get(pages::admin_salon_desk::salons::new))
        .route(path::ADMIN_SALON_TODAY, get(pages::admin_salon_desk::today::page))
        .route(path::ADMIN_SALON_DAY, get(pages::admin_salon_desk::day::page))
        .route(path::ADMIN_SALON_BOOKING_NEW, get(pages::admin_salon_desk::new::page))
        .route(path::ADMIN_SALON_BOOKING, get(pages::admin_salon_desk::booking::page))
        .route(path::ADMIN_SALON_REVIEWS, get(pages::admin_salon_desk::reviews::page))
        .route(path::SALONS, get(pages::salons::page))
        .route(path::SALON, get(pages::salon::page))
        .route(path::ADMIN_SALONS, get(pages::admin_salons::list))
        .route(path::ADMIN_SALON_NEW, get(pages::admin_salons::new))
        .route(path::ADMIN_SALON, get(pages::admin_salons::one::page))
        .route(path::ADMIN_SALON_SERVICES, get(pages::admin_salons::services::page))
        .route(path::ADMIN_SALON_STAFF, get(pages::admin_salons::staff::page))
        .route(path::ADMIN_SALON_MEMBER, get(pages::admin_salons::member::page))
        .route(path::ADMIN_SALON_CLOSINGS, get(pages::admin_salons::closings::page))
        .route(path::ADMIN_SALON_PEOPLE, get(pages::admin_salons::people::page))
        .route(path::PASSKEY_OPTIONS, post(pages::passkey_options::begin))
        .route(path::PROBLEM, get(pages::problem::page))
        .route("/sf/{name}", post(forms::handle));
    let router = if web.is_development { router.route(path::DEV_SMS, get(pages::dev_sms::page)) } else { router };
    router.method_not_allowed_fallback(pages::problem::method_not_allowed).with_state(web)
}
