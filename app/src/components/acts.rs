//! What the pages about a person share for acts and lists: an act that is asked for once more in words, and the way to older rows.

use chrono::{DateTime, Utc};
use domain::locale::Locale;
use domain::user::User;
use leptos::prelude::*;

use crate::components::admin::name_beside_phone;
use crate::components::phone::Phone;
use crate::components::when::When;
use crate::routes::path;
use crate::visit::query_value;

/// An act behind a line that opens: what will happen, and the button. No script is needed to ask.
#[component]
pub(crate) fn Act(
    /// The line that opens it.
    open: &'static str,
    /// What will happen.
    what: &'static str,
    /// The form's address.
    action: &'static str,
    /// Of the person.
    user: String,
    /// The button.
    button: &'static str,
    #[prop(optional)] is_open: bool,
    #[prop(optional)] is_dangerous: bool,
    /// Fields between the words and the button.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let class = if is_dangerous { "button button-danger" } else { "button" };
    view! {
        <details class="act" open=is_open>
            <summary>{open}</summary>
            <form method="post" action=action>
                <input type="hidden" name="user" value=user />
                <p>{what}</p>
                {children.map(|children| children())}
                <button class=class type="submit">{button}</button>
            </form>
        </details>
    }
}

/// The ends of a list that grows: back to the newest, on to the older.
#[component]
pub(crate) fn Older(
    /// Of the list.
    base: String,
    next: Option<String>,
    is_first: bool,
    older: &'static str,
    newest: &'static str,
) -> impl IntoView {
    let on = next.map(|after| {
        let to = format!("{base}?after={}", query_value(&after));
        view! { <a class="button button-quiet" href=to rel="next">{older}</a> }
    });
    let back = (!is_first).then(|| view! { <a class="button button-quiet" href=base.clone()>{newest}</a> });
    view! { <p class="row">{back} {on}</p> }
}

/// The day and the hour of a row, as long ago.
#[component]
pub(crate) fn At(at: DateTime<Utc>, now: DateTime<Utc>, locale: Locale, label: &'static str) -> impl IntoView {
    view! { <td data-label=label><When at=at now=now locale=locale /></td> }
}

/// Somebody else, by name or by phone, and the way to them.
#[component]
pub(crate) fn Who(user: User, locale: Locale) -> impl IntoView {
    let to = path::admin_user(user.id);
    let name = match (name_beside_phone(&user, locale), user.phone) {
        (Some(name), _) => view! { <bdi>{name}</bdi> }.into_any(),
        (None, Some(number)) => view! { <Phone number=number /> }.into_any(),
        (None, None) => user.id.short().into_any(),
    };
    view! { <a href=to>{name}</a> }
}
