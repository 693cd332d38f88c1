//! The live settings.

use usecases::LiveKey;

/// Texts of `/admin/settings`.
pub struct LiveTexts {
    pub lead: &'static str,
    /// In the order of [`LiveKey::ALL`]: what it is, and what it does.
    pub keys: [(&'static str, &'static str); 9],
    pub on: &'static str,
    pub off: &'static str,
    pub configured: fn(&str) -> String,
    pub review: &'static str,
    pub review_title: &'static str,
    pub review_lead: &'static str,
    pub setting: &'static str,
    pub before: &'static str,
    pub after: &'static str,
    pub no_changes: &'static str,
    pub effect: &'static str,
    /// Before, after, the most.
    pub bound: fn(&str, &str, &str) -> String,
    pub too_easy: &'static str,
    /// Codes of the last 24 hours.
    pub refused_codes: fn(u64) -> String,
    pub paused_codes: fn(u64) -> String,
    pub at_once: &'static str,
    pub save: &'static str,
    pub keep: &'static str,
    pub reset: &'static str,
    pub changed: &'static str,
    pub never_changed: &'static str,
    pub by: &'static str,
    pub operator: &'static str,
}

impl LiveTexts {
    /// What a setting is, and what it does.
    pub fn of(&self, key: LiveKey) -> (&'static str, &'static str) {
        LiveKey::ALL.iter().zip(self.keys).find(|(known, _)| **known == key).map_or(("", ""), |(_, words)| words)
    }
}

pub const AR: LiveTexts = LiveTexts {
    lead: "ما يمكن تغييره وصالون يعمل. يسري على كل العمليات خلال ثوانٍ، وتُعرض آثاره قبل الحفظ.",
    keys: [
        ("الدول المسموح بها", "رموز الدول من حرفين، مثل SA AE. لا تُرسل رسائل إلى غيرها."),
        ("السعودية فقط", "مفتاح واحد عند الهجوم: تبقى القائمة كما هي، ولا يُرسل إلى غير السعودية."),
        ("إيقاف الدخول بالرسائل للأرقام الأجنبية", "مؤقتًا: يُطلب من أصحابها المحاولة لاحقًا."),
        ("رسائل اليوم", "بعدها لا يُرسل إلا إلى الأجهزة المعروفة."),
        ("أرقام الرمز", "من 6 إلى 10."),
        ("محاولات لكل رمز", "بعدها يُلغى الرمز."),
        ("محاولات خاطئة لكل رقم في اليوم", "من كل الرموز معًا."),
        ("رسائل لكل رقم في الساعة", "ولأجهزته المعروفة أكثر قليلًا."),
        ("رسائل لكل رقم في اليوم", "بعضها محجوز لأجهزته المعروفة."),
    ],
    on: "مفعّل",
    off: "غير مفعّل",
    configured: |value| format!("في الإعدادات الأصلية: {value}"),
    review: "اعرض الأثر",
    review_title: "ماذا سيتغير",
    review_lead: "لم يُحفظ شيء بعد.",
    setting: "الإعداد",
    before: "الآن",
    after: "بعد الحفظ",
    no_changes: "لا تغيير.",
    effect: "الأثر",
    bound: |before, after, most| format!("احتمال تخمين حساب واحد في سنة: {before} الآن، و{after} بعد الحفظ. والحد الأعلى {most}."),
    too_easy: "لا يمكن حفظ هذا: يصير التخمين أسهل مما يُسمح به.",
    refused_codes: |codes| format!("رموز طُلبت في آخر 24 ساعة من دول لن يُرسل إليها بعد الآن: {codes}."),
    paused_codes: |codes| format!("رموز طُلبت في آخر 24 ساعة من دول سيتوقف الدخول منها مؤقتًا: {codes}."),
    at_once: "يسري هنا فورًا وعلى كل العمليات خلال ثوانٍ، ويُسجَّل باسمك.",
    save: "احفظ",
    keep: "أبقِ كل شيء كما هو",
    reset: "أعد الكل إلى الإعدادات الأصلية",
    changed: "آخر تغيير",
    never_changed: "لم يُغيَّر شيء: كل شيء كما في الإعدادات الأصلية.",
    by: "بواسطة",
    operator: "مشغّل الخدمة",
};

pub const EN: LiveTexts = LiveTexts {
    lead: "What may be changed while Salon runs. It holds in every process within seconds, and its effect is shown before it is saved.",
    keys: [
        ("Allowed countries", "Codes of two letters, such as SA AE. Nothing is texted to others."),
        ("Only Saudi Arabia", "One switch for an attack: the list stays as it is, and nothing is texted abroad."),
        ("Pause sign-in by text for foreign numbers", "For now: their owners are asked to try again later."),
        ("Messages a day", "Beyond them only known devices are texted."),
        ("Digits of a code", "6 to 10."),
        ("Guesses a code", "After them the code is dead."),
        ("Wrong guesses per phone and day", "At all codes together."),
        ("Messages per phone and hour", "Its known devices have a few more."),
        ("Messages per phone and day", "Some are kept for its known devices."),
    ],
    on: "on",
    off: "off",
    configured: |value| format!("Configured: {value}"),
    review: "Show the effect",
    review_title: "What will change",
    review_lead: "Nothing is saved yet.",
    setting: "Setting",
    before: "Now",
    after: "Then",
    no_changes: "Nothing changes.",
    effect: "Effect",
    bound: |before, after, most| {
        format!("The chance that one account is guessed in a year: {before} now, {after} then. It may be {most} at most.")
    },
    too_easy: "This cannot be saved: guessing would be easier than is allowed.",
    refused_codes: |codes| format!("Codes asked for in the last 24 hours in countries that will get none any more: {codes}."),
    paused_codes: |codes| format!("Codes asked for in the last 24 hours in countries where sign-in will be paused: {codes}."),
    at_once: "It holds here at once and in every process within seconds, and is written down under your name.",
    save: "Save",
    keep: "Keep everything as it is",
    reset: "Set everything back to what is configured",
    changed: "Changed last",
    never_changed: "Nothing was changed: everything is as configured.",
    by: "by",
    operator: "the operator",
};
