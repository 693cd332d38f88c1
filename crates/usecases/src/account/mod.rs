//! A person's own account.

pub(crate) mod erase_me;
pub(crate) mod export_me;
pub(crate) mod notices;
pub(crate) mod request_phone;
pub(crate) mod update_me;
pub(crate) mod verify_phone;
