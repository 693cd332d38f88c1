//! The admin.

use domain::people::Search;
use domain::role::Role;
use domain::user::{UserOrigin, UserStatus};

/// Texts of `/admin`.
pub struct Admin {
    pub menu: &'static str,
    pub users: &'static str,
    pub find: &'static str,
    pub find_hint: &'static str,
    pub search: &'static str,
    pub filters: &'static str,
    pub clear: &'static str,
    pub understood: &'static str,
    /// Everybody, phone, phone begins, phone ends, e-mail begins, short id, id, name begins.
    pub meanings: [&'static str; 8],
    pub nobody_yet: &'static str,
    pub nobody_found: &'static str,
    pub can_be_added: &'static str,
    pub add: &'static str,
    pub next_page: &'static str,
    pub first_page: &'static str,

    pub phone: &'static str,
    pub name: &'static str,
    pub no_name: &'static str,
    pub no_phone: &'static str,
    pub email: &'static str,
    pub verification: &'static str,
    pub verified: &'static str,
    pub not_verified: &'static str,
    pub status: &'static str,
    /// Pending, active, blocked, erased.
    pub statuses: [&'static str; 4],
    pub all_but_pending: &'static str,
    pub any: &'static str,
    pub sandbox: &'static str,
    pub roles: &'static str,
    /// In the order of [`Role::ALL`].
    pub role_names: [&'static str; 5],
    pub origin: &'static str,
    /// Self-service, staff.
    pub origins: [&'static str; 2],
    pub has_name: &'static str,
    pub last_seen: &'static str,
    pub never: &'static str,
    pub joined: &'static str,
    pub from: &'static str,
    pub to: &'static str,
    pub short_id: &'static str,
    pub about_person: &'static str,
    pub identity: &'static str,
    pub sessions: &'static str,
    pub no_sessions: &'static str,

    pub audit_log: &'static str,
    pub sms_log: &'static str,
    pub abuse_monitor: &'static str,
    pub live_settings: &'static str,

    pub guessing: &'static str,
    pub guess_lead: &'static str,
    /// The chance, the ceiling.
    pub guess_one: fn(&str, &str) -> String,
    pub guess_unvisited: fn(&str) -> String,
    pub guess_table: &'static str,
    pub guess_digits: &'static str,
    pub guess_failures: &'static str,
    pub guess_below: fn(u32) -> String,
    pub guess_guesses: &'static str,
    pub guess_chance: &'static str,
    pub guess_accounts: &'static str,
    pub guess_fleet: fn(&str) -> String,
    pub guess_show: &'static str,
}

impl Admin {
    /// The word for a status.
    pub const fn status_of(&self, status: UserStatus) -> &'static str {
        match status {
            UserStatus::Pending => self.statuses[0],
            UserStatus::Active => self.statuses[1],
            UserStatus::Blocked => self.statuses[2],
            UserStatus::Erased => self.statuses[3],
        }
    }

    /// The word for a role.
    pub const fn role(&self, role: Role) -> &'static str {
        match role {
            Role::Owner => self.role_names[0],
            Role::Manager => self.role_names[1],
            Role::Reception => self.role_names[2],
            Role::Stylist => self.role_names[3],
            Role::PlatformAdmin => self.role_names[4],
        }
    }

    /// Who wrote somebody first.
    pub const fn origin_of(&self, origin: UserOrigin) -> &'static str {
        match origin {
            UserOrigin::SelfService => self.origins[0],
            UserOrigin::Staff => self.origins[1],
        }
    }

    /// What the search box understood, before its value.
    pub const fn meaning(&self, search: &Search) -> &'static str {
        match search {
            Search::Everybody => self.meanings[0],
            Search::Phone(_) => self.meanings[1],
            Search::PhonePrefix(_) => self.meanings[2],
            Search::PhoneTail(_) => self.meanings[3],
            Search::Email(_) => self.meanings[4],
            Search::ShortId(_) => self.meanings[5],
            Search::Id(_) => self.meanings[6],
            Search::Name(_) => self.meanings[7],
        }
    }
}

