//! `GET /api/admin/users/{id}/messages/`

use axum::Json;
use axum::extract::State;
use domain::ids::{OutboxId, UserId};
use usecases::Usecases;

use crate::api::admin::users::person_views::MessagePage;
use crate::extract::{AdminBearer, After, Id};
use crate::problem::Problem;

/// Text messages about somebody and what became of them. The numbers are masked, the words are not there.
#[utoipa::path(get, path = "/api/admin/users/{id}/messages/", operation_id = "listUserMessages", tag = "admin", security(("bearer" = [])),
    params(
        ("id" = Uuid, Path, description = "Of the person"),
        ("after" = Option<String>, Query, description = "`next` of the page before"),
    ), responses((status = 200, description = "Newest first, fifty at most", body = MessagePage)))]
pub async fn handler(
    State(uc): State<Usecases>,
    AdminBearer(admin): AdminBearer,
    Id(id): Id<UserId>,
    After(after): After<OutboxId>,
) -> Result<Json<MessagePage>, Problem> {
    Ok(Json(MessagePage::new(uc.list_person_messages(&admin, id, after).await?)))
}
