//! No phone is shown in what the audit tells. None is written there either; this is for the writer who forgets.

use domain::phone::{Mask, PhoneNumber, Region};
use serde_json::Value;
use uuid::Uuid;

/// So many digits with a plus before them may be a phone, and so many without.
const FEWEST: (usize, usize) = (7, 9);

/// The same value with every phone in its texts under the mask of logs.
pub(super) fn masked(value: Value) -> Value {
    match value {
        Value::String(text) => Value::String(masked_text(&text)),
        Value::Array(items) => items.into_iter().map(masked).collect(),
        Value::Object(members) => Value::Object(members.into_iter().map(|(name, value)| (name, masked(value))).collect()),
        other => other,
    }
}

fn masked_text(text: &str) -> String {
    if Uuid::parse_str(text).is_ok() {
        return text.to_owned();
    }
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| c == '+' || c.is_ascii_digit()) {
        let (before, from_here) = rest.split_at(start);
        let run = run_of(from_here);
        shown.push_str(before);
        shown.push_str(&masked_run(run));
        rest = &from_here[run.len()..];
    }
    shown + rest
}

/// Digits with a plus before them or none, and single spaces between them.
fn run_of(text: &str) -> &str {
    let bytes = text.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut end = 1;
    while is_digit(end) || (bytes.get(end) == Some(&b' ') && is_digit(end + 1)) {
        end += 1;
    }
    &text[..end]
}

fn masked_run(run: &str) -> String {
    let digits = run.bytes().filter(u8::is_ascii_digit).count();
    if digits < if run.starts_with('+') { FEWEST.0 } else { FEWEST.1 } {
        return run.to_owned();
    }
    PhoneNumber::parse(run, Region::SA).map_or_else(|_| "•••••".to_owned(), |phone| phone.masked(Mask::M2))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_phone_in_any_text_is_masked_and_nothing_else_is() {
        for (text, shown) in [
            ("+966501234567", "+9665•••••567"),
            ("from +966501234567 to +971501234567.", "from +9665•••••567 to +9715•••••567."),
            ("0501234567", "+9665•••••567"),
            ("050 123 4567", "+9665•••••567"),
            ("1234567890123", "•••••"),
            ("+9665•••••567", "+9665•••••567"),
            ("2026-11-25T10:00:00.123456Z", "2026-11-25T10:00:00.123456Z"),
            ("00000000-0000-7000-8000-123456789012", "00000000-0000-7000-8000-123456789012"),
            ("5 of 20", "5 of 20"),
            ("+", "+"),
            ("بلا رقم", "بلا رقم"),
        ] {
            assert_eq!(masked_text(text), shown, "{text}");
        }
        let detail = json!({ "from": ["+966501234567"], "count": 3, "more": { "to": "0501234567" } });
        assert_eq!(masked(detail), json!({ "from": ["+9665•••••567"], "count": 3, "more": { "to": "+9665•••••567" } }));
    }
}
