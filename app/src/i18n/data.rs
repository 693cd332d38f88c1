//! The data export in words, for reading it as a page. The file itself keeps its own names and values.
//!
//! To name a new field: a line in `NAMES`. A new event, state or doer: a line in its table. A new kind, role or language: the compiler asks.

use domain::locale::Locale;
use domain::message::MessageKind;
use domain::role::Role;
use domain::session::SessionKind;

/// Arabic, English.
type Pair = (&'static str, &'static str);

/// A name in the file, Arabic, English.
type Line = (&'static str, &'static str, &'static str);

/// What a field of the export is called. `None` for one not listed here: the page then shows the file's own name.
pub fn field_name(key: &str, locale: Locale) -> Option<&'static str> {
    find(NAMES, key).map(|pair| in_language(pair, locale))
}

/// What a value of the field `key` means. `None` where the text speaks for itself, or is not known here.
pub fn value_name(key: &str, text: &str, locale: Locale) -> Option<&'static str> {
    let pair = match key {
        "kind" => MessageKind::parse(text)
            .map(message_kind)
            .or_else(|| SessionKind::parse(text).map(session_kind))
            .or_else(|| find(FACTORS, text))
            .or_else(|| find(REQUESTS, text))
            .or_else(|| find(MOVES, text)),
        "locale" => Locale::parse(text).map(language),
        "role" | "roles" => Role::parse(text).map(role),
        "state" => find(STATES, text),
        "action" => find(ACTIONS, text),
        "by" => find(DOERS, text),
        "purpose" => find(PURPOSES, text),
        "source" => find(SOURCES, text),
        "opened_by" => find(OPENERS, text),
        "act" => find(ACTS, text),
        "fields" => find(NAMES, text),
        _ => None,
    };
    pair.map(|pair| in_language(pair, locale))
}

/// Every event the history records, by its name and in words.
pub fn actions(locale: Locale) -> impl Iterator<Item = (&'static str, &'static str)> {
    ACTIONS.iter().map(move |(name, arabic, english)| (*name, in_language((*arabic, *english), locale)))
}

fn find(lines: &[Line], name: &str) -> Option<Pair> {
    lines.iter().find(|line| line.0 == name).map(|(_, arabic, english)| (*arabic, *english))
}

const fn in_language((arabic, english): Pair, locale: Locale) -> &'static str {
    match locale {
        Locale::Ar => arabic,
        Locale::En => english,
    }
}

const fn message_kind(kind: MessageKind) -> Pair {
    match kind {
        MessageKind::AuthCode => ("رمز تسجيل الدخول", "Sign-in code"),
        MessageKind::VerifyCode => ("رمز تأكيد الرقم", "Code to confirm a number"),
        MessageKind::PhoneChanged => ("إشعار بتغيير الرقم", "Notice of a changed number"),
        MessageKind::CodesOff => ("إشعار بإيقاف الدخول بالرسائل", "Notice that sign-in by text is off"),
    }
}

const fn session_kind(kind: SessionKind) -> Pair {
    match kind {
        SessionKind::Web => ("متصفح", "Browser"),
        SessionKind::Api => ("تطبيق", "App"),
    }
}

const fn language(locale: Locale) -> Pair {
    match locale {
        Locale::Ar => ("العربية", "Arabic"),
        Locale::En => ("الإنجليزية", "English"),
    }
}

const fn role(role: Role) -> Pair {
    match role {
        Role::Owner => ("مالك الصالون", "Owner"),
        Role::Manager => ("إدارة الصالون", "Manager"),
        Role::Reception => ("الاستقبال", "Reception"),
        Role::Stylist => ("تقديم الخدمة", "Stylist"),
        Role::PlatformAdmin => ("إدارة المنصة", "Platform administrator"),
    }
}

/// Where a message or a request stands.
const STATES: &[Line] = &[
    ("queued", "بانتظار الإرسال", "Waiting to be sent"),
    ("leased", "قيد الإرسال", "Being sent"),
    ("sent", "أُرسلت", "Sent"),
    ("failed", "تعذّر إرسالها", "Could not be sent"),
    ("expired", "فات وقت إرسالها", "Too late to send"),
    ("open", "بانتظار البدء", "Not begun"),
    ("in_progress", "قيد المعالجة", "In progress"),
    ("done", "تم", "Done"),
    ("refused", "مرفوض", "Refused"),
    ("withdrawn", "مسحوب", "Taken back"),
];

