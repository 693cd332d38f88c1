//! What went wrong and what to do next: the words of every [`ErrorCode`], for `problem+json` and for the problem pages.

use domain::error::ErrorCode;
use domain::locale::Locale;

/// Title and detail. The detail says what to do next.
pub fn problem(code: ErrorCode, locale: Locale) -> (&'static str, &'static str) {
    match locale {
        Locale::Ar => arabic(code),
        Locale::En => english(code),
    }
}

fn arabic(code: ErrorCode) -> (&'static str, &'static str) {
    match code {
        ErrorCode::InvalidPhone => ("رقم الجوال غير صالح", "تحقق من الرقم ثم أرسله مرة أخرى. مثال: 0501234567"),
        ErrorCode::Validation => ("بعض البيانات غير صحيحة", "صحّح الحقول المذكورة ثم أعد الإرسال."),
        ErrorCode::InvalidCode => ("الرمز غير صحيح", "راجع آخر رسالة وصلتك وأدخل الرمز كما هو."),
        ErrorCode::PasskeyRefused => ("لم يُقبل مفتاح المرور", "حاول مرة أخرى، أو استخدم مفتاحًا آخر أو رمزًا بدلًا منه."),
        ErrorCode::ChallengeNotFound => ("لا يوجد رمز سارٍ", "ربما انتهت مدة الرمز أو استُخدم من قبل. اطلب رمزًا جديدًا."),
        ErrorCode::ProofRequired => {
            ("نتحقق أولًا من أنك لست برنامجًا آليًا", "حُلّ المسألة المذكورة أو انتظر المدة المذكورة، ثم أرسل الطلب مرة أخرى.")
        }
        ErrorCode::QuotaExceeded => ("محاولات كثيرة", "انتظر المدة المذكورة ثم حاول مرة أخرى."),
        ErrorCode::Unauthenticated => ("سجّل الدخول أولًا", "هذا الطلب يحتاج إلى تسجيل الدخول. سجّل دخولك ثم أعد المحاولة."),
        ErrorCode::SessionEnded => ("انتهت جلستك", "سجّل الدخول من جديد لتكمل."),
        ErrorCode::FreshAuthenticationRequired => {
            ("أكّد هويتك", "هذه الخطوة تحتاج إلى تسجيل دخول حديث. سجّل الدخول من جديد ثم أعد المحاولة.")
        }
        ErrorCode::SecondFactorRequired => {
            ("أكّد بعامل التحقق الثاني", "هذه الخطوة تحتاج إلى مفتاح مرور أو رمز من تطبيق المصادقة. أكّد به ثم أعد المحاولة.")
        }
        ErrorCode::Forbidden => ("غير مسموح", "حسابك لا يملك صلاحية هذه الخطوة. تواصل مع الصالون إن كنت ترى أن هذا خطأ."),
        ErrorCode::NotFound => ("غير موجود", "لا يوجد شيء في هذا العنوان، أو أنه ليس لك. تحقق من العنوان."),
        ErrorCode::EndpointRetired => ("هذه الواجهة أُوقفت", "لم تعد هذه الواجهة متاحة. استخدم البديل المذكور في ترويسة Link."),
        ErrorCode::SlotTaken => ("حُجز هذا الموعد", "سبقك شخص آخر إلى هذا الموعد. اختر موعدًا آخر."),
        ErrorCode::HoldExpired => ("انتهت مهلة الحجز المؤقت", "لم يعد الموعد محجوزًا لك. اختره مرة أخرى إن كان متاحًا."),
        ErrorCode::Conflict => ("تغيّرت البيانات", "تغيّرت البيانات في هذه الأثناء أو تخص حسابًا آخر. حدّث الصفحة ثم أعد المحاولة."),
        ErrorCode::Malformed => ("تعذّرت قراءة الطلب", "الطلب ليس بالصيغة المطلوبة. ارجع إلى الصفحة وأعد الإرسال."),
        ErrorCode::PayloadTooLarge => ("الطلب أكبر من الحد", "قلّل حجم ما ترسله ثم أعد المحاولة."),
        ErrorCode::UnsupportedMediaType => ("نوع المحتوى غير مدعوم", "أرسل الطلب بنوع المحتوى المذكور في التوثيق."),
        ErrorCode::MethodNotAllowed => {
            ("طريقة الطلب غير مسموحة", "هذا العنوان لا يقبل هذه الطريقة. ارجع إلى الصفحة السابقة وأعد المحاولة منها.")
        }
        ErrorCode::Unavailable => ("الخدمة غير متاحة الآن", "لم نتمكن من إكمال طلبك. حاول مرة أخرى بعد قليل."),
        ErrorCode::Internal => ("حدث خطأ لدينا", "الخطأ من جانبنا وقد سُجّل. حاول مرة أخرى، وإن تكرر فأرسل إلينا رقم الطلب."),
    }
}

