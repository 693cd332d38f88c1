//! Erases the account.

use leptos::prelude::*;
use leptos::server_fn::codec::PostUrl;
use usecases::Error;

use super::refusal::Form;
use super::visit;
use crate::flow::{Fault, News, What};
use crate::forms::Done;
use crate::routes::path;
use crate::visit::sign_in_and_back;

const FORM: Form<'static> = Form { page: path::ACCOUNT_DELETE, field: "confirm", typed: &[] };

/// Erases the account once the box is ticked.
#[server(prefix = "/sf", endpoint = "delete-account", input = PostUrl)]
pub(crate) async fn delete_account(#[server(default)] confirm: String) -> Done {
    let mut visit = visit();
    let Some(actor) = visit.actor.clone() else {
        visit.go(&sign_in_and_back(path::ACCOUNT_DELETE));
        return Ok(());
    };
    if confirm != "yes" {
        visit.refuse_with(Fault::of("confirm", What::NotTicked), &FORM);
        return Ok(());
    }
    match visit.web.usecases.erase_me(&actor).await {
        Ok(()) => visit.leave(News::Erased).await,
        Err(Error::Conflict) => visit.refuse_with(Fault { field: None, what: What::LastAdmin }, &FORM),
        Err(error) => visit.refuse(&error, &FORM),
    }
    Ok(())
}