/// What the history records.
const ACTIONS: &[Line] = &[
    ("phone_claimed", "تأكيد الرقم وفتح الحساب", "Number confirmed, account opened"),
    ("signed_in", "تسجيل دخول", "Signed in"),
    ("new_device_signed_in", "تسجيل دخول من جهاز جديد", "Signed in on a new device"),
    ("signed_out", "تسجيل خروج", "Signed out"),
    ("session_ended", "إنهاء جلسة", "Session ended"),
    ("other_sessions_ended", "إنهاء الجلسات الأخرى", "Other sessions ended"),
    ("refresh_replayed", "إنهاء جلسة لاستخدام مفتاح قديم", "Session ended because an old key was used again"),
    ("profile_changed", "تعديل البيانات", "Details changed"),
    ("phone_verified", "تأكيد رقم الجوال", "Mobile number confirmed"),
    ("phone_changed", "تغيير رقم الجوال", "Mobile number changed"),
    ("erased", "حذف الحساب", "Account deleted"),
    ("codes_turned_off", "إيقاف الدخول بالرسائل بعد رموز خاطئة كثيرة", "Sign-in by text turned off after too many wrong codes"),
    ("user_rebound", "إعادة تفعيل الدخول بالرسائل", "Sign-in by text turned on again"),
    ("user_added", "إضافة الحساب", "Account added"),
    ("user_blocked", "إيقاف الحساب", "Account blocked"),
    ("user_unblocked", "إعادة تفعيل الحساب", "Account unblocked"),
    ("bulk_started", "بدء إجراء على عدة أشخاص", "Act on several people begun"),
    ("people_export_begun", "بدء استخراج بيانات أشخاص", "Export of people begun"),
    ("people_exported", "استخراج بيانات أشخاص", "People exported"),
    ("all_sessions_ended", "إنهاء كل الجلسات", "All sessions ended"),
    ("role_revoked", "سحب صلاحية", "Role taken away"),
    ("note_added", "إضافة ملاحظة", "Note added"),
    ("note_deleted", "حذف ملاحظة", "Note deleted"),
    ("role_granted", "منح صلاحية", "Role granted"),
    ("salon_created", "إنشاء صالون", "Salon set up"),
    ("salon_changed", "تعديل بيانات صالون", "Salon edited"),
    ("salon_status_changed", "تغيير حالة صالون", "Status of a salon changed"),
    ("salon_role_granted", "منح صلاحية في صالون", "Role in a salon granted"),
    ("salon_role_revoked", "سحب صلاحية في صالون", "Role in a salon taken away"),
    ("service_added", "إضافة خدمة", "Service added"),
    ("service_changed", "تعديل خدمة", "Service edited"),
    ("service_removed", "حذف خدمة", "Service removed"),
    ("staff_added", "إضافة موظف", "Member of staff added"),
    ("staff_changed", "تعديل بيانات موظف", "Member of staff edited"),
    ("staff_services_changed", "تعديل خدمات موظف", "Services of a member of staff changed"),
    ("hours_changed", "تعديل أوقات العمل", "Working hours changed"),
    ("second_factor_added", "إضافة عامل التحقق الثاني", "Second factor added"),
    ("second_factor_shown", "تأكيد بعامل التحقق الثاني", "Second factor shown"),
    ("second_factor_refused", "رمز خاطئ لعامل التحقق الثاني", "Wrong code for the second factor"),
    ("second_factor_removed", "إزالة عامل التحقق الثاني", "Second factor removed"),
    ("privacy_request_opened", "تقديم طلب خصوصية", "Privacy request opened"),
    ("privacy_request_handled", "معالجة طلب خصوصية", "Privacy request handled"),
    ("privacy_request_withdrawn", "سحب طلب خصوصية", "Privacy request taken back"),
    ("consent_changed", "تغيير موافقة", "Consent changed"),
    ("consent_recorded", "تسجيل موافقة لدى الاستقبال", "Consent recorded at the desk"),
    ("person_exported", "استخراج نسخة من البيانات", "Copy of the data taken"),
    ("phone_move_asked", "طلب نقل رقم الجوال", "Move of a number asked for"),
    ("phone_move_cancelled", "إلغاء طلب نقل الرقم", "Move of a number cancelled"),
    ("phone_move_expired", "انتهاء مهلة طلب نقل الرقم", "Move of a number expired"),
    ("phone_move_refused", "تعذّر نقل الرقم", "Number could not be moved"),
    ("account_merged", "دمج الحساب في حساب آخر", "Account merged into another"),
    ("phone_taken_over", "انتقال الرقم إلى صاحبه الجديد", "Number went to its new owner"),
    ("phone_given_back", "إعادة الرقم إلى الحساب", "Number given back"),
    ("number_shown", "إظهار رقم في سجل الرسائل", "Number shown in the log of messages"),
    ("settings_changed", "تغيير الإعدادات الحية", "Live settings changed"),
    ("settings_reset", "إعادة الإعدادات الحية إلى الأصل", "Live settings set back"),
    ("fleet_alarm_raised", "بدء إنذار التخمين على المنصة", "Alarm raised: codes of the platform are guessed at"),
    ("fleet_alarm_ended", "انتهاء إنذار التخمين على المنصة", "Alarm over"),
    ("restore_fenced", "تسييج بعد استعادة نسخة احتياطية", "Fenced after a backup was restored"),
    ("erased_again", "حذف الحساب من جديد بعد الاستعادة", "Account deleted again after a restore"),
    ("passkey_added", "إضافة مفتاح مرور", "Passkey added"),
    ("passkey_removed", "إزالة مفتاح مرور", "Passkey removed"),
    ("recovery_codes_renewed", "إنشاء رموز استرداد جديدة", "New recovery codes made"),
];

