//! The audit, the messages, the abuse.

use domain::fraud::{Level, ScopeKind};
use usecases::{SYSTEM_DOERS, Span, Stand};

/// Texts of `/admin/audit`, `/admin/messages` and `/admin/abuse`.
pub struct Oversight {
    pub audit_lead: &'static str,
    pub when: &'static str,
    pub action: &'static str,
    pub doer: &'static str,
    pub doer_hint: &'static str,
    pub subject: &'static str,
    pub detail: &'static str,
    pub themselves: &'static str,
    /// In the order of `usecases::SYSTEM_DOERS`.
    pub system_doers: [&'static str; 4],
    pub system: &'static str,
    pub forgotten: &'static str,
    pub unmatched_person: &'static str,
    pub unmatched_phone: &'static str,
    pub nothing: &'static str,
    pub from_day: &'static str,
    pub to_day: &'static str,

    pub messages_lead: &'static str,
    pub message: &'static str,
    pub state: &'static str,
    /// In the order of `Stand::ALL`.
    pub states: [&'static str; 6],
    pub kind: &'static str,
    pub number: &'static str,
    pub no_number: &'static str,
    pub provider: &'static str,
    pub segments: &'static str,
    pub cost: &'static str,
    pub unknown: &'static str,
    pub queued: &'static str,
    pub taken_up: fn(u32) -> String,
    pub reported: &'static str,
    pub last_error: &'static str,
    pub reference: &'static str,
    pub person: &'static str,
    pub history: &'static str,
    pub body: &'static str,
    pub body_hint: &'static str,
    pub show_number: &'static str,
    pub show_number_hint: &'static str,

    pub abuse_lead: &'static str,
    pub span: &'static str,
    /// In the order of `Span::ALL`.
    pub spans: [&'static str; 3],
    pub over_time: &'static str,
    pub chart: fn(&str) -> String,
    pub highest: &'static str,
    pub asked: &'static str,
    pub sent: &'static str,
    pub entered: &'static str,
    pub wrong: &'static str,
    pub conversion: &'static str,
    pub delivered: &'static str,
    pub undelivered: &'static str,
    pub scopes: &'static str,
    pub scope: &'static str,
    pub fleet: &'static str,
    pub networks: &'static str,
    pub network: &'static str,
    pub carried: &'static str,
    pub country: &'static str,
    pub events: &'static str,
    pub events_lead: &'static str,
    pub brake: &'static str,
    pub brake_records: &'static str,
    pub alarm_on: &'static str,
    /// Network, prefix, country, installation.
    pub kinds: [&'static str; 4],
    /// Off, proof, refusal.
    pub levels: [&'static str; 3],
    pub budget: &'static str,
    pub budget_used: fn(i64, u32) -> String,
    pub yes: &'static str,
    pub no: &'static str,
    pub guessing_too: &'static str,
}

impl Oversight {
    /// The word for where a message stands.
    pub fn state_of(&self, stand: Stand) -> &'static str {
        Stand::ALL.iter().zip(self.states).find(|(known, _)| **known == stand).map_or(self.unknown, |(_, words)| words)
    }

    /// The words for a part of the system.
    pub fn system_doer(&self, name: &str) -> &'static str {
        SYSTEM_DOERS.iter().zip(self.system_doers).find(|(known, _)| **known == name).map_or(self.system, |(_, words)| words)
    }

    /// The words for a span.
    pub fn span_of(&self, span: Span) -> &'static str {
        match span {
            Span::Hour => self.spans[0],
            Span::Day => self.spans[1],
            Span::Fortnight => self.spans[2],
        }
    }

    /// The word for a kind of scope.
    pub const fn kind_of(&self, kind: ScopeKind) -> &'static str {
        match kind {
            ScopeKind::Network => self.kinds[0],
            ScopeKind::Prefix => self.kinds[1],
            ScopeKind::Country => self.kinds[2],
            ScopeKind::Fleet => self.kinds[3],
        }
    }

    /// The words for what is asked of strangers.
    pub const fn level_of(&self, level: Level) -> &'static str {
        match level {
            Level::Free => self.levels[0],
            Level::Proof => self.levels[1],
            Level::Refusal => self.levels[2],
        }
    }
}

