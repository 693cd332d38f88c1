//! `/admin/users/{id}…`: one person, a page for each side of them.

pub(crate) mod acts;
pub(crate) mod audit;
pub(crate) mod bookings;
pub(crate) mod codes;
pub(crate) mod consents;
pub(crate) mod erase;
pub(crate) mod export;
pub(crate) mod identity;
pub(crate) mod messages;
pub(crate) mod notes;
pub(crate) mod phone;
pub(crate) mod privacy;
pub(crate) mod sessions;
