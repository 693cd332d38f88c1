//! Shuts a person out, and lets them in again.

use leptos::prelude::*;
use leptos::server_fn::codec::PostUrl;

use super::admin_person::About;
use super::visit;
use crate::flow::News;
use crate::forms::Done;

/// Blocks somebody, for a reason.
#[server(prefix = "/sf", endpoint = "admin-block", input = PostUrl)]
pub(crate) async fn admin_block(#[server(default)] user: String, #[server(default)] reason: String) -> Done {
    let mut visit = visit();
    let Some(About { admin, id, page }) = visit.admin_about(&user, "") else { return Ok(()) };
    let outcome = visit.web.usecases.block_person(&admin, id, &reason).await;
    visit.done(&page, outcome.map(|_| News::PersonBlocked), &[("reason", &reason)]);
    Ok(())
}

/// Unblocks somebody: the button of their page, and "Undo".
#[server(prefix = "/sf", endpoint = "admin-unblock", input = PostUrl)]
pub(crate) async fn admin_unblock(#[server(default)] user: String) -> Done {
    let mut visit = visit();
    let Some(About { admin, id, page }) = visit.admin_about(&user, "") else { return Ok(()) };
    let outcome = visit.web.usecases.unblock_person(&admin, id).await;
    visit.done(&page, outcome.map(|_| News::PersonUnblocked), &[]);
    Ok(())
}
