//! `/admin/users/{id}…`: one person, a page for each side of them.

pub(crate) mod acts;
pub(crate) mod audit;
pub(crate) mod codes;
pub(crate) mod identity;
pub(crate) mod messages;
pub(crate) mod notes;
pub(crate) mod sessions;
