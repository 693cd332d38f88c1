//! What customers say of visits, what the salon answers, and who decides whether the public sees it.

pub(crate) mod list;
pub(crate) mod moderate;
pub(crate) mod write;
