//! What the fields of the data export are called, for reading it as a page. The file itself keeps its own names.

use domain::locale::Locale;

/// The name of a field of the export. `None` for one not listed here: the page then shows the file's own name.
pub fn field_name(key: &str, locale: Locale) -> Option<&'static str> {
    let (_, arabic, english) = NAMES.iter().find(|(name, ..)| *name == key)?;
    Some(match locale {
        Locale::Ar => arabic,
        Locale::En => english,
    })
}

const NAMES: [(&str, &str, &str); 36] = [
    ("user", "الحساب", "Account"),
    ("sessions", "الجلسات", "Sessions"),
    ("messages", "الرسائل النصية", "Text messages"),
    ("history", "السجل", "History"),
    ("exported_at", "وقت الاستخراج", "Exported at"),
    ("id", "المعرّف", "Id"),
    ("phone", "رقم الجوال", "Mobile number"),
    ("is_phone_verified", "الرقم مؤكَّد", "Number confirmed"),
    ("given_name", "الاسم الأول", "First name"),
    ("family_name", "اسم العائلة", "Family name"),
    ("email", "البريد الإلكتروني", "E-mail"),
    ("locale", "اللغة", "Language"),
    ("roles", "الأدوار", "Roles"),
    ("created_at", "أُنشئ في", "Created at"),
    ("last_seen_at", "آخر نشاط", "Last active"),
    ("kind", "النوع", "Kind"),
    ("device_name", "الجهاز", "Device"),
    ("signed_in_at", "تسجيل الدخول", "Signed in at"),
    ("expires_at", "تنتهي في", "Ends at"),
    ("is_current", "هذا الجهاز", "This device"),
    ("to", "إلى", "To"),
    ("state", "الحالة", "State"),
    ("finished_at", "اكتملت في", "Finished at"),
    ("at", "الوقت", "At"),
    ("by", "بواسطة", "By"),
    ("action", "الحدث", "Event"),
    ("detail", "التفاصيل", "Detail"),
    ("fields", "الحقول", "Fields"),
    ("status", "الحالة", "Status"),
    ("devices", "الأجهزة", "Devices"),
    ("challenges", "الرموز", "Codes"),
    ("purpose", "الغرض", "Purpose"),
    ("address", "عنوان الشبكة", "Network address"),
    ("session", "الجلسة", "Session"),
    ("reason", "السبب", "Reason"),
    ("ended_at", "انتهت في", "Ended at"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_name_stands_once() {
        for (at, (name, ..)) in NAMES.iter().enumerate() {
            assert!(!NAMES[..at].iter().any(|(earlier, ..)| earlier == name), "{name}");
        }
        assert_eq!(field_name("phone", Locale::Ar), Some("رقم الجوال"));
        assert_eq!(field_name("something_new", Locale::Ar), None);
    }
}
