//! Why a phone or a field was refused. The texts of the phone reasons are those of the product's rules, to the letter.

use domain::error::FieldError;
use domain::locale::Locale;
use domain::phone::PhoneReason;

/// The text of a refused phone. For [`PhoneReason::MissingPlus`] it is the sentence to use when the suggestion cannot be shown as a button.
pub fn phone_reason(reason: PhoneReason, locale: Locale) -> &'static str {
    match locale {
        Locale::Ar => match reason {
            PhoneReason::Empty => "أدخل رقم الجوال",
            PhoneReason::TooShort => "الرقم ناقص. مثال: 0501234567",
            PhoneReason::TooLong => "الرقم أطول من اللازم",
            PhoneReason::InvalidChars => "استخدم أرقامًا فقط، ويمكن أن تبدأ بعلامة +",
            PhoneReason::HasExtension => "اكتب رقم الجوال بدون تحويلة",
            PhoneReason::NotMobile => "هذا ليس رقم جوال ولا يستقبل رسائل",
            PhoneReason::MissingPlus => "إن كان الرقم دوليًا فابدأه بعلامة + ثم رمز الدولة",
            PhoneReason::UnknownCountry => "رمز الدولة غير صحيح",
            PhoneReason::InvalidNumber => "تحقق من الرقم",
            PhoneReason::CountryNotAllowed => "لا نرسل رسائل إلى هذه الدولة حاليًا",
        },
        Locale::En => match reason {
            PhoneReason::Empty => "Enter your mobile number",
            PhoneReason::TooShort => "The number is too short. Example: 0501234567",
            PhoneReason::TooLong => "The number has too many digits",
            PhoneReason::InvalidChars => "Use digits only; a leading + is fine",
            PhoneReason::HasExtension => "Enter the number without an extension",
            PhoneReason::NotMobile => "This is not a mobile number, it cannot receive texts",
            PhoneReason::MissingPlus => "For a number abroad start with + and the country code",
            PhoneReason::UnknownCountry => "The country code is not right",
            PhoneReason::InvalidNumber => "Check the number",
            PhoneReason::CountryNotAllowed => "We do not send texts to this country yet",
        },
    }
}

/// What is wrong with a field, in words that fit under any field.
pub fn field_error(error: FieldError, locale: Locale) -> &'static str {
    match locale {
        Locale::Ar => match error {
            FieldError::Required => "هذا الحقل مطلوب",
            FieldError::Unknown => "هذا الحقل غير معروف",
            FieldError::Invalid => "القيمة غير صحيحة",
            FieldError::TooShort => "النص أقصر من اللازم",
            FieldError::TooLong => "النص أطول من اللازم",
            FieldError::InvalidChars => "النص يحوي رموزًا غير مسموحة",
            FieldError::NotAnEmail => "اكتب بريدًا إلكترونيًا كاملًا، مثل name@example.com",
            FieldError::NotOffered => "اختر قيمة من القيم المتاحة",
            FieldError::Overlaps => "يتداخل هذا الوقت مع وقت آخر",
        },
        Locale::En => match error {
            FieldError::Required => "This field is needed",
            FieldError::Unknown => "This field is not known",
            FieldError::Invalid => "The value is not right",
            FieldError::TooShort => "The text is too short",
            FieldError::TooLong => "The text is too long",
            FieldError::InvalidChars => "The text holds characters that have no place in it",
            FieldError::NotAnEmail => "Enter a whole e-mail address, like name@example.com",
            FieldError::NotOffered => "Choose one of the values on offer",
            FieldError::Overlaps => "This overlaps with another time",
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_has_words_of_its_own() {
        for locale in [Locale::Ar, Locale::En] {
            let mut texts: Vec<_> = PhoneReason::ALL.iter().map(|reason| phone_reason(*reason, locale)).collect();
            texts.sort_unstable();
            texts.dedup();
            assert_eq!(texts.len(), PhoneReason::ALL.len());
            assert!(FieldError::ALL.iter().all(|error| !field_error(*error, locale).is_empty()));
        }
    }
}
