//! The second factor.

/// Texts of `/admin/enrol`, `/admin/enrol/codes` and `/admin/verify`.
pub struct SecondFactor {
    pub title: &'static str,
    pub lead: &'static str,
    pub begin: &'static str,
    pub begin_hint: &'static str,

    pub set_up_title: &'static str,
    /// What to do, in order.
    pub steps: [&'static str; 2],
    /// What the picture is, for those who do not see it.
    pub picture: &'static str,
    pub by_hand: &'static str,
    pub code_label: &'static str,
    pub code_hint: &'static str,
    pub confirm: &'static str,
    pub begin_anew: &'static str,

    pub codes_title: &'static str,
    pub codes_lead: &'static str,
    pub codes_kept: &'static str,

    /// Before the moment.
    pub in_use_since: &'static str,
    pub codes_left: &'static str,
    pub new_codes: &'static str,
    pub new_codes_hint: &'static str,
    pub another: &'static str,
    pub another_hint: &'static str,
    pub remove: &'static str,
    pub remove_hint: &'static str,

    pub verify_title: &'static str,
    pub verify_lead: &'static str,
    pub verify: &'static str,
    pub lost: &'static str,
    pub recovery_label: &'static str,
    pub recovery_hint: &'static str,
    pub recovery_use: &'static str,
    pub lost_all: &'static str,

    /// Takes "N attempts left".
    pub wrong: fn(&str) -> String,
    pub empty: &'static str,
    pub is_over: &'static str,
    /// Takes a span in words.
    pub too_many: fn(&str) -> String,
    pub removed: &'static str,
}

pub const AR: SecondFactor = SecondFactor {
    title: "عامل التحقق الثاني",
    lead: "خطوة ثانية بعد رقمك: بها لا يكفي رقمك وحده للدخول إلى إدارة الصالون.",
    begin: "إعداد تطبيق مصادقة",
    begin_hint: "أو تطبيق مصادقة على جوالك يعرض رمزًا يتغير كل نصف دقيقة.",

    set_up_title: "أعِدّ تطبيق المصادقة",
    steps: ["افتح تطبيق المصادقة وامسح هذه الصورة.", "ثم أدخل الرمز الذي يعرضه التطبيق."],
    picture: "رمز QR لتطبيق المصادقة. المفتاح نفسه مكتوب تحته.",
    by_hand: "لا يمكنك مسحها؟ أدخل هذا المفتاح في التطبيق:",
    code_label: "الرمز من التطبيق",
    code_hint: "6 أرقام تتغير كل نصف دقيقة.",
    confirm: "تأكيد",
    begin_anew: "البدء بمفتاح جديد",

    codes_title: "رموز الاسترداد",
    codes_lead: "إن ضاع جوالك فأدخل أحد هذه الرموز بدل مفتاح المرور أو رمز التطبيق. كل رمز يصلح مرة واحدة. اكتبها أو اطبعها واحفظها في مكان آمن: لن نعرضها مرة أخرى.",
    codes_kept: "حفظتها، تابع",

    in_use_since: "تطبيق المصادقة يعمل منذ",
    codes_left: "رموز الاسترداد المتبقية",
    new_codes: "رموز استرداد جديدة",
    new_codes_hint: "تبطل الرموز السابقة كلها.",
    another: "إعداد تطبيق آخر",
    another_hint: "يبقى التطبيق الحالي صالحًا إلى أن تؤكد الجديد.",
    remove: "إزالة تطبيق المصادقة",
    remove_hint: "بدونه وبدون مفتاح مرور لا تدخل إلى إدارة الصالون.",

    verify_title: "أكّد أنك أنت",
    verify_lead: "أدخل الرمز الذي يعرضه تطبيق المصادقة الآن.",
    verify: "تأكيد",
    lost: "ليس معك جوالك؟",
    recovery_label: "رمز استرداد",
    recovery_hint: "أحد الرموز التي حفظتها عند الإعداد، مثل 7K3M-Q9XW-2FHT.",
    recovery_use: "استخدم رمز الاسترداد",
    lost_all: "إن ضاع كلاهما فتواصل مع مشغّل الخدمة ليتأكد من هويتك.",

    wrong: |left| format!("الرمز غير صحيح أو استُخدم من قبل. {left}."),
    empty: "أدخل الرمز من التطبيق",
    is_over: "انتهت مدة الإعداد. ابدأ من جديد.",
    too_many: |span| format!("أُدخلت رموز خاطئة كثيرة. حاول مرة أخرى بعد {span}."),
    removed: "أُزيل تطبيق المصادقة.",
};

pub const EN: SecondFactor = SecondFactor {
    title: "Second factor",
    lead: "A second step after your number: with it, your number alone does not open the salon's administration.",
    begin: "Set up an authenticator app",
    begin_hint: "Or an authenticator app on your phone, which shows a code that changes every half minute.",

    set_up_title: "Set up your authenticator app",
    steps: ["Open the authenticator app and scan this picture.", "Then enter the code that the app shows."],
    picture: "QR code for the authenticator app. The same key is written below it.",
    by_hand: "You cannot scan it? Type this key into the app:",
    code_label: "Code of the app",
    code_hint: "Six digits that change every half minute.",
    confirm: "Confirm",
    begin_anew: "Begin with a new key",

    codes_title: "Recovery codes",
    codes_lead: "Should you lose your phone, enter one of these instead of your passkey or the app's code. Each is good once. Write them down \
                 or print them, and keep them in a safe place: we will not show them again.",
    codes_kept: "I have kept them, go on",

    in_use_since: "Authenticator app in use since",
    codes_left: "Recovery codes left",
    new_codes: "New recovery codes",
    new_codes_hint: "All codes before are worthless then.",
    another: "Set up another app",
    another_hint: "The app you have stays good until you confirm the new one.",
    remove: "Remove the authenticator app",
    remove_hint: "Without it and without a passkey you will not get into the salon's administration.",

    verify_title: "Confirm that it is you",
    verify_lead: "Enter the code that your authenticator app shows now.",
    verify: "Confirm",
    lost: "Your phone is not with you?",
    recovery_label: "Recovery code",
    recovery_hint: "One of the codes you kept when you set the app up, such as 7K3M-Q9XW-2FHT.",
    recovery_use: "Use the recovery code",
    lost_all: "If you have lost both, ask the operator, who will make sure that it is you.",

    wrong: |left| format!("That code is not right, or was used already. {left}."),
    empty: "Enter the code of the app",
    is_over: "The time for setting it up is over. Begin again.",
    too_many: |span| format!("Too many wrong codes were entered. Try again in {span}."),
    removed: "The authenticator app is removed.",
};
