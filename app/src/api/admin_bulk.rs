//! Acts on many people: choosing them, and saying yes.

use domain::error::ErrorCode;
use domain::ids::{BulkRunId, UserId};
use domain::people::BulkAct;
use leptos::prelude::*;
use leptos::server_fn::codec::PostUrl;
use usecases::{BulkWho, Error};

use super::refusal::Form;
use super::visit;
use crate::flow::{Fault, Flash, What};
use crate::forms::Done;
use crate::local_path::local_path;
use crate::pages::admin_users::{asked_of, wanted_of};
use crate::routes::path;

/// Chooses people for an act and leads to the page that asks once more. `here` is the address of the list, which says who matches; `shown`
/// are the ids on its page.
#[server(prefix = "/sf", endpoint = "admin-prepare-bulk", input = PostUrl)]
pub(crate) async fn admin_prepare_bulk(
    #[server(default)] act: String,
    #[server(default)] whom: String,
    #[server(default)] person: Vec<String>,
    #[server(default)] shown: String,
    #[server(default)] here: String,
) -> Done {
    let mut visit = visit();
    let here = local_path(&here).filter(|here| here.split('?').next() == Some(path::ADMIN_USERS)).unwrap_or(path::ADMIN_USERS);
    let Some(admin) = visit.admin_or_back(here) else { return Ok(()) };
    let who = match whom.as_str() {
        "matching" => wanted_of(&asked_of(here)).map(BulkWho::Matching),
        "page" => Ok(BulkWho::These(ids(shown.split(',')))),
        _ => Ok(BulkWho::These(ids(person.iter().map(String::as_str)))),
    };
    let outcome = match (BulkAct::parse(&act), who) {
        (Some(act), Ok(who)) => visit.web.usecases.prepare_bulk(&admin, act, &who).await,
        (None, _) => Err(Error::NotFound),
        (_, Err(errors)) => Err(Error::Validation(errors)),
    };
    match outcome {
        Ok(run) => visit.go(&path::admin_bulk_run(run)),
        Err(error) => {
            visit.log(&error);
            let what = match &error {
                Error::Validation(_) => What::NobodyChosen,
                other => What::Problem(other.code()),
            };
            visit.flow.flash = Some(Flash::faults(path::ADMIN_USERS, vec![Fault::of("bulk", what)], &[]));
            visit.go(here);
        }
    }
    Ok(())
}

/// What is no id came from no page of ours.
fn ids<'a>(texts: impl Iterator<Item = &'a str>) -> Vec<UserId> {
    texts.filter_map(|id| id.parse().ok()).collect()
}

/// Says yes to a run.
#[server(prefix = "/sf", endpoint = "admin-start-bulk", input = PostUrl)]
pub(crate) async fn admin_start_bulk(#[server(default)] run: String, #[server(default)] reason: String) -> Done {
    let mut visit = visit();
    let Ok(id) = run.parse::<BulkRunId>() else {
        visit.flow.flash =
            Some(Flash::faults(path::ADMIN_USERS, vec![Fault { field: None, what: What::Problem(ErrorCode::NotFound) }], &[]));
        visit.go(path::ADMIN_USERS);
        return Ok(());
    };
    let page = path::admin_bulk_run(id);
    let Some(admin) = visit.admin_or_back(&page) else { return Ok(()) };
    match visit.web.usecases.start_bulk(&admin, id, &reason).await {
        Ok(()) => {
            visit.flow.flash = None;
            visit.go(&page);
        }
        Err(error) => visit.refuse(&error, &Form { page: &page, field: "reason", typed: &[("reason", reason.as_str())] }),
    }
    Ok(())
}
