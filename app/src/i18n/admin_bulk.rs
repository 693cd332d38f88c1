//! Acts on many people, and files of them.

use domain::locale::Locale;
use domain::people::{BulkAct, BulkOutcome, BulkState, LeftOut};
use domain::role::Role;
use domain::user::{UserOrigin, UserStatus};
use usecases::SheetWords;

use super::{admin, messages};

/// Texts of `/admin/bulk/{id}`, and of what leads there.
pub struct AdminBulk {
    pub with_many: &'static str,
    pub whom: &'static str,
    pub ticked: &'static str,
    pub this_page: &'static str,
    pub all_matching: &'static str,
    pub all_matching_hint: &'static str,
    pub act: &'static str,
    pub go_on: &'static str,
    /// Select somebody: their phone or name.
    pub select: fn(&str) -> String,
    pub nobody_chosen: &'static str,
    pub count: fn(u32) -> String,
    pub count_more: fn(usize) -> String,
    pub export_all: &'static str,
    pub for_spreadsheets: &'static str,
    pub for_programs: &'static str,

    /// In the order of [`BulkAct::ALL`].
    pub acts: [&'static str; 4],
    /// What will happen, in the same order.
    pub consequences: [&'static str; 4],
    /// Prepared, running, finished.
    pub states: [&'static str; 3],
    pub people: &'static str,
    pub will_be: fn(u32) -> String,
    pub has_more: &'static str,
    pub left_out: &'static str,
    pub reason: &'static str,
    pub reason_hint: &'static str,
    pub begin: &'static str,
    pub back: &'static str,
    pub not_yours: &'static str,
    pub outcome: &'static str,
    pub done: &'static str,
    pub failed: &'static str,
    pub waiting: &'static str,
    pub skipped: &'static str,
    /// In the order of [`LeftOut::ALL`].
    pub reasons: [&'static str; 9],
    pub refreshes: &'static str,
    pub refresh_stop: &'static str,
    pub refresh_now: &'static str,
    pub gone: &'static str,
}

impl AdminBulk {
    const fn place(act: BulkAct) -> usize {
        match act {
            BulkAct::Block => 0,
            BulkAct::Unblock => 1,
            BulkAct::EndSessions => 2,
            BulkAct::Export => 3,
        }
    }

    /// The word for an act.
    pub const fn act_of(&self, act: BulkAct) -> &'static str {
        self.acts[Self::place(act)]
    }

    /// What it will do.
    pub const fn consequence_of(&self, act: BulkAct) -> &'static str {
        self.consequences[Self::place(act)]
    }

    /// Where a run stands.
    pub const fn state_of(&self, state: BulkState) -> &'static str {
        match state {
            BulkState::Prepared => self.states[0],
            BulkState::Running => self.states[1],
            BulkState::Finished => self.states[2],
        }
    }

    /// What became of somebody.
    pub fn outcome_of(&self, outcome: Option<BulkOutcome>) -> String {
        match outcome {
            None => self.waiting.to_owned(),
            Some(BulkOutcome::Done) => self.done.to_owned(),
            Some(BulkOutcome::Failed) => self.failed.to_owned(),
            Some(BulkOutcome::Skipped(why)) => format!("{}: {}", self.skipped, self.reason_of(why)),
        }
    }

    /// Why somebody is left out.
    pub const fn reason_of(&self, why: LeftOut) -> &'static str {
        match why {
            LeftOut::Yourself => self.reasons[0],
            LeftOut::Admin => self.reasons[1],
            LeftOut::Erased => self.reasons[2],
            LeftOut::AlreadyBlocked => self.reasons[3],
            LeftOut::Phoneless => self.reasons[4],
            LeftOut::NotBlocked => self.reasons[5],
            LeftOut::NotSignedIn => self.reasons[6],
            LeftOut::Gone => self.reasons[7],
            LeftOut::NotAllowed => self.reasons[8],
        }
    }
}

/// The words of a spreadsheet in a language.
pub fn sheet_words(locale: Locale) -> SheetWords {
    let t = &messages(locale).admin;
    let name = |key| super::field_name(key, locale).unwrap_or_default();
    let account = &messages(locale).account;
    let heads = [
        t.phone,
        name("given_name"),
        name("family_name"),
        t.email,
        t.verified,
        t.status,
        t.roles,
        t.origin,
        name("locale"),
        t.joined,
        t.last_seen,
        name("id"),
    ];
    let yes_no = [account.yes, account.no];
    match locale {
        Locale::Ar => SheetWords {
            heads,
            yes_no,
            comma: "، ",
            status: |status: UserStatus| admin::AR.status_of(status),
            role: |role: Role| admin::AR.role(role),
            origin: |origin: UserOrigin| admin::AR.origin_of(origin),
            language: |language| if language == Locale::Ar { "العربية" } else { "الإنجليزية" },
        },
        Locale::En => SheetWords {
            heads,
            yes_no,
            comma: ", ",
            status: |status: UserStatus| admin::EN.status_of(status),
            role: |role: Role| admin::EN.role(role),
            origin: |origin: UserOrigin| admin::EN.origin_of(origin),
            language: |language| if language == Locale::Ar { "Arabic" } else { "English" },
        },
    }
}

