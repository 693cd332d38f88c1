//! Corrects what is known of a person.

use domain::locale::Locale;
use leptos::prelude::*;
use leptos::server_fn::codec::PostUrl;
use usecases::UpdateMe;

use super::admin_person::About;
use super::visit;
use crate::flow::News;
use crate::forms::Done;

/// Saves all fields of the form. An empty one removes what was there.
#[server(prefix = "/sf", endpoint = "admin-save-user", input = PostUrl)]
pub(crate) async fn admin_save_user(
    #[server(default)] user: String,
    #[server(default)] given_name: String,
    #[server(default)] family_name: String,
    #[server(default)] email: String,
    #[server(default)] locale: String,
) -> Done {
    let mut visit = visit();
    let Some(About { admin, id, page }) = visit.admin_about(&user, "") else { return Ok(()) };
    let change = UpdateMe {
        given_name: Some(Some(given_name.clone())),
        family_name: Some(Some(family_name.clone())),
        email: Some(Some(email.clone())),
        locale: Locale::parse(&locale),
    };
    let outcome = visit.web.usecases.update_person(&admin, id, change).await;
    let typed = [("given_name", given_name.as_str()), ("family_name", &family_name), ("email", &email)];
    visit.done(&page, outcome.map(|_| News::Saved), &typed);
    Ok(())
}
