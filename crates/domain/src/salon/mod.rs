//! A salon: whom it serves, how it takes bookings, whether it is open to the public.

mod clientele;
mod policies;
mod slug;
mod status;

pub use clientele::Clientele;
pub use policies::{Confirmation, Policies};
pub use slug::Slug;
pub use status::{NotLive, SalonStatus};
