//! Cleaning texts of several lines, such as notes.

use super::clean_name;

/// The text as it is kept: each line cleaned as a name is, no blank lines at its ends and never two of them in a row. `None` when nothing
/// visible is left. The length is the caller's to limit.
pub fn clean_text(raw: &str) -> Option<String> {
    let mut lines: Vec<String> = Vec::new();
    for line in raw.lines().map(|line| clean_name(line).unwrap_or_default()) {
        let is_one_blank_too_many = line.is_empty() && lines.last().is_none_or(String::is_empty);
        if !is_one_blank_too_many {
            lines.push(line);
        }
    }
    let text = lines.join("\n");
    let text = text.trim_end_matches('\n');
    (!text.is_empty()).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_stay_and_what_cannot_be_seen_goes() {
        assert_eq!(
            clean_text(" \r\n\r\nتفضل  المساء\u{202e} \r\n\n\n\u{0}call first\n\n").as_deref(),
            Some("تفضل المساء\n\ncall first")
        );
        assert_eq!(clean_text("می\u{200c}شود").as_deref(), Some("می\u{200c}شود"));
        for nothing in ["", " \n\t\n", "\u{200b}\n\u{2066}"] {
            assert_eq!(clean_text(nothing), None, "{nothing:?}");
        }
    }
}