fn arabic_people(people: u32) -> String {
    match (people, people % 100) {
        (0, _) => "لا أحد".to_owned(),
        (1, _) => "شخص واحد".to_owned(),
        (2, _) => "شخصان".to_owned(),
        (_, 3..=10) => format!("{people} أشخاص"),
        (_, 11..=99) => format!("{people} شخصًا"),
        _ => format!("{people} شخص"),
    }
}

fn english_people(people: u32) -> String {
    match people {
        0 => "nobody".to_owned(),
        1 => "1 person".to_owned(),
        _ => format!("{people} people"),
    }
}

pub const AR: AdminBulk = AdminBulk {
    with_many: "إجراء على عدة أشخاص",
    whom: "من؟",
    ticked: "من حدّدتهم",
    this_page: "كل من في هذه الصفحة",
    all_matching: "كل من يطابق البحث والتصفية",
    all_matching_hint: "حتى 10,000 شخص، كما هم الآن.",
    act: "الإجراء",
    go_on: "متابعة",
    select: |who| format!("حدّد {who}"),
    nobody_chosen: "لم تحدّد أحدًا.",
    count: arabic_people,
    count_more: |people| format!("أكثر من {people}"),
    export_all: "استخراج كل من يطابق",
    for_spreadsheets: "لجداول البيانات (CSV)",
    for_programs: "للبرامج (CSV خام)",

    acts: ["حظر", "رفع الحظر", "إنهاء الجلسات", "استخراج البيانات"],
    consequences: [
        "سيُمنعون من الدخول، وتنتهي كل جلساتهم فورًا.",
        "سيتمكنون من الدخول من جديد. ما انتهى من جلساتهم يبقى منتهيًا.",
        "سيُسجَّل خروجهم من كل الأجهزة، ويمكنهم الدخول من جديد.",
        "ملف ببياناتهم. يُسجَّل من استخرجه ومتى.",
    ],
    states: ["بانتظار تأكيدك", "قيد التنفيذ", "انتهى"],
    people: "الأشخاص",
    will_be: |people| format!("سيشمل: {}", arabic_people(people)),
    has_more: "يطابق أكثر من 10,000 شخص؛ هؤلاء أولهم.",
    left_out: "لن يشمل",
    reason: "السبب",
    reason_hint: "يبقى في السجل.",
    begin: "نفّذ",
    back: "رجوع إلى الأشخاص",
    not_yours: "بدأ هذا شخص آخر، وهو وحده من يؤكده.",
    outcome: "النتيجة",
    done: "تمّ",
    failed: "تعذّر",
    waiting: "بانتظار الدور",
    skipped: "تُخطّي",
    reasons: [
        "هذا أنت",
        "من مديري المنصة",
        "الحساب محذوف",
        "محظور من قبل",
        "بلا رقم جوال",
        "ليس محظورًا",
        "لا جلسات مفتوحة",
        "لم يعد موجودًا",
        "لم يعد ذلك مسموحًا لمن بدأه",
    ],
    refreshes: "تُحدَّث هذه الصفحة كل خمس ثوانٍ.",
    refresh_stop: "أوقف التحديث",
    refresh_now: "حدّث الآن",
    gone: "لم يعد موجودًا",
};

pub const EN: AdminBulk = AdminBulk {
    with_many: "Act on several people",
    whom: "Whom?",
    ticked: "Those I have ticked",
    this_page: "Everybody on this page",
    all_matching: "Everybody who matches search and filters",
    all_matching_hint: "Up to 10,000 people, as they are now.",
    act: "Action",
    go_on: "Continue",
    select: |who| format!("Select {who}"),
    nobody_chosen: "You have ticked nobody.",
    count: english_people,
    count_more: |people| format!("More than {people}"),
    export_all: "Export everybody who matches",
    for_spreadsheets: "for spreadsheets (CSV)",
    for_programs: "for programs (raw CSV)",

    acts: ["Block", "Unblock", "End sessions", "Export"],
    consequences: [
        "They will be shut out, and all their sessions end at once.",
        "They can sign in again. Sessions that have ended stay ended.",
        "They will be signed out everywhere, and can sign in again.",
        "A file of their data. The record says who took it, and when.",
    ],
    states: ["Waiting for your yes", "Under way", "Finished"],
    people: "People",
    will_be: |people| format!("It will be done to: {}", english_people(people)),
    has_more: "More than 10,000 people match; these are the first of them.",
    left_out: "Left out",
    reason: "Reason",
    reason_hint: "It stays in the record.",
    begin: "Do it",
    back: "Back to people",
    not_yours: "Somebody else chose these people; only they can say yes.",
    outcome: "Outcome",
    done: "Done",
    failed: "Failed",
    waiting: "Waiting",
    skipped: "Skipped",
    reasons: [
        "that is you",
        "runs the platform",
        "account erased",
        "blocked already",
        "has no phone",
        "not blocked",
        "no open sessions",
        "no longer there",
        "no longer allowed to whoever began it",
    ],
    refreshes: "This page refreshes every five seconds.",
    refresh_stop: "Stop refreshing",
    refresh_now: "Refresh now",
    gone: "no longer there",
};
