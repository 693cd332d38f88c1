//! What happened to an account.

/// Texts of the notices on `/account` and `/account/sessions`.
pub struct Told {
    pub title: &'static str,
    pub put_away: &'static str,
    /// Before the number the account had.
    pub from: &'static str,
    pub new_device: &'static str,
    pub new_device_hint: &'static str,
    /// Instead of the hint, when there is nothing left to end.
    pub is_over: &'static str,
    pub phone_changed: &'static str,
    pub phone_changed_hint: &'static str,
    pub replayed: &'static str,
    pub replayed_hint: &'static str,
    pub rebound: &'static str,
    pub rebound_hint: &'static str,
}

pub const AR: Told = Told {
    title: "ما حدث في حسابك",
    put_away: "فهمت",
    from: "من",
    new_device: "تسجيل دخول جديد",
    new_device_hint: "ليس أنت؟ أنهِ هذه الجلسة.",
    is_over: "هذه الجلسة انتهت.",
    phone_changed: "تغيّر رقم جوالك",
    phone_changed_hint: "ليس أنت؟ أنهِ الجلسات التي لا تعرفها وتواصل مع الصالون.",
    replayed: "أُنهيت جلسة لأن مفتاحها استُخدم مرتين",
    replayed_hint: "ليس أنت؟ ربما نسخه أحد. راجع الجلسات وأنهِ ما لا تعرفه.",
    rebound: "عاد تسجيل الدخول بالرسائل النصية",
    rebound_hint: "أعاده مشغّل الخدمة بعد أن توقف لكثرة الرموز الخاطئة.",
};

pub const EN: Told = Told {
    title: "What happened to your account",
    put_away: "Got it",
    from: "from",
    new_device: "New sign-in",
    new_device_hint: "Not you? End that session.",
    is_over: "That session is over.",
    phone_changed: "Your mobile number was changed",
    phone_changed_hint: "Not you? End the sessions you do not know, and contact the salon.",
    replayed: "A session was ended because its key was used twice",
    replayed_hint: "Not you? Somebody may have copied it. Look through your sessions and end what you do not know.",
    rebound: "Sign-in by text is on again",
    rebound_hint: "The operator turned it on. It had been off after too many wrong codes.",
};
