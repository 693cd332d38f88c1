//! What operators and admins do to people, and how admins find them.

mod add_user;
mod block_user;
pub mod bulk;
pub mod export_people;
mod grant_role;
pub mod list_users;
pub mod read_user;
mod rebind_user;
pub mod sheet;
