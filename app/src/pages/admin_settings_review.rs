//! `/admin/settings/review?…`: what a change would do. Nothing is saved before the button is pressed.

use axum::response::Response;
use domain::error::{FieldError, ValidationError};
use domain::guess_bound::percent;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use usecases::{Error, LiveReview};

use super::admin_settings::words;
use crate::components::admin::Shell;
use crate::document::{MAIN_FORM, Page, Width};
use crate::routes::path;
use crate::visit::Visit;
use crate::{api, faults};

pub(crate) async fn page(visit: Visit) -> Response {
    let admin = match visit.admin() {
        Ok(admin) => admin,
        Err(away) => return *away,
    };
    let query = visit.here.split_once('?').map(|(_, query)| query.to_owned()).unwrap_or_default();
    let Some(changes) = api::read_changes(&query) else {
        let refused = ValidationError { pointer: String::new(), code: FieldError::NotOffered };
        return faults::of(visit, &Error::Validation(vec![refused]));
    };
    let review = match visit.web.usecases.review_live_settings(&admin, &changes).await {
        Ok(review) => review,
        Err(error) => return faults::of(visit, &error),
    };
    // Somebody else changed something since the form was filled in.
    if visit.query("version").is_some_and(|version| version != review.before.version.to_string()) {
        return faults::of(visit, &Error::Conflict);
    }
    let (t, l) = (&visit.t.admin, &visit.t.live_settings);
    visit.render(Page { width: Width::Full, ..Page::new(l.review_title) }, move || {
        let is_too_easy = review.is_too_easy();
        let LiveReview { before, changes, guessing, refused_codes, paused_codes } = review;
        let is_nothing = changes.is_empty();
        let rows = changes.into_iter().map(|(setting, value)| {
            view! {
                <tr>
                    <th scope="row">{l.of(setting.key).0}</th>
                    <td data-label=l.before><bdi>{words(&setting.in_force, l)}</bdi></td>
                    <td data-label=l.after><strong><bdi>{words(&value, l)}</bdi></strong></td>
                </tr>
            }
        });
        let rows = rows.collect_view();
        let bound = (l.bound)(&percent(before.guessing.bound.chance), &percent(guessing.bound.chance), &percent(guessing.ceiling));
        let refused = (refused_codes > 0).then(|| view! { <li>{(l.refused_codes)(refused_codes)}</li> });
        let paused = (paused_codes > 0).then(|| view! { <li>{(l.paused_codes)(paused_codes)}</li> });
        let what = if is_nothing {
            view! { <p class="card nobody">{l.no_changes}</p> }.into_any()
        } else {
            view! {
                <table class="people">
                    <thead>
                        <tr>
                            <th scope="col">{l.setting}</th>
                            <th scope="col">{l.before}</th>
                            <th scope="col">{l.after}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
                <h2>{l.effect}</h2>
                <ul class="bullets">
                    <li>{bound}</li>
                    {refused}
                    {paused}
                    <li>{l.at_once}</li>
                </ul>
            }
            .into_any()
        };
        let decide = if is_too_easy {
            view! { <p class="summary" role="alert">{l.too_easy}</p> <p><a class="button button-quiet" href=path::ADMIN_SETTINGS>{l.keep}</a></p> }
                .into_any()
        } else if is_nothing {
            view! { <p><a class="button button-quiet" href=path::ADMIN_SETTINGS>{l.keep}</a></p> }.into_any()
        } else {
            view! {
                <form id=MAIN_FORM method="post" action=api::AdminChangeSettings::PATH>
                    <input type="hidden" name="version" value=before.version.to_string() />
                    <input type="hidden" name="changes" value=query />
                    <div class="row row-even">
                        <button class="button" type="submit">{l.save}</button>
                        <a class="button button-quiet" href=path::ADMIN_SETTINGS>{l.keep}</a>
                    </div>
                </form>
            }
            .into_any()
        };
        view! {
            <Shell>
                <p class="crumb"><a href=path::ADMIN_SETTINGS>{t.live_settings}</a></p>
                <h1>{l.review_title}</h1>
                <p class="lead">{l.review_lead}</p>
                {what}
                {decide}
            </Shell>
        }
    })
}
