//! Answering requests, writing down what was said at the desk, erasing somebody: for an admin. Whoever may not is sent to the page, which
//! says what is missing.

use domain::consent::ConsentPurpose;
use domain::ids::{RequestId, UserId};
use domain::privacy_request::RequestKind;
use leptos::prelude::*;
use leptos::server_fn::codec::PostUrl;
use usecases::{AdminAct, Error};

use super::refusal::Form;
use super::visit;
use crate::flow::{Fault, Flash, News, What};
use crate::forms::Done;
use crate::routes::path;

/// Writes down what somebody told staff they want.
#[server(prefix = "/sf", endpoint = "admin-open-privacy-request", input = PostUrl)]
pub(crate) async fn admin_open_request(
    #[server(default)] user: String,
    #[server(default)] kind: String,
    #[server(default)] note: String,
) -> Done {
    let mut visit = visit();
    let Ok(id) = user.parse::<UserId>() else {
        visit.go(path::ADMIN_USERS);
        return Ok(());
    };
    let page = format!("{}/privacy", path::admin_user(id));
    let Some(admin) = visit.admin_or_back(&page) else { return Ok(()) };
    let typed = [("note", note.as_str())];
    let form = Form { page: &page, field: "note", typed: &typed };
    let Some(kind) = RequestKind::parse(&kind) else {
        visit.refuse(&Error::NotFound, &form);
        return Ok(());
    };
    match visit.web.usecases.open_request_for(&admin, id, kind, &note).await {
        Ok(_) => {
            visit.flow.flash = Some(Flash::news(&page, News::WrittenDown));
            visit.go(&page);
        }
        Err(error) => visit.refuse(&error, &form),
    }
    Ok(())
}

/// Starts, finishes, refuses or puts off a request.
#[server(prefix = "/sf", endpoint = "admin-act-on-request", input = PostUrl)]
pub(crate) async fn admin_act_on_request(
    #[server(default)] id: String,
    #[server(default)] act: String,
    #[server(default)] reason: String,
) -> Done {
    let mut visit = visit();
    let Ok(id) = id.parse::<RequestId>() else {
        visit.go(path::ADMIN_PRIVACY);
        return Ok(());
    };
    let page = path::admin_request(id);
    let Some(admin) = visit.admin_or_back(&page) else { return Ok(()) };
    let field = format!("reason-{act}");
    let typed = [(field.as_str(), reason.as_str())];
    let form = Form { page: &page, field: "", typed: &typed };
    let Some(act) = AdminAct::parse(&act) else {
        visit.refuse(&Error::NotFound, &form);
        return Ok(());
    };
    match visit.web.usecases.act_on_request(&admin, id, act, &reason).await {
        Ok(_) => {
            visit.flow.flash = Some(Flash::news(&page, News::WrittenDown));
            visit.go(&page);
        }
        // Two forms of the page have a reason: the fault is told at the one that was sent.
        Err(Error::Validation(errors)) if !errors.is_empty() => {
            visit.refuse_with(Fault::of(&field, What::Field(errors[0].code)), &form);
        }
        Err(error) => visit.refuse(&error, &form),
    }
    Ok(())
}

/// Writes down what somebody said at the desk.
#[server(prefix = "/sf", endpoint = "admin-record-consent", input = PostUrl)]
pub(crate) async fn admin_record_consent(
    #[server(default)] user: String,
    #[server(default)] purpose: String,
    #[server(default)] is_granted: String,
) -> Done {
    let mut visit = visit();
    let Ok(id) = user.parse::<UserId>() else {
        visit.go(path::ADMIN_USERS);
        return Ok(());
    };
    let page = format!("{}/consents", path::admin_user(id));
    let Some(admin) = visit.admin_or_back(&page) else { return Ok(()) };
    let form = Form { page: &page, field: "", typed: &[] };
    let Some(purpose) = ConsentPurpose::parse(&purpose) else {
        visit.refuse(&Error::NotFound, &form);
        return Ok(());
    };
    match visit.web.usecases.record_consent(&admin, id, purpose, is_granted == "yes").await {
        Ok(_) => {
            visit.flow.flash = Some(Flash::news(&page, News::WrittenDown));
            visit.go(&page);
        }
        Err(error) => visit.refuse(&error, &form),
    }
    Ok(())
}

/// Erases somebody whose short id was typed.
#[server(prefix = "/sf", endpoint = "admin-erase-person", input = PostUrl)]
pub(crate) async fn admin_erase_person(#[server(default)] user: String, #[server(default)] confirm: String) -> Done {
    let mut visit = visit();
    let Ok(id) = user.parse::<UserId>() else {
        visit.go(path::ADMIN_USERS);
        return Ok(());
    };
    let page = path::admin_user_erase(id);
    let Some(admin) = visit.admin_or_back(&page) else { return Ok(()) };
    match visit.web.usecases.erase_person(&admin, id, &confirm).await {
        Ok(()) => {
            let page = format!("{}/privacy", path::admin_user(id));
            visit.flow.flash = Some(Flash::news(&page, News::PersonErased));
            visit.go(&page);
        }
        // The page says who cannot be erased there.
        Err(Error::Conflict) => visit.go(&page),
        Err(error) => visit.refuse(&error, &Form { page: &page, field: "confirm", typed: &[] }),
    }
    Ok(())
}
