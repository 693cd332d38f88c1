//! Takes the name of somebody who is here for the first time.

use domain::consent::{ConsentPurpose, ConsentSource};
use leptos::prelude::*;
use leptos::server_fn::codec::PostUrl;
use usecases::{Say, UpdateMe};

use super::refusal::Form;
use super::visit;
use crate::forms::Done;
use crate::routes::path;
use crate::visit::sign_in_and_back;

/// Saves the given name, and that they want offers if they ticked it. An empty name is the same as "skip".
#[server(prefix = "/sf", endpoint = "save-name", input = PostUrl)]
pub(crate) async fn save_name(#[server(default)] given_name: String, #[server(default)] marketing: String) -> Done {
    let mut visit = visit();
    let Some(actor) = visit.actor.clone() else {
        visit.go(&sign_in_and_back(path::WELCOME));
        return Ok(());
    };
    let typed = [("given_name", given_name.as_str())];
    if !given_name.trim().is_empty() {
        let change = UpdateMe { given_name: Some(Some(given_name.clone())), ..UpdateMe::default() };
        if let Err(error) = visit.web.usecases.update_me(&actor, change).await {
            visit.refuse(&error, &Form { page: path::WELCOME, field: "given_name", typed: &typed });
            return Ok(());
        }
    }
    if marketing == "yes" {
        let say =
            Say { purpose: ConsentPurpose::MarketingSms, is_granted: true, source: ConsentSource::Welcome, locale: visit.locale };
        if let Err(error) = visit.web.usecases.say_consent(&actor, say).await {
            visit.refuse(&error, &Form { page: path::WELCOME, field: "", typed: &typed });
            return Ok(());
        }
    }
    let next = visit.next_or_account();
    visit.flow = crate::flow::Flow::default();
    visit.go(&next);
    Ok(())
}
