//! Phone, code, welcome.

/// Texts of `/login`, `/login/code`, `/welcome`, and of the code step when a number changes.
pub struct SignIn {
    pub title: &'static str,
    pub lead: &'static str,
    pub phone_label: &'static str,
    pub phone_hint: &'static str,
    pub send_code: &'static str,
    pub terms: &'static str,
    /// "Did you mean": the number follows in an element of its own.
    pub did_you_mean: &'static str,
    pub use_this_number: &'static str,

    pub code_title: &'static str,
    /// Before the number and after it.
    pub code_sent_to: &'static str,
    pub change_number: &'static str,
    pub code_label: &'static str,
    /// Takes the number of digits.
    pub code_hint: fn(u8) -> String,
    pub verify: &'static str,
    pub not_arrived: &'static str,
    pub resend: &'static str,
    /// Takes a span in words: the wait before another text may be asked for.
    pub resend_wait: fn(&str) -> String,
    /// The countdown: around the seconds.
    pub countdown: (&'static str, &'static str),
    pub resent: &'static str,
    pub already_sent: &'static str,
    pub never_share: &'static str,
    pub expires: fn(&str) -> String,

    /// Takes "N attempts left".
    pub wrong: fn(&str) -> String,
    pub code_empty: &'static str,
    pub expired: &'static str,
    pub dead: &'static str,
    pub new_code: &'static str,
    /// Takes a span in words.
    pub too_many_sends: fn(&str) -> String,
    pub too_many_guesses: fn(&str) -> String,
    pub cooling_down: fn(&str) -> String,
    pub flooded: fn(&str) -> String,
    pub braked: fn(&str) -> String,
    pub not_sent: &'static str,
    pub not_delivered: &'static str,
    pub blocked: &'static str,
    pub start_over: &'static str,

    pub welcome_title: &'static str,
    pub welcome_lead: &'static str,
    pub name_label: &'static str,
    pub name_hint: &'static str,
    pub continue_: &'static str,
    pub skip: &'static str,

    pub fresh_notice: &'static str,
    pub signed_out: &'static str,
    pub session_ended: &'static str,
    pub erased: &'static str,
}

pub const AR: SignIn = SignIn {
    title: "تسجيل الدخول",
    lead: "أدخل رقم جوالك ونرسل إليك رمزًا. إن لم يكن لك حساب فسننشئه لك.",
    phone_label: "رقم الجوال",
    phone_hint: "مثال: 0501234567. سنرسل رمزًا في رسالة نصية. للأرقام الدولية ابدأ بعلامة + ورمز الدولة.",
    send_code: "أرسل الرمز",
    terms: "نستخدم رقمك لتسجيل الدخول ولمواعيدك فقط، ولا نعرضه لأحد.",
    did_you_mean: "هل تقصد",
    use_this_number: "استخدم هذا الرقم",

    code_title: "أدخل الرمز",
    code_sent_to: "أرسلنا رسالة نصية إلى",
    change_number: "تغيير الرقم",
    code_label: "رمز الدخول",
    code_hint: |digits| {
        format!(
            "{} في الرسالة. يمكنك لصق الرسالة كاملة.",
            if digits <= 10 { format!("{digits} أرقام") } else { format!("{digits} رقمًا") }
        )
    },
    verify: "تأكيد",
    not_arrived: "لم تصلك الرسالة؟",
    resend: "أعد إرسال الرمز",
    resend_wait: |span| format!("يمكنك طلب الرمز مرة أخرى بعد {span}."),
    countdown: ("يمكنك الطلب مرة أخرى بعد", "ث"),
    resent: "أعدنا إرسال الرمز نفسه. قد تتأخر الرسالة قليلًا.",
    already_sent: "أرسلنا إليك رمزًا قبل قليل، وهو ما زال صالحًا.",
    never_share: "لا تعطِ هذا الرمز لأحد. فريقنا لن يطلبه منك أبدًا.",
    expires: |span| format!("الرمز صالح لمدة {span}."),

    wrong: |left| format!("الرمز غير صحيح. {left}."),
    code_empty: "أدخل الرمز الذي وصلك في الرسالة",
    expired: "انتهت صلاحية هذا الرمز أو سبق استخدامه. اطلب رمزًا جديدًا.",
    dead: "أُدخل رمز خاطئ عدة مرات فأوقفنا هذا الرمز حمايةً لحسابك. اطلب رمزًا جديدًا.",
    new_code: "اطلب رمزًا جديدًا",
    too_many_sends: |span| format!("طُلبت رموز كثيرة لهذا الرقم. حاول مرة أخرى بعد {span}."),
    too_many_guesses: |span| format!("أُدخلت رموز خاطئة كثيرة لهذا الرقم. حاول مرة أخرى بعد {span}."),
    cooling_down: |span| format!("أرسلنا رمزًا إلى هذا الرقم قبل لحظات. يمكنك طلب رمز آخر بعد {span}."),
    flooded: |span| format!("طلبات كثيرة من شبكتك. حاول مرة أخرى بعد {span}."),
    braked: |span| format!("لا نرسل رموزًا إلى أجهزة جديدة الآن. حاول مرة أخرى بعد {span}، أو سجّل الدخول من جهاز استخدمته من قبل."),
    not_sent: "لم نتمكن من إرسال الرسالة الآن. حاول مرة أخرى بعد قليل.",
    not_delivered: "تعذّر إرسال الرسالة إلى هذا الرقم. تأكد من الرقم، أو أعد إرسال الرمز.",
    blocked: "هذا الحساب موقوف. تواصل مع الصالون لمعرفة السبب.",
    start_over: "البدء من جديد",

    welcome_title: "أهلًا بك في صالون",
    welcome_lead: "تم تأكيد رقمك. بأي اسم نناديك؟",
    name_label: "الاسم الأول",
    name_hint: "يظهر لك وللصالون الذي تحجز فيه. يمكنك تغييره متى شئت.",
    continue_: "متابعة",
    skip: "تخطٍّ",

    fresh_notice: "حمايةً لحسابك، سجّل الدخول من جديد ثم أكمل هذه الخطوة.",
    signed_out: "تم تسجيل خروجك من هذا الجهاز.",
    session_ended: "انتهت جلستك. سجّل الدخول من جديد لتكمل.",
    erased: "حُذف حسابك وبياناتك.",
};

