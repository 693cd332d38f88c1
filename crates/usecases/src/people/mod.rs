//! What operators and admins do to people, and how admins find them.

pub mod add_user;
mod audit;
mod block_user;
pub mod bulk;
mod change_roles;
pub mod doer;
mod end_sessions;
pub mod export_people;
mod grant_role;
pub mod history;
pub mod list_users;
pub mod notes;
pub mod read_user;
mod rebind_user;
pub mod sheet;
mod turn;
mod update_user;
