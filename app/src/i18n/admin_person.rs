//! One person in the admin: what can be done to them, and what happened around them.

use domain::challenge::{Outcome, Purpose};
use domain::delivery::DeliveryStatus;

/// Texts of `/admin/users/{id}…` and `/admin/users/new`.
pub struct AdminPerson {
    pub details: &'static str,
    pub details_lead: &'static str,
    pub open_details: &'static str,

    pub block: &'static str,
    pub block_open: &'static str,
    pub block_what: &'static str,
    pub reason: &'static str,
    pub reason_hint: &'static str,
    pub block_button: &'static str,
    pub block_own: &'static str,
    pub is_blocked: &'static str,
    pub unblock: &'static str,
    pub undo: &'static str,
    pub blocked: &'static str,
    pub unblocked: &'static str,

    pub roles_lead: &'static str,
    pub grant_open: &'static str,
    pub grant_what: &'static str,
    pub grant: &'static str,
    pub grant_unproved: &'static str,
    pub revoke_open: &'static str,
    pub revoke_what: &'static str,
    pub revoke: &'static str,
    pub last_admin: &'static str,
    pub granted: &'static str,
    pub revoked: &'static str,

    pub end_all_open: &'static str,
    pub end_all_what: &'static str,
    pub end_all_own: &'static str,
    pub end_all: &'static str,
    pub all_ended: &'static str,
    pub signed_in: &'static str,

    pub when: &'static str,
    pub older: &'static str,
    pub newest: &'static str,

    pub codes_lead: &'static str,
    pub no_codes: &'static str,
    pub purpose: &'static str,
    /// Sign-in, confirming a number.
    pub purposes: [&'static str; 2],
    pub sent_to: &'static str,
    pub digits: &'static str,
    pub attempts: &'static str,
    /// So many of so many.
    pub attempts_of: fn(u8, u8) -> String,
    pub sends: &'static str,
    pub outcome: &'static str,
    /// In the order of [`Outcome::ALL`].
    pub outcomes: [&'static str; 5],

    pub messages_lead: &'static str,
    pub no_messages: &'static str,
    pub message: &'static str,
    pub state: &'static str,
    /// In the order of [`DeliveryStatus::ALL`].
    pub reports: [&'static str; 4],
    pub provider: &'static str,
    pub segments: &'static str,
    pub cost: &'static str,
    pub unknown: &'static str,

    pub notes_lead: &'static str,
    pub no_notes: &'static str,
    pub note: &'static str,
    pub note_hint: &'static str,
    pub note_add: &'static str,
    pub note_delete: &'static str,
    pub note_added: &'static str,
    pub note_deleted: &'static str,
    pub you: &'static str,
    pub somebody: &'static str,

    pub audit_lead: &'static str,
    pub no_audit: &'static str,
    pub event: &'static str,
    pub by: &'static str,
    pub by_themselves: &'static str,
    pub about: &'static str,
    pub details_of: &'static str,

    pub new_title: &'static str,
    pub new_lead: &'static str,
    pub new_hint: &'static str,
    pub new_optional: &'static str,
    pub new_button: &'static str,
    pub language: &'static str,
    pub added: &'static str,
    pub was_there: &'static str,
}

impl AdminPerson {
    /// What a code was for.
    pub const fn purpose_of(&self, purpose: Purpose) -> &'static str {
        match purpose {
            Purpose::Auth => self.purposes[0],
            Purpose::Verify => self.purposes[1],
        }
    }

    /// What became of a code.
    pub const fn outcome_of(&self, outcome: Outcome) -> &'static str {
        match outcome {
            Outcome::Entered => self.outcomes[0],
            Outcome::GuessedOut => self.outcomes[1],
            Outcome::RanOut => self.outcomes[2],
            Outcome::Voided => self.outcomes[3],
            Outcome::Waiting => self.outcomes[4],
        }
    }

    /// What a provider reported of a message.
    pub const fn report_of(&self, report: DeliveryStatus) -> &'static str {
        match report {
            DeliveryStatus::Sent => self.reports[0],
            DeliveryStatus::Unknown => self.reports[1],
            DeliveryStatus::Undelivered => self.reports[2],
            DeliveryStatus::Delivered => self.reports[3],
        }
    }
}

