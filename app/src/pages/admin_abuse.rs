//! `/admin/abuse`: what strangers do with codes. The chart is drawn by the server, and its figures stand in a table below it.

use axum::response::Response;
use chrono::Timelike;
use chrono_tz::Asia::Riyadh;
use domain::error::{FieldError, ValidationError};
use domain::fraud::{Level, Scope};
use domain::locale::Locale;
use leptos::prelude::*;
use usecases::{Abuse, Bar, CodeEvent, Conversion, Error, FraudSum, Span};

use super::admin_messages::money;
use crate::components::admin::Shell;
use crate::components::bars::Bars;
use crate::components::when::Moment;
use crate::document::{Page, Width};
use crate::faults;
use crate::i18n::Oversight;
use crate::routes::path;
use crate::visit::Visit;

pub(crate) async fn page(visit: Visit) -> Response {
    let admin = match visit.admin() {
        Ok(admin) => admin,
        Err(away) => return *away,
    };
    let span = match visit.query("span").filter(|text| !text.is_empty()).map(|text| Span::parse(&text)) {
        None => Span::default(),
        Some(Some(span)) => span,
        Some(None) => {
            let refused = ValidationError { pointer: "/span".to_owned(), code: FieldError::NotOffered };
            return faults::of(visit, &Error::Validation(vec![refused]));
        }
    };
    let abuse = match visit.web.usecases.read_abuse(&admin, span).await {
        Ok(abuse) => abuse,
        Err(error) => return faults::of(visit, &error),
    };
    let (locale, t, o) = (visit.locale, &visit.t.admin, &visit.t.oversight);
    visit.render(Page { width: Width::Full, ..Page::new(t.abuse_monitor) }, move || {
        let spans = Span::ALL.into_iter().map(|one| {
            let current = (one == span).then_some("page");
            view! { <li><a href=format!("{}?span={}", path::ADMIN_ABUSE, one.as_str()) aria-current=current>{o.span_of(one)}</a></li> }
        });
        let spans = spans.collect_view();
        let Abuse { bars, scopes, networks, carried, events, levels, is_enforced, alarm_since, budget, spent, .. } = abuse;
        let alarm = alarm_since.map(|at| view! { <p class="summary" role="alert">{o.alarm_on} " " <Moment at=at locale=locale /></p> });
        let levels = levels.into_iter().map(|(kind, level)| {
            let class = if level == Level::Free { "badge badge-quiet" } else { "badge badge-danger" };
            view! { <dt>{o.kind_of(kind)}</dt> <dd><span class=class>{o.level_of(level)}</span></dd> }
        });
        let levels = levels.collect_view();
        let records = (!is_enforced).then(|| view! { <p class="hint">{o.brake_records}</p> });
        let used = (o.budget_used)(spent.messages, budget.messages);
        let cost = budget.cost_micros.map(|most| {
            let used = format!("{} / {}", money(spent.cost_micros), money(most));
            view! { <dt>{o.cost}</dt> <dd><bdi dir="ltr">{used}</bdi></dd> }
        });
        let drawn: Vec<_> = bars.iter().map(|bar| (bar.sent, bar.verified)).collect();
        let title = (o.chart)(o.span_of(span));
        view! {
            <Shell>
                <h1>{t.abuse_monitor}</h1>
                <p class="lead">{o.abuse_lead}</p>
                {alarm}
                <nav class="tabs" aria-label=o.span><ul>{spans}</ul></nav>
                <h2>{o.brake}</h2>
                {records}
                <dl class="person-facts">
                    {levels}
                    <dt>{o.budget}</dt> <dd>{used}</dd>
                    {cost}
                </dl>
                <p><a href=path::ADMIN_GUESSING>{o.guessing_too}</a></p>
                <h2>{o.over_time}</h2>
                <Bars title=title outline=o.sent solid=o.entered highest=o.highest bars=drawn locale=locale />
                <OverTime bars=bars span=span o=o locale=locale />
                <h2>{o.scopes}</h2>
                <Sums sums=scopes head=o.scope o=o />
                <h2>{o.networks}</h2>
                <Sums sums=networks head=o.network o=o />
                <h2>{o.carried}</h2>
                <Carried lines=carried o=o />
                <h2>{o.events}</h2>
                <p class="hint">{o.events_lead}</p>
                <Events events=events locale=locale o=o />
            </Shell>
        }
    })
}

