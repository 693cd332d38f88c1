//! `/admin/audit`: who did what to whom. Everything is in the address, and the form is a plain GET.

use std::collections::BTreeMap;

use axum::response::Response;
use domain::ids::UserId;
use domain::locale::Locale;
use domain::person::{Audience, display_name};
use domain::user::User;
use leptos::prelude::*;
use serde_json::Value;
use usecases::{AuditEntry, AuditList, Error, ListAudit, SYSTEM_DOERS};

use crate::components::admin::Shell;
use crate::components::filters::{Asked, Choose, Day, Pages, Typed};
use crate::components::when::Moment;
use crate::document::{Page, Width};
use crate::faults;
use crate::i18n::{Admin, Oversight, actions, field_name, value_name};
use crate::routes::path;
use crate::visit::Visit;

pub(crate) async fn page(visit: Visit) -> Response {
    let admin = match visit.admin() {
        Ok(admin) => admin,
        Err(away) => return *away,
    };
    let asked = Asked::of(&visit.here, path::ADMIN_AUDIT, ListAudit::NAMES);
    let wanted = match ListAudit::read(|name| asked.value(name)) {
        Ok(wanted) => wanted,
        Err(errors) => return faults::of(visit, &Error::Validation(errors)),
    };
    let list = match visit.web.usecases.list_audit(&admin, &wanted).await {
        Ok(list) => list,
        Err(error) => return faults::of(visit, &error),
    };
    let (locale, t, o) = (visit.locale, &visit.t.admin, &visit.t.oversight);
    visit.render(Page { width: Width::Full, ..Page::new(t.audit_log) }, move || {
        let AuditList { page, people, unmatched } = list;
        let is_empty = page.items.is_empty();
        let rows = page.items.into_iter().map(|entry| row(&entry, &people, locale, o)).collect_view();
        let table = if is_empty {
            view! { <p class="card nobody">{o.nothing}</p> }.into_any()
        } else {
            view! {
                <table class="people log">
                    <thead>
                        <tr>
                            <th scope="col">{o.when}</th>
                            <th scope="col">{o.action}</th>
                            <th scope="col">{o.doer}</th>
                            <th scope="col">{o.subject}</th>
                            <th scope="col">{o.detail}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            }
            .into_any()
        };
        view! {
            <Shell>
                <h1>{t.audit_log}</h1>
                <p class="lead">{o.audit_lead}</p>
                <Find asked=asked.clone() unmatched=unmatched locale=locale t=t o=o />
                {table}
                <Pages asked=asked next=page.next next_label=t.next_page first_label=t.first_page />
            </Shell>
        }
    })
}

#[component]
fn Find(asked: Asked, unmatched: Vec<&'static str>, locale: Locale, t: &'static Admin, o: &'static Oversight) -> impl IntoView {
    let fault = |name: &str| unmatched.contains(&name).then_some(o.unmatched_person);
    let deeds = [("", t.any)].into_iter().chain(actions(locale)).collect();
    let is_open = asked.is_anything();
    let clear = is_open.then(|| view! { <a class="button button-quiet" href=path::ADMIN_AUDIT>{t.clear}</a> });
    view! {
        <form class="find" method="get" action=path::ADMIN_AUDIT role="search">
            <details class="filters" open=is_open>
                <summary>{t.filters}</summary>
                <div class="filter-grid">
                    <Choose name="action" label=o.action options=deeds chosen=asked.text("action") />
                    <Typed name="doer" label=o.doer value=asked.text("doer") fault=fault("doer") />
                    <Typed name="subject" label=o.subject value=asked.text("subject") fault=fault("subject") />
                    <Day name="from" label=o.from_day value=asked.text("from") />
                    <Day name="to" label=o.to_day value=asked.text("to") />
                </div>
                <p class="row"><button class="button" type="submit">{t.search}</button> {clear}</p>
            </details>
        </form>
    }
}

