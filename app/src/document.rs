//! The HTML document around every page, and the headers that go with it.

use std::sync::Arc;

use axum::response::{Html, IntoResponse, Response};
use domain::ids::UserId;
use domain::permission::Permission;
use domain::role::Role;
use http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, SET_COOKIE, VARY};
use http::{HeaderValue, StatusCode};
use hydration_context::SsrSharedContext;
use leptos::nonce::Nonce;
use leptos::prelude::*;

use crate::components::frame::Frame;
use crate::visit::Visit;
use crate::web::Assets;

/// The id of a page's main form. The language switch submits it, so that what was typed is still there in the other language.
pub(crate) const MAIN_FORM: &str = "main-form";

/// Whoever looks, for parts of a page that not everybody sees. What they do is decided by the use case, whatever a page shows.
#[derive(Clone, Default)]
pub(crate) struct Viewer {
    id: Option<UserId>,
    roles: Vec<Role>,
}

impl Viewer {
    /// Whether one of their roles has this permission.
    pub(crate) fn may(&self, permission: Permission) -> bool {
        self.roles.iter().any(|role| role.may(permission))
    }

    /// Whether they are this person.
    pub(crate) fn is(&self, id: UserId) -> bool {
        self.id == Some(id)
    }
}

/// Whoever looks at the page that is being rendered.
pub(crate) fn viewer() -> Viewer {
    use_context().unwrap_or_default()
}

/// What a page says about itself.
pub(crate) struct Page {
    pub title: String,
    pub status: StatusCode,
    /// Whether it shows an error: the title says so first.
    pub has_error: bool,
    /// Whether it has islands: only then is the script loaded.
    pub has_islands: bool,
    /// Whether it has a form with the id [`MAIN_FORM`].
    pub has_main_form: bool,
    /// How wide the content is.
    pub width: Width,
}

/// How wide the content is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Width {
    /// One form.
    Narrow,
    /// Text and lists.
    Reading,
    /// The front page.
    Wide,
    /// Tables.
    Full,
}

impl Page {
    /// An ordinary page.
    pub(crate) fn new(title: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            status: StatusCode::OK,
            has_error: false,
            has_islands: false,
            has_main_form: false,
            width: Width::Reading,
        }
    }

    /// A page that is one form.
    pub(crate) fn form(title: impl Into<String>) -> Self {
        Self { has_islands: true, has_main_form: true, width: Width::Narrow, ..Self::new(title) }
    }
}

impl Visit {
    /// The whole answer. `body` runs inside Leptos' owner.
    pub(crate) fn render<V: IntoView>(self, page: Page, body: impl FnOnce() -> V) -> Response {
        let nonce = Nonce::new();
        let policy = policy(&nonce);
        let (status, cookies) = (page.status, self.set_cookies());
        let viewer = self
            .actor
            .as_ref()
            .map_or_else(Viewer::default, |actor| Viewer { id: Some(actor.user.id), roles: actor.user.roles.clone() });
        let owner = Owner::new_root(Some(Arc::new(SsrSharedContext::new_islands())));
        let html = owner.with(|| {
            provide_context(nonce.clone());
            provide_context(viewer);
            document(self, page, &nonce, body().into_any()).to_html()
        });
        owner.unset_with_forced_cleanup();

        let mut response = (status, Html(html)).into_response();
        let headers = response.headers_mut();
        headers.insert(CONTENT_SECURITY_POLICY, policy);
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        headers.insert(VARY, HeaderValue::from_static("Cookie, Accept-Language"));
        for cookie in cookies {
            headers.append(SET_COOKIE, cookie);
        }
        response
    }
}

/// Nothing but our own files; scripts by nonce alone.
fn policy(nonce: &Nonce) -> HeaderValue {
    let text = format!(
        "default-src 'none'; script-src 'nonce-{nonce}' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; connect-src 'self'; \
         font-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    );
    HeaderValue::from_str(&text).expect("a nonce is visible ASCII")
}

fn document(visit: Visit, page: Page, nonce: &Nonce, body: AnyView) -> impl IntoView + use<> {
    let common = &visit.t.common;
    let title = if page.has_error { format!("{} {}", common.error_prefix, page.title) } else { page.title.clone() };
    let title = if page.title.starts_with(common.brand) { title } else { format!("{title} · {}", common.brand) };
    let (lang, dir, assets) = (visit.locale.as_str(), visit.locale.dir(), visit.web.assets.clone());
    let scripts = page.has_islands.then(|| scripts(&assets, nonce));
    view! {
        <!DOCTYPE html>
        <html lang=lang dir=dir>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <title>{title}</title>
                <meta name="color-scheme" content="light dark" />
                <meta name="theme-color" content="#f8f5f0" media="(prefers-color-scheme: light)" />
                <meta name="theme-color" content="#181513" media="(prefers-color-scheme: dark)" />
                <meta name="format-detection" content="telephone=no" />
                <link rel="stylesheet" href=assets.css.to_string() />
                <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
                <link rel="manifest" href="/site.webmanifest" />
                {scripts}
            </head>
            <body>
                <Frame visit=visit page=page>{body}</Frame>
            </body>
        </html>
    }
}

/// Fetches bindings and module once the page stands, then wakes each island. Islands do not nest, so one loop is enough. No preload: the page
/// works without, and a browser with scripts off would fetch the module for nothing.
fn scripts(assets: &Assets, nonce: &Nonce) -> impl IntoView + use<> {
    let Assets { js, wasm, .. } = assets;
    let script = format!(
        "import*as m from\"{js}\";await m.default({{module_or_path:\"{wasm}\"}});m.hydrate();\
         for(const e of document.querySelectorAll(\"leptos-island\"))m[e.dataset.component]?.(e);\
         document.documentElement.dataset.awake=\"\""
    );
    view! {
        <script type="module" nonce=nonce.clone() inner_html=script></script>
    }
}
