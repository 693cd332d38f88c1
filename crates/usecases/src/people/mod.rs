//! What operators and admins do to people, and how admins find them.

mod add_user;
mod audit;
mod block_user;
mod grant_role;
pub mod list_users;
pub mod read_user;
mod rebind_user;
