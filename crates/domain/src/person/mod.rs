//! Who a person is to whoever looks.
//!
//! To add an audience: a variant of [`Audience`] in `view.rs` and its column in `display.rs`, from the table in people-and-phones §1. To change what a
//! name may hold: `name.rs`.

#[cfg(feature = "server")]
mod display;
#[cfg(feature = "server")]
mod hide;
#[cfg(feature = "server")]
mod key;
mod name;
mod text;
mod view;

#[cfg(feature = "server")]
pub use display::display_name;
#[cfg(feature = "server")]
pub use hide::hide_phone;
#[cfg(feature = "server")]
pub use key::NameKey;
pub use name::clean_name;
pub use text::clean_text;
pub use view::{Audience, DisplayName, Person};
