//! `/admin/messages`: what was texted. The numbers are masked on the server.

use axum::response::Response;
use domain::locale::Locale;
use domain::message::MessageKind;
use domain::phone::Mask;
use leptos::prelude::*;
use usecases::{Error, ListMessages, LoggedMessage, MessageList, Stand};

use crate::components::admin::Shell;
use crate::components::filters::{Asked, Choose, Day, Pages, Typed};
use crate::components::phone::Phone;
use crate::components::when::Moment;
use crate::document::{Page, Width};
use crate::faults;
use crate::i18n::{Admin, Oversight, value_name};
use crate::routes::path;
use crate::visit::Visit;

const KINDS: [MessageKind; 4] =
    [MessageKind::AuthCode, MessageKind::VerifyCode, MessageKind::PhoneChanged, MessageKind::CodesOff];

pub(crate) async fn page(visit: Visit) -> Response {
    let admin = match visit.admin() {
        Ok(admin) => admin,
        Err(away) => return *away,
    };
    let asked = Asked::of(&visit.here, path::ADMIN_MESSAGES, ListMessages::NAMES);
    let wanted = match ListMessages::read(|name| asked.value(name)) {
        Ok(wanted) => wanted,
        Err(errors) => return faults::of(visit, &Error::Validation(errors)),
    };
    let list = match visit.web.usecases.list_messages(&admin, &wanted).await {
        Ok(list) => list,
        Err(error) => return faults::of(visit, &error),
    };
    let (locale, t, o) = (visit.locale, &visit.t.admin, &visit.t.oversight);
    visit.render(Page { width: Width::Full, ..Page::new(t.sms_log) }, move || {
        let MessageList { page, unmatched } = list;
        let is_empty = page.items.is_empty();
        let rows = page.items.into_iter().map(|message| view! { <Row message=message locale=locale o=o /> }).collect_view();
        let table = if is_empty {
            view! { <p class="card nobody">{o.nothing}</p> }.into_any()
        } else {
            view! {
                <table class="people log">
                    <thead>
                        <tr>
                            <th scope="col">{o.queued}</th>
                            <th scope="col">{o.number}</th>
                            <th scope="col">{o.kind}</th>
                            <th scope="col">{o.state}</th>
                            <th scope="col">{o.provider}</th>
                            <th scope="col">{o.segments}</th>
                            <th scope="col">{o.cost}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            }
            .into_any()
        };
        view! {
            <Shell>
                <h1>{t.sms_log}</h1>
                <p class="lead">{o.messages_lead}</p>
                <Find asked=asked.clone() is_unmatched=!unmatched.is_empty() locale=locale t=t o=o />
                {table}
                <Pages asked=asked next=page.next next_label=t.next_page first_label=t.first_page />
            </Shell>
        }
    })
}

#[component]
fn Find(asked: Asked, is_unmatched: bool, locale: Locale, t: &'static Admin, o: &'static Oversight) -> impl IntoView {
    let states =
        [("", t.any)].into_iter().chain(Stand::ALL.into_iter().map(|stand| (stand.as_str(), o.state_of(stand)))).collect();
    let kinds = KINDS.into_iter().map(|kind| (kind.as_str(), kind_name(kind, locale)));
    let kinds = [("", t.any)].into_iter().chain(kinds).collect();
    let is_open = asked.is_anything();
    let clear = is_open.then(|| view! { <a class="button button-quiet" href=path::ADMIN_MESSAGES>{t.clear}</a> });
    view! {
        <form class="find" method="get" action=path::ADMIN_MESSAGES role="search">
            <details class="filters" open=is_open>
                <summary>{t.filters}</summary>
                <div class="filter-grid">
                    <Typed name="phone" label=o.number value=asked.text("phone") fault=is_unmatched.then_some(o.unmatched_phone) />
                    <Choose name="state" label=o.state options=states chosen=asked.text("state") />
                    <Choose name="kind" label=o.kind options=kinds chosen=asked.text("kind") />
                    <Day name="from" label=o.from_day value=asked.text("from") />
                    <Day name="to" label=o.to_day value=asked.text("to") />
                </div>
                <p class="row"><button class="button" type="submit">{t.search}</button> {clear}</p>
            </details>
        </form>
    }
}

#[component]
fn Row(message: LoggedMessage, locale: Locale, o: &'static Oversight) -> impl IntoView {
    let number = match message.phone.clone() {
        Some(number) => view! { <Phone number=number mask=Mask::M1 /> }.into_any(),
        None => view! { <span class="quiet">{o.no_number}</span> }.into_any(),
    };
    let (stand, kind) = (message.stand, message.kind);
    view! {
        <tr>
            <th scope="row"><a href=path::admin_message(message.id)><Moment at=message.created_at locale=locale /></a></th>
            <td>{number}</td>
            <td>{kind_name(kind, locale)}</td>
            <td><Mark stand=stand o=o /></td>
            <td data-label=o.provider><bdi>{message.provider}</bdi></td>
            <td data-label=o.segments>{message.segments}</td>
            <td data-label=o.cost><bdi dir="ltr">{message.cost_micros.map_or_else(|| "–".to_owned(), money)}</bdi></td>
        </tr>
    }
}

/// Where it stands, in a word and not by colour alone.
#[component]
pub(super) fn Mark(stand: Stand, o: &'static Oversight) -> impl IntoView {
    let class = match stand {
        Stand::Delivered => "badge",
        Stand::Waiting | Stand::Sent => "badge badge-quiet",
        Stand::Undelivered | Stand::Failed | Stand::Expired => "badge badge-danger",
    };
    view! { <span class=class>{o.state_of(stand)}</span> }
}

pub(super) fn kind_name(kind: MessageKind, locale: Locale) -> &'static str {
    value_name("kind", kind.as_str(), locale).unwrap_or(kind.as_str())
}

/// Millionths as people write money: four places, for a segment costs less than a hundredth.
pub(crate) fn money(micros: i64) -> String {
    let sign = if micros < 0 { "-" } else { "" };
    let units = micros.unsigned_abs();
    format!("{sign}{}.{:04}", units / 1_000_000, units % 1_000_000 / 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_price_of_a_message_is_not_rounded_away() {
        assert_eq!([money(42_500), money(0), money(1_234_567)], ["0.0425", "0.0000", "1.2345"]);
    }

    #[test]
    fn a_segment_costs_less_than_a_hundredth() {
        assert_eq!((money(52_500), money(1_000_000), money(-1_500_000)), ("0.0525".into(), "1.0000".into(), "-1.5000".into()));
    }
}
