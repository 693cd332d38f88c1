//! Switches the language, keeping the page and what was typed on it.

use domain::locale::Locale;
use leptos::prelude::*;
use leptos::server_fn::codec::PostUrl;
use usecases::UpdateMe;

use super::visit;
use crate::flow::Flash;
use crate::forms::Done;
use crate::local_path::page_path;
use crate::routes::path;

/// `here` is the page the switch stands on; the other fields are those of its form.
#[server(prefix = "/sf", endpoint = "set-locale", input = PostUrl)]
pub(crate) async fn set_locale(
    #[server(default)] to: String,
    #[server(default)] here: String,
    #[server(default)] phone: String,
    #[server(default)] code: String,
    #[server(default)] given_name: String,
    #[server(default)] family_name: String,
    #[server(default)] email: String,
) -> Done {
    let mut visit = visit();
    let here = page_path(&here).unwrap_or(path::HOME);
    if let Some(locale) = Locale::parse(&to) {
        visit.keep_locale(locale);
        if let Some(actor) = &visit.actor {
            // Texts follow the pages. The page switches even if this cannot be saved now.
            if let Err(error) =
                visit.web.usecases.update_me(actor, UpdateMe { locale: Some(locale), ..UpdateMe::default() }).await
            {
                visit.log(&error);
            }
        }
    }
    let typed: Vec<_> =
        [("phone", phone), ("code", code), ("given_name", given_name), ("family_name", family_name), ("email", email)]
            .into_iter()
            .filter(|(_, text)| !text.is_empty())
            .collect();
    if !typed.is_empty() {
        let page = here.split('?').next().unwrap_or(here);
        let kept = visit
            .flow
            .flash
            .take()
            .filter(|flash| flash.page == page)
            .unwrap_or_else(|| Flash { page: page.to_owned(), ..Flash::default() });
        let typed: Vec<_> = typed.iter().map(|(field, text)| (*field, text.as_str())).collect();
        visit.flow.flash = Some(kept.with_typed(&typed));
    }
    visit.go(here);
    Ok(())
}
