//! Adds a person by phone, for an admin.

use domain::locale::Locale;
use leptos::prelude::*;
use leptos::server_fn::codec::PostUrl;
use usecases::AddPerson;

use super::refusal::Form;
use super::visit;
use crate::flow::{Flash, News};
use crate::forms::Done;
use crate::routes::path;

/// From the list, for a number that nobody has, or from the page for adding, which `here` names. Whoever may not is sent to the list,
/// which says so. `suggested` is the number of the "did you mean" button.
#[server(prefix = "/sf", endpoint = "admin-add-user", input = PostUrl)]
pub(crate) async fn admin_add_user(
    #[server(default)] phone: String,
    #[server(default)] suggested: String,
    #[server(default)] given_name: String,
    #[server(default)] family_name: String,
    #[server(default)] locale: String,
    #[server(default)] here: String,
) -> Done {
    let mut visit = visit();
    let (page, field) = if here == path::ADMIN_USER_NEW { (path::ADMIN_USER_NEW, "phone") } else { (path::ADMIN_USERS, "q") };
    let Some(admin) = visit.admin_or_back(page) else { return Ok(()) };
    let input = AddPerson {
        phone: if suggested.is_empty() { phone.clone() } else { suggested },
        given_name: Some(given_name.clone()).filter(|name| !name.trim().is_empty()),
        family_name: Some(family_name.clone()).filter(|name| !name.trim().is_empty()),
        locale: Locale::parse(&locale),
    };
    match visit.web.usecases.add_person(&admin, input).await {
        Ok(added) => {
            let to = path::admin_user(added.user.id);
            let news = if added.is_new { News::PersonAdded } else { News::PersonWasThere };
            visit.flow.flash = Some(Flash::news(&to, news));
            visit.go(&to);
        }
        Err(usecases::Error::Forbidden) => visit.go(path::ADMIN_USERS),
        Err(error) => {
            let typed = [("phone", phone.as_str()), ("given_name", &given_name), ("family_name", &family_name)];
            visit.refuse(&error, &Form { page, field, typed: &typed });
        }
    }
    Ok(())
}
