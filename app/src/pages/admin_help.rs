//! `/admin/help`: the keys, what the search box understands, and how days are written.

use axum::response::Response;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use crate::api;
use crate::components::admin::Shell;
use crate::components::palette::Keys;
use crate::components::when::Moment;
use crate::display::{Calendar, Display};
use crate::document::{Page, Width};
use crate::routes::path;
use crate::visit::Visit;

pub(crate) async fn page(visit: Visit) -> Response {
    if let Err(away) = visit.admin() {
        return *away;
    }
    let (locale, display, now) = (visit.locale, visit.display, visit.web.usecases.clock().now());
    let roles = visit.actor.as_ref().map(|actor| actor.user.roles.clone()).unwrap_or_default();
    let t = &visit.t.desk;
    visit.render(Page { width: Width::Full, ..Page::new(t.help) }, move || {
        let (letters, turn) =
            if display.has_letters { (t.letters_on, t.turn_letters_off) } else { (t.letters_off, t.turn_letters_on) };
        let other = display.calendar.other();
        let to_other = format!("{}: {}", t.dates, if other == Calendar::Hijri { t.to_hijri } else { t.to_gregorian });
        let lines = t.box_lines.into_iter().map(|(typed, found)| {
            view! { <div><dt><code dir="auto">{typed}</code></dt> <dd>{found}</dd></div> }
        });
        view! {
            <Shell>
                <h1>{t.help}</h1>
                <div class="help">
                    <section class="card" aria-labelledby="help-keys">
                        <h2 id="help-keys">{t.keys}</h2>
                        <p class="hint">{t.keys_need}</p>
                        <Keys roles=roles locale=locale />
                        <p><strong>{t.letters} ": "</strong> {letters}</p>
                        <Switch name="letters" value=Display::letters(!display.has_letters) label=turn />
                    </section>
                    <section class="card" aria-labelledby="help-box">
                        <h2 id="help-box">{t.box_title}</h2>
                        <p class="hint">{t.box_lead}</p>
                        <dl class="key-list">{lines.collect_view()}</dl>
                    </section>
                    <section class="card" aria-labelledby="help-dates">
                        <h2 id="help-dates">{t.dates}</h2>
                        <p class="hint">{t.dates_lead}</p>
                        <p class="help-now"><Moment at=now locale=locale /></p>
                        <Switch name="calendar" value=other.as_str() label=to_other />
                    </section>
                </div>
            </Shell>
        }
    })
}

/// A button that keeps one choice and comes back here.
#[component]
fn Switch(name: &'static str, value: &'static str, #[prop(into)] label: String) -> impl IntoView {
    view! {
        <form method="post" action=api::SetDisplay::PATH>
            <input type="hidden" name="here" value=path::ADMIN_HELP />
            <button class="button button-quiet" type="submit" name=name value=value>{label}</button>
        </form>
    }
}
