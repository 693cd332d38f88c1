//! What a page says first: good news, or the summary of what is wrong with links to the fields.

use domain::locale::Locale;
use leptos::prelude::*;

use super::wording::{fault_text, news_text};
use crate::flow::Flash;
use crate::i18n::messages;

/// The news and the faults of a flash. Nothing when there are none.
#[component]
pub(crate) fn Notices(flash: Flash, locale: Locale, now: i64) -> impl IntoView {
    let news = flash.news.map(|news| {
        view! {
            <p class="news" role="status">
                {news_text(news, locale)}
            </p>
        }
    });
    let faults = (!flash.faults.is_empty()).then(|| {
        let lines = flash.faults.into_iter().map(|fault| {
            let text = fault_text(&fault.what, locale, now);
            match fault.field {
                Some(field) => view! { <li><a href=format!("#{field}")>{text}</a></li> }.into_any(),
                None => view! { <li>{text}</li> }.into_any(),
            }
        });
        view! {
            <div class="summary" role="alert" aria-labelledby="summary-title" tabindex="-1" autofocus>
                <h2 id="summary-title">{messages(locale).common.error_summary}</h2>
                <ul>{lines.collect_view()}</ul>
            </div>
        }
    });
    view! { {news} {faults} }
}
