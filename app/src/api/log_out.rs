//! Signs out.

use leptos::prelude::*;
use leptos::server_fn::codec::PostUrl;

use super::refusal::Form;
use super::visit;
use crate::flow::{Flash, Flow, News};
use crate::forms::Done;
use crate::routes::path;
use crate::visit::Visit;

/// Ends this session. Somebody who is signed out already lands on the same page.
#[server(prefix = "/sf", endpoint = "log-out", input = PostUrl)]
pub(crate) async fn log_out() -> Done {
    let mut visit = visit();
    if let Some(actor) = visit.actor.clone()
        && let Err(error) = visit.web.usecases.logout(&actor).await
    {
        visit.refuse(&error, &Form { page: path::ACCOUNT, field: "", typed: &[] });
        return Ok(());
    }
    visit.leave(News::SignedOut).await;
    Ok(())
}

impl Visit {
    /// Drops the session cookie and shows the sign-in page. The session itself is over already: a cookie that stays is worth nothing.
    pub(super) async fn leave(&mut self, news: News) {
        if let Some(session) = &self.session
            && let Err(error) = session.flush().await
        {
            tracing::warn!(%error, "the session cookie could not be dropped");
        }
        self.flow = Flow { flash: Some(Flash::news(path::LOGIN, news)), ..Flow::default() };
        // The page shown next must not think that somebody is still signed in.
        self.actor = None;
        self.go(path::LOGIN);
    }
}
