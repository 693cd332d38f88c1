//! `/admin/messages/{id}`: what became of a text, and what it says without its code.

use axum::extract::Path;
use axum::response::Response;
use domain::error::ErrorCode;
use domain::ids::OutboxId;
use domain::phone::{Mask, PhoneNumber};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use usecases::{MessageDetail, Stand};

use super::admin_messages::{Mark, kind_name, money};
use crate::components::admin::{Shell, name_beside_phone};
use crate::components::notice::Notices;
use crate::components::phone::Phone;
use crate::components::when::Moment;
use crate::document::{Page, Width};
use crate::routes::path;
use crate::visit::Visit;
use crate::{api, faults};

pub(crate) async fn page(Path(id): Path<String>, mut visit: Visit) -> Response {
    let admin = match visit.admin() {
        Ok(admin) => admin,
        Err(away) => return *away,
    };
    let Ok(id) = id.parse::<OutboxId>() else { return faults::answer(visit, ErrorCode::NotFound) };
    let detail = match visit.web.usecases.read_message(&admin, id).await {
        Ok(detail) => detail,
        Err(error) => return faults::of(visit, &error),
    };
    let flash = visit.take_flash();
    // Only the cookie of whoever asked brings it, and only to this page.
    let shown = flash.typed.iter().find(|(name, _)| name == api::SHOWN).and_then(|(_, e164)| PhoneNumber::from_canonical(e164));
    let (locale, now, t, o) = (visit.locale, visit.now_s(), &visit.t.admin, &visit.t.oversight);
    let page = Page { width: Width::Full, has_error: !flash.faults.is_empty(), ..Page::new(o.message) };
    visit.render(page, move || {
        let MessageDetail { message, reports, body, person } = detail;
        let is_shown = shown.is_some();
        let number = match (shown, message.phone.clone()) {
            (Some(number), _) => view! { <Phone number=number /> }.into_any(),
            (None, Some(number)) => view! { <Phone number=number mask=Mask::M1 /> }.into_any(),
            (None, None) => view! { <span class="quiet">{o.no_number}</span> }.into_any(),
        };
        let ask = (!is_shown && message.phone.is_some()).then(|| {
            view! {
                <form method="post" action=api::AdminShowNumber::PATH>
                    <input type="hidden" name="id" value=message.id.to_string() />
                    <button class="button button-quiet" type="submit" aria-describedby="show-hint">{o.show_number}</button>
                    <p class="hint" id="show-hint">{o.show_number_hint}</p>
                </form>
            }
        });
        // Whoever has no name is called by the phone, which is masked here.
        let person = person.map(|user| {
            let name = name_beside_phone(&user, locale).unwrap_or_else(|| user.id.short());
            view! { <dt>{o.person}</dt> <dd><a href=path::admin_user(user.id)><bdi>{name}</bdi></a></dd> }
        });
        // What was reported since stands in lines of its own.
        let finished_as = match message.stand {
            Stand::Delivered | Stand::Undelivered => Stand::Sent,
            other => other,
        };
        let finished =
            message.finished_at.map(|at| view! { <li>{o.state_of(finished_as)} ": " <Moment at=at locale=locale /></li> });
        let reports = reports.into_iter().map(|(status, at)| {
            let status = status.as_str();
            view! { <li>{o.reported} " " <bdi dir="ltr">{status}</bdi> ": " <Moment at=at locale=locale /></li> }
        });
        let reports = reports.collect_view();
        let error =
            message.last_error.clone().map(|text| view! { <dt>{o.last_error}</dt> <dd><bdi dir="auto">{text}</bdi></dd> });
        let reference =
            message.provider_ref.clone().map(|text| view! { <dt>{o.reference}</dt> <dd><bdi dir="ltr">{text}</bdi></dd> });
        let segments = message.segments.map_or_else(|| o.unknown.to_owned(), |count| count.to_string());
        let cost = message.cost_micros.map_or_else(|| o.unknown.to_owned(), money);
        let (stand, kind, language) = (message.stand, message.kind, message.locale);
        let provider = message.provider.clone().unwrap_or_else(|| o.unknown.to_owned());
        view! {
            <Shell>
                <p class="crumb"><a href=path::ADMIN_MESSAGES>{t.sms_log}</a></p>
                <h1>{kind_name(kind, locale)}</h1>
                <Notices flash=flash locale=locale now=now />
                <p><Mark stand=stand o=o /></p>
                <dl class="person-facts">
                    <dt>{o.number}</dt> <dd>{number} {ask}</dd>
                    {person}
                    <dt>{o.provider}</dt> <dd><bdi>{provider}</bdi></dd>
                    <dt>{o.segments}</dt> <dd>{segments}</dd>
                    <dt>{o.cost}</dt> <dd><bdi dir="ltr">{cost}</bdi></dd>
                    {reference}
                    {error}
                </dl>
                <h2>{o.history}</h2>
                <ol class="bullets">
                    <li>{o.queued} ": " <Moment at=message.created_at locale=locale /></li>
                    <li>{(o.taken_up)(message.attempts)}</li>
                    {finished}
                    {reports}
                </ol>
                <h2>{o.body}</h2>
                <p class="hint">{o.body_hint}</p>
                <p class="sms-body" lang=language.as_str() dir=language.dir()>{body}</p>
            </Shell>
        }
    })
}
