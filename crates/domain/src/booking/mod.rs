//! A booking: its states, its code, who may still change it.

mod code;
mod ics;
mod record;
mod status;

pub use code::BookingCode;
pub use ics::{Words as CalendarWords, to_ics};
pub use record::{
    ATTENDEE_MAX_CHARS, Booking, BookingEvent, BookingItem, BookingSource, EventBy, NOTE_MAX_CHARS, REASON_MAX_CHARS, REMINDER,
    Span,
};
pub use status::{Act, BookingStatus, Refusal, Times};
