//! Ends sessions of one's own.

use domain::ids::SessionId;
use leptos::prelude::*;
use leptos::server_fn::codec::PostUrl;
use usecases::Error;

use super::refusal::Form;
use super::visit;
use crate::flow::{Flash, News};
use crate::forms::Done;
use crate::routes::path;
use crate::visit::sign_in_and_back;

const PAGE: &str = path::ACCOUNT_SESSIONS;

/// Ends one session. One that is over already is no error to the person.
#[server(prefix = "/sf", endpoint = "end-session", input = PostUrl)]
pub(crate) async fn end_session(#[server(default)] session: String) -> Done {
    let mut visit = visit();
    let Some(actor) = visit.actor.clone() else {
        visit.go(&sign_in_and_back(PAGE));
        return Ok(());
    };
    let result = match session.parse::<SessionId>() {
        Ok(id) => visit.web.usecases.end_session(&actor, id).await,
        Err(_) => Err(Error::NotFound),
    };
    let news = match result {
        Ok(()) => News::SessionEnded,
        Err(Error::NotFound) => News::SessionWasOver,
        Err(error) => {
            visit.refuse(&error, &Form { page: PAGE, field: "", typed: &[] });
            return Ok(());
        }
    };
    visit.flow.flash = Some(Flash::news(PAGE, news));
    visit.go(PAGE);
    Ok(())
}

/// Ends all sessions but this one.
#[server(prefix = "/sf", endpoint = "end-other-sessions", input = PostUrl)]
pub(crate) async fn end_other_sessions() -> Done {
    let mut visit = visit();
    let Some(actor) = visit.actor.clone() else {
        visit.go(&sign_in_and_back(PAGE));
        return Ok(());
    };
    match visit.web.usecases.end_other_sessions(&actor).await {
        Ok(_) => {
            visit.flow.flash = Some(Flash::news(PAGE, News::OthersEnded));
            visit.go(PAGE);
        }
        Err(error) => visit.refuse(&error, &Form { page: PAGE, field: "", typed: &[] }),
    }
    Ok(())
}
