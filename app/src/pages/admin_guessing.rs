//! `/admin/guessing`: how likely guessing is with the settings in force. How it is computed stands in docs/security.md.

use axum::response::Response;
use domain::guess_bound::{GuessesAtLength, percent};
use leptos::prelude::*;
use usecases::Guessing;

use crate::components::admin::Shell;
use crate::document::{Page, Width};
use crate::faults;
use crate::i18n::Admin;
use crate::routes::path;
use crate::visit::Visit;

pub(crate) async fn page(visit: Visit) -> Response {
    let admin = match visit.admin() {
        Ok(admin) => admin,
        Err(away) => return *away,
    };
    let accounts =
        visit.query("accounts").and_then(|typed| domain::digits::fold(&typed).parse().ok()).unwrap_or(Guessing::ACCOUNTS);
    let guessing = match visit.web.usecases.read_guessing(&admin, accounts) {
        Ok(guessing) => guessing,
        Err(error) => return faults::of(visit, &error),
    };
    let t = &visit.t.admin;
    visit.render(Page { width: Width::Full, ..Page::new(t.guessing) }, move || {
        let (bound, fleet) = (guessing.bound, guessing.fleet);
        let one = (t.guess_one)(&percent(bound.chance), &percent(guessing.ceiling));
        let unvisited = (t.guess_unvisited)(&percent(bound.chance_unvisited));
        let takeovers = (t.guess_fleet)(&format!("{:.2}", fleet.takeovers));
        let rows = bound.lengths.into_iter().map(|length| view! { <Row length=length t=t /> }).collect_view();
        view! {
            <Shell>
                <h1>{t.guessing}</h1>
                <p class="lead">{t.guess_lead}</p>
                <p><strong>{one}</strong></p>
                <p>{unvisited}</p>
                <table class="people">
                    <caption>{t.guess_table}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{t.guess_digits}</th>
                            <th scope="col">{t.guess_failures}</th>
                            <th scope="col">{t.guess_guesses}</th>
                            <th scope="col">{t.guess_chance}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
                <form class="find" method="get" action=path::ADMIN_GUESSING>
                    <div class="find-box">
                        <div class="field">
                            <label for="accounts">{t.guess_accounts}</label>
                            <input id="accounts" name="accounts" type="text" inputmode="numeric" dir="ltr" value=fleet.accounts />
                        </div>
                        <button class="button" type="submit">{t.guess_show}</button>
                    </div>
                </form>
                <p>{takeovers}</p>
            </Shell>
        }
    })
}

#[component]
fn Row(length: GuessesAtLength, t: &'static Admin) -> impl IntoView {
    let failures = length.below_failures.map_or_else(|| t.any.to_owned(), t.guess_below);
    view! {
        <tr>
            <th scope="row">{length.digits}</th>
            <td>{failures}</td>
            <td>{length.guesses}</td>
            <td><bdi dir="ltr">{percent(length.chance)}</bdi></td>
        </tr>
    }
}
