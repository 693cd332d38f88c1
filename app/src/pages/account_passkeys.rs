//! `/account/passkeys`: the passkeys somebody has, and adding one.

use axum::response::Response;
use chrono::{DateTime, Utc};
use domain::locale::Locale;
use domain::passkey::Passkey;
use domain::session::SessionKind;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use crate::components::field::Field;
use crate::components::notice::Notices;
use crate::components::passkey::{PasskeyForm, Way};
use crate::components::user_agent::device_name;
use crate::components::when::When;
use crate::document::Page;
use crate::i18n::Passkeys;
use crate::routes::path;
use crate::visit::Visit;
use crate::{api, faults};

pub(crate) async fn page(mut visit: Visit) -> Response {
    let actor = match visit.signed_in() {
        Ok(actor) => actor,
        Err(away) => return *away,
    };
    let passkeys = match visit.web.usecases.list_passkeys(&actor).await {
        Ok(passkeys) => passkeys,
        Err(error) => return faults::of(visit, &error),
    };
    let flash = visit.take_flash();
    let (locale, now, messages) = (visit.locale, visit.web.usecases.clock().now(), visit.t);
    let (t, account) = (&messages.passkeys, &messages.account);
    let domain = visit.web.usecases.passkey_domain().map(str::to_owned);
    let here = device_name(SessionKind::Web, visit.client.user_agent.as_deref(), &messages.devices);
    let page = Page { has_islands: true, has_error: !flash.faults.is_empty(), ..Page::new(t.title) };
    visit.render(page, move || {
        let list = if passkeys.is_empty() {
            view! { <p class="hint">{t.none_yet}</p> }.into_any()
        } else {
            let rows = passkeys.into_iter().map(|passkey| view! { <Row passkey=passkey locale=locale now=now t=t /> });
            view! {
                <ul class="card rows">{rows.collect_view()}</ul>
                <p class="hint">{t.remove_hint}</p>
            }
            .into_any()
        };
        view! {
            <p class="crumb"><a href=path::ACCOUNT>{account.title}</a></p>
            <h1>{t.title}</h1>
            <p class="lead">{t.lead}</p>
            <Notices flash=flash.clone() locale=locale now=now.timestamp() />
            {list}
            <section class="card" aria-labelledby="add">
                <h2 id="add">{t.add_title}</h2>
                <PasskeyForm
                    way=Way::Add
                    domain=domain
                    action=api::AddPasskey::PATH
                    label=t.add
                    is_first=true
                    is_missed=true
                    t=t
                >
                    <Field id="name" label=t.name hint=t.name_hint value=flash.typed_or("name", &here) />
                </PasskeyForm>
            </section>
        }
    })
}

#[component]
fn Row(passkey: Passkey, locale: Locale, now: DateTime<Utc>, t: &'static Passkeys) -> impl IntoView {
    let Passkey { id, name, created_at, last_used_at } = passkey;
    let (label, rename) = (format!("{}: {name}", t.remove), format!("{}: {name}", t.rename));
    let field = format!("name-{id}");
    let used = match last_used_at {
        Some(at) => view! { {t.used} ": " <When at=at now=now locale=locale /> }.into_any(),
        None => t.never_used.into_any(),
    };
    view! {
        <li>
            <div>
                <h2><bdi>{name.clone()}</bdi></h2>
                <p>{t.added} ": " <When at=created_at now=now locale=locale /></p>
                <p>{used}</p>
                <details>
                    <summary aria-label=rename>{t.rename}</summary>
                    <form method="post" action=api::RenamePasskey::PATH>
                        <input type="hidden" name="passkey" value=id.to_string() />
                        <div class="field">
                            <label for=field.clone()>{t.name}</label>
                            <input id=field name="name" value=name dir="auto" autocomplete="off" spellcheck="false" required />
                        </div>
                        <button class="button button-quiet" type="submit">{t.rename}</button>
                    </form>
                </details>
            </div>
            <form method="post" action=api::RemovePasskey::PATH>
                <input type="hidden" name="passkey" value=id.to_string() />
                <button class="button button-quiet" type="submit" aria-label=label>{t.remove}</button>
            </form>
        </li>
    }
}