pub const AR: Admin = Admin {
    menu: "قائمة الإدارة",
    users: "الأشخاص",
    find: "ابحث عن شخص",
    find_hint: "رقم جوال بأي صيغة، أو أوله، أو آخر أربعة أرقام، أو اسم، أو بريد إلكتروني، أو معرّف قصير مثل 7F3K.",
    search: "بحث",
    filters: "تصفية",
    clear: "امسح البحث والتصفية",
    understood: "المفهوم",
    meanings: [
        "الجميع",
        "رقم الجوال",
        "أرقام تبدأ بـ",
        "أرقام تنتهي بـ",
        "بريد إلكتروني يبدأ بـ",
        "المعرّف القصير",
        "المعرّف",
        "أسماء تبدأ بـ",
    ],
    nobody_yet: "لا يوجد أحد بعد.",
    nobody_found: "لا أحد يطابق ما تبحث عنه.",
    can_be_added: "هذا الرقم صحيح ولا يملكه أحد بعد:",
    add: "أضف هذا المستخدم",
    next_page: "الصفحة التالية",
    first_page: "الصفحة الأولى",

    phone: "رقم الجوال",
    name: "الاسم",
    no_name: "بلا اسم بعد",
    no_phone: "بلا رقم",
    email: "البريد الإلكتروني",
    verification: "التأكيد",
    verified: "مؤكَّد",
    not_verified: "غير مؤكَّد",
    status: "الحالة",
    statuses: ["بانتظار التأكيد", "نشط", "محظور", "محذوف"],
    all_but_pending: "الكل عدا من ينتظر التأكيد",
    any: "الكل",
    sandbox: "حساب اختبار",
    roles: "الأدوار",
    role_names: ["مالك", "مدير", "استقبال", "مختص", "مدير المنصة"],
    origin: "المصدر",
    origins: ["سجّل بنفسه", "أضافه الموظفون"],
    has_name: "له اسم",
    last_seen: "آخر ظهور",
    never: "لم يظهر بعد",
    joined: "انضم",
    from: "من",
    to: "إلى",
    short_id: "المعرّف القصير",
    about_person: "عن الشخص",
    identity: "الهوية",
    sessions: "الجلسات",
    no_sessions: "لا جلسات مفتوحة.",

    audit_log: "سجل التدقيق",
    sms_log: "الرسائل النصية",
    abuse_monitor: "مراقبة الاستغلال",
    live_settings: "الإعدادات الحية",

    guessing: "احتمال التخمين",
    guess_lead: "أقصى ما يبلغه من يخمّن الرموز من جهاز غير معروف، محسوبًا من الإعدادات الحالية.",
    guess_one: |chance, ceiling| format!("حساب واحد في سنة: {chance} على الأكثر. ولا يبدأ صالون إذا زاد على {ceiling}."),
    guess_unvisited: |chance| format!("حساب لا يدخله صاحبه أبدًا: {chance} على الأكثر."),
    guess_table: "ما تضيفه الرموز بحسب طولها",
    guess_digits: "أرقام الرمز",
    guess_failures: "محاولات خاطئة في 30 يومًا",
    guess_below: |below| format!("أقل من {below}"),
    guess_guesses: "محاولات في سنة",
    guess_chance: "الاحتمال",
    guess_accounts: "عدد الحسابات",
    guess_fleet: |takeovers| format!("المتوقع اختراقه من كل الحسابات في سنة: {takeovers} على الأكثر."),
    guess_show: "اعرض",
};

pub const EN: Admin = Admin {
    menu: "Admin menu",
    users: "People",
    find: "Find a person",
    find_hint: "A phone in any form, how it begins, its last four digits, a name, an e-mail, or a short id such as 7F3K.",
    search: "Search",
    filters: "Filters",
    clear: "Clear search and filters",
    understood: "Understood",
    meanings: [
        "everybody",
        "phone",
        "phones that begin with",
        "phones that end in",
        "e-mails that begin with",
        "short id",
        "id",
        "names that begin with",
    ],
    nobody_yet: "Nobody is here yet.",
    nobody_found: "Nobody fits what you are looking for.",
    can_be_added: "A good number that nobody has yet:",
    add: "Add this user",
    next_page: "Next page",
    first_page: "First page",

    phone: "Phone",
    name: "Name",
    no_name: "no name yet",
    no_phone: "no phone",
    email: "E-mail",
    verification: "Verified",
    verified: "Verified",
    not_verified: "Not verified",
    status: "Status",
    statuses: ["Pending", "Active", "Blocked", "Erased"],
    all_but_pending: "All but pending",
    any: "Any",
    sandbox: "Test account",
    roles: "Roles",
    role_names: ["Owner", "Manager", "Reception", "Stylist", "Platform admin"],
    origin: "Origin",
    origins: ["Signed up", "Added by staff"],
    has_name: "Has a name",
    last_seen: "Last seen",
    never: "Never",
    joined: "Joined",
    from: "from",
    to: "to",
    short_id: "Short id",
    about_person: "About this person",
    identity: "Identity",
    sessions: "Sessions",
    no_sessions: "No open sessions.",

    audit_log: "Audit",
    sms_log: "Text messages",
    abuse_monitor: "Abuse",
    live_settings: "Live settings",

    guessing: "Guessing",
    guess_lead: "The most that somebody on an unknown device can reach by guessing codes, computed from the settings in force.",
    guess_one: |chance, ceiling| format!("One account in a year: {chance} at most. Above {ceiling} Salon does not start."),
    guess_unvisited: |chance| format!("An account whose owner never signs in: {chance} at most."),
    guess_table: "What codes of each length add",
    guess_digits: "Digits of the code",
    guess_failures: "Failures in 30 days",
    guess_below: |below| format!("fewer than {below}"),
    guess_guesses: "Guesses in a year",
    guess_chance: "Chance",
    guess_accounts: "Accounts",
    guess_fleet: |takeovers| format!("Expected to be taken over in a year, of all of them: {takeovers} at most."),
    guess_show: "Show",
};
