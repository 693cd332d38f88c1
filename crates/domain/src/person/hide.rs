//! What people write beside a booking, for those who may not see a phone.

use super::display::tells_a_phone;
use crate::digits;
use crate::phone::PhoneNumber;

/// The text with a bullet for each of its digits, when they could be a phone or part of this one. Other texts stay as they are: "two
/// children" and "room 12" tell nobody's number.
pub fn hide_phone(text: &str, phone: Option<&PhoneNumber>) -> String {
    if !tells_a_phone(text, phone) {
        return text.to_owned();
    }
    let hide = |c: char| if c.is_numeric() || digits::ascii_digit(c).is_some() { '•' } else { c };
    text.chars().map(hide).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phone_in_a_text_is_bullets_and_other_numbers_are_not() {
        let own = PhoneNumber::from_canonical("+966501234567").expect("canonical");
        let hidden = |text| hide_phone(text, Some(&own));
        assert_eq!(hidden("call 0509876543"), "call ••••••••••");
        assert_eq!(hidden("٠٥٠ ٩٨٧ ٦٥٤٣"), "••• ••• ••••");
        assert_eq!(hidden("ends in 4567"), "ends in ••••", "four of their own are enough");
        assert_eq!(hidden("⑤⓪①②③④⑤⑥⑦"), "•••••••••");
        assert_eq!(hidden("2 children, room 12"), "2 children, room 12");
    }
}
