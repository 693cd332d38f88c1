//! Publishing, hiding and answering reviews of a salon.

use domain::ids::ReviewId;
use leptos::prelude::*;
use leptos::server_fn::codec::PostUrl;
use usecases::{Error, ReviewAct};

use super::admin_desk::Place;
use super::visit;
use crate::components::desk::DeskNews;
use crate::forms::Done;
use crate::routes::path;
use crate::visit::query_value;

/// `status` is the list to go back to.
#[server(prefix = "/sf", endpoint = "admin-act-on-review", input = PostUrl)]
pub(crate) async fn admin_act_on_review(
    #[server(default)] slug: String,
    #[server(default)] review: String,
    #[server(default)] act: String,
    #[server(default)] reply: String,
    #[server(default)] status: String,
) -> Done {
    let mut visit = visit();
    let Ok(id) = review.parse::<ReviewId>() else {
        visit.go(&path::desk(&slug, "reviews"));
        return Ok(());
    };
    let query = format!("?status={}", query_value(&status));
    let place = Place { slug: &slug, end: "reviews", query: &query };
    let Some(admin) = visit.admin_or_back(&path::desk(&slug, "reviews")) else { return Ok(()) };
    if let Err(error) = visit.web.usecases.read_desk(&admin, &slug).await {
        visit.desk_refuse(&place, &error, &[]);
        return Ok(());
    }
    let act = match act.as_str() {
        "publish" => ReviewAct::Publish,
        "hide" => ReviewAct::Hide,
        "reply" => ReviewAct::Reply(reply.clone()),
        _ => {
            visit.desk_refuse(&place, &Error::NotFound, &[]);
            return Ok(());
        }
    };
    match visit.web.usecases.act_on_review(&admin, id, &act).await {
        Ok(_) => visit.desk_done(&place, DeskNews::ReviewDone),
        // The page has a reply for each review: the fault is told at the one that was sent.
        Err(error) => visit.desk_refuse(&place, &error, &[("reply", &reply), ("review", &review)]),
    }
    Ok(())
}
