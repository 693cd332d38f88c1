//! `POST /api/admin/bulk-runs/`

use axum::extract::State;
use axum::{Extension, Json};
use domain::error::{ErrorCode, FieldError};
use domain::ids::UserId;
use domain::locale::Locale;
use domain::people::BulkAct;
use http::StatusCode;
use usecases::{BulkWho, ListUsers, Usecases};
use utoipa::ToSchema;
use uuid::Uuid;

use super::views::BulkRunReport;
use crate::extract::{AdminBearer, Fields, FromFields, Input};
use crate::problem::Problem;

pub const PROBLEMS: &[ErrorCode] = &[ErrorCode::Forbidden, ErrorCode::SecondFactorRequired];

/// Either `people` or `matching`.
#[derive(ToSchema)]
#[schema(as = NewBulkRun)]
#[expect(dead_code, reason = "it is the shape of `Choice` in the document")]
pub struct Body {
    /// `block`, `unblock`, `end_sessions` or `export`.
    #[schema(example = "block")]
    act: String,
    /// Their ids, in this order.
    people: Option<Vec<Uuid>>,
    /// Everybody whom the list of people shows for these values, under the names of its query (`q`, `status` to `seen_to`).
    #[schema(value_type = Option<Object>, example = json!({ "q": "05", "status": "any" }))]
    matching: Option<String>,
}

pub struct Choice {
    act: BulkAct,
    who: BulkWho,
}

impl FromFields for Choice {
    fn from_fields(fields: &mut Fields) -> Self {
        let act = fields.one_of("act", BulkAct::parse).unwrap_or(BulkAct::Export);
        let these = fields.optional_ids::<UserId>("people");
        let matching = fields.optional_object("matching", matching);
        let who = match (these, matching) {
            (Some(these), None) => BulkWho::These(these),
            (None, Some(asked)) => BulkWho::Matching(asked),
            (None, None) => {
                fields.refuse("people", FieldError::Required);
                BulkWho::These(Vec::new())
            }
            // Two readers could think of two choices.
            (Some(these), Some(_)) => {
                fields.refuse("matching", FieldError::Invalid);
                BulkWho::These(these)
            }
        };
        Self { act, who }
    }
}

/// What is looked for. A run has no pages to go on after.
fn matching(inner: &mut Fields) -> ListUsers {
    let names = ListUsers::NAMES.into_iter().filter(|name| *name != "after");
    let values: Vec<_> = names.filter_map(|name| Some((name, inner.optional_text(name)?))).collect();
    let value = |name: &str| values.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str());
    ListUsers::read(value).unwrap_or_else(|errors| {
        for error in errors {
            inner.refuse(error.pointer.trim_start_matches('/'), error.code);
        }
        ListUsers::default()
    })
}

/// Chooses people for an act: who they are does not change any more. Nothing is done yet; whoever may not be acted on is left out, with the
/// reason. Begin it within an hour (`start`). An export is not begun: its file is `GET /api/admin/users/export/?run=`.
#[utoipa::path(post, path = "/api/admin/bulk-runs/", operation_id = "prepareBulkRun", tag = "admin", security(("bearer" = [])),
    request_body = Body, responses((status = 201, description = "They are chosen", body = BulkRunReport)))]
pub async fn handler(
    State(uc): State<Usecases>,
    Extension(locale): Extension<Locale>,
    AdminBearer(admin): AdminBearer,
    Input(Choice { act, who }): Input<Choice>,
) -> Result<(StatusCode, Json<BulkRunReport>), Problem> {
    let id = uc.prepare_bulk(&admin, act, &who).await?;
    let run = uc.read_bulk(&admin, id, -1).await?;
    Ok((StatusCode::CREATED, Json(BulkRunReport::new(&run, locale))))
}
