//! Shows the whole number of a message to an admin.

use domain::ids::OutboxId;
use leptos::prelude::*;
use leptos::server_fn::codec::PostUrl;

use super::refusal::Form;
use super::visit;
use crate::flow::Flash;
use crate::forms::Done;
use crate::routes::path;

/// What brings the number to the page: the encrypted cookie, never an address.
pub(crate) const SHOWN: &str = "shown";

/// Whoever may not is sent to the message, which says so.
#[server(prefix = "/sf", endpoint = "admin-show-number", input = PostUrl)]
pub(crate) async fn admin_show_number(#[server(default)] id: String) -> Done {
    let mut visit = visit();
    let Ok(id) = id.parse::<OutboxId>() else {
        visit.go(path::ADMIN_MESSAGES);
        return Ok(());
    };
    let page = path::admin_message(id);
    let Some(admin) = visit.admin_or_back(&page) else { return Ok(()) };
    match visit.web.usecases.show_number(&admin, id).await {
        Ok(phone) => {
            let shown = Flash { page: page.clone(), ..Flash::default() };
            visit.flow.flash = Some(shown.with_typed(&[(SHOWN, phone.as_e164())]));
            visit.go(&page);
        }
        Err(usecases::Error::Forbidden | usecases::Error::NotFound) => visit.go(&page),
        Err(error) => visit.refuse(&error, &Form { page: &page, field: "id", typed: &[] }),
    }
    Ok(())
}
