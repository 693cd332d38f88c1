//! What an operator does to people.

mod add_user;
mod block_user;
mod grant_role;
mod rebind_user;