pub const AR: Oversight = Oversight {
    audit_lead: "من فعل ماذا ولمن، الأحدث أولًا. لا يُعدَّل السجل ولا يُحذف منه: قاعدة البيانات نفسها ترفض ذلك.",
    when: "الوقت",
    action: "الحدث",
    doer: "الفاعل",
    doer_hint: "رقم جوال أو معرّف",
    subject: "المعنيّ",
    detail: "التفاصيل",
    themselves: "بنفسه",
    system_doers: ["مشغّل الخدمة", "حدود الأمان", "رقم تجريبي", "حارس المنصة"],
    system: "النظام",
    forgotten: "شخص لم يعد موجودًا",
    unmatched_person: "لا يدل هذا على شخص واحد بعينه. اكتب رقم جواله كاملًا أو معرّفه.",
    unmatched_phone: "هذا ليس رقم جوال كاملًا.",
    nothing: "لا شيء يطابق ما تبحث عنه.",
    from_day: "من يوم",
    to_day: "إلى يوم",

    messages_lead: "ما أُرسل من رسائل نصية وما صار إليه. الأرقام مخفية جزئيًا، والرموز لا تُعرض أبدًا.",
    message: "الرسالة",
    state: "الحالة",
    states: ["بانتظار الإرسال", "أُرسلت", "وصلت", "لم تصل", "تعذّر إرسالها", "فات وقتها"],
    kind: "النوع",
    number: "الرقم",
    no_number: "حُذف الرقم",
    provider: "المزوّد",
    segments: "الأجزاء",
    cost: "التكلفة",
    unknown: "غير معروف",
    queued: "طُلبت",
    taken_up: |times| match times {
        0 => "لم تُؤخذ للإرسال بعد".to_owned(),
        1 => "أُخذت للإرسال مرة واحدة".to_owned(),
        2 => "أُخذت للإرسال مرتين".to_owned(),
        3..=10 => format!("أُخذت للإرسال {times} مرات"),
        _ => format!("أُخذت للإرسال {times} مرة"),
    },
    reported: "أبلغ المزوّد",
    last_error: "آخر خطأ",
    reference: "رقمها عند المزوّد",
    person: "الشخص",
    history: "مسار الرسالة",
    body: "النص",
    body_hint: "كما يُكتب اليوم، والنقاط مكان الرمز.",
    show_number: "أظهر الرقم",
    show_number_hint: "يُسجَّل ذلك باسمك، ولعدد محدود في الساعة.",

    abuse_lead: "ما يطلبه الغرباء من رموز، وما أُرسل منها وما أُدخل.",
    span: "المدة",
    spans: ["آخر ساعة", "آخر 24 ساعة", "آخر 14 يومًا"],
    over_time: "على مر الوقت",
    chart: |span| format!("رسم بالأعمدة: ما أُرسل وما أُدخل، {span}. الأرقام نفسها في الجدول تحته."),
    highest: "الأعلى",
    asked: "طُلب",
    sent: "أُرسل",
    entered: "أُدخل",
    wrong: "محاولات خاطئة",
    conversion: "نسبة الإدخال",
    delivered: "وصل",
    undelivered: "لم يصل",
    scopes: "بحسب الدولة وبداية الرقم",
    scope: "النطاق",
    fleet: "المنصة كلها",
    networks: "الشبكات الأكثر طلبًا",
    network: "الشبكة",
    carried: "بحسب المزوّد والدولة، بما فيها الأجهزة المعروفة",
    country: "الدولة",
    events: "آخر الرموز المطلوبة",
    events_lead: "رموز طلبها غرباء في الساعة الأخيرة، خمسون على الأكثر.",
    brake: "مكابح الرسائل",
    brake_records: "المكابح تسجّل فقط ولا تمنع أحدًا.",
    alarm_on: "الرموز تُخمَّن على مستوى المنصة كلها منذ",
    kinds: ["الشبكات", "بدايات الأرقام", "الدول", "المنصة"],
    levels: ["مفتوح", "يُطلب إثبات عمل", "يُرفض الغرباء"],
    budget: "ميزانية رسائل اليوم",
    budget_used: |used, of| format!("{used} من {of}"),
    yes: "نعم",
    no: "لا",
    guessing_too: "احتمال التخمين من الإعدادات الحالية",
};

pub const EN: Oversight = Oversight {
    audit_lead: "Who did what to whom, newest first. Nothing in it is changed or deleted: the database itself refuses.",
    when: "When",
    action: "Event",
    doer: "By",
    doer_hint: "A phone or an id",
    subject: "About",
    detail: "Detail",
    themselves: "themselves",
    system_doers: ["The operator", "The limits", "A test number", "The fleet guard"],
    system: "The system",
    forgotten: "somebody who is no longer there",
    unmatched_person: "This names nobody, or more than one person. Type the whole phone, or the id.",
    unmatched_phone: "This is not a whole phone.",
    nothing: "Nothing fits what you are looking for.",
    from_day: "From",
    to_day: "To",

    messages_lead: "What was texted and what became of it. Numbers are masked, and codes are never shown.",
    message: "Message",
    state: "State",
    states: ["Waiting", "Sent", "Delivered", "Not delivered", "Failed", "Too late"],
    kind: "Kind",
    number: "Number",
    no_number: "number removed",
    provider: "Provider",
    segments: "Segments",
    cost: "Cost",
    unknown: "unknown",
    queued: "Asked for",
    taken_up: |times| match times {
        0 => "not taken up yet".to_owned(),
        1 => "taken up once".to_owned(),
        _ => format!("taken up {times} times"),
    },
    reported: "The provider reported",
    last_error: "Last error",
    reference: "The provider's reference",
    person: "Person",
    history: "What became of it",
    body: "Text",
    body_hint: "As it is written today, with bullets in the place of the code.",
    show_number: "Show number",
    show_number_hint: "It is written down under your name, and only so many an hour are shown.",

    abuse_lead: "What strangers ask for, what is sent, and what is entered.",
    span: "Span",
    spans: ["Last hour", "Last 24 hours", "Last 14 days"],
    over_time: "Over time",
    chart: |span| format!("Bar chart: codes sent and codes entered, {span}. The same figures are in the table below."),
    highest: "highest",
    asked: "Asked for",
    sent: "Sent",
    entered: "Entered",
    wrong: "Wrong guesses",
    conversion: "Conversion",
    delivered: "Delivered",
    undelivered: "Not delivered",
    scopes: "By country and prefix",
    scope: "Scope",
    fleet: "The whole platform",
    networks: "Networks that asked for most",
    network: "Network",
    carried: "By provider and country, known devices included",
    country: "Country",
    events: "Last codes asked for",
    events_lead: "Codes that strangers asked for in the last hour, fifty at most.",
    brake: "The brake",
    brake_records: "The brake only records: nobody is refused.",
    alarm_on: "The codes of the whole platform are being guessed at since",
    kinds: ["Networks", "Prefixes", "Countries", "Platform"],
    levels: ["Free", "Proof of work", "Strangers refused"],
    budget: "Today's budget of messages",
    budget_used: |used, of| format!("{used} of {of}"),
    yes: "yes",
    no: "no",
    guessing_too: "How likely guessing is with the settings in force",
};
