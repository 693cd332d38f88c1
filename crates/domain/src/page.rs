//! One page of a list.

use serde::Serialize;

/// Items and where to go on. Keyset, never offset: a page stays right while rows come and go.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Page<T> {
    /// In the order asked for.
    pub items: Vec<T>,
    /// Opaque cursor of the next page; `None` on the last.
    pub next: Option<String>,
}
