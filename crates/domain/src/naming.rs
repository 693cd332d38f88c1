//! A name of a thing in Arabic and English, of which one is enough.

use serde::{Deserialize, Serialize};

use crate::locale::Locale;
use crate::person::{clean_name, clean_text};

/// Longest name of a thing, in characters.
pub const NAME_MAX_CHARS: usize = 120;

/// At least one of the two is there, and neither is empty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Naming {
    ar: Option<String>,
    en: Option<String>,
}

impl Naming {
    /// Cleans both as names of people are cleaned (people-and-phones §1). `None` when nothing is left, or one is too long.
    pub fn new(ar: &str, en: &str) -> Option<Self> {
        let (ar, en) = (clean_name(ar), clean_name(en));
        let fits = |name: &Option<String>| name.as_ref().is_none_or(|name| name.chars().count() <= NAME_MAX_CHARS);
        (fits(&ar) && fits(&en) && (ar.is_some() || en.is_some())).then_some(Self { ar, en })
    }

    /// In that language, else in the other.
    pub fn get(&self, locale: Locale) -> &str {
        let (first, second) = match locale {
            Locale::Ar => (&self.ar, &self.en),
            Locale::En => (&self.en, &self.ar),
        };
        first.as_deref().or(second.as_deref()).unwrap_or_default()
    }

    /// In Arabic, when it is there.
    pub fn ar(&self) -> Option<&str> {
        self.ar.as_deref()
    }

    /// In English, when it is there.
    pub fn en(&self) -> Option<&str> {
        self.en.as_deref()
    }
}

/// Longest text of a thing in one language, in characters.
pub const BLURB_MAX_CHARS: usize = 1_000;

/// What is said of a thing in Arabic, English, both or neither.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Blurb {
    ar: Option<String>,
    en: Option<String>,
}

impl Blurb {
    /// Cleans both as texts of several lines are cleaned. `None` when one is too long.
    pub fn new(ar: &str, en: &str) -> Option<Self> {
        let (ar, en) = (clean_text(ar), clean_text(en));
        let fits = |text: &Option<String>| text.as_ref().is_none_or(|text| text.chars().count() <= BLURB_MAX_CHARS);
        (fits(&ar) && fits(&en)).then_some(Self { ar, en })
    }

    /// In that language, else in the other.
    pub fn get(&self, locale: Locale) -> Option<&str> {
        let (first, second) = match locale {
            Locale::Ar => (&self.ar, &self.en),
            Locale::En => (&self.en, &self.ar),
        };
        first.as_deref().or(second.as_deref())
    }

    /// In Arabic, when it is there.
    pub fn ar(&self) -> Option<&str> {
        self.ar.as_deref()
    }

    /// In English, when it is there.
    pub fn en(&self) -> Option<&str> {
        self.en.as_deref()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_language_stands_in_for_the_other() {
        let both = Naming::new("قص شعر", " Hair  cut ").expect("named");
        assert_eq!((both.get(Locale::Ar), both.get(Locale::En)), ("قص شعر", "Hair cut"));
        let one = Naming::new("", "Hair cut").expect("named");
        assert_eq!((one.get(Locale::Ar), one.ar()), ("Hair cut", None));
        assert_eq!(Naming::new(" \u{200F}", ""), None);
        assert_eq!(Naming::new(&"س".repeat(121), "x"), None);
    }

    #[test]
    fn a_text_may_be_missing_in_both_languages() {
        let none = Blurb::new(" ", "").expect("nothing is enough");
        assert_eq!((none.get(Locale::Ar), &none), (None, &Blurb::default()));
        let one = Blurb::new("", "Near the park").expect("short");
        assert_eq!((one.get(Locale::Ar), one.ar()), (Some("Near the park"), None));
        assert_eq!(Blurb::new(&"س".repeat(1_001), ""), None);
    }
}
