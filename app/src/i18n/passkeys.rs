//! Passkeys.

/// Texts of `/account/passkeys`, and of the buttons for passkeys elsewhere.
pub struct Passkeys {
    pub title: &'static str,
    pub lead: &'static str,
    pub none_yet: &'static str,
    /// Before the moment.
    pub added: &'static str,
    /// Before the moment.
    pub used: &'static str,
    pub never_used: &'static str,
    pub rename: &'static str,
    pub remove: &'static str,
    pub remove_hint: &'static str,
    pub add_title: &'static str,
    pub add: &'static str,
    pub name: &'static str,
    pub name_hint: &'static str,
    pub link: &'static str,

    pub sign_in: &'static str,
    pub show: &'static str,
    pub or_code: &'static str,
    pub first: &'static str,
    /// Before the number.
    pub held: &'static str,

    /// Where the browser cannot, or may not.
    pub not_here: &'static str,
    pub cancelled: &'static str,
    pub already: &'static str,
    pub failed: &'static str,
    pub enough: &'static str,

    pub was_added: &'static str,
    pub was_removed: &'static str,
    pub was_renamed: &'static str,
}

pub const AR: Passkeys = Passkeys {
    title: "مفاتيح المرور",
    lead: "مفتاح المرور يسجّل دخولك ببصمتك أو وجهك أو رمز قفل جهازك، دون انتظار رسالة. يبقى في جهازك ولا يمكن لموقع آخر أن يأخذه.",
    none_yet: "لم تُضِف مفتاح مرور بعد.",
    added: "أُضيف",
    used: "آخر استخدام",
    never_used: "لم يُستخدم بعد",
    rename: "تغيير الاسم",
    remove: "إزالة",
    remove_hint: "بعد الإزالة لا يسجّل المفتاح دخولك. احذفه من جهازك أيضًا كي لا يعرضه عليك.",
    add_title: "أضِف مفتاح مرور",
    add: "إضافة مفتاح مرور",
    name: "اسم المفتاح",
    name_hint: "لتعرفه في القائمة، مثل: جوالي.",
    link: "إدارة مفاتيح المرور",

    sign_in: "تسجيل الدخول بمفتاح مرور",
    show: "استخدم مفتاح مرور",
    or_code: "أو أدخل الرمز الذي يعرضه تطبيق المصادقة الآن.",
    first: "مفتاح المرور أسهل وأقوى: بصمتك أو وجهك أو رمز قفل جهازك، ولا شيء تكتبه.",
    held: "مفاتيح المرور",

    not_here: "هذا المتصفح لا يدعم مفاتيح المرور هنا. جرّب متصفحًا أحدث أو جهازًا آخر.",
    cancelled: "لم يكتمل الأمر. حاول مرة أخرى متى شئت.",
    already: "في هذا الجهاز مفتاح مرور لحسابك من قبل.",
    failed: "تعذّر استخدام مفتاح المرور. حاول مرة أخرى.",
    enough: "عندك ما يكفي من مفاتيح المرور. أزِل واحدًا لا تستخدمه أولًا.",

    was_added: "أُضيف مفتاح المرور.",
    was_removed: "أُزيل مفتاح المرور.",
    was_renamed: "تغيّر اسم المفتاح.",
};

pub const EN: Passkeys = Passkeys {
    title: "Passkeys",
    lead: "A passkey signs you in with your finger, your face or the lock of your device, without waiting for a text. It stays on your \
           devices, and no other site can get hold of it.",
    none_yet: "You have not added a passkey yet.",
    added: "Added",
    used: "Last used",
    never_used: "Not used yet",
    rename: "Rename",
    remove: "Remove",
    remove_hint: "A passkey that is removed does not sign you in any more. Delete it on your device as well, so that it is not offered to \
                  you.",
    add_title: "Add a passkey",
    add: "Add a passkey",
    name: "Name of the passkey",
    name_hint: "So that you know it in the list, such as: My phone.",
    link: "Manage passkeys",

    sign_in: "Sign in with a passkey",
    show: "Use a passkey",
    or_code: "Or enter the code that your authenticator app shows now.",
    first: "A passkey is easier and stronger: your finger, your face or the lock of your device, and nothing to type.",
    held: "Passkeys",

    not_here: "This browser cannot use passkeys here. Try a newer browser or another device.",
    cancelled: "Nothing was done. Try again whenever you like.",
    already: "This device has a passkey of your account already.",
    failed: "The passkey could not be used. Try again.",
    enough: "You have passkeys enough. Remove one that you do not use first.",

    was_added: "The passkey is added.",
    was_removed: "The passkey is removed.",
    was_renamed: "The passkey has its new name.",
};
