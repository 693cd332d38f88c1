//! The front page.

/// Texts of `/`.
pub struct Home {
    pub title: &'static str,
    pub headline: &'static str,
    pub lead: &'static str,
    pub call: &'static str,
    pub call_note: &'static str,
    pub points: [(&'static str, &'static str); 3],
    /// Greets a signed-in person; the name follows in an element of its own.
    pub greeting: &'static str,
    pub greeting_lead: &'static str,
    pub to_account: &'static str,
}

pub const AR: Home = Home {
    title: "صالون · موعدك بهدوء",
    headline: "العناية بك تبدأ بهدوء",
    lead: "حسابك في صالون هو رقم جوالك. بلا كلمة مرور، وبلا بريد إلكتروني.",
    call: "سجّل الدخول برقم جوالك",
    call_note: "نرسل إليك رمزًا في رسالة نصية. لا يستغرق الأمر دقيقة.",
    points: [
        ("رقمك يكفي", "اكتب رقم جوالك كما اعتدت كتابته، ونحن نفهمه."),
        ("خصوصيتك محفوظة", "رقمك لا يظهر لأحد في الصفحات العامة، ولا حتى آخر أرقامه."),
        ("كل شيء بيدك", "اطّلع على بياناتك وأجهزتك، وأنهِ أي جلسة، واحذف حسابك متى شئت."),
    ],
    greeting: "أهلًا بك،",
    greeting_lead: "حسابك جاهز. من هنا تدير بياناتك والأجهزة التي سجّلت الدخول منها.",
    to_account: "إلى حسابي",
};

pub const EN: Home = Home {
    title: "Salon · Your time, quietly kept",
    headline: "Being looked after begins quietly",
    lead: "At Salon your account is your mobile number. No password, no e-mail.",
    call: "Sign in with your mobile",
    call_note: "We text you a code. It takes less than a minute.",
    points: [
        ("Your number is enough", "Type it the way you always do. We understand."),
        ("Kept private", "Your number never shows on a public page, not even its last digits."),
        ("Yours to control", "See your data and devices, end any session, delete your account whenever you like."),
    ],
    greeting: "Welcome,",
    greeting_lead: "Your account is ready. Manage your details here, and the devices you are signed in on.",
    to_account: "Go to my account",
};