pub const EN: SignIn = SignIn {
    title: "Sign in",
    lead: "Enter your mobile number and we will text you a code. If you have no account yet, this makes one.",
    phone_label: "Mobile number",
    phone_hint: "Example 0501234567. We will text you a code. For a number abroad start with + and the country code.",
    send_code: "Send the code",
    terms: "We use your number to sign you in and for your appointments. Nobody else sees it.",
    did_you_mean: "Did you mean",
    use_this_number: "Use this number",

    code_title: "Enter the code",
    code_sent_to: "We sent a text to",
    change_number: "Change number",
    code_label: "Code",
    code_hint: |digits| format!("The {digits} digits in the text. You may paste the whole message."),
    verify: "Confirm",
    not_arrived: "No text yet?",
    resend: "Send the code again",
    resend_wait: |span| format!("You can ask for it again in {span}."),
    countdown: ("You can ask again in", "s"),
    resent: "We sent the same code again. Texts can take a little while.",
    already_sent: "We sent you a code a moment ago, and it is still good.",
    never_share: "Never give this code to anybody. Our team will not ask for it.",
    expires: |span| format!("The code is good for {span}."),

    wrong: |left| format!("That code is not right. {left}."),
    code_empty: "Enter the code from the text",
    expired: "This code has expired or has been used already. Ask for a new one.",
    dead: "A wrong code was entered several times, so we stopped this code to protect your account. Ask for a new one.",
    new_code: "Ask for a new code",
    too_many_sends: |span| format!("Too many codes were asked for this number. Try again in {span}."),
    too_many_guesses: |span| format!("Too many wrong codes were entered for this number. Try again in {span}."),
    cooling_down: |span| format!("We sent a code to this number a moment ago. You can ask for another in {span}."),
    flooded: |span| format!("Too many requests from your network. Try again in {span}."),
    braked: |span| {
        format!("We send no codes to new devices just now. Try again in {span}, or sign in on a device you have used before.")
    },
    not_sent: "We could not send the text just now. Try again in a little while.",
    not_delivered: "The text could not be sent to this number. Check the number, or send the code again.",
    blocked: "This account is blocked. Contact the salon to find out why.",
    start_over: "Start again",

    welcome_title: "Welcome to Salon",
    welcome_lead: "Your number is confirmed. What may we call you?",
    name_label: "First name",
    name_hint: "You see it, and the salon you book with. You can change it whenever you like.",
    continue_: "Continue",
    skip: "Skip",

    fresh_notice: "To protect your account, sign in again and then finish this step.",
    signed_out: "You are signed out on this device.",
    session_ended: "Your session is over. Sign in again to go on.",
    erased: "Your account and your data are deleted.",
};
