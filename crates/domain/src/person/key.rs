//! How names are looked for: as people spell them, not as they are written.

use super::clean_name;

/// A name folded for looking up: ASCII in small letters; the forms of alef as one, `ى` as `ي`, `ة` as `ه`; without vowel signs, tatweel,
/// spaces, joiners, hyphens and apostrophes, so that عبد الله is عبدالله and Al-Otaibi is Al Otaibi.
///
/// The columns `name_key` and `family_key` hold names folded the same way by the database (migration 0009); a test of the store compares.
/// It does no more than both databases can: accented capitals stay as they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameKey(String);

impl NameKey {
    /// Folds what was typed. `None` when nothing is left to look for.
    pub fn new(text: &str) -> Option<Self> {
        let key: String = clean_name(text)?.chars().filter_map(fold).collect();
        (!key.is_empty()).then_some(Self(key))
    }

    /// The folded text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

const fn fold(c: char) -> Option<char> {
    match c {
        'أ' | 'إ' | 'آ' => Some('ا'),
        'ى' => Some('ي'),
        'ة' => Some('ه'),
        ' ' | '-' | '\'' | '’' | 'ـ' | '\u{64B}'..='\u{652}' | '\u{200C}' | '\u{200D}' => None,
        c => Some(c.to_ascii_lowercase()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_as_people_spell_it() {
        for (one, other) in [
            ("أحمد", "احمد"),
            ("فاطمة", "فاطمه"),
            ("هدى", "هدي"),
            ("عبد الله", "عبدالله"),
            ("مُحَمَّد", "محمد"),
            ("ســارة", "سارة"),
            ("Al-Otaibi", "al otaibi"),
            ("O’Neil", "o'neil"),
        ] {
            assert_eq!(NameKey::new(one), NameKey::new(other), "{one}");
        }
        assert_eq!(NameKey::new(" - "), None);
        assert_ne!(NameKey::new("سارة"), NameKey::new("سمر"));
    }
}
