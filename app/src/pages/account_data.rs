//! `/account/data`: everything held about a person, to read; `/account/data.json`: the same to take away.

use axum::response::{IntoResponse, Response};
use http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use leptos::prelude::*;

use crate::components::held::Held;
use crate::document::Page;
use crate::faults;
use crate::routes::path;
use crate::visit::Visit;

pub(crate) async fn page(mut visit: Visit) -> Response {
    let actor = match visit.signed_in() {
        Ok(actor) => actor,
        Err(away) => return *away,
    };
    let data = match visit.web.usecases.export_me(&actor).await {
        Ok(data) => data,
        Err(error) => return faults::of(visit, &error),
    };
    visit.take_flash();
    let (locale, messages) = (visit.locale, visit.t);
    let t = &messages.account;
    visit.render(Page::new(t.data), move || {
        view! {
            <p class="crumb"><a href=path::ACCOUNT>{t.title}</a></p>
            <h1>{t.data}</h1>
            <p class="lead">{t.data_page_lead}</p>
            <p><a class="button" href=path::ACCOUNT_DATA_FILE download="salon.json">{t.data_download}</a></p>
            <Held data=data locale=locale t=messages />
        }
    })
}

pub(crate) async fn file(visit: Visit) -> Response {
    let actor = match visit.signed_in() {
        Ok(actor) => actor,
        Err(away) => return *away,
    };
    match visit.web.usecases.export_me(&actor).await {
        Ok(data) => {
            let headers = [
                (CONTENT_TYPE, "application/json"),
                (CONTENT_DISPOSITION, "attachment; filename=\"salon.json\""),
                (CACHE_CONTROL, "no-store"),
            ];
            (headers, format!("{data:#}")).into_response()
        }
        Err(error) => faults::of(visit, &error),
    }
}
