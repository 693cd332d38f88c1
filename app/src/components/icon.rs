//! Small pictures beside words. They say nothing by themselves, so a screen reader passes them over.
//!
//! To add one for an entry of the sidebar: its line in [`MARKS`], with the letter that leads there after `g`, if any.

use leptos::prelude::*;

pub(crate) const SEARCH: &str = "M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM15.5 15.5 20 20";
pub(crate) const MENU: &str = "M4 7h16M4 12h16M4 17h16";
pub(crate) const HELP: &str = "M3.5 7h17v10h-17zM7 10.5h.01M10.3 10.5h.01M13.7 10.5h.01M17 10.5h.01M8 13.8h8";
pub(crate) const CALENDAR: &str = "M4.5 6.5h15v13h-15zM4.5 10.5h15M8.5 4v4M15.5 4v4";
pub(crate) const LANGUAGE: &str =
    "M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17zM3.5 12h17M12 3.5c5 5 5 12 0 17M12 3.5c-5 5-5 12 0 17";
pub(crate) const LEAVE: &str = "M14 4.5H6v15h8M10.5 12H20M16.5 8.5 20 12l-3.5 3.5";
/// Of a person, and of whatever has none of its own.
pub(crate) const PERSON: &str = "M12 11.5a3.75 3.75 0 1 0 0-7.5 3.75 3.75 0 0 0 0 7.5zM5 20c.6-3.6 3.3-5.5 7-5.5s6.4 1.9 7 5.5";
const PLAIN: &str = "M12 15.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7z";

/// How an entry is told from the others at a glance, and from the keyboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Mark {
    /// `g` and this letter go there.
    pub letter: Option<char>,
    /// What is drawn, on 24 by 24.
    pub path: &'static str,
}

/// By the last part of the address.
const MARKS: &[(&str, char, &str)] = &[
    (
        "users",
        'u',
        "M9.5 11a3.25 3.25 0 1 0 0-6.5 3.25 3.25 0 0 0 0 6.5zM3.5 19.5c.4-3.4 2.7-5.2 6-5.2s5.6 1.8 6 5.2M15.5 4.8a3.25 3.25 0 0 1 0 5.9M17.5 14.6c1.8.8 2.8 2.4 3 4.9",
    ),
    (
        "salons",
        'l',
        "M4.5 9.5 6 4.5h12l1.5 5M5.5 9.5V19.5h13V9.5M4.5 9.5c0 1.4 1 2.3 2.5 2.3s2.5-.9 2.5-2.3c0 1.4 1 2.3 2.5 2.3s2.5-.9 2.5-2.3c0 1.4 1 2.3 2.5 2.3s2.5-.9 2.5-2.3M10 19.5V15h4v4.5",
    ),
    ("guessing", 'g', "M4.5 4.5h15v15h-15zM8.75 8.75h.01M15.25 8.75h.01M12 12h.01M8.75 15.25h.01M15.25 15.25h.01"),
    ("audit", 'a', "M6 3.5h9l3.5 3.5v13.5H6zM14.5 3.5V7.5h4M9 11.5h6M9 15.5h6"),
    ("messages", 'm', "M4 5h16v11h-8.5L7 20v-4H4zM8 9h8M8 12h5"),
    ("bookings", 'b', CALENDAR),
    ("abuse", 'w', "M12 3.5 19.5 6v6c0 4.2-3 7-7.5 8.5C7.5 19 4.5 16.2 4.5 12V6zM12 8.5v4M12 15.8h.01"),
    ("settings", 's', "M4 7.5h9M17 7.5h3M15 5.5v4M4 16.5h3M11 16.5h9M9 14.5v4"),
    ("privacy", 'p', "M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17zM12 7v5l3.5 2"),
    ("retention", 't', "M4 5h16v4H4zM5.5 9v10.5h13V9M10 13h4"),
];

/// The mark of an entry of the sidebar.
pub(crate) fn mark(to: &str) -> Mark {
    let name = to.rsplit('/').next().unwrap_or_default();
    match MARKS.iter().find(|mark| mark.0 == name) {
        Some((_, letter, path)) => Mark { letter: Some(*letter), path },
        None => Mark { letter: None, path: PLAIN },
    }
}

/// One picture, in the colour of the words beside it.
#[component]
pub(crate) fn Icon(path: &'static str) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 24 24" width="20" height="20" aria-hidden="true" focusable="false">
            <path d=path />
        </svg>
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn no_letter_leads_to_two_places() {
        let letters: HashSet<_> = MARKS.iter().map(|mark| mark.1).collect();
        assert_eq!(letters.len(), MARKS.len());
        assert!(letters.iter().all(char::is_ascii_lowercase));
    }

    #[test]
    fn an_entry_without_a_picture_has_a_plain_one() {
        assert_eq!(mark("/admin/users").letter, Some('u'));
        assert_eq!(mark("/admin/something"), Mark { letter: None, path: PLAIN });
    }
}
