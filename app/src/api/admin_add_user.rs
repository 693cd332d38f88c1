//! Adds a person by phone, for an admin.

use leptos::prelude::*;
use leptos::server_fn::codec::PostUrl;

use super::refusal::Form;
use super::visit;
use crate::forms::Done;
use crate::routes::path;

/// Whoever may not is sent to the list, which says so.
#[server(prefix = "/sf", endpoint = "admin-add-user", input = PostUrl)]
pub(crate) async fn admin_add_user(#[server(default)] phone: String) -> Done {
    let mut visit = visit();
    let Some(admin) = visit.admin_or_back(path::ADMIN_USERS) else { return Ok(()) };
    match visit.web.usecases.add_person(&admin, &phone).await {
        Ok(user) => visit.go(&path::admin_user(user.id)),
        Err(usecases::Error::Forbidden) => visit.go(path::ADMIN_USERS),
        Err(error) => visit.refuse(&error, &Form { page: path::ADMIN_USERS, field: "q", typed: &[] }),
    }
    Ok(())
}
