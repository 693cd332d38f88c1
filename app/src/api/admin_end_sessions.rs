//! Ends sessions of a person, for an admin.

use leptos::prelude::*;
use leptos::server_fn::codec::PostUrl;
use usecases::Error;

use super::admin_person::About;
use super::visit;
use crate::flow::News;
use crate::forms::Done;

/// Ends one. One that is over already is no error to whoever wants it ended.
#[server(prefix = "/sf", endpoint = "admin-end-session", input = PostUrl)]
pub(crate) async fn admin_end_session(#[server(default)] user: String, #[server(default)] session: String) -> Done {
    let mut visit = visit();
    let Some(About { admin, id, page }) = visit.admin_about(&user, "/sessions") else { return Ok(()) };
    let outcome = match session.parse() {
        Ok(session) => visit.web.usecases.end_person_session(&admin, id, session).await,
        Err(_) => Err(Error::NotFound),
    };
    let news = match outcome {
        Ok(()) => Ok(News::SessionEnded),
        Err(Error::NotFound) => Ok(News::SessionWasOver),
        Err(error) => Err(error),
    };
    visit.done(&page, news, &[]);
    Ok(())
}

/// Ends all of them.
#[server(prefix = "/sf", endpoint = "admin-end-sessions", input = PostUrl)]
pub(crate) async fn admin_end_sessions(#[server(default)] user: String) -> Done {
    let mut visit = visit();
    let Some(About { admin, id, page }) = visit.admin_about(&user, "/sessions") else { return Ok(()) };
    let outcome = visit.web.usecases.end_person_sessions(&admin, id).await;
    visit.done(&page, outcome.map(|_| News::PersonSessionsEnded), &[]);
    Ok(())
}
