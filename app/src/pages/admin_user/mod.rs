//! `/admin/users/{id}…`: one person, a page for each side of them.

pub(crate) mod identity;
pub(crate) mod phone;
pub(crate) mod sessions;
