//! What somebody may ask about their data, and what they agree to.

use domain::consent::{ConsentPurpose, ConsentSource};
use domain::locale::Locale;
use domain::privacy_request::{RequestKind, RequestState};

use super::words::span;

/// Texts of `/account/privacy`, of the consents on `/account` and `/welcome`, and of the words they share with the admin.
pub struct Privacy {
    pub title: &'static str,
    pub lead: &'static str,
    pub link: &'static str,

    pub ask: &'static str,
    pub ask_lead: &'static str,
    pub what: &'static str,
    /// In the order of [`RequestKind::ALL`]: a short name, and what it means to whoever asks.
    pub kinds: [(&'static str, &'static str); 4],
    pub said: &'static str,
    pub said_hint: &'static str,
    pub send: &'static str,
    pub sent: &'static str,
    pub withdraw: &'static str,
    pub withdrawn: &'static str,

    pub asked: &'static str,
    pub none: &'static str,
    pub kind: &'static str,
    pub state: &'static str,
    /// In the order of [`RequestState::ALL`].
    pub states: [&'static str; 5],
    pub opened: &'static str,
    pub by_staff: &'static str,
    pub due: &'static str,
    pub closed: &'static str,
    pub why_longer: &'static str,
    pub why_refused: &'static str,
    pub overdue: &'static str,
    pub today: &'static str,
    /// Before and after a span of days.
    pub left: fn(&str) -> String,
    pub late: fn(&str) -> String,

    pub consents: &'static str,
    pub consents_lead: &'static str,
    pub agreed: &'static str,
    pub not_agreed: &'static str,
    pub agree: &'static str,
    pub take_back: &'static str,
    pub ledger: &'static str,
    pub ledger_none: &'static str,
    pub granted: &'static str,
    pub taken_back: &'static str,
    /// In the order of [`ConsentPurpose::ALL`].
    pub purposes: [&'static str; 2],
    /// In the order of [`ConsentSource::ALL`].
    pub sources: [&'static str; 4],
    pub version: &'static str,
}

impl Privacy {
    /// The name of a kind, and what it means.
    pub const fn kind_of(&self, kind: RequestKind) -> (&'static str, &'static str) {
        match kind {
            RequestKind::Access => self.kinds[0],
            RequestKind::Correction => self.kinds[1],
            RequestKind::Erasure => self.kinds[2],
            RequestKind::Objection => self.kinds[3],
        }
    }

    /// The word for where a request stands.
    pub const fn state_of(&self, state: RequestState) -> &'static str {
        match state {
            RequestState::Open => self.states[0],
            RequestState::InProgress => self.states[1],
            RequestState::Done => self.states[2],
            RequestState::Refused => self.states[3],
            RequestState::Withdrawn => self.states[4],
        }
    }

    /// What is agreed to, in a word or two.
    pub const fn purpose_of(&self, purpose: ConsentPurpose) -> &'static str {
        match purpose {
            ConsentPurpose::Terms => self.purposes[0],
            ConsentPurpose::MarketingSms => self.purposes[1],
        }
    }

    /// Where it was said.
    pub const fn source_of(&self, source: ConsentSource) -> &'static str {
        match source {
            ConsentSource::Welcome => self.sources[0],
            ConsentSource::Account => self.sources[1],
            ConsentSource::Desk => self.sources[2],
            ConsentSource::Api => self.sources[3],
        }
    }

    /// How much time is left, as a sentence; past its day it says so first.
    pub fn days(&self, days: i64, locale: Locale) -> String {
        match days {
            0 => self.today.to_owned(),
            2 if locale == Locale::Ar => (self.left)("يومان"),
            1.. => (self.left)(&in_days(days.unsigned_abs(), locale)),
            _ => (self.late)(&in_days(days.unsigned_abs(), locale)),
        }
    }
}

/// [`span`] tells a day or two in hours. The Arabic words stand after a preposition, as its own do.
fn in_days(days: u64, locale: Locale) -> String {
    match (days, locale) {
        (1, Locale::Ar) => "يوم واحد".to_owned(),
        (2, Locale::Ar) => "يومين".to_owned(),
        (1, Locale::En) => "1 day".to_owned(),
        (2, Locale::En) => "2 days".to_owned(),
        _ => span(days * 86_400, locale),
    }
}

/// The words of a version, in the language they stood there in. Whoever changes them adds a version, raises
/// [`ConsentPurpose::wording_version`], and leaves the older ones: what somebody agreed to must stay readable.
pub fn consent_wording(purpose: ConsentPurpose, version: u16, locale: Locale) -> Option<&'static str> {
    let (arabic, english) = match (purpose, version) {
        (ConsentPurpose::Terms, 1) => ("أوافق على شروط استخدام صالون.", "I accept the terms of using Salon."),
        (ConsentPurpose::MarketingSms, 1) => (
            "أوافق على أن ترسل لي الصالونات عروضها وأخبارها برسائل نصية. يمكنني سحب موافقتي في أي وقت من صفحة حسابي.",
            "I agree to get offers and news of salons by text message. I can take this back at any time on my account's page.",
        ),
        _ => return None,
    };
    Some(match locale {
        Locale::Ar => arabic,
        Locale::En => english,
    })
}

