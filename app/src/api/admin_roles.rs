//! Grants the role of those who run the platform, and takes it away.

use domain::role::Role;
use leptos::prelude::*;
use leptos::server_fn::codec::PostUrl;

use super::admin_person::About;
use super::visit;
use crate::flow::News;
use crate::forms::Done;

/// Grants it.
#[server(prefix = "/sf", endpoint = "admin-grant-role", input = PostUrl)]
pub(crate) async fn admin_grant_role(#[server(default)] user: String) -> Done {
    let mut visit = visit();
    let Some(About { admin, id, page }) = visit.admin_about(&user, "") else { return Ok(()) };
    let outcome = visit.web.usecases.grant_person_role(&admin, id, Role::PlatformAdmin).await;
    visit.done(&page, outcome.map(|_| News::RoleGranted), &[]);
    Ok(())
}

/// Takes it away.
#[server(prefix = "/sf", endpoint = "admin-revoke-role", input = PostUrl)]
pub(crate) async fn admin_revoke_role(#[server(default)] user: String) -> Done {
    let mut visit = visit();
    let Some(About { admin, id, page }) = visit.admin_about(&user, "") else { return Ok(()) };
    let outcome = visit.web.usecases.revoke_person_role(&admin, id, Role::PlatformAdmin).await;
    visit.done_with_role(&page, outcome.map(|_| News::RoleRevoked));
    Ok(())
}
