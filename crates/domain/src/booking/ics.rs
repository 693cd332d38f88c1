//! A booking for somebody's own calendar (RFC 5545), in UTC, which no calendar reads wrong.

use std::fmt::Write as _;

use chrono::{DateTime, Utc};

use super::Booking;

/// Longest line, in bytes, without its end (RFC 5545 §3.1).
const LINE_MAX_BYTES: usize = 75;
/// Who made the file (RFC 5545 §3.7.3).
const PRODUCT: &str = "-//Salon//Bookings//EN";

/// The words beside a booking.
#[derive(Clone, Copy, Debug)]
pub struct Words<'a> {
    /// What the event is called.
    pub summary: &'a str,
    /// What else there is to say.
    pub description: &'a str,
    /// Where it is.
    pub location: &'a str,
    /// The host that the id is unique at.
    pub host: &'a str,
}

/// The file. A calendar that has the event already takes the later of the two by its `SEQUENCE`; one that was called off goes out as a
/// cancellation of it.
pub fn to_ics(booking: &Booking, words: &Words<'_>, now: DateTime<Utc>) -> String {
    let stands = booking.status.blocks() || booking.status == super::BookingStatus::Completed;
    let (method, status) = match (stands, booking.status) {
        (false, _) => ("CANCEL", "CANCELLED"),
        (true, super::BookingStatus::Pending | super::BookingStatus::Held) => ("PUBLISH", "TENTATIVE"),
        (true, _) => ("PUBLISH", "CONFIRMED"),
    };
    let instant = |at: DateTime<Utc>| at.format("%Y%m%dT%H%M%SZ").to_string();
    let mut file = String::new();
    let mut line = |name: &str, value: &str| fold(&mut file, &format!("{name}:{value}"));
    line("BEGIN", "VCALENDAR");
    line("VERSION", "2.0");
    line("PRODID", PRODUCT);
    line("CALSCALE", "GREGORIAN");
    line("METHOD", method);
    line("BEGIN", "VEVENT");
    line("UID", &format!("{}@{}", booking.id, words.host));
    line("SEQUENCE", &booking.version.to_string());
    line("DTSTAMP", &instant(now));
    line("LAST-MODIFIED", &instant(booking.changed_at));
    line("DTSTART", &instant(booking.span.starts_at));
    line("DTEND", &instant(booking.span.ends_at));
    line("STATUS", status);
    for (name, text) in [("SUMMARY", words.summary), ("DESCRIPTION", words.description), ("LOCATION", words.location)] {
        if !text.is_empty() {
            line(name, &escaped(text));
        }
    }
    line("END", "VEVENT");
    line("END", "VCALENDAR");
    file
}

/// RFC 5545 §3.3.11. What cannot stand in a text at all is left out.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => {
                let _ = write!(out, "\\{c}");
            }
            '\n' => out.push_str("\\n"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// One line as its bytes may stand: the rest of a long one goes on after a space, and no letter is cut in two.
fn fold(file: &mut String, line: &str) {
    let mut room = LINE_MAX_BYTES;
    for c in line.chars() {
        if c.len_utf8() > room {
            file.push_str("\r\n ");
            room = LINE_MAX_BYTES - 1;
        }
        room -= c.len_utf8();
        file.push(c);
    }
    file.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::booking::{BookingCode, BookingSource, BookingStatus, Span};
    use crate::ids::{BookingId, SalonId, StaffId};

    fn at(minute: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_800_000_000 + minute * 60, 0).expect("in range")
    }

    fn booking(status: BookingStatus) -> Booking {
        let span = Span {
            starts_at: at(0),
            ends_at: at(45),
            blocked_from: at(-5),
            blocked_to: at(50),
            business_date: at(0).date_naive(),
        };
        Booking {
            id: BookingId(uuid::Uuid::nil()),
            code: BookingCode::from_bits(0),
            salon_id: SalonId(uuid::Uuid::nil()),
            staff_id: StaffId(uuid::Uuid::nil()),
            customer_id: None,
            span,
            status,
            is_overbooked: false,
            attendee_name: None,
            note: None,
            source: BookingSource::Web,
            hold_expires_at: None,
            version: 3,
            changed_at: at(-60),
            created_at: at(-90),
        }
    }

    fn ics(status: BookingStatus, summary: &str) -> String {
        let words = Words { summary, description: "a\nb", location: "", host: "salon.example" };
        to_ics(&booking(status), &words, at(-30))
    }

    #[test]
    fn a_booking_is_an_event_without_the_time_around_it() {
        let file = ics(BookingStatus::Confirmed, "Hair cut, Salon; 1\\2");
        let wanted = [
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            "PRODID:-//Salon//Bookings//EN",
            "CALSCALE:GREGORIAN",
            "METHOD:PUBLISH",
            "BEGIN:VEVENT",
            "UID:00000000-0000-0000-0000-000000000000@salon.example",
            "SEQUENCE:3",
            "DTSTAMP:20270115T073000Z",
            "LAST-MODIFIED:20270115T070000Z",
            "DTSTART:20270115T080000Z",
            "DTEND:20270115T084500Z",
            "STATUS:CONFIRMED",
            "SUMMARY:Hair cut\\, Salon\\; 1\\\\2",
            "DESCRIPTION:a\\nb",
            "END:VEVENT",
            "END:VCALENDAR",
            "",
        ];
        assert_eq!(file.split("\r\n").collect::<Vec<_>>(), wanted);
    }

    #[test]
    fn what_was_called_off_is_a_cancellation_and_what_waits_is_tentative() {
        for (status, words) in [
            (BookingStatus::CancelledBySalon, "METHOD:CANCEL\r\n"),
            (BookingStatus::Declined, "STATUS:CANCELLED\r\n"),
            (BookingStatus::NoShow, "STATUS:CANCELLED\r\n"),
            (BookingStatus::Pending, "STATUS:TENTATIVE\r\n"),
            (BookingStatus::Completed, "STATUS:CONFIRMED\r\n"),
        ] {
            assert!(ics(status, "x").contains(words), "{status:?}");
        }
    }

    #[test]
    fn long_lines_are_folded_between_letters_and_read_back_whole() {
        let name = "قص شعر وصبغة ".repeat(20);
        let file = ics(BookingStatus::Confirmed, &format!("{name}\u{0}\r"));
        assert!(file.split("\r\n").all(|line| line.len() <= LINE_MAX_BYTES));
        assert!(file.replace("\r\n ", "").contains(&format!("SUMMARY:{name}\r\n")));
        assert!(!ics(BookingStatus::Confirmed, "a\r\nATTENDEE:x").contains("\r\nATTENDEE"));
    }
}
