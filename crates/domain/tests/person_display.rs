//! Who sees what of a person.

use domain::locale::Locale;
use domain::person::{Audience, Person, display_name};
use domain::phone::{PhoneNumber, Region};
use proptest::prelude::*;

const STAFF: Audience = Audience::SalonStaff { may_view_phone: false };
const RECEPTION: Audience = Audience::SalonStaff { may_view_phone: true };
const EVERYBODY: [Audience; 5] = [Audience::SelfView, Audience::Admin, STAFF, RECEPTION, Audience::Public];

fn phone() -> PhoneNumber {
    PhoneNumber::from_canonical("+966501234567").unwrap()
}

fn person(phone: Option<&PhoneNumber>) -> Person<'_> {
    Person { short_id: "7F3K", phone, ..Person::default() }
}

/// The texts for self, admin, staff, permitted staff and public.
fn seen(person: &Person, locale: Locale) -> [String; 5] {
    EVERYBODY.map(|audience| display_name(person, audience, locale).text)
}

#[test]
fn a_name_goes_before_everything() {
    let phone = phone();
    let named =
        Person {
            given_name: Some("سارة"), family_name: Some(" العتيبي "), email: Some("s@example.com"), ..person(Some(&phone))
        };
    let full = "سارة العتيبي";
    assert_eq!(seen(&named, Locale::Ar), [full, full, full, full, "سارة ا."]);
    let preferred = Person { preferred_name: Some("أم خالد"), ..named };
    assert_eq!(seen(&preferred, Locale::Ar), ["أم خالد", "أم خالد", "أم خالد", "أم خالد", "سارة ا."]);
}

#[test]
fn half_a_name_is_enough() {
    let given = Person { given_name: Some("Sara"), ..person(None) };
    assert_eq!(seen(&given, Locale::En), ["Sara"; 5]);
    let family = Person { family_name: Some("Ali"), ..person(None) };
    assert_eq!(seen(&family, Locale::En), ["Ali", "Ali", "Ali", "Ali", "Verified customer"]);
}

#[test]
fn without_a_name_the_phone_is_for_those_who_may_see_it() {
    let phone = phone();
    let nameless = Person { email: Some("s@example.com"), given_name: Some(" \u{200f} "), ..person(Some(&phone)) };
    assert_eq!(
        seen(&nameless, Locale::En),
        ["050 123 4567", "050 123 4567", "05• ••• 4567", "050 123 4567", "Verified customer"]
    );
    assert_eq!(EVERYBODY.map(|audience| display_name(&nameless, audience, Locale::En).is_phone), [true, true, true, true, false]);
}

#[test]
fn an_email_is_only_for_the_person_and_admins() {
    let with_email = Person { email: Some("s@example.com"), ..person(None) };
    assert_eq!(seen(&with_email, Locale::En), ["s@example.com", "s@example.com", "Customer", "Customer", "Verified customer"]);
}

#[test]
fn a_person_of_nothing_still_has_a_name_in_both_languages() {
    let nothing = Person { email: Some("  "), ..person(None) };
    assert_eq!(seen(&nothing, Locale::En), ["My account", "User 7F3K", "Customer", "Customer", "Verified customer"]);
    assert_eq!(seen(&nothing, Locale::Ar), ["حسابي", "مستخدم 7F3K", "عميل", "عميل", "عميل موثّق"]);
}

#[test]
fn nothing_of_an_erased_person_is_shown() {
    let phone = phone();
    let erased = Person { given_name: Some("Sara"), email: Some("s@example.com"), is_erased: true, ..person(Some(&phone)) };
    assert_eq!(
        seen(&erased, Locale::En),
        ["My account", "Erased user 7F3K", "Former customer", "Former customer", "Former customer"]
    );
    assert_eq!(seen(&erased, Locale::Ar), ["حسابي", "مستخدم محذوف 7F3K", "عميل سابق", "عميل سابق", "عميل سابق"]);
}

#[test]
fn a_phone_typed_as_a_name_is_no_name_for_those_who_may_not_see_it() {
    let phone = phone();
    for typed in ["0501234567", "٠٥٠١٢٣٤٥٦٧", "Sara 050-123-4567", "⓪⑤⓪①②③④⑤⑥⑦", "055 987 6543", "⁰⁵⁰¹²³⁴⁵⁶⁷", "Sara 4567"]
    {
        let named = Person { given_name: Some(typed), ..person(Some(&phone)) };
        assert_eq!(display_name(&named, STAFF, Locale::En).text, "05• ••• 4567", "{typed}");
        assert_eq!(display_name(&named, Audience::Public, Locale::En).text, "Verified customer", "{typed}");
        assert_eq!(display_name(&named, Audience::Admin, Locale::En).text, typed, "{typed}");
    }
}

#[test]
fn two_harmless_halves_cannot_make_a_phone() {
    let phone = phone();
    let halves = Person { given_name: Some("501"), family_name: Some("234"), ..person(Some(&phone)) };
    assert_eq!(display_name(&halves, STAFF, Locale::En).text, "05• ••• 4567");
    assert_eq!(display_name(&halves, Audience::Public, Locale::En).text, "Verified customer");
}

#[test]
fn the_initial_is_what_a_reader_calls_a_letter() {
    let named = Person { given_name: Some("Zoe"), family_name: Some("E\u{301}\u{323}mile"), ..person(None) };
    assert_eq!(display_name(&named, Audience::Public, Locale::En).text, "Zoe \u{1eb8}\u{301}.");
}

/// Names that are often made of the person's own digits.
fn name() -> impl Strategy<Value = Option<String>> {
    prop::option::of(prop_oneof![
        "[a-zء-ي ]{0,12}",
        "[0-9 -]{0,9}",
        "[a-z]{0,3}(050|501|1234|4567|٤٥٦٧|567|0501234567|\\+9665012345)[a-z]{0,3}[0-9]?",
        "\\PC{0,12}",
    ])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3000))]

    #[test]
    fn the_public_never_sees_four_digits_of_a_phone(given in name(), family in name(), preferred in name(), is_erased in any::<bool>(), arabic in any::<bool>()) {
        let phone = phone();
        let person = Person {
            given_name: given.as_deref(),
            family_name: family.as_deref(),
            preferred_name: preferred.as_deref(),
            is_erased,
            ..person(Some(&phone))
        };
        let locale = if arabic { Locale::Ar } else { Locale::En };
        let shown = display_name(&person, Audience::Public, locale);
        prop_assert!(!shown.is_phone && !shown.text.is_empty());
        let digits: String = domain::digits::fold(&shown.text).chars().filter(char::is_ascii_digit).collect();
        prop_assert!(PhoneNumber::parse(&shown.text, Region::SA).is_err());
        for start in 0..=8 {
            let own = &phone.as_e164()[1..][start..start + 4];
            prop_assert!(!digits.contains(own), "{} shows {}", shown.text, own);
        }
        // Staff without permission see the mask or a name, never more of the number.
        let staff = display_name(&person, Audience::SalonStaff { may_view_phone: false }, locale).text;
        prop_assert!(domain::digits::fold(&staff).chars().filter(char::is_ascii_digit).count() < 7);
    }
}
