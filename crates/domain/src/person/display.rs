//! What a person is called, by who looks (people-and-phones §1).

use unicode_segmentation::UnicodeSegmentation;

use super::name::{clean_name, digits_of};
use super::{Audience, DisplayName, Person};
use crate::locale::Locale;
use crate::phone::{Mask, PhoneNumber};

/// The name of `person` for `audience`. Never sort or compare by it.
pub fn display_name(person: &Person, audience: Audience, locale: Locale) -> DisplayName {
    let text = |text| DisplayName { text, is_phone: false };
    if person.is_erased {
        return text(last_resort(person, audience, locale));
    }
    if let Some(name) = name(person, audience) {
        return text(name);
    }
    if let (Some(phone), Some(mask)) = (person.phone, mask(audience)) {
        return DisplayName { text: phone.masked(mask), is_phone: true };
    }
    let email =
        person.email.map(str::trim).filter(|email| !email.is_empty() && matches!(audience, Audience::SelfView | Audience::Admin));
    text(email.map_or_else(|| last_resort(person, audience, locale), str::to_owned))
}

/// Step 3: how much of the phone may stand in for a name.
const fn mask(audience: Audience) -> Option<Mask> {
    match audience {
        Audience::SelfView | Audience::Admin | Audience::SalonStaff { may_view_phone: true } => Some(Mask::M0),
        Audience::SalonStaff { may_view_phone: false } => Some(Mask::M1),
        Audience::Public => None,
    }
}

/// Steps 1 and 2.
fn name(person: &Person, audience: Audience) -> Option<String> {
    // Who may not see the phone must not read it out of a name either.
    let hides_phone = matches!(mask(audience), None | Some(Mask::M1));
    let usable = |name: &String| !hides_phone || !tells_a_phone(name, person.phone);
    let part = |raw: Option<&str>| raw.and_then(clean_name).filter(usable);

    let given = part(person.given_name);
    let family = part(person.family_name);
    let whole = if audience == Audience::Public {
        // An initial alone names nobody.
        match (given, family.as_deref().and_then(initial)) {
            (Some(given), Some(initial)) => Some(format!("{given} {initial}.")),
            (given, _) => given,
        }
    } else {
        part(person.preferred_name).or_else(|| match (given, family) {
            (Some(given), Some(family)) => Some(format!("{given} {family}")),
            (given, family) => given.or(family),
        })
    };
    // Two harmless halves can make a phone.
    whole.filter(usable)
}

fn initial(family: &str) -> Option<&str> {
    family.graphemes(true).next()
}

/// Seven digits can be a phone (no number with its country code has fewer, so whatever parses as one is among them); four in a row are
/// enough when they are of this person's own.
pub(super) fn tells_a_phone(name: &str, phone: Option<&PhoneNumber>) -> bool {
    let digits = digits_of(name);
    digits.len() >= 7
        || phone.is_some_and(|phone| {
            digits.as_bytes().windows(4).any(|run| phone.digits().as_bytes().windows(4).any(|own| own == run))
        })
}

/// Step 5, and what is left of the erased.
fn last_resort(person: &Person, audience: Audience, locale: Locale) -> String {
    let (arabic, english) = match (audience, person.is_erased) {
        (Audience::SelfView, _) => ("حسابي", "My account"),
        (Audience::Admin, false) => ("مستخدم", "User"),
        (Audience::Admin, true) => ("مستخدم محذوف", "Erased user"),
        (Audience::SalonStaff { .. }, false) => ("عميل", "Customer"),
        (Audience::Public, false) => ("عميل موثّق", "Verified customer"),
        (Audience::SalonStaff { .. } | Audience::Public, true) => ("عميل سابق", "Former customer"),
    };
    let words = match locale {
        Locale::Ar => arabic,
        Locale::En => english,
    };
    if audience == Audience::Admin { format!("{words} {}", person.short_id) } else { words.to_owned() }
}
