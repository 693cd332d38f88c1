//! Collects endpoints and, with each, the problems it may answer, so that the document cannot forget one.

use domain::error::ErrorCode;
use serde_json::json;
use utoipa::openapi::extensions::ExtensionsBuilder;
use utoipa::openapi::path::Operation;
use utoipa::openapi::{ContentBuilder, OpenApi, Ref, RefOr, ResponseBuilder};
use utoipa_axum::router::{OpenApiRouter, UtoipaMethodRouter};

use crate::state::AppState;

/// The extension member that lists the codes behind one status.
pub const PROBLEM_CODES: &str = "x-problem-codes";

/// What any endpoint may answer.
const ANYWHERE: &[ErrorCode] = &[ErrorCode::QuotaExceeded, ErrorCode::Unavailable, ErrorCode::Internal];
/// What an endpoint with a body may answer besides.
const WITH_BODY: &[ErrorCode] =
    &[ErrorCode::Malformed, ErrorCode::PayloadTooLarge, ErrorCode::UnsupportedMediaType, ErrorCode::Validation];
/// What an endpoint behind a token may answer besides.
const WITH_TOKEN: &[ErrorCode] = &[ErrorCode::Unauthenticated, ErrorCode::SessionEnded];

/// The endpoints so far.
#[derive(Default)]
pub struct Door(OpenApiRouter<AppState>);

impl Door {
    /// Adds an endpoint that may answer `problems` of its own.
    #[must_use]
    pub fn add(self, mut routes: UtoipaMethodRouter<AppState>, problems: &[ErrorCode]) -> Self {
        for item in routes.1.paths.values_mut() {
            let operations = [&mut item.get, &mut item.post, &mut item.put, &mut item.patch, &mut item.delete];
            operations.into_iter().flatten().for_each(|operation| document(operation, problems));
        }
        Self(self.0.routes(routes))
    }

    pub fn into_parts(self) -> (axum::Router<AppState>, OpenApi) {
        self.0.split_for_parts()
    }
}

fn document(operation: &mut Operation, own: &[ErrorCode]) {
    let mut codes = own.to_vec();
    codes.extend(ANYWHERE);
    if operation.request_body.is_some() {
        codes.extend(WITH_BODY);
    }
    if operation.security.is_some() {
        codes.extend(WITH_TOKEN);
    }
    codes.sort_by_key(|code| (code.status(), code.as_str()));
    codes.dedup();
    for same in codes.chunk_by(|a, b| a.status() == b.status()) {
        let names: Vec<_> = same.iter().map(|code| code.as_str()).collect();
        let content = ContentBuilder::new().schema(Some(RefOr::Ref(Ref::from_schema_name("Problem")))).build();
        let response = ResponseBuilder::new()
            .description(names.join(", "))
            .content("application/problem+json", content)
            .extensions(Some(ExtensionsBuilder::new().add(PROBLEM_CODES, json!(names)).build()))
            .build();
        operation.responses.responses.insert(same[0].status().to_string(), RefOr::T(response));
    }
}