/// What a second factor was.
const FACTORS: &[Line] = &[
    ("totp", "تطبيق المصادقة", "Authenticator app"),
    ("recovery_code", "رمز استرداد", "Recovery code"),
    ("passkey", "مفتاح مرور", "Passkey"),
];

/// What was asked about one's data.
const REQUESTS: &[Line] = &[
    ("access", "الاطلاع", "Access"),
    ("correction", "التصحيح", "Correction"),
    ("erasure", "الإتلاف", "Erasure"),
    ("objection", "الاعتراض", "Objection"),
];

/// What was done to it.
const ACTS: &[Line] = &[
    ("start", "بدأت معالجته", "Started"),
    ("finish", "تم", "Done"),
    ("refuse", "رُفض", "Refused"),
    ("extend", "مُدّد", "Extended"),
];

/// Who wrote it down.
const OPENERS: &[Line] = &[("self_service", "أنت", "You"), ("staff", "موظف", "Staff")];

/// What was agreed to.
const PURPOSES: &[Line] =
    &[("terms", "شروط الاستخدام", "Terms of use"), ("marketing_sms", "العروض بالرسائل النصية", "Offers by text message")];

/// Where.
const SOURCES: &[Line] = &[
    ("welcome", "صفحة الترحيب", "Welcome page"),
    ("account", "صفحة الحساب", "Account page"),
    ("desk", "لدى الاستقبال", "At the desk"),
    ("api", "التطبيق", "App"),
];

/// What was asked for a number.
const MOVES: &[Line] = &[
    ("change", "رقم جديد", "A new number"),
    ("merge", "دمج حسابين", "A merge of two accounts"),
    ("recycled", "رقم معاد تخصيصه", "A recycled number"),
];

/// Who did it.
const DOERS: &[Line] = &[
    ("self", "أنت", "You"),
    ("staff", "موظفو المنصة", "The staff"),
    ("operator", "مشغّل الخدمة", "The operator"),
    ("limits", "حدود الأمان", "The limits"),
    ("owner", "صاحب الرقم", "The owner of the number"),
    ("test_number", "رقم تجريبي", "A test number"),
];

