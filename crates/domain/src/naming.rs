//! A name of a thing in Arabic and English, of which one is enough.

use serde::{Deserialize, Serialize};

use crate::locale::Locale;
use crate::person::clean_name;

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
}
