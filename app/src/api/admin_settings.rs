//! Changes live settings, for an admin who has seen what it does.

use axum::extract::Query;
use domain::error::ErrorCode;
use leptos::prelude::*;
use leptos::server_fn::codec::PostUrl;
use usecases::{LiveChange, LiveKey};

use super::refusal::Form;
use super::visit;
use crate::flow::{Fault, Flash, News, What};
use crate::forms::Done;
use crate::routes::path;

/// `changes` is the query of the page that showed the effect: `key=value` pairs, and `reset` for everything.
#[server(prefix = "/sf", endpoint = "admin-change-settings", input = PostUrl)]
pub(crate) async fn admin_change_settings(#[server(default)] version: String, #[server(default)] changes: String) -> Done {
    let mut visit = visit();
    let review = format!("{}?{changes}", path::ADMIN_SETTINGS_REVIEW);
    let Some(admin) = visit.admin_or_back(path::ADMIN_SETTINGS) else { return Ok(()) };
    let form = Form { page: path::ADMIN_SETTINGS, field: "version", typed: &[] };
    let (Ok(version), Some(changes)) = (version.parse(), read_changes(&changes)) else {
        visit.refuse_with(Fault { field: None, what: What::Problem(ErrorCode::Malformed) }, &form);
        return Ok(());
    };
    match visit.web.usecases.change_live_settings(&admin, version, &changes).await {
        Ok(_) => {
            visit.flow.flash = Some(Flash::news(path::ADMIN_SETTINGS, News::Saved));
            visit.go(path::ADMIN_SETTINGS);
        }
        // Back to what was looked at, once the factor was shown.
        Err(error @ (usecases::Error::StepUpRequired | usecases::Error::SecondFactorRequired)) => {
            visit.refuse(&error, &Form { page: &review, ..form });
        }
        Err(error) => visit.refuse(&error, &form),
    }
    Ok(())
}

/// Reads the changes of a query, and leaves out the version they are of. `None` when it holds something else.
pub(crate) fn read_changes(query: &str) -> Option<Vec<LiveChange>> {
    let uri = format!("/?{query}").parse().ok()?;
    let Query(pairs) = Query::<Vec<(String, String)>>::try_from_uri(&uri).ok()?;
    let mut changes = Vec::new();
    for (name, value) in pairs {
        match name.as_str() {
            "reset" => {
                changes = LiveKey::ALL.map(|key| (key, None)).into();
                continue;
            }
            "version" => continue,
            _ => {}
        }
        let key = LiveKey::parse(&name)?;
        changes.push((key, Some(key.read_text(&value).ok()?)));
    }
    Some(changes)
}