const NAMES: &[Line] = &[
    ("user", "الحساب", "Account"),
    ("sessions", "الجلسات", "Sessions"),
    ("messages", "الرسائل النصية", "Text messages"),
    ("second_factor", "عامل التحقق الثاني", "Second factor"),
    ("passkeys", "مفاتيح المرور", "Passkeys"),
    ("passkey_id", "معرّف مفتاح المرور", "Passkey id"),
    ("name", "الاسم", "Name"),
    ("last_used_at", "آخر استخدام", "Last used"),
    ("with", "باستخدام", "With"),
    ("added_at", "أُضيف في", "Added"),
    ("recovery_codes_left", "رموز الاسترداد المتبقية", "Recovery codes left"),
    ("is_replacement", "بدل تطبيق سابق", "Instead of another app"),
    ("history", "السجل", "History"),
    ("exported_at", "وقت الاستخراج", "As of"),
    ("id", "المعرّف", "Id"),
    ("phone", "رقم الجوال", "Mobile number"),
    ("is_phone_verified", "الرقم مؤكَّد", "Number confirmed"),
    ("given_name", "الاسم الأول", "First name"),
    ("family_name", "اسم العائلة", "Family name"),
    ("email", "البريد الإلكتروني", "E-mail"),
    ("locale", "اللغة", "Language"),
    ("roles", "الصلاحيات", "Roles"),
    ("role", "الصلاحية", "Role"),
    ("is_sandbox", "حساب تجريبي", "Test account"),
    ("created_at", "أُنشئ في", "Created"),
    ("last_seen_at", "آخر نشاط", "Last active"),
    ("kind", "النوع", "Kind"),
    ("device_name", "الجهاز", "Device"),
    ("signed_in_at", "تسجيل الدخول", "Signed in"),
    ("expires_at", "تنتهي في", "Ends"),
    ("is_current", "هذا الجهاز", "This device"),
    ("from", "من", "From"),
    ("to", "إلى", "To"),
    ("state", "الحالة", "State"),
    ("finished_at", "اكتملت في", "Finished"),
    ("at", "الوقت", "When"),
    ("by", "بواسطة", "By"),
    ("action", "الحدث", "Event"),
    ("detail", "التفاصيل", "Detail"),
    ("fields", "ما تغيّر", "What changed"),
    ("count", "العدد", "How many"),
    ("status", "الحالة", "Status"),
    ("purpose", "الغرض", "Purpose"),
    ("address", "عنوان الشبكة", "Network address"),
    ("session", "الجلسة", "Session"),
    ("session_id", "معرّف الجلسة", "Session id"),
    ("reason", "السبب", "Reason"),
    ("notes", "الملاحظات", "Notes"),
    ("note_id", "معرّف الملاحظة", "Note id"),
    ("text", "النص", "Text"),
    ("ended_at", "انتهت في", "Ended"),
    ("consents", "الموافقات", "Consents"),
    ("privacy_requests", "طلبات الخصوصية", "Privacy requests"),
    ("is_granted", "موافقة", "Agreed"),
    ("source", "أين", "Where"),
    ("wording_version", "نسخة النص", "Version of the words"),
    ("opened_by", "من سجّله", "Written down by"),
    ("said", "بكلماتك", "In your own words"),
    ("note", "ملاحظة الموظفين", "Note by staff"),
    ("opened_at", "قُدّم في", "Asked"),
    ("due_at", "موعد الجواب", "Answer due"),
    ("extended_at", "مُدّد في", "Extended"),
    ("extension_reason", "سبب التمديد", "Why it takes longer"),
    ("refusal_reason", "سبب الرفض", "Why it was refused"),
    ("closed_at", "أُغلق في", "Closed"),
    ("request", "الطلب", "Request"),
    ("act", "ما جرى", "What was done"),
    ("is_undone", "تراجع عن تغيير سابق", "Taking back an earlier change"),
    ("is_merged", "بعد دمج حسابين", "After a merge of two accounts"),
    ("is_phoneless", "بلا رقم ولم يعد", "Without a number, and never back"),
    ("message", "الرسالة", "Message"),
    ("phones.countries", "الدول المسموح بها", "Allowed countries"),
    ("phones.only_saudi", "السعودية فقط", "Only Saudi Arabia"),
    ("phones.foreign_paused", "إيقاف الدخول للأرقام الأجنبية", "Foreign numbers paused"),
    ("sms.daily_messages", "رسائل اليوم", "Messages a day"),
    ("otp.code_length", "أرقام الرمز", "Digits of a code"),
    ("otp.max_attempts", "محاولات لكل رمز", "Guesses a code"),
    ("otp.guesses_per_phone_day", "محاولات خاطئة لكل رقم في اليوم", "Wrong guesses per phone and day"),
    ("otp.sends_per_phone_hour", "رسائل لكل رقم في الساعة", "Messages per phone and hour"),
    ("otp.sends_per_phone_day", "رسائل لكل رقم في اليوم", "Messages per phone and day"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_name_stands_once() {
        for lines in [NAMES, ACTIONS, STATES, DOERS, FACTORS, REQUESTS, ACTS, OPENERS, PURPOSES, SOURCES, MOVES] {
            for (at, (name, ..)) in lines.iter().enumerate() {
                assert!(!lines[..at].iter().any(|(earlier, ..)| earlier == name), "{name}");
            }
        }
        assert_eq!(field_name("phone", Locale::Ar), Some("رقم الجوال"));
        assert_eq!(field_name("something_new", Locale::Ar), None);
    }

    #[test]
    fn a_value_is_read_in_the_light_of_its_field() {
        let english = |key, text| value_name(key, text, Locale::En);
        assert_eq!(english("kind", "phone_changed"), Some("Notice of a changed number"));
        assert_eq!(english("action", "phone_changed"), Some("Mobile number changed"));
        assert_eq!(english("kind", "web"), Some("Browser"));
        assert_eq!(english("kind", "totp"), Some("Authenticator app"));
        for kind in domain::phone_move::MoveKind::ALL {
            assert!(english("kind", kind.as_str()).is_some(), "{kind:?}");
        }
        assert_eq!(english("fields", "given_name"), Some("First name"));
        assert_eq!(value_name("locale", "ar", Locale::Ar), Some("العربية"));
        assert_eq!(value_name("by", "self", Locale::Ar), Some("أنت"));
    }

    #[test]
    fn a_name_is_never_taken_for_a_value() {
        assert_eq!(value_name("given_name", "web", Locale::En), None);
        assert_eq!(value_name("action", "something_new", Locale::En), None);
    }
}