#[component]
fn OverTime(bars: Vec<Bar>, span: Span, o: &'static Oversight, locale: Locale) -> impl IntoView {
    let rows = bars.into_iter().map(|bar| {
        let when = match span {
            Span::Fortnight => view! { <Moment at=bar.from locale=locale /> }.into_any(),
            Span::Hour | Span::Day => {
                let at = bar.from.with_timezone(&Riyadh);
                view! { <bdi dir="ltr">{format!("{:02}:{:02}", at.hour(), at.minute())}</bdi> }.into_any()
            }
        };
        view! {
            <tr>
                <th scope="row">{when}</th>
                <td data-label=o.asked>{bar.asked}</td>
                <td data-label=o.sent>{bar.sent}</td>
                <td data-label=o.entered>{bar.verified}</td>
                <td data-label=o.conversion><bdi dir="ltr">{ratio(bar.verified, bar.sent)}</bdi></td>
                <td data-label=o.wrong>{bar.failed}</td>
            </tr>
        }
    });
    table(o.when, [o.asked, o.sent, o.entered, o.conversion, o.wrong], rows.collect_view().into_any())
}

#[component]
fn Sums(sums: Vec<FraudSum>, head: &'static str, o: &'static Oversight) -> impl IntoView {
    let rows = sums.into_iter().map(|sum| {
        view! {
            <tr>
                <th scope="row">{name_of(sum.scope, o)}</th>
                <td data-label=o.asked>{sum.asked}</td>
                <td data-label=o.sent>{sum.sent}</td>
                <td data-label=o.entered>{sum.verified}</td>
                <td data-label=o.conversion><bdi dir="ltr">{ratio(sum.verified, sum.sent)}</bdi></td>
                <td data-label=o.wrong>{sum.failed}</td>
            </tr>
        }
    });
    table(head, [o.asked, o.sent, o.entered, o.conversion, o.wrong], rows.collect_view().into_any())
}

#[component]
fn Carried(lines: Vec<Conversion>, o: &'static Oversight) -> impl IntoView {
    let rows = lines.into_iter().map(|line| {
        let country = line.country.map_or_else(|| "–".to_owned(), |country| country.to_string());
        view! {
            <tr>
                <th scope="row"><bdi>{line.provider}</bdi></th>
                <td data-label=o.country><bdi dir="ltr">{country}</bdi></td>
                <td data-label=o.sent>{line.sent}</td>
                <td data-label=o.delivered>{line.delivered}</td>
                <td data-label=o.undelivered>{line.undelivered}</td>
                <td data-label=o.conversion><bdi dir="ltr">{ratio(line.entered, line.sent)}</bdi></td>
            </tr>
        }
    });
    table(o.provider, [o.country, o.sent, o.delivered, o.undelivered, o.conversion], rows.collect_view().into_any())
}

#[component]
fn Events(events: Vec<CodeEvent>, locale: Locale, o: &'static Oversight) -> impl IntoView {
    let rows = events.into_iter().map(|event| {
        let sent = if event.is_sent { o.yes } else { o.no };
        let entered = event.verified_at.map_or_else(|| o.no.into_any(), |at| view! { <Moment at=at locale=locale /> }.into_any());
        view! {
            <tr>
                <th scope="row"><Moment at=event.asked_at locale=locale /></th>
                <td data-label=o.country><bdi dir="ltr">{event.country.to_string()}</bdi></td>
                <td data-label=o.scope><bdi dir="ltr">{event.prefix.to_string()}</bdi></td>
                <td data-label=o.network>{name_of(event.network, o)}</td>
                <td data-label=o.sent>{sent}</td>
                <td data-label=o.entered>{entered}</td>
            </tr>
        }
    });
    table(o.asked, [o.country, o.scope, o.network, o.sent, o.entered], rows.collect_view().into_any())
}

fn table(first: &'static str, others: [&'static str; 5], rows: AnyView) -> impl IntoView {
    let others = others.into_iter().map(|words| view! { <th scope="col">{words}</th> }).collect_view();
    view! {
        <table class="people log">
            <thead><tr><th scope="col">{first}</th> {others}</tr></thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

/// A network has only a hash for a name, and eight digits of it tell those on a page apart.
fn name_of(scope: Scope, o: &'static Oversight) -> AnyView {
    if scope == Scope::Fleet {
        return o.fleet.into_any();
    }
    let name = scope.to_string();
    let name = name.split_once(':').map_or(name.as_str(), |(_, name)| name);
    let short: String = name.chars().take(8).collect();
    view! { <bdi dir="ltr">{short}</bdi> }.into_any()
}

/// In whole percent; nothing of nothing is no ratio.
fn ratio(part: u64, whole: u64) -> String {
    part.saturating_mul(100).checked_div(whole).map_or_else(|| "–".to_owned(), |percent| format!("{percent} %"))
}