fn row(entry: &AuditEntry, people: &BTreeMap<UserId, User>, locale: Locale, o: &'static Oversight) -> impl IntoView + use<> {
    let doer = if entry.actor == "self" {
        view! { <span>{o.themselves}</span> }.into_any()
    } else if let Some(id) = AuditList::doer(entry) {
        person(id, people, locale, o)
    } else {
        let to = SYSTEM_DOERS.contains(&&*entry.actor).then(|| format!("{}?doer={}", path::ADMIN_AUDIT, entry.actor));
        let name = o.system_doer(&entry.actor);
        to.map_or_else(|| name.into_any(), |to| view! { <a href=to>{name}</a> }.into_any())
    };
    let subject = entry.subject.map(|id| person(id, people, locale, o));
    let action = value_name("action", &entry.action, locale).map_or_else(|| entry.action.clone(), str::to_owned);
    let mut lines = Vec::new();
    lines_of(&entry.detail, String::new(), locale, &mut lines);
    let has_detail = !lines.is_empty();
    let lines = lines.into_iter().map(|(name, value)| {
        view! { <div><dt><bdi>{name}</bdi></dt> " " <dd><bdi>{value}</bdi></dd></div> }
    });
    let detail = has_detail.then(|| view! { <dl class="log-detail">{lines.collect_view()}</dl> });
    view! {
        <tr>
            <th scope="row"><Moment at=entry.at locale=locale /></th>
            <td>{action}</td>
            <td data-label=o.doer>{doer}</td>
            <td data-label=o.subject>{subject}</td>
            <td>{detail}</td>
        </tr>
    }
}

/// Their name, and the way to them.
fn person(id: UserId, people: &BTreeMap<UserId, User>, locale: Locale, o: &'static Oversight) -> AnyView {
    let Some(user) = people.get(&id) else {
        return view! { <span class="quiet">{o.forgotten} " " <bdi dir="ltr">{id.short()}</bdi></span> }.into_any();
    };
    let short_id = id.short();
    let name = display_name(&user.as_person(&short_id), Audience::Admin, locale);
    let (dir, class) = if name.is_phone { ("ltr", Some("phone")) } else { ("auto", None) };
    view! { <a href=path::admin_user(id)><bdi dir=dir class=class>{name.text}</bdi></a> }.into_any()
}

/// Each value with its names, in words where there are words.
fn lines_of(value: &Value, name: String, locale: Locale, lines: &mut Vec<(String, String)>) {
    match value {
        Value::Object(members) => {
            for (key, value) in members {
                let words = field_name(key, locale).unwrap_or(key);
                let inner = if name.is_empty() { words.to_owned() } else { format!("{name} · {words}") };
                if value.is_object() {
                    lines_of(value, inner, locale, lines);
                } else {
                    lines.push((inner, text_of(key, value, locale)));
                }
            }
        }
        Value::Null => {}
        other => lines.push((name, text_of("", other, locale))),
    }
}

fn text_of(key: &str, value: &Value, locale: Locale) -> String {
    match value {
        Value::Null => "–".to_owned(),
        Value::String(text) => value_name(key, text, locale).map_or_else(|| text.clone(), str::to_owned),
        Value::Array(items) => {
            let texts: Vec<_> = items.iter().map(|item| text_of(key, item, locale)).collect();
            texts.join(if locale == Locale::Ar { "، " } else { ", " })
        }
        Value::Bool(is_so) => match (locale, is_so) {
            (Locale::Ar, true) => "نعم".to_owned(),
            (Locale::Ar, false) => "لا".to_owned(),
            (Locale::En, true) => "yes".to_owned(),
            (Locale::En, false) => "no".to_owned(),
        },
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_detail_is_read_in_words_whatever_its_depth() {
        let mut lines = Vec::new();
        let detail =
            json!({ "otp.code_length": { "from": 6, "to": 8 }, "fields": ["given_name", "email"], "later": { "x": true } });
        lines_of(&detail, String::new(), Locale::En, &mut lines);
        let text: Vec<_> = lines.iter().map(|(name, value)| format!("{name}: {value}")).collect();
        assert_eq!(text.len(), 4);
        for line in
            ["Digits of a code · From: 6", "Digits of a code · To: 8", "What changed: First name, E-mail", "later · x: yes"]
        {
            assert!(text.contains(&line.to_owned()), "{line}: {text:?}");
        }
    }
}
