//! What the server hands to the pages once, and with each request.

use std::sync::Arc;

use usecases::Usecases;

/// The key in the `tower_sessions::Session` under which the signed-in `SessionId` lies.
pub const SESSION_ID_KEY: &str = "session_id";

/// What every page needs. Cheap to clone.
#[derive(Clone)]
pub struct Web {
    /// The use cases.
    pub usecases: Usecases,
    /// Where the browser finds style and script.
    pub assets: Assets,
    /// Whether people come over HTTPS: cookies are then `__Host-` and `Secure`.
    pub is_https: bool,
    /// Whether `/dev/sms` exists.
    pub is_development: bool,
}

/// Addresses of the hashed files, out of `manifest.json`.
#[derive(Clone, Debug, Default)]
pub struct Assets {
    /// The style sheet.
    pub css: Arc<str>,
    /// The style sheet of the admin, beside the other.
    pub admin_css: Arc<str>,
    /// The keys and the palette of the admin.
    pub admin_js: Arc<str>,
    /// The script that wakes the islands.
    pub js: Arc<str>,
    /// The module it loads.
    pub wasm: Arc<str>,
}

/// The id of this request, as in `X-Request-Id`; a request extension.
#[derive(Clone, Debug)]
pub struct RequestId(pub String);