pub const AR: AdminPerson = AdminPerson {
    details: "البيانات",
    details_lead: "صحّح الاسم أو البريد أو لغة الرسائل. أما الرقم فلا يؤكده إلا صاحبه.",
    open_details: "تصحيح البيانات",

    block: "الحظر",
    block_open: "حظر هذا الشخص…",
    block_what: "تنتهي جلساته كلها فورًا على كل الأجهزة، ولا يستطيع الدخول حتى يُرفع الحظر. لا يُحذف شيء من بياناته.",
    reason: "السبب",
    reason_hint: "يبقى في السجل، ويحق للشخص أن يطّلع عليه. اكتبه بلا أرقام جوال، في 500 حرف على الأكثر.",
    block_button: "حظر",
    block_own: "لا يمكنك حظر نفسك.",
    is_blocked: "هذا الشخص محظور ولا يستطيع الدخول.",
    unblock: "رفع الحظر",
    undo: "تراجع",
    blocked: "حُظر هذا الشخص وانتهت جلساته كلها.",
    unblocked: "رُفع الحظر، ويمكنه تسجيل الدخول من جديد.",

    roles_lead: "يُطلب منك عامل التحقق الثاني قبل أي تغيير في الأدوار.",
    grant_open: "منح دور مدير المنصة…",
    grant_what: "يستطيع مدير المنصة كل ما في هذه الصفحات: رؤية الأرقام، وحظر الأشخاص، ومنح الأدوار. يسري ذلك فورًا.",
    grant: "منح الدور",
    grant_unproved: "لا يُمنح دور إلا لحساب نشط أكّد صاحبه رقمه.",
    revoke_open: "سحب دور مدير المنصة…",
    revoke_what: "لا يستطيع بعدها دخول صفحات الإدارة. يسري ذلك فورًا، ويبقى حسابه كما هو.",
    revoke: "سحب الدور",
    last_admin: "هذا آخر مدير للمنصة. امنح الدور لشخص آخر أولًا.",
    granted: "مُنح الدور.",
    revoked: "سُحب الدور.",

    end_all_open: "إنهاء كل الجلسات…",
    end_all_what: "يُسجَّل خروجه من كل الأجهزة فورًا، ولا يبقى جهاز معروفًا له. يستطيع الدخول برمز جديد.",
    end_all_own: "تنتهي كل جلساتك عدا هذه.",
    end_all: "إنهاء كل الجلسات",
    all_ended: "انتهت كل الجلسات.",
    signed_in: "تسجيل الدخول",

    when: "الوقت",
    older: "الأقدم",
    newest: "الأحدث",

    codes_lead: "متى طُلبت الرموز وكيف انتهت. الرمز نفسه لا يُحفظ ولا يراه أحد.",
    no_codes: "لم يُطلب أي رمز في الثلاثين يومًا الأخيرة.",
    purpose: "الغرض",
    purposes: ["تسجيل الدخول", "تأكيد الرقم"],
    sent_to: "إلى",
    digits: "الأرقام",
    attempts: "المحاولات",
    attempts_of: |attempts, most| format!("{attempts} من {most}"),
    sends: "مرات الإرسال",
    outcome: "النتيجة",
    outcomes: ["أُدخل صحيحًا", "محاولات خاطئة كثيرة", "انتهت مدته", "أُبطل", "ينتظر الإدخال"],

    messages_lead: "الرسائل النصية عن هذا الشخص وما صار إليها. لا يظهر من الرقم إلا آخره.",
    no_messages: "لا رسائل محفوظة عن هذا الشخص.",
    message: "الرسالة",
    state: "الحالة",
    reports: ["سُلّمت للشبكة", "لا خبر عنها", "لم تصل", "وصلت"],
    provider: "المزوّد",
    segments: "الأجزاء",
    cost: "التكلفة",
    unknown: "غير معروف",

    notes_lead: "لمن يدير المنصة فقط. تدخل في بيانات الشخص إذا طلبها، وتُحذف إذا حُذف حسابه.",
    no_notes: "لا ملاحظات بعد.",
    note: "ملاحظة جديدة",
    note_hint: "2,000 حرف على الأكثر.",
    note_add: "إضافة الملاحظة",
    note_delete: "حذف الملاحظة",
    note_added: "أُضيفت الملاحظة.",
    note_deleted: "حُذفت الملاحظة.",
    you: "أنت",
    somebody: "أحد موظفي المنصة",

    audit_lead: "ما جرى لهذا الشخص، وما فعله بغيره.",
    no_audit: "لا شيء في السجل.",
    event: "الحدث",
    by: "بواسطة",
    by_themselves: "الشخص نفسه",
    about: "عن",
    details_of: "التفاصيل",

    new_title: "إضافة شخص",
    new_lead: "رقم الجوال وحده يكفي. يبقى بانتظار التأكيد حتى يُدخل صاحبه رمزًا يصله.",
    new_hint: "بأي صيغة، مثل 0501234567. إن كان الرقم موجودًا فتحنا صفحة صاحبه.",
    new_optional: "إن عرفت الاسم",
    new_button: "إضافة",
    language: "لغة الرسائل",
    added: "أُضيف الشخص.",
    was_there: "هذا الرقم موجود من قبل، وهذه صفحة صاحبه. لم يتغيّر شيء.",
};

