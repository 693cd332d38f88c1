//! Phones for people: masks, grouping, direction (people-and-phones §1).

use super::PhoneNumber;
#[cfg(feature = "server")]
use super::plan;

/// How much of a phone is shown. M3, nothing, has no variant: do not pass the phone at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mask {
    /// All of it, `050 123 4567` or `+971 50 123 4567`: the person, admins, permitted staff.
    M0,
    /// `05• ••• 4567`, `+971 •• ••• 4567`: staff without permission, calendar chips, SMS log.
    M1,
    /// `+9665•••••567`: logs and audit.
    M2,
}

/// Left-to-right mark: keeps the number in order inside right-to-left plain text.
const LRM: char = '\u{200E}';

/// A space that does not break the number over two lines.
const NBSP: &str = "\u{A0}";

impl PhoneNumber {
    /// The phone for screens, without direction marks: HTML puts it in `<bdi dir="ltr">`. The number of bullets says nothing about the
    /// number of digits, and at least four digits of the national number stay hidden.
    pub fn masked(&self, mask: Mask) -> String {
        let (code, national) = split_country_code(self.digits());
        match mask {
            Mask::M0 if code == "966" => saudi(national),
            Mask::M0 => format!("+{code} {}", grouped(code, national)),
            Mask::M1 if code == "966" => format!("05• ••• {}", tail(national, 4, 0)),
            Mask::M1 => format!("+{code} •• ••• {}", tail(national, 4, 0)),
            Mask::M2 => format!("+{code}{}•••••{}", &national[..1], tail(national, 3, 1)),
        }
    }

    /// The phone for plain text (SMS, `<title>`, placeholder): direction marks around it, no-break spaces inside.
    pub fn in_plain_text(&self, mask: Mask) -> String {
        format!("{LRM}{}{LRM}", self.masked(mask).replace(' ', NBSP))
    }
}

/// National grouping, `050 123 4567`.
fn saudi(national: &str) -> String {
    match (national.get(..2), national.get(2..5), national.get(5..)) {
        (Some(first), Some(second), Some(last)) => format!("0{first} {second} {last}"),
        _ => format!("0{national}"),
    }
}

#[cfg(feature = "server")]
fn grouped(code: &str, national: &str) -> String {
    plan::grouped(code, national).unwrap_or_else(|| national.to_owned())
}

/// Wasm has no numbering plans, and shows the digits as they are.
#[cfg(not(feature = "server"))]
fn grouped(_code: &str, national: &str) -> String {
    national.to_owned()
}

/// At most `wanted` last digits, fewer when `shown` others are visible and less than four would stay hidden.
fn tail(national: &str, wanted: usize, shown: usize) -> &str {
    let len = wanted.min(national.len().saturating_sub(4 + shown));
    &national[national.len() - len..]
}

/// Splits E.164 digits by the length of the country code (ITU-T E.164 list of assigned codes: all not named here have three digits).
pub(super) fn split_country_code(digits: &str) -> (&str, &str) {
    let len = match digits.as_bytes() {
        [b'1' | b'7', ..] => 1,
        [b'2', b'0' | b'7', ..]
        | [b'3', b'0'..=b'4' | b'6' | b'9', ..]
        | [b'4', b'0' | b'1' | b'3'..=b'9', ..]
        | [b'5', b'1'..=b'8', ..]
        | [b'6', b'0'..=b'6', ..]
        | [b'8', b'1' | b'2' | b'4' | b'6', ..]
        | [b'9', b'0'..=b'5' | b'8', ..] => 2,
        _ => 3,
    };
    digits.split_at(len)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(e164: &str, mask: Mask) -> String {
        PhoneNumber::from_canonical(e164).unwrap().masked(mask)
    }

    #[test]
    fn saudi_numbers_are_national_and_all_others_international() {
        assert_eq!(shown("+966501234567", Mask::M0), "050 123 4567");
        #[cfg(feature = "server")]
        for (e164, text) in [
            ("+971501234567", "+971 50 123 4567"),
            ("+96550012345", "+965 500 12345"),
            ("+447400123456", "+44 7400 123456"),
            ("+12015550123", "+1 201-555-0123"),
            ("+2250123456789", "+225 01 23 45 6789"),
        ] {
            assert_eq!(shown(e164, Mask::M0), text);
        }
    }

    #[test]
    fn masks_have_a_fixed_number_of_bullets_and_hide_four_digits() {
        for (e164, m1, m2) in [
            ("+966501234567", "05• ••• 4567", "+9665•••••567"),
            ("+971501234567", "+971 •• ••• 4567", "+9715•••••567"),
            ("+12015550123", "+1 •• ••• 0123", "+12•••••123"),
            ("+4915123456789", "+49 •• ••• 6789", "+491•••••789"),
            ("+96550012345", "+965 •• ••• 2345", "+9655•••••345"),
            ("+29051234", "+290 •• ••• 4", "+2905•••••"),
        ] {
            assert_eq!(shown(e164, Mask::M1), m1);
            assert_eq!(shown(e164, Mask::M2), m2);
        }
    }

    #[test]
    fn debug_shows_the_log_mask() {
        let phone = PhoneNumber::from_canonical("+966501234567").unwrap();
        assert_eq!(format!("{phone:?} {:?}", Some(&phone)), "+9665•••••567 Some(+9665•••••567)");
    }

    #[test]
    fn plain_text_keeps_its_direction_and_its_line() {
        let phone = PhoneNumber::from_canonical("+966501234567").unwrap();
        assert_eq!(phone.in_plain_text(Mask::M0), "\u{200E}050\u{A0}123\u{A0}4567\u{200E}");
        assert_eq!(phone.in_plain_text(Mask::M1), "\u{200E}05•\u{A0}•••\u{A0}4567\u{200E}");
    }
}
