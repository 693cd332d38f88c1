//! `/admin/retention`: what is kept for how long, when it was last forgotten, and what would go now.

use axum::response::Response;
use leptos::prelude::*;

use crate::components::admin::Shell;
use crate::document::{Page, Width};
use crate::faults;
use crate::i18n::moment;
use crate::visit::Visit;

pub(crate) async fn page(visit: Visit) -> Response {
    let admin = match visit.admin() {
        Ok(admin) => admin,
        Err(away) => return *away,
    };
    let uc = visit.web.usecases.clone();
    let retention = match uc.read_retention(&admin).await {
        Ok(retention) => retention,
        Err(error) => return faults::of(visit, &error),
    };
    let (locale, m) = (visit.locale, visit.t);
    let t = &m.admin_privacy;
    visit.render(Page { width: Width::Full, ..Page::new(t.retention) }, move || {
        let last = retention.last;
        let when = last.map_or_else(|| t.never.to_owned(), |last| moment(last.at, locale));
        let rows = retention.plan.parts.iter().map(|part| {
            let kept = part.kept;
            let oldest = part.oldest.map_or_else(|| "–".to_owned(), |at| moment(at, locale));
            let forgot = last.map_or_else(|| "–".to_owned(), |last| last.done.of(kept).to_string());
            view! {
                <tr>
                    <th scope="row">{t.kept_name(kept)}</th>
                    <td data-label=t.kept_for>{t.period(uc.kept_for(kept), locale)}</td>
                    <td data-label=t.due_now>{part.rows.to_string()}</td>
                    <td data-label=t.oldest>{oldest}</td>
                    <td data-label=t.last_forgot>{forgot}</td>
                </tr>
            }
        });
        let rows = rows.collect_view();
        view! {
            <Shell>
                <h1>{t.retention}</h1>
                <p class="lead">{t.retention_lead}</p>
                <p>{t.last_purge} ": " <strong>{when}</strong></p>
                <table class="people">
                    <caption class="sr">{t.retention}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{t.what}</th>
                            <th scope="col">{t.kept_for}</th>
                            <th scope="col">{t.due_now}</th>
                            <th scope="col">{t.oldest}</th>
                            <th scope="col">{t.last_forgot}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </Shell>
        }
    })
}
