//! `/dev/sms`: what the development sink took, newest first. In production the route is not there.

use axum::response::Response;
use leptos::prelude::*;

use crate::components::phone::Phone;
use crate::document::Page;
use crate::faults;
use crate::i18n::ago;
use crate::routes::path;
use crate::visit::Visit;

const LIMIT: u32 = 50;

pub(crate) async fn page(visit: Visit) -> Response {
    let messages = match visit.web.usecases.dev_messages(None, LIMIT).await {
        Ok(messages) => messages,
        Err(error) => return faults::of(visit, &error),
    };
    let (locale, now) = (visit.locale, visit.now_s());
    visit.render(Page::new("SMS"), move || {
        let is_empty = messages.is_empty();
        let rows = messages.into_iter().map(|message| {
            let age = u64::try_from(now - message.created_at.timestamp()).unwrap_or(0);
            let code = message.code.map(|code| view! { <p class="sms-code" dir="ltr"><code>{code}</code></p> });
            view! {
                <li>
                    <div>
                        <p class="eyebrow"><Phone number=message.to /> " · " {ago(age, locale)}</p>
                        <p lang=message.locale.as_str() dir=message.locale.dir()>{message.body}</p>
                    </div>
                    {code}
                </li>
            }
        });
        let rows = rows.collect_view();
        // A tool of the trade, so its two sentences are not in the catalogue.
        let list = if is_empty {
            view! { <p class="hint" dir="ltr" lang="en">"No messages yet. Ask for a code, then look here."</p> }.into_any()
        } else {
            view! { <ul class="card rows">{rows}</ul> }.into_any()
        };
        view! {
            <h1>"SMS"</h1>
            <p class="lead" dir="ltr" lang="en">"Development only: nothing here was sent to anybody. " <a href=path::DEV_SMS>"Look again"</a></p>
            {list}
        }
    })
}
