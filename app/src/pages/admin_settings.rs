//! `/admin/settings`: what may be set while Salon runs. The form leads to a page that shows the effect; nothing is saved by it.

use axum::response::Response;
use leptos::prelude::*;
use usecases::{LiveKey, LiveSetting, LiveSettings, LiveValue};

use crate::components::admin::{Shell, name_beside_phone};
use crate::components::notice::Notices;
use crate::components::when::Moment;
use crate::document::{Page, Width};
use crate::faults;
use crate::i18n::LiveTexts;
use crate::routes::path;
use crate::visit::Visit;

pub(crate) async fn page(mut visit: Visit) -> Response {
    let admin = match visit.admin() {
        Ok(admin) => admin,
        Err(away) => return *away,
    };
    let live = match visit.web.usecases.read_live_settings(&admin).await {
        Ok(live) => live,
        Err(error) => return faults::of(visit, &error),
    };
    let flash = visit.take_flash();
    let (locale, now, t, l) = (visit.locale, visit.now_s(), &visit.t.admin, &visit.t.live_settings);
    let page = Page { width: Width::Full, has_error: !flash.faults.is_empty(), ..Page::new(t.live_settings) };
    visit.render(page, move || {
        let LiveSettings { version, settings, changed_at, changed_by, .. } = live;
        let is_any_set = settings.iter().any(|setting| setting.is_set);
        let by = changed_by
            .map_or_else(|| l.operator.to_owned(), |user| name_beside_phone(&user, locale).unwrap_or_else(|| user.id.short()));
        let changed = match changed_at {
            Some(at) => {
                view! { <p class="hint">{l.changed} ": " <Moment at=at locale=locale /> ", " {l.by} " " <bdi>{by}</bdi></p> }
                    .into_any()
            }
            None => view! { <p class="hint">{l.never_changed}</p> }.into_any(),
        };
        let fields = settings.into_iter().map(|setting| view! { <Setting setting=setting l=l /> }).collect_view();
        let reset = is_any_set.then(|| {
            let to = format!("{}?reset=yes", path::ADMIN_SETTINGS_REVIEW);
            view! { <a class="button button-quiet" href=to>{l.reset}</a> }
        });
        view! {
            <Shell>
                <h1>{t.live_settings}</h1>
                <Notices flash=flash locale=locale now=now />
                <p class="lead">{l.lead}</p>
                {changed}
                <form class="settings" method="get" action=path::ADMIN_SETTINGS_REVIEW>
                    <input type="hidden" name="version" value=version />
                    {fields}
                    <p class="row"><button class="button" type="submit">{l.review}</button> {reset}</p>
                </form>
            </Shell>
        }
    })
}

#[component]
fn Setting(setting: LiveSetting, l: &'static LiveTexts) -> impl IntoView {
    let LiveSetting { key, configured, in_force, is_set } = setting;
    let (label, hint) = l.of(key);
    let name = key.as_str();
    let hint_id = format!("{name}-hint");
    let configured = is_set.then(|| (l.configured)(&words(&configured, l)));
    let field = match in_force {
        LiveValue::Switch(is_on) => view! {
            <select id=name name=name aria-describedby=hint_id.clone()>
                <option value="off" selected=!is_on>{l.off}</option>
                <option value="on" selected=is_on>{l.on}</option>
            </select>
        }
        .into_any(),
        value => {
            let mode = if key == LiveKey::Countries { "text" } else { "numeric" };
            view! {
                <input id=name name=name type="text" inputmode=mode dir="ltr" autocomplete="off" required value=value.to_text() aria-describedby=hint_id.clone() />
            }
            .into_any()
        }
    };
    view! {
        <div class="field">
            <label for=name>{label}</label>
            <p class="hint" id=hint_id>{hint} " " <bdi>{configured}</bdi></p>
            {field}
        </div>
    }
}

/// A value for reading.
pub(super) fn words(value: &LiveValue, l: &'static LiveTexts) -> String {
    match value {
        LiveValue::Switch(true) => l.on.to_owned(),
        LiveValue::Switch(false) => l.off.to_owned(),
        other => other.to_text(),
    }
}
