//! What holds for every phone and every text.

use domain::phone::{Mask, PhoneNumber, PhoneReason, Region, check_shape};
use proptest::prelude::*;

/// Mobiles of several countries, Saudi ones most often.
fn phone() -> impl Strategy<Value = PhoneNumber> {
    let digits = prop_oneof![
        4 => "\\+9665[0134568][0-9]{7}",
        1 => "\\+97150[2-9][0-9]{6}",
        1 => "\\+44740[0-3][0-9]{6}",
        1 => "\\+1201[2-9][02-9][0-9]{5}",
        1 => "\\+2250[157][0-9]{8}",
        1 => "\\+965500[0-9]{5}",
        1 => "\\+4915123[0-9]{6}",
    ];
    digits.prop_filter_map("an assigned mobile", |text| PhoneNumber::parse(&text, Region::SA).ok())
}

/// Text that looks like a phone more often than chance would have it.
fn phone_like() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        6 => "[0-9]{1,4}",
        2 => Just("966".to_owned()),
        1 => Just("00".to_owned()),
        1 => Just("+".to_owned()),
        1 => "[٠-٩]{1,4}",
        1 => "[ .()/-]",
        1 => "[\u{200e}\u{202a}\u{ad}\u{feff}]",
        1 => "(ext|x|#|تحويلة|;|tel:|\u{0}|\n)",
    ];
    prop::collection::vec(piece, 0..9).prop_map(|pieces| pieces.concat())
}

fn region() -> impl Strategy<Value = Region> {
    "[A-Z]{2}|SA|AE|US|GB|RU|AR|MX|BR|IT|AU|JP".prop_map(|code| Region::parse(&code).unwrap())
}

fn check_answer(raw: &str, region: Region) -> Result<(), TestCaseError> {
    match PhoneNumber::parse(raw, region) {
        Ok(phone) => {
            let again = PhoneNumber::parse(phone.as_e164(), region);
            prop_assert_eq!(again.as_ref(), Ok(&phone));
            let stored = PhoneNumber::from_canonical(phone.as_e164());
            prop_assert_eq!(stored.as_ref(), Some(&phone));
            prop_assert_eq!(check_shape(raw, region), Ok(()));
        }
        Err(error) => {
            prop_assert_eq!(error.suggestion.is_some(), error.reason == PhoneReason::MissingPlus);
            prop_assert_ne!(error.reason, PhoneReason::CountryNotAllowed);
            if let Err(reason) = check_shape(raw, region) {
                prop_assert_eq!(reason, error.reason);
            }
        }
    }
    Ok(())
}

fn count_digits(text: &str) -> usize {
    text.chars().filter(char::is_ascii_digit).count()
}

fn count_bullets(text: &str) -> usize {
    text.chars().filter(|c| *c == '•').count()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn no_text_is_too_strange(raw in "\\PC{0,200}", region in region()) {
        check_answer(&raw, region)?;
    }

    #[test]
    fn no_characters_are_too_strange(raw in prop::collection::vec(any::<char>(), 0..200), region in region()) {
        check_answer(&raw.into_iter().collect::<String>(), region)?;
    }

    #[test]
    fn whatever_looks_like_a_phone_gets_one_answer(raw in phone_like(), region in region()) {
        check_answer(&raw, region)?;
    }

    #[test]
    fn what_is_shown_whole_reads_back(phone in phone()) {
        for shown in [phone.masked(Mask::M0), phone.in_plain_text(Mask::M0), phone.as_e164().replacen('+', "00", 1)] {
            let read = PhoneNumber::parse(&shown, Region::SA);
            prop_assert_eq!(read.as_ref(), Ok(&phone));
        }
    }

    #[test]
    fn separators_and_marks_change_nothing(phone in phone(), at in 0usize..16, mark in "[ \u{a0}\u{202f}.()/\u{2011}\u{200e}\u{2066}\u{feff}-]{1,3}") {
        let mut typed = phone.as_e164().to_owned();
        typed.insert_str(at.min(typed.len()), &mark);
        let read = PhoneNumber::parse(&typed, Region::SA);
        prop_assert_eq!(read.as_ref(), Ok(&phone));
    }

    #[test]
    fn the_script_of_the_digits_changes_nothing(phone in phone(), zero in prop::sample::select(vec!['٠', '۰', '०', '০', '０', '𝟎'])) {
        let typed: String = phone
            .as_e164()
            .chars()
            .map(|c| c.to_digit(10).map_or(c, |value| char::from_u32(u32::from(zero) + value).unwrap()))
            .collect();
        let read = PhoneNumber::parse(&typed, Region::SA);
        prop_assert_eq!(read.as_ref(), Ok(&phone));
    }

    #[test]
    fn masks_show_few_digits_and_say_nothing_about_the_rest(phone in phone()) {
        let all = count_digits(phone.as_e164());
        let (m1, m2) = (phone.masked(Mask::M1), phone.masked(Mask::M2));
        prop_assert_eq!(count_bullets(&m1), if phone.as_e164().starts_with("+966") { 4 } else { 5 });
        prop_assert_eq!(count_bullets(&m2), 5);
        prop_assert!(count_digits(&m1) + 4 <= all, "{}", m1);
        prop_assert!(count_digits(&m2) + 4 <= all, "{}", m2);
        prop_assert!(PhoneNumber::parse(&m1, Region::SA).is_err() && PhoneNumber::parse(&m2, Region::SA).is_err());
    }

    #[test]
    fn debug_output_never_has_the_number(phone in phone()) {
        let printed = format!("{phone:?} {phone:#?} {:?}", PhoneNumber::parse(&phone.as_e164()[1..], Region::SA));
        prop_assert!(!printed.contains(&phone.as_e164()[1..]));
        prop_assert!(!printed.contains(&phone.as_e164()[6..]));
    }
}
