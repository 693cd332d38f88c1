//! The query of a list: what is not a name of it is refused.

use std::collections::HashMap;

use axum::extract::Query;
use axum::extract::rejection::QueryRejection;
use domain::error::{ErrorCode, FieldError, ValidationError};

use crate::problem::Problem;

/// As axum reads it.
pub type Asked = Result<Query<HashMap<String, String>>, QueryRejection>;

/// Reads the values under `names` by `read`; every fault and every other name is told at once.
pub fn read<T: Default>(
    asked: Asked,
    names: &[&str],
    read: impl FnOnce(&HashMap<String, String>) -> Result<T, Vec<ValidationError>>,
) -> Result<T, Problem> {
    let Query(query) = asked.map_err(|_| ErrorCode::Malformed)?;
    let (value, mut errors) = match read(&query) {
        Ok(value) => (value, Vec::new()),
        Err(errors) => (T::default(), errors),
    };
    let mut unknown: Vec<_> = query.keys().filter(|name| !names.contains(&name.as_str())).collect();
    unknown.sort();
    errors.extend(unknown.into_iter().map(|name| ValidationError { pointer: format!("/{name}"), code: FieldError::Unknown }));
    if errors.is_empty() { Ok(value) } else { Err(Problem::validation(errors)) }
}
