//! `/account/sessions`: where the account is signed in.

use axum::response::Response;
use chrono::{DateTime, Utc};
use domain::locale::Locale;
use domain::session::Session;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use crate::components::notice::Notices;
use crate::components::told::Told;
use crate::components::user_agent::device_name;
use crate::components::when::When;
use crate::document::Page;
use crate::i18n::Devices;
use crate::routes::path;
use crate::visit::Visit;
use crate::{api, faults};

pub(crate) async fn page(mut visit: Visit) -> Response {
    let actor = match visit.signed_in() {
        Ok(actor) => actor,
        Err(away) => return *away,
    };
    let found = async {
        let sessions = visit.web.usecases.list_sessions(&actor).await?;
        Ok((sessions, visit.web.usecases.list_notices(&actor).await?))
    };
    let (mut sessions, notices) = match found.await {
        Ok(found) => found,
        Err(error) => return faults::of(visit, &error),
    };
    // This device first.
    sessions.sort_by_key(|session| session.id != actor.session.id);
    let flash = visit.take_flash();
    let (locale, now, messages) = (visit.locale, visit.web.usecases.clock().now(), visit.t);
    let (t, account) = (&messages.devices, &messages.account);
    let page = Page { has_islands: true, has_error: !flash.faults.is_empty(), ..Page::new(t.title) };
    visit.render(page, move || {
        let is_alone = sessions.len() < 2;
        let rows = sessions.into_iter().map(|session| {
            let is_current = session.id == actor.session.id;
            view! { <Row session=session is_current=is_current locale=locale now=now t=t /> }
        });
        let rows = rows.collect_view();
        let rest = if is_alone {
            view! { <p class="hint">{t.only_this}</p> }.into_any()
        } else {
            view! {
                <form class="leave" method="post" action=api::EndOtherSessions::PATH>
                    <button class="button button-quiet" type="submit" aria-describedby="others-hint">{t.end_others}</button>
                    <p class="hint" id="others-hint">{t.end_others_lead}</p>
                </form>
            }
            .into_any()
        };
        view! {
            <p class="crumb"><a href=path::ACCOUNT>{account.title}</a></p>
            <h1>{t.title}</h1>
            <p class="lead">{t.lead}</p>
            <Notices flash=flash locale=locale now=now.timestamp() />
            <Told notices=notices here=path::ACCOUNT_SESSIONS.to_owned() locale=locale t=messages />
            <ul class="card rows">{rows}</ul>
            {rest}
        }
    })
}

#[component]
fn Row(session: Session, is_current: bool, locale: Locale, now: DateTime<Utc>, t: &'static Devices) -> impl IntoView {
    let name = device_name(session.kind, session.device_name.as_deref(), t);
    let label = format!("{}: {name}", t.end);
    let end = (!is_current).then(|| {
        view! {
            <form method="post" action=api::EndSession::PATH>
                <input type="hidden" name="session" value=session.id.to_string() />
                <button class="button button-quiet" type="submit" aria-label=label>{t.end}</button>
            </form>
        }
    });
    let this = is_current.then(|| view! { " " <span class="badge">{t.this_device}</span> });
    view! {
        <li>
            <div>
                <h2><bdi dir=locale.dir()>{name}</bdi> {this}</h2>
                <p>{t.last_seen} ": " <When at=session.last_seen_at now=now locale=locale /></p>
                <p>{t.signed_in} ": " <When at=session.authenticated_at now=now locale=locale /></p>
            </div>
            {end}
        </li>
    }
}
