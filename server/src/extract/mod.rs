//! What handlers take out of a request. Each refuses with a [`crate::problem::Problem`].

mod admin;
mod after;
mod bearer;
mod fields;
mod id;
mod idempotency;
mod input;

pub use admin::AdminBearer;
pub use after::After;
pub use bearer::{Bearer, MaybeBearer};
pub use fields::{Fields, Wish};
pub use id::{Id, Ids, RoleName, ThreeIds};
pub use idempotency::IdempotencyKey;
pub use input::{FromFields, Input, whole};