fn english(code: ErrorCode) -> (&'static str, &'static str) {
    match code {
        ErrorCode::InvalidPhone => ("The mobile number is not valid", "Check the number and send it again. Example: 0501234567"),
        ErrorCode::Validation => ("Some of the data is not right", "Correct the fields named and send it again."),
        ErrorCode::InvalidCode => {
            ("The code is not right", "Look at the latest text we sent and enter the code as it stands there.")
        }
        ErrorCode::PasskeyRefused => ("The passkey was not accepted", "Try again, or use another one or a code instead."),
        ErrorCode::ChallengeNotFound => {
            ("There is no live code", "It may have expired or been used already. Ask for a new code.")
        }
        ErrorCode::ProofRequired => (
            "First we check that you are not a robot",
            "Solve the puzzle, or wait as long as it says, and send the request again.",
        ),
        ErrorCode::QuotaExceeded => ("Too many attempts", "Wait as long as it says, then try again."),
        ErrorCode::Unauthenticated => ("Sign in first", "This needs you to be signed in. Sign in, then try again."),
        ErrorCode::SessionEnded => ("Your session is over", "Sign in again to go on."),
        ErrorCode::FreshAuthenticationRequired => {
            ("Confirm that it is you", "This step needs a recent sign-in. Sign in again, then repeat it.")
        }
        ErrorCode::SecondFactorRequired => (
            "Show your second factor",
            "This step needs a passkey or a code of your authenticator app. Show one, then repeat it.",
        ),
        ErrorCode::Forbidden => {
            ("Not allowed", "Your account may not do this. If you think that is a mistake, contact the salon.")
        }
        ErrorCode::NotFound => ("Not found", "There is nothing at this address, or it is not yours. Check the address."),
        ErrorCode::EndpointRetired => {
            ("This endpoint is retired", "It is gone for good. Use the successor named in the Link header.")
        }
        ErrorCode::SlotTaken => ("This time has been taken", "Somebody else was faster. Choose another time."),
        ErrorCode::HoldExpired => ("The time is no longer held", "It was let go. Choose it again if it is still free."),
        ErrorCode::Conflict => {
            ("It has changed meanwhile", "The data has changed, or belongs to another account. Reload and try again.")
        }
        ErrorCode::Malformed => {
            ("The request cannot be read", "It is not in the expected form. Go back to the page and send it again.")
        }
        ErrorCode::PayloadTooLarge => ("The request is too large", "Send less and try again."),
        ErrorCode::UnsupportedMediaType => {
            ("Unsupported content type", "Send the request with the content type the documentation names.")
        }
        ErrorCode::MethodNotAllowed => {
            ("Method not allowed", "This address does not take this method. Go back to the page before and try from there.")
        }
        ErrorCode::Unavailable => ("Not available right now", "We could not finish your request. Try again in a little while."),
        ErrorCode::Internal => (
            "Something went wrong on our side",
            "The fault is ours and has been recorded. Try again; if it keeps happening, send us the request id.",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_problem_has_its_own_words_in_both_languages() {
        for locale in [Locale::Ar, Locale::En] {
            let mut titles: Vec<_> = ErrorCode::ALL.iter().map(|code| problem(*code, locale).0).collect();
            assert!(titles.iter().all(|title| !title.is_empty()));
            assert!(ErrorCode::ALL.iter().all(|code| problem(*code, locale).1.len() > 15));
            titles.sort_unstable();
            titles.dedup();
            assert_eq!(titles.len(), ErrorCode::ALL.len(), "two problems share a title in {locale:?}");
        }
    }

    #[test]
    fn arabic_is_arabic_and_english_is_english() {
        let is_arabic = |text: &str| text.chars().any(|c| ('\u{0600}'..='\u{06FF}').contains(&c));
        for code in ErrorCode::ALL {
            let (title, detail) = problem(*code, Locale::Ar);
            assert!(is_arabic(title) && is_arabic(detail), "{code:?}");
            let (title, detail) = problem(*code, Locale::En);
            assert!(!is_arabic(title) && !is_arabic(detail), "{code:?}");
        }
    }
}
