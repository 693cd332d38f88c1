//! The list of sessions.

/// Texts of `/account/sessions`.
pub struct Devices {
    pub title: &'static str,
    pub lead: &'static str,
    pub this_device: &'static str,
    pub unknown_device: &'static str,
    pub unknown_browser: &'static str,
    pub app: &'static str,
    /// Browser, then system.
    pub on: &'static str,
    pub last_seen: &'static str,
    pub signed_in: &'static str,
    pub end: &'static str,
    pub end_others: &'static str,
    pub end_others_lead: &'static str,
    pub only_this: &'static str,
    pub ended: &'static str,
    pub others_ended: &'static str,
    pub already_over: &'static str,
}

pub const AR: Devices = Devices {
    title: "الأجهزة والجلسات",
    lead: "هذه هي الأجهزة التي سُجّل الدخول منها إلى حسابك. إن لم تعرف أحدها فأنهِ جلسته.",
    this_device: "هذا الجهاز",
    unknown_device: "جهاز غير معروف",
    unknown_browser: "متصفح",
    app: "تطبيق",
    on: "على",
    last_seen: "آخر نشاط",
    signed_in: "تسجيل الدخول",
    end: "إنهاء الجلسة",
    end_others: "إنهاء كل الجلسات الأخرى",
    end_others_lead: "تبقى جلسة هذا الجهاز وحدها.",
    only_this: "لا توجد جلسات أخرى. أنت مسجّل الدخول من هذا الجهاز فقط.",
    ended: "انتهت الجلسة.",
    others_ended: "انتهت كل الجلسات الأخرى.",
    already_over: "هذه الجلسة منتهية من قبل.",
};

pub const EN: Devices = Devices {
    title: "Devices and sessions",
    lead: "Your account is signed in on these devices. If you do not know one of them, end its session.",
    this_device: "This device",
    unknown_device: "Unknown device",
    unknown_browser: "Browser",
    app: "App",
    on: "on",
    last_seen: "Last active",
    signed_in: "Signed in",
    end: "End session",
    end_others: "End all other sessions",
    end_others_lead: "Only this device stays signed in.",
    only_this: "There are no other sessions. You are signed in on this device only.",
    ended: "The session is over.",
    others_ended: "All other sessions are over.",
    already_over: "That session was over already.",
};
