//! What is left of a typed name.

use domain::person::clean_name;
use proptest::prelude::*;

fn clean(raw: &str) -> String {
    clean_name(raw).unwrap_or_default()
}

#[test]
fn names_are_trimmed_collapsed_and_composed() {
    assert_eq!(clean("  سارة \u{a0}\t العتيبي \n"), "سارة العتيبي");
    assert_eq!(clean("Jose\u{301}"), "José");
    assert_eq!(clean("Sara\r\nAli"), "Sara Ali");
}

#[test]
fn invisible_and_control_characters_are_dropped() {
    assert_eq!(clean("\u{202e}Sara\u{202c}\u{200b}\u{feff}\u{0}\u{7f}\u{ad}"), "Sara");
    assert_eq!(clean("سا\u{200f}رة"), "سارة");
    assert_eq!(clean("e\u{200b}\u{301}"), "é");
    assert_eq!(clean("\u{e0041}Sara"), "Sara");
}

#[test]
fn joiners_stay_only_inside_a_word() {
    assert_eq!(clean("می\u{200c}نا"), "می\u{200c}نا");
    assert_eq!(clean("क्\u{200d}ष"), "क्\u{200d}ष");
    assert_eq!(clean("\u{200c}Sara\u{200d} \u{200d}Ali\u{200c}"), "Sara Ali");
    assert_eq!(clean("a\u{200d}\u{200d}b"), "a\u{200d}b");
}

#[test]
fn a_name_of_nothing_is_absent() {
    for raw in ["", "  \t\n", "\u{200e}\u{200f}", "\u{200d}", "\u{3164}", "\u{2800} \u{2800}", "\u{0}"] {
        assert_eq!(clean_name(raw), None, "{raw:?}");
    }
}

proptest! {
    #[test]
    fn a_clean_name_stays_as_it_is(raw in prop::collection::vec(prop_oneof![any::<char>(), prop::char::range('\u{2000}', '\u{206f}'), prop::char::range('\u{300}', '\u{345}'), Just('a')], 0..24)) {
        if let Some(clean) = clean_name(&raw.into_iter().collect::<String>()) {
            let is_hidden = |c: char| c.is_control() || (domain::digits::is_format(c) && !['\u{200c}', '\u{200d}'].contains(&c));
            prop_assert!(!clean.contains(is_hidden));
            prop_assert_eq!(clean_name(&clean), Some(clean));
        }
    }
}