pub const EN: AdminPerson = AdminPerson {
    details: "Details",
    details_lead: "Correct the name, the e-mail or the language of messages. The phone is its owner's to prove.",
    open_details: "Correct details",

    block: "Block",
    block_open: "Block this person…",
    block_what: "All their sessions end at once, on every device, and they cannot sign in until somebody unblocks them. Nothing is deleted.",
    reason: "Reason",
    reason_hint: "Stays in the record, and the person may ask to read it. Without phone numbers, 500 characters at most.",
    block_button: "Block",
    block_own: "You cannot block yourself.",
    is_blocked: "This person is blocked and cannot sign in.",
    unblock: "Unblock",
    undo: "Undo",
    blocked: "The person is blocked and all their sessions are over.",
    unblocked: "The person is unblocked and can sign in again.",

    roles_lead: "You are asked for your second factor before a role changes.",
    grant_open: "Make platform admin…",
    grant_what: "A platform admin may do everything on these pages: see phones, block people, grant roles. It is in force at once.",
    grant: "Grant the role",
    grant_unproved: "A role is for an active account whose owner has proved the phone.",
    revoke_open: "Take platform admin away…",
    revoke_what: "They can no longer open the pages of the admin, from now on. Their account stays as it is.",
    revoke: "Take the role away",
    last_admin: "This is the last platform admin. Grant the role to somebody else first.",
    granted: "The role is granted.",
    revoked: "The role is taken away.",

    end_all_open: "End all sessions…",
    end_all_what: "They are signed out on every device at once, and none of their devices is known any more. They can sign in with a new code.",
    end_all_own: "All your sessions but this one end.",
    end_all: "End all sessions",
    all_ended: "All sessions are over.",
    signed_in: "Signed in",

    when: "When",
    older: "Older",
    newest: "Newest",

    codes_lead: "When codes were asked for and how they ended. The code itself is not kept, and nobody sees it.",
    no_codes: "No code was asked for in the last thirty days.",
    purpose: "Purpose",
    purposes: ["Sign in", "Confirm a number"],
    sent_to: "To",
    digits: "Digits",
    attempts: "Attempts",
    attempts_of: |attempts, most| format!("{attempts} of {most}"),
    sends: "Sends",
    outcome: "Outcome",
    outcomes: ["Entered", "Too many wrong guesses", "Ran out", "Voided", "Waiting"],

    messages_lead: "Text messages about this person and what became of them. Only the end of the number is shown.",
    no_messages: "No messages are kept about this person.",
    message: "Message",
    state: "State",
    reports: ["Handed to the network", "Nothing known", "Did not arrive", "Delivered"],
    provider: "Provider",
    segments: "Segments",
    cost: "Cost",
    unknown: "unknown",

    notes_lead: "For those who run the platform. They belong to the data the person may ask for, and go when the person is erased.",
    no_notes: "No notes yet.",
    note: "New note",
    note_hint: "2,000 characters at most.",
    note_add: "Add note",
    note_delete: "Delete note",
    note_added: "The note is added.",
    note_deleted: "The note is deleted.",
    you: "You",
    somebody: "Somebody of the staff",

    audit_lead: "What was done to this person, and what they did to others.",
    no_audit: "Nothing is in the record.",
    event: "Event",
    by: "By",
    by_themselves: "The person",
    about: "About",
    details_of: "Details",

    new_title: "Add a person",
    new_lead: "The phone is all it takes. They are pending until the owner enters a code that is sent to it.",
    new_hint: "In any form, such as 0501234567. Whoever has it already is opened.",
    new_optional: "If you know the name",
    new_button: "Add",
    language: "Language of messages",
    added: "The person is added.",
    was_there: "That number was here already, and this is who has it. Nothing was changed.",
};
