//! The web door: pages, forms and islands. Pages are Leptos views rendered on the server; wasm holds the islands and nothing else.
//!
//! To add a page: a file in `pages/`, its texts in `i18n/`, a line in `routes.rs`. To add a form: a server function in `api/`, a line in
//! [`forms`]. To add an island: a file in `islands/`; its texts come as props, so that wasm carries no catalogue.
//!
//! # What the server does with it (feature `ssr`)
//!
//! ```text
//! let web = app::Web {
//!     usecases,                              // usecases::Usecases
//!     assets: app::Assets { css, .. },       // addresses out of manifest.json, such as "/pkg/salon.1a2b.css"
//!     is_https: true,                        // cookies: `__Host-` prefix and Secure
//!     is_development: false,                 // mounts /dev/sms (page only; /dev/sms.json is the server's)
//! };
//! let pages: axum::Router = app::router(web.clone()); // every page, and POST /sf/{name} for the forms
//! ```
//!
//! - Merge [`router`]. It has no fallback: for a path nobody knows, outside `/api`, answer `app::not_found(&web, parts).await`; for any
//!   other problem of a browser (cross-site form, body too large, flood gate) `app::problem(&web, parts, ErrorCode).await`. Both are whole
//!   pages with the right status. [`bare_error_page`] needs nothing at all: the last resort after a panic.
//! - Layers that must lie around it, through **request extensions**:
//!   - `usecases::Client`, always;
//!   - `usecases::Actor`, when the session cookie names a live session. No extension means signed out;
//!   - [`RequestId`], always; error pages print it;
//!   - `tower_sessions::Session`, from `SessionManagerLayer`. At sign-in the app calls `cycle_id` and inserts [`SESSION_ID_KEY`] →
//!     `domain::ids::SessionId`; at sign-out it calls `usecases.logout(&actor)` and then `flush`.
//! - The cross-site check (`Sec-Fetch-Site`, `Origin`) for `POST /sf/*` is a layer of the server's, and so are the request's size limit and
//!   time limit. `Referer` needs no care: [`forms`] removes it before Leptos sees the request, and no answer depends on it.
//! - Every page sets its own `Content-Security-Policy` (with a nonce), `Cache-Control: no-store` and `Vary`. A layer that adds a strict
//!   default must leave a header that is already there alone.
//! - For the JSON door: [`i18n::problem`], [`i18n::phone_reason`], [`i18n::field_error`].

pub mod islands;

#[cfg(feature = "ssr")]
mod api;
#[cfg(feature = "ssr")]
mod components;
#[cfg(feature = "ssr")]
mod cookies;
#[cfg(feature = "ssr")]
mod display;
#[cfg(feature = "ssr")]
mod document;
#[cfg(feature = "ssr")]
mod faults;
#[cfg(feature = "ssr")]
mod flow;
#[cfg(feature = "ssr")]
pub mod forms;
#[cfg(feature = "ssr")]
pub mod i18n;
#[cfg(feature = "ssr")]
mod local_path;
#[cfg(feature = "ssr")]
mod pages;
#[cfg(feature = "ssr")]
mod routes;
#[cfg(feature = "ssr")]
mod visit;
#[cfg(feature = "ssr")]
mod web;

#[cfg(feature = "ssr")]
pub use faults::{bare_error_page, not_found, problem};
#[cfg(feature = "ssr")]
pub use local_path::local_path;
#[cfg(feature = "ssr")]
pub use routes::{path, router};
#[cfg(feature = "ssr")]
pub use web::{Assets, RequestId, SESSION_ID_KEY, Web};
