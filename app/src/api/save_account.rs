//! Saves a person's details.

use domain::locale::Locale;
use leptos::prelude::*;
use leptos::server_fn::codec::PostUrl;
use usecases::UpdateMe;

use super::refusal::Form;
use super::visit;
use crate::flow::{Flash, News};
use crate::forms::Done;
use crate::routes::path;
use crate::visit::sign_in_and_back;

/// Saves all fields of the account page. An empty field removes what was there.
#[server(prefix = "/sf", endpoint = "save-account", input = PostUrl)]
pub(crate) async fn save_account(
    #[server(default)] given_name: String,
    #[server(default)] family_name: String,
    #[server(default)] email: String,
    #[server(default)] locale: String,
) -> Done {
    let mut visit = visit();
    let Some(actor) = visit.actor.clone() else {
        visit.go(&sign_in_and_back(path::ACCOUNT));
        return Ok(());
    };
    let locale = Locale::parse(&locale);
    let change = UpdateMe {
        given_name: Some(filled(&given_name)),
        family_name: Some(filled(&family_name)),
        email: Some(filled(&email)),
        locale,
    };
    match visit.web.usecases.update_me(&actor, change).await {
        Ok(_) => {
            if let Some(locale) = locale {
                visit.keep_locale(locale);
            }
            visit.flow.flash = Some(Flash::news(path::ACCOUNT, News::Saved));
            visit.go(path::ACCOUNT);
        }
        Err(error) => {
            let typed = [("given_name", given_name.as_str()), ("family_name", &family_name), ("email", &email)];
            visit.refuse(&error, &Form { page: path::ACCOUNT, field: "given_name", typed: &typed });
        }
    }
    Ok(())
}

/// A form always sends its fields: an empty one means "none".
fn filled(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}
