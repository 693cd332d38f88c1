//! `/admin/users/{id}…`: one person, a page for each side of them.

pub(crate) mod consents;
pub(crate) mod erase;
pub(crate) mod export;
pub(crate) mod identity;
pub(crate) mod privacy;
pub(crate) mod sessions;