pub const AR: Privacy = Privacy {
    title: "الخصوصية",
    lead: "لك أن تعرف ما نحتفظ به عنك، وأن تصحّحه، وأن تطلب إتلافه، وأن تعترض على استخدامه. نجيبك خلال 30 يومًا.",
    link: "طلباتي وموافقاتي",

    ask: "طلب جديد",
    ask_lead: "بياناتك كلها متاحة لك فورًا في صفحة «بياناتي»، ويمكنك تعديل اسمك وحذف حسابك بنفسك. اطلب منا ما عدا ذلك هنا.",
    what: "ماذا تطلب؟",
    kinds: [
        ("الاطلاع", "أريد نسخة من بياناتي أو شرحًا لها"),
        ("التصحيح", "في بياناتي خطأ أريد تصحيحه"),
        ("الإتلاف", "أريد إتلاف بياناتي"),
        ("الاعتراض", "أعترض على استخدام بياناتي في غرض ما"),
    ],
    said: "بكلماتك",
    said_hint: "حتى 500 حرف. لا تكتب رموز التحقق.",
    send: "أرسل الطلب",
    sent: "وصل طلبك. سنجيبك في الموعد المذكور.",
    withdraw: "اسحب الطلب",
    withdrawn: "سُحب الطلب.",

    asked: "طلباتي",
    none: "لا طلبات.",
    kind: "الطلب",
    state: "الحالة",
    states: ["بانتظار البدء", "قيد المعالجة", "تم", "مرفوض", "مسحوب"],
    opened: "قُدّم في",
    by_staff: "سجّله الموظفون نيابة عن صاحبه",
    due: "موعد الجواب",
    closed: "أُغلق في",
    why_longer: "سبب التمديد",
    why_refused: "سبب الرفض",
    overdue: "متأخر",
    today: "اليوم آخر يوم",
    left: |span| format!("بقي {span}"),
    late: |span| format!("متأخر منذ {span}"),

    consents: "موافقاتي",
    consents_lead: "لا يتوقف شيء في حسابك أو حجوزاتك على هذه الموافقة.",
    agreed: "أنت موافق منذ",
    not_agreed: "لم توافق.",
    agree: "أوافق",
    take_back: "اسحب موافقتي",
    ledger: "سجل الموافقات",
    ledger_none: "لا شيء في السجل.",
    granted: "موافقة",
    taken_back: "سحب الموافقة",
    purposes: ["شروط الاستخدام", "العروض بالرسائل النصية"],
    sources: ["صفحة الترحيب", "صفحة الحساب", "لدى الاستقبال", "التطبيق"],
    version: "نسخة النص",
};

pub const EN: Privacy = Privacy {
    title: "Privacy",
    lead: "You may know what we hold about you, have it put right, have it destroyed, and object to a use of it. We answer within 30 days.",
    link: "My requests and consents",

    ask: "A new request",
    ask_lead: "All your data is there at once on the page “My data”, and you can change your name and delete your account yourself. Ask us for anything else here.",
    what: "What do you ask for?",
    kinds: [
        ("Access", "I want a copy of my data, or have it explained"),
        ("Correction", "Something in my data is wrong"),
        ("Erasure", "I want my data destroyed"),
        ("Objection", "I object to my data being used for something"),
    ],
    said: "In your own words",
    said_hint: "Up to 500 characters. Never write a code here.",
    send: "Send the request",
    sent: "Your request has arrived. You will have an answer by the day it says.",
    withdraw: "Take it back",
    withdrawn: "The request is taken back.",

    asked: "My requests",
    none: "No requests.",
    kind: "Request",
    state: "State",
    states: ["Not begun", "In progress", "Done", "Refused", "Taken back"],
    opened: "Asked on",
    by_staff: "Written down by staff",
    due: "Answer due",
    closed: "Closed on",
    why_longer: "Why it takes longer",
    why_refused: "Why it was refused",
    overdue: "Overdue",
    today: "The last day is today",
    left: |span| format!("{span} left"),
    late: |span| format!("Overdue by {span}"),

    consents: "My consents",
    consents_lead: "Nothing in your account or bookings depends on this.",
    agreed: "You agree since",
    not_agreed: "You have not agreed.",
    agree: "I agree",
    take_back: "Take my consent back",
    ledger: "Consent ledger",
    ledger_none: "Nothing in the ledger.",
    granted: "Agreed",
    taken_back: "Taken back",
    purposes: ["Terms of use", "Offers by text message"],
    sources: ["Welcome page", "Account page", "At the desk", "App"],
    version: "Version of the words",
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_version_of_what_people_agreed_to_is_still_there_in_both_languages() {
        for purpose in ConsentPurpose::ALL {
            for version in 1..=purpose.wording_version() {
                for locale in [Locale::Ar, Locale::En] {
                    assert!(
                        consent_wording(purpose, version, locale).is_some_and(|text| !text.is_empty()),
                        "{purpose:?} {version}"
                    );
                }
            }
            assert_eq!(consent_wording(purpose, purpose.wording_version() + 1, Locale::Ar), None, "a version nobody is shown");
        }
    }

    #[test]
    fn what_is_late_says_so_in_words() {
        assert_eq!(EN.days(29, Locale::En), "29 days left");
        assert_eq!(EN.days(1, Locale::En), "1 day left");
        assert_eq!(EN.days(0, Locale::En), "The last day is today");
        assert_eq!(EN.days(-3, Locale::En), "Overdue by 3 days");
        assert_eq!(AR.days(2, Locale::Ar), "بقي يومان");
        assert_eq!(AR.days(11, Locale::Ar), "بقي 11 يومًا");
        assert_eq!(AR.days(-2, Locale::Ar), "متأخر منذ يومين");
        assert_eq!(AR.days(-1, Locale::Ar), "متأخر منذ يوم واحد");
        assert_eq!(AR.days(-5, Locale::Ar), "متأخر منذ 5 أيام");
    }
}
