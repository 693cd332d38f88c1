//! What somebody asks about their data, and what they agree to.

use domain::consent::{ConsentPurpose, ConsentSource};
use domain::privacy_request::RequestKind;
use leptos::prelude::*;
use leptos::server_fn::codec::PostUrl;
use usecases::{Error, Say};

use super::refusal::Form;
use super::visit;
use crate::flow::{Flash, News};
use crate::forms::Done;
use crate::routes::path;
use crate::visit::sign_in_and_back;

/// Agrees, or takes it back, on the page that it stands on.
#[server(prefix = "/sf", endpoint = "say-consent", input = PostUrl)]
pub(crate) async fn say_consent(
    #[server(default)] purpose: String,
    #[server(default)] is_granted: String,
    #[server(default)] page: String,
) -> Done {
    let mut visit = visit();
    let page = if page == path::ACCOUNT_PRIVACY { path::ACCOUNT_PRIVACY } else { path::ACCOUNT };
    let Some(actor) = visit.actor.clone() else {
        visit.go(&sign_in_and_back(page));
        return Ok(());
    };
    let form = Form { page, field: "", typed: &[] };
    let Some(purpose) = ConsentPurpose::parse(&purpose) else {
        visit.refuse(&Error::NotFound, &form);
        return Ok(());
    };
    // Whatever is not a plain yes is none.
    let say = Say { purpose, is_granted: is_granted == "yes", source: ConsentSource::Account, locale: visit.locale };
    match visit.web.usecases.say_consent(&actor, say).await {
        Ok(_) => {
            visit.flow.flash = Some(Flash::news(page, News::Saved));
            visit.go(page);
        }
        Err(error) => visit.refuse(&error, &form),
    }
    Ok(())
}

/// Asks something about one's own data.
#[server(prefix = "/sf", endpoint = "open-privacy-request", input = PostUrl)]
pub(crate) async fn open_privacy_request(#[server(default)] kind: String, #[server(default)] said: String) -> Done {
    let mut visit = visit();
    let page = path::ACCOUNT_PRIVACY;
    let Some(actor) = visit.actor.clone() else {
        visit.go(&sign_in_and_back(page));
        return Ok(());
    };
    let typed = [("kind", kind.as_str()), ("said", said.as_str())];
    let form = Form { page, field: "said", typed: &typed };
    let Some(asked) = RequestKind::parse(&kind) else {
        visit.refuse(&Error::NotFound, &form);
        return Ok(());
    };
    match visit.web.usecases.open_my_request(&actor, asked, &said).await {
        Ok(_) => {
            visit.flow.flash = Some(Flash::news(page, News::RequestOpened));
            visit.go(page);
        }
        Err(error) => visit.refuse(&error, &form),
    }
    Ok(())
}

/// Takes it back.
#[server(prefix = "/sf", endpoint = "withdraw-privacy-request", input = PostUrl)]
pub(crate) async fn withdraw_privacy_request(#[server(default)] id: String) -> Done {
    let mut visit = visit();
    let page = path::ACCOUNT_PRIVACY;
    let Some(actor) = visit.actor.clone() else {
        visit.go(&sign_in_and_back(page));
        return Ok(());
    };
    let outcome = match id.parse() {
        Ok(id) => visit.web.usecases.withdraw_my_request(&actor, id).await,
        Err(_) => Err(Error::NotFound),
    };
    match outcome {
        Ok(_) => {
            visit.flow.flash = Some(Flash::news(page, News::RequestWithdrawn));
            visit.go(page);
        }
        Err(error) => visit.refuse(&error, &Form { page, field: "", typed: &[] }),
    }
    Ok(())
}
