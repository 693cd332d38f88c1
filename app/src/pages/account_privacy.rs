//! `/account/privacy`: what somebody asks about their data, where it stands, and what they agreed to.

use axum::response::Response;
use domain::privacy_request::{PrivacyRequest, RequestKind};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use crate::components::consents::{Ledger, Marketing};
use crate::components::notice::Notices;
use crate::components::privacy_request::{RequestFacts, Standing};
use crate::components::text_area::TextArea;
use crate::document::{MAIN_FORM, Page, Width};
use crate::flow::Flash;
use crate::i18n::Privacy;
use crate::routes::path;
use crate::visit::Visit;
use crate::{api, faults};

pub(crate) async fn page(mut visit: Visit) -> Response {
    let actor = match visit.signed_in() {
        Ok(actor) => actor,
        Err(away) => return *away,
    };
    let uc = &visit.web.usecases;
    let (requests, ledger) = match (uc.list_my_requests(&actor).await, uc.list_my_consents(&actor).await) {
        (Ok(requests), Ok(ledger)) => (requests, ledger),
        (Err(error), _) | (_, Err(error)) => return faults::of(visit, &error),
    };
    let (locale, clock, account, common) = (visit.locale, visit.web.usecases.clock().now(), &visit.t.account, &visit.t.common);
    let (t, now, here) = (&visit.t.privacy, visit.now_s(), visit.here.clone());
    let flash = visit.take_flash();
    let page = Page { has_error: !flash.faults.is_empty(), width: Width::Reading, ..Page::form(t.title) };
    visit.render(page, move || {
        let mine = requests.into_iter().map(|request| view! { <Mine request=request now=clock locale=locale t=t /> });
        let mine: Vec<_> = mine.collect();
        let mine = if mine.is_empty() { view! { <p class="hint">{t.none}</p> }.into_any() } else { mine.into_any() };
        view! {
            <p class="crumb"><a href=path::ACCOUNT>{account.title}</a></p>
            <h1>{t.title}</h1>
            <p class="lead">{t.lead}</p>
            <Notices flash=flash.clone() locale=locale now=now />
            <h2>{t.asked}</h2>
            {mine}
            <Ask flash=flash here=here locale=locale now=now optional=common.optional t=t />
            <h2>{t.consents}</h2>
            <Marketing ledger=ledger.clone() here=path::ACCOUNT_PRIVACY locale=locale t=t />
            <h2>{t.ledger}</h2>
            <Ledger ledger=ledger locale=locale t=t />
        }
    })
}

#[component]
fn Mine(
    request: PrivacyRequest,
    now: chrono::DateTime<chrono::Utc>,
    locale: domain::locale::Locale,
    t: &'static Privacy,
) -> impl IntoView {
    let (kind, _) = t.kind_of(request.kind);
    let id = request.id.to_string();
    let withdraw = (!request.state.is_closed()).then(|| {
        view! {
            <form class="row" method="post" action=api::WithdrawPrivacyRequest::PATH>
                <input type="hidden" name="id" value=id />
                <button class="button button-quiet" type="submit" aria-label=format!("{}: {kind}", t.withdraw)>{t.withdraw}</button>
            </form>
        }
    });
    view! {
        <section class="card">
            <h3>{kind} " " <Standing request=request.clone() now=now t=t /></h3>
            <RequestFacts request=request now=now locale=locale t=t />
            {withdraw}
        </section>
    }
}

#[component]
fn Ask(
    flash: Flash,
    here: String,
    locale: domain::locale::Locale,
    now: i64,
    optional: &'static str,
    t: &'static Privacy,
) -> impl IntoView {
    let typed = flash.typed_or("kind", RequestKind::Access.as_str());
    let choices = RequestKind::ALL.into_iter().map(|kind| {
        let (name, what) = t.kind_of(kind);
        let is_chosen = kind.as_str() == typed;
        view! {
            <label class="choice">
                <input type="radio" name="kind" value=kind.as_str() checked=is_chosen />
                <span>{name} <span class="hint">" — " {what}</span></span>
            </label>
        }
    });
    let choices = choices.collect_view();
    view! {
        <section class="card" aria-labelledby="ask">
            <h2 id="ask">{t.ask}</h2>
            <p>{t.ask_lead}</p>
            <form id=MAIN_FORM method="post" action=api::OpenPrivacyRequest::PATH>
                <input type="hidden" name="here" value=here />
                <fieldset class="choices choices-stacked">
                    <legend>{t.what}</legend>
                    {choices}
                </fieldset>
                <TextArea
                    id="said"
                    name="said"
                    label=t.said
                    hint=t.said_hint
                    note=optional
                    value=flash.typed_or("said", "")
                    fault=flash.fault_of("said", locale, now)
                />
                <button class="button" type="submit">{t.send}</button>
            </form>
        </section>
    }
}
