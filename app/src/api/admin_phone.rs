//! Moves a person's number, for an admin: look, ask, cancel, take back.

use domain::ids::UserId;
use domain::phone_move::MoveKind;
use leptos::prelude::*;
use leptos::server_fn::codec::PostUrl;
use usecases::{Admin, AskPhoneMove, Error};

use super::refusal::Form;
use super::visit;
use crate::flow::{Fault, Flash, Looked, News, What};
use crate::forms::Done;
use crate::routes::path;
use crate::visit::Visit;

/// Whom a form is about, and their page. Whoever may not is sent there, and the page says so.
fn begin(visit: &Visit, user: &str) -> Option<(Admin, UserId, String)> {
    let Ok(id) = user.parse::<UserId>() else {
        visit.go(path::ADMIN_USERS);
        return None;
    };
    let page = path::admin_user_phone(id);
    visit.admin_or_back(&page).map(|admin| (admin, id, page))
}

/// The page again, with the news or with why not.
fn end<T>(visit: &mut Visit, page: &str, outcome: Result<T, Error>, news: News) {
    match outcome {
        Ok(_) => {
            visit.flow.looked = None;
            visit.flow.flash = Some(Flash::news(page, news));
            visit.go(page);
        }
        Err(Error::MoveRefused(refusal)) => {
            let fault = Fault { field: None, what: What::Move(refusal) };
            visit.refuse_with(fault, &Form { page, field: "phone", typed: &[] });
        }
        Err(error) => visit.refuse(&error, &Form { page, field: "phone", typed: &[] }),
    }
}

/// Reads the number that was typed; the page then says what it would mean. `clear` goes back to typing.
#[server(prefix = "/sf", endpoint = "admin-look-phone", input = PostUrl)]
pub(crate) async fn admin_look_phone(
    #[server(default)] user: String,
    #[server(default)] phone: String,
    #[server(default)] clear: String,
) -> Done {
    let mut visit = visit();
    let Some((admin, id, page)) = begin(&visit, &user) else { return Ok(()) };
    visit.flow.looked = None;
    if !clear.is_empty() {
        visit.flow.flash = None;
        visit.go(&page);
        return Ok(());
    }
    let typed = [("phone", phone.as_str())];
    match visit.web.usecases.look_at_phone(&admin, id, &phone).await {
        Ok(look) => {
            if let Some(refusal) = look.refusal {
                let fault = Fault { field: None, what: What::Move(refusal) };
                visit.refuse_with(fault, &Form { page: &page, field: "phone", typed: &typed });
                return Ok(());
            }
            visit.flow.looked = Some(Looked { user: id, e164: look.phone.as_e164().to_owned() });
            visit.flow.flash = None;
            visit.go(&page);
        }
        Err(error) => visit.refuse(&error, &Form { page: &page, field: "phone", typed: &typed }),
    }
    Ok(())
}

/// Asks for the move.
#[server(prefix = "/sf", endpoint = "admin-ask-phone", input = PostUrl)]
pub(crate) async fn admin_ask_phone(
    #[server(default)] user: String,
    #[server(default)] kind: String,
    #[server(default)] phone: String,
) -> Done {
    let mut visit = visit();
    let Some((admin, id, page)) = begin(&visit, &user) else { return Ok(()) };
    let Some(kind) = MoveKind::parse(&kind) else {
        visit.go(&page);
        return Ok(());
    };
    let outcome = visit.web.usecases.ask_phone_move(&admin, &AskPhoneMove { user: id, kind, phone }).await;
    end(&mut visit, &page, outcome, News::MoveAsked);
    Ok(())
}

/// Cancels what waits.
#[server(prefix = "/sf", endpoint = "admin-cancel-phone", input = PostUrl)]
pub(crate) async fn admin_cancel_phone(#[server(default)] user: String) -> Done {
    let mut visit = visit();
    let Some((admin, id, page)) = begin(&visit, &user) else { return Ok(()) };
    let outcome = visit.web.usecases.cancel_phone_move(&admin, id).await;
    end(&mut visit, &page, outcome, News::MoveCancelled);
    Ok(())
}

/// Takes back what was done.
#[server(prefix = "/sf", endpoint = "admin-undo-phone", input = PostUrl)]
pub(crate) async fn admin_undo_phone(#[server(default)] user: String) -> Done {
    let mut visit = visit();
    let Some((admin, id, page)) = begin(&visit, &user) else { return Ok(()) };
    let outcome = visit.web.usecases.undo_phone_move(&admin, id).await;
    end(&mut visit, &page, outcome, News::MoveUndone);
    Ok(())
}
