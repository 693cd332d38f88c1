//! Puts away what a person was told of their account.

use chrono::DateTime;
use leptos::prelude::*;
use leptos::server_fn::codec::PostUrl;

use super::refusal::Form;
use super::visit;
use crate::forms::Done;
use crate::local_path::page_path;
use crate::routes::path;
use crate::visit::sign_in_and_back;

/// `until` is the newest notice that was shown, `here` the page it was shown on.
#[server(prefix = "/sf", endpoint = "put-notices-away", input = PostUrl)]
pub(crate) async fn put_notices_away(#[server(default)] until: String, #[server(default)] here: String) -> Done {
    let mut visit = visit();
    let here = page_path(&here).unwrap_or(path::ACCOUNT);
    let Some(actor) = visit.actor.clone() else {
        visit.go(&sign_in_and_back(here));
        return Ok(());
    };
    // What is no instant came from no page of ours: nothing is put away.
    if let Ok(until) = DateTime::parse_from_rfc3339(&until)
        && let Err(error) = visit.web.usecases.put_notices_away(&actor, until.to_utc()).await
    {
        visit.refuse(&error, &Form { page: here, field: "", typed: &[] });
        return Ok(());
    }
    visit.go(here);
    Ok(())
}
