//! `/admin/enrol/codes`: the recovery codes, until they are put away.

use axum::response::Response;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use crate::api;
use crate::document::{Page, Width};
use crate::routes::path;
use crate::visit::Visit;

pub(crate) async fn page(visit: Visit) -> Response {
    let actor = match visit.signed_in() {
        Ok(actor) => actor,
        Err(away) => return *away,
    };
    // They are in no database: only in the cookie of whoever got them, and only for the session that did.
    let Some(handed_out) = visit.flow.recovery.clone().filter(|codes| codes.session == actor.session.id) else {
        return visit.see(path::ADMIN_ENROL);
    };
    let t = &visit.t.second_factor;
    let page = Page { width: Width::Narrow, ..Page::new(t.codes_title) };
    visit.render(page, move || {
        let codes = handed_out.codes.into_iter().map(|code| view! { <li><code dir="ltr">{code}</code></li> });
        view! {
            <div class="card">
                <h1>{t.codes_title}</h1>
                <p>{t.codes_lead}</p>
                <ol class="recovery-codes">{codes.collect_view()}</ol>
                <form method="post" action=api::PutCodesAway::PATH>
                    <button class="button button-wide" type="submit">{t.codes_kept}</button>
                </form>
            </div>
        }
    })
}
