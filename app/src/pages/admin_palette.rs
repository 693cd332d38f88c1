//! `/admin/palette?q=`: the people that the palette shows while somebody types. No page: lines for its list, through the same door and out
//! of the same use case as the list of people.

use axum::response::{Html, IntoResponse, Response};
use domain::locale::Locale;
use domain::people::Filter;
use domain::user::User;
use http::HeaderValue;
use http::header::CACHE_CONTROL;
use leptos::prelude::*;
use usecases::ListUsers;

use crate::components::admin::name_beside_phone;
use crate::components::icon::{self, Icon};
use crate::components::phone::Phone;
use crate::faults;
use crate::routes::path;
use crate::visit::Visit;

/// More than anybody reads while typing.
const SHOWN: usize = 6;

pub(crate) async fn people(visit: Visit) -> Response {
    let admin = match visit.admin() {
        Ok(admin) => admin,
        Err(away) => return *away,
    };
    let typed = visit.query("q").unwrap_or_default();
    let asked = ListUsers { typed, filter: Filter::default(), after: None };
    let found = match visit.web.usecases.list_users(&admin, &asked).await {
        Ok(list) => list.page.items,
        Err(error) => return faults::of(visit, &error),
    };
    let locale = visit.locale;
    let html = Owner::new().with(|| {
        let lines = found.into_iter().take(SHOWN).enumerate().map(|(at, user)| line(at, user, locale));
        lines.collect_view().to_html()
    });
    ([(CACHE_CONTROL, HeaderValue::from_static("no-store"))], Html(html)).into_response()
}

fn line(at: usize, user: User, locale: Locale) -> impl IntoView {
    let name = name_beside_phone(&user, locale).map(|name| view! { <bdi>{name}</bdi> });
    let to = path::admin_user(user.id);
    let phone = user.phone.map(|number| view! { <Phone number=number /> });
    view! {
        <li role="option" id=format!("found-{at}") data-to=to data-found="" aria-selected="false">
            <Icon path=icon::PERSON />
            <span>{phone} " " {name}</span>
        </li>
    }
}
