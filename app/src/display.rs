//! How somebody likes the admin shown. Kept in the browser, as the language is: it is of the eyes in front of it, and of no one's account.

/// Which calendar days are written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Calendar {
    #[default]
    Gregorian,
    /// Umm al-Qura, the civil calendar of Saudi Arabia.
    Hijri,
}

impl Calendar {
    /// As in the cookie and in the form.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Gregorian => "gregorian",
            Self::Hijri => "hijri",
        }
    }

    /// The one that is not this one.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Gregorian => Self::Hijri,
            Self::Hijri => Self::Gregorian,
        }
    }

    pub(crate) fn parse(text: &str) -> Option<Self> {
        [Self::Gregorian, Self::Hijri].into_iter().find(|calendar| calendar.as_str() == text)
    }
}

/// What can be chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Display {
    pub calendar: Calendar,
    /// Whether a single letter does something. Who speaks to a computer, or has hands that shake, may turn that off (WCAG 2.1.4).
    pub has_letters: bool,
}

impl Default for Display {
    fn default() -> Self {
        Self { calendar: Calendar::default(), has_letters: true }
    }
}

impl Display {
    const LETTERS: &str = "letters";
    const NO_LETTERS: &str = "no-letters";

    /// Reads the cookie. What means nothing is as if it were not there.
    pub(crate) fn parse(text: &str) -> Self {
        let mut all = Self::default();
        for word in text.split('.') {
            all = all.with(word);
        }
        all
    }

    /// The same, but for what `word` says.
    #[must_use]
    pub(crate) fn with(self, word: &str) -> Self {
        match (Calendar::parse(word), word) {
            (Some(calendar), _) => Self { calendar, ..self },
            (None, Self::LETTERS) => Self { has_letters: true, ..self },
            (None, Self::NO_LETTERS) => Self { has_letters: false, ..self },
            _ => self,
        }
    }

    /// The word that turns the letters on or off.
    pub(crate) const fn letters(has_letters: bool) -> &'static str {
        if has_letters { Self::LETTERS } else { Self::NO_LETTERS }
    }

    /// For the cookie.
    pub(crate) fn as_text(self) -> String {
        format!("{}.{}", self.calendar.as_str(), Self::letters(self.has_letters))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_chosen_comes_back_and_nonsense_chooses_nothing() {
        for calendar in [Calendar::Gregorian, Calendar::Hijri] {
            for has_letters in [true, false] {
                let chosen = Display { calendar, has_letters };
                assert_eq!(Display::parse(&chosen.as_text()), chosen);
            }
        }
        for text in ["", "julian", "hijri-letters", "."] {
            assert_eq!(Display::parse(text), Display::default(), "{text:?}");
        }
    }

    #[test]
    fn one_choice_leaves_the_other_alone() {
        let quiet = Display::default().with("no-letters");
        assert_eq!(quiet.with("hijri"), Display { calendar: Calendar::Hijri, has_letters: false });
        assert_eq!(quiet.with("hijri").with("gregorian").with("letters"), Display::default());
    }
}
