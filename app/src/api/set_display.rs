//! Keeps how somebody likes the admin shown.

#![expect(clippy::unused_async, reason = "a server function is async, whether or not it has to wait")]

use leptos::prelude::*;
use leptos::server_fn::codec::PostUrl;

use super::visit;
use crate::forms::Done;
use crate::local_path::page_path;
use crate::routes::path;

/// `here` is the page the switch stands on; of the others the one that was pressed is there.
#[server(prefix = "/sf", endpoint = "set-display", input = PostUrl)]
pub(crate) async fn set_display(
    #[server(default)] here: String,
    #[server(default)] calendar: String,
    #[server(default)] letters: String,
) -> Done {
    let mut visit = visit();
    visit.keep_display(visit.display.with(&calendar).with(&letters));
    visit.go(page_path(&here).unwrap_or(path::HOME));
    Ok(())
}
