//! The desk of a salon: the day, bookings, reviews.

use domain::booking::BookingStatus;
use domain::review::ReviewStatus;
use domain::schedule::Part;
use usecases::BookingAct;

/// Texts of `/admin/salons/{slug}/…`.
pub struct Counter {
    pub bookings: &'static str,
    pub choose_salon: &'static str,
    pub no_salon: &'static str,
    pub no_salon_lead: &'static str,
    pub menu: &'static str,
    pub today: &'static str,
    pub day: &'static str,
    pub reviews: &'static str,
    pub new_booking: &'static str,

    pub go_to_day: &'static str,
    pub date: &'static str,
    pub show: &'static str,
    pub day_before: &'static str,
    pub day_after: &'static str,
    pub off_today: &'static str,
    pub works: &'static str,
    pub gone: &'static str,
    pub nothing_booked: &'static str,
    pub nobody_works: &'static str,
    /// Visits that are called off.
    pub called_off: &'static str,
    pub now: &'static str,
    pub held: &'static str,
    pub overbooked: &'static str,
    pub for_attendee: &'static str,
    /// Before the member of staff.
    pub with: &'static str,

    pub statuses: [&'static str; 10],
    pub code: &'static str,
    pub when: &'static str,
    pub what: &'static str,
    pub who: &'static str,
    pub price: &'static str,
    pub vat_inside: &'static str,
    pub riyals: &'static str,
    pub source: &'static str,
    /// Pages, app, desk.
    pub sources: [&'static str; 3],
    pub note: &'static str,
    pub call: &'static str,
    pub phone_hidden: &'static str,

    pub acts: &'static str,
    /// In the order of [`BookingAct::ALL`].
    pub act_names: [&'static str; 7],
    pub to_completed: &'static str,
    pub to_no_show: &'static str,
    pub correct_lead: &'static str,
    pub cancel_lead: &'static str,
    pub decline_lead: &'static str,
    pub reason: &'static str,
    pub reason_hint: &'static str,
    pub nothing_to_do: &'static str,

    pub move_title: &'static str,
    pub move_button: &'static str,
    pub time: &'static str,
    pub service: &'static str,
    pub staff: &'static str,
    pub anybody: &'static str,
    /// Morning, afternoon, evening, after midnight.
    pub parts: [&'static str; 4],
    pub overbook: &'static str,
    pub overbook_hint: &'static str,
    pub overbook_reason: &'static str,
    pub nearest: &'static str,
    pub book_lead: &'static str,
    pub phone_hint: &'static str,
    pub name_hint: &'static str,
    pub attendee: &'static str,
    pub attendee_hint: &'static str,
    pub note_hint: &'static str,
    pub book: &'static str,
    pub no_services: &'static str,

    pub history: &'static str,
    pub made: &'static str,
    pub moved: &'static str,
    /// Customer, salon, time.
    pub doers: [&'static str; 3],

    pub booked: &'static str,
    pub booked_overlaps: &'static str,
    pub was_moved: &'static str,
    pub done: &'static str,
    pub review_done: &'static str,
    /// Not from here, too late, too early.
    pub refusals: [&'static str; 3],

    /// Pending, published, hidden.
    pub review_statuses: [&'static str; 3],
    pub no_reviews: &'static str,
    /// Of five.
    pub stars: fn(u8) -> String,
    pub shown_as: &'static str,
    pub has_phone: &'static str,
    pub has_link: &'static str,
    pub no_text: &'static str,
    pub publish: &'static str,
    pub hide: &'static str,
    pub reply: &'static str,
    pub reply_hint: &'static str,
    pub save_reply: &'static str,
    pub see_booking: &'static str,

    pub next_up: &'static str,
    pub nothing_next: &'static str,
    pub waits: &'static str,
    pub nothing_waits: &'static str,
    pub at_work: &'static str,
    pub busy: &'static str,
    pub free: &'static str,
    pub not_now: &'static str,
    pub takings: &'static str,
    pub taken: &'static str,
    pub expected: &'static str,
    pub visits_done: &'static str,
    pub visits_to_come: &'static str,
    pub visits_no_show: &'static str,
    pub reviews_wait: &'static str,

    pub person_lead: &'static str,
    pub person_none: &'static str,
    pub salon: &'static str,
}

impl Counter {
    /// Where a booking stands.
    pub const fn status_of(&self, status: BookingStatus) -> &'static str {
        self.statuses[status as usize]
    }

    /// What is done to it.
    pub fn act(&self, act: BookingAct) -> &'static str {
        BookingAct::ALL.iter().position(|one| *one == act).map_or("", |place| self.act_names[place])
    }

    /// The part of a day.
    pub const fn part(&self, part: Part) -> &'static str {
        self.parts[part as usize]
    }

    /// Whether the public sees it.
    pub const fn review_status(&self, status: ReviewStatus) -> &'static str {
        self.review_statuses[status as usize]
    }
}

pub const AR: Counter = Counter {
    bookings: "الحجوزات",
    choose_salon: "اختر الصالون",
    no_salon: "لا صالون لك بعد",
    no_salon_lead: "اطلب من مالك الصالون أن يضيفك إلى فريقه، ثم تظهر حجوزاته هنا.",
    menu: "صفحات الاستقبال",
    today: "الآن",
    day: "اليوم",
    reviews: "التقييمات",
    new_booking: "حجز جديد",

    go_to_day: "إلى يوم آخر",
    date: "التاريخ",
    show: "اعرض",
    day_before: "اليوم السابق",
    day_after: "اليوم التالي",
    off_today: "لا عمل في هذا اليوم",
    works: "العمل",
    gone: "لم يعد في الفريق",
    nothing_booked: "لا حجوزات",
    nobody_works: "لا أحد في الفريق بعد. أضف من يعمل في الصالون، ثم يظهر لكل واحد عموده هنا.",
    called_off: "حجوزات أُلغيت أو رُفضت",
    now: "الآن",
    held: "محجوز مؤقتًا",
    overbooked: "فوق حجز آخر",
    for_attendee: "لـ",
    with: "مع",

    statuses: [
        "محجوز مؤقتًا",
        "بانتظار الموافقة",
        "مؤكد",
        "وصل",
        "تم",
        "ألغاه العميل",
        "ألغاه الصالون",
        "مرفوض",
        "لم يحضر",
        "انتهى",
    ],
    code: "رمز الحجز",
    when: "الموعد",
    what: "الخدمة",
    who: "العميل",
    price: "السعر",
    vat_inside: "منها ضريبة القيمة المضافة",
    riyals: "ر.س",
    source: "المصدر",
    sources: ["صفحات الموقع", "التطبيق", "الاستقبال"],
    note: "ملاحظة العميل",
    call: "اتصل",
    phone_hidden: "رقم الجوال لا يظهر لدورك.",

    acts: "ما يمكن فعله",
    act_names: ["وافق", "ارفض", "ألغِ الحجز", "سجّل الوصول", "تمت الزيارة", "لم يحضر", "صحّح"],
    to_completed: "صحّح: تمت الزيارة",
    to_no_show: "صحّح: لم يحضر",
    correct_lead: "يمكن التصحيح خلال 24 ساعة، ويُكتب في السجل من صحّح.",
    cancel_lead: "يُلغى الحجز ويصبح الوقت متاحًا. اكتب السبب.",
    decline_lead: "يُرفض الطلب ويصبح الوقت متاحًا.",
    reason: "السبب",
    reason_hint: "يبقى في سجل الحجز.",
    nothing_to_do: "لا شيء يُفعل بهذا الحجز الآن.",

    move_title: "انقل الحجز",
    move_button: "انقل",
    time: "الوقت",
    service: "الخدمة",
    staff: "مع من",
    anybody: "أي شخص متاح",
    parts: ["صباحًا", "بعد الظهر", "مساءً", "بعد منتصف الليل، من ليلة اليوم نفسه"],
    overbook: "احجز فوق حجز آخر",
    overbook_hint: "يُسمح بتداخل المواعيد عمدًا، ويُكتب السبب في السجل.",
    overbook_reason: "سبب التداخل",
    nearest: "أقرب الأوقات المتاحة",
    book_lead: "حجز لعميل على الهاتف أو عند الاستقبال. رقم الجوال وحده يكفي لمعرفة العميل.",
    phone_hint: "مثال: 0501234567. من ليس عنده حساب يُضاف.",
    name_hint: "للعميل الجديد فقط. لا يغيّر اسمًا موجودًا.",
    attendee: "اسم من سيحضر",
    attendee_hint: "إن لم يكن صاحب الرقم.",
    note_hint: "ما قاله العميل عن الموعد.",
    book: "احجز",
    no_services: "لا خدمة متاحة للحجز. أضف خدمة ومن يقدمها أولًا.",

    history: "ما جرى",
    made: "أُنشئ الحجز",
    moved: "نُقل الحجز",
    doers: ["العميل", "الصالون", "مع مرور الوقت"],

    booked: "تم الحجز.",
    booked_overlaps: "تم الحجز. ولهذا العميل حجز آخر في الوقت نفسه.",
    was_moved: "نُقل الحجز.",
    done: "تم.",
    review_done: "تم.",
    refusals: ["لا يمكن ذلك من حالة الحجز الآن.", "فات وقت ذلك.", "لم يحن وقت ذلك بعد."],

    review_statuses: ["بانتظار القرار", "منشور", "مخفي"],
    no_reviews: "لا تقييمات هنا.",
    stars: |stars| format!("{stars} من 5"),
    shown_as: "يظهر للجميع باسم",
    has_phone: "قد يحوي رقم جوال",
    has_link: "قد يحوي رابطًا",
    no_text: "بلا نص",
    publish: "انشر",
    hide: "أخفِ",
    reply: "رد الصالون",
    reply_hint: "يقرؤه الجميع. لا تكتب رقم جوال. اتركه فارغًا لحذف الرد.",
    save_reply: "احفظ الرد",
    see_booking: "الحجز",

    next_up: "التالي",
    nothing_next: "لا أحد على الموعد بعد الآن اليوم.",
    waits: "بانتظار موافقتك",
    nothing_waits: "لا طلبات تنتظر.",
    at_work: "من يعمل اليوم",
    busy: "مع عميل",
    free: "متاح الآن",
    not_now: "ليس في العمل الآن",
    takings: "دخل اليوم",
    taken: "زيارات تمت",
    expected: "زيارات متوقعة",
    visits_done: "تمت",
    visits_to_come: "قادمة",
    visits_no_show: "لم يحضر",
    reviews_wait: "تقييمات تنتظر القرار",

    person_lead: "كل حجوزات هذا الشخص في كل الصالونات، الأحدث أولًا.",
    person_none: "لا حجوزات.",
    salon: "الصالون",
};

pub const EN: Counter = Counter {
    bookings: "Bookings",
    choose_salon: "Choose a salon",
    no_salon: "You have no salon yet",
    no_salon_lead: "Ask the owner of the salon to add you to its team; its bookings show here then.",
    menu: "Pages of the desk",
    today: "Now",
    day: "Day",
    reviews: "Reviews",
    new_booking: "New booking",

    go_to_day: "Go to a day",
    date: "Date",
    show: "Show",
    day_before: "The day before",
    day_after: "The day after",
    off_today: "Not at work on this day",
    works: "At work",
    gone: "No longer in the team",
    nothing_booked: "Nothing booked",
    nobody_works: "Nobody is in the team yet. Add who works in the salon, and each has a column here.",
    called_off: "Called off or declined",
    now: "Now",
    held: "Held for somebody",
    overbooked: "Over another",
    for_attendee: "For",
    with: "With",

    statuses: [
        "Held",
        "Waits for a yes",
        "Confirmed",
        "Arrived",
        "Completed",
        "Cancelled by the customer",
        "Cancelled by the salon",
        "Declined",
        "No show",
        "Expired",
    ],
    code: "Booking code",
    when: "When",
    what: "Service",
    who: "Customer",
    price: "Price",
    vat_inside: "VAT inside it",
    riyals: "SAR",
    source: "Came from",
    sources: ["The website", "The app", "The desk"],
    note: "Note of the customer",
    call: "Call",
    phone_hidden: "Your role does not see the phone.",

    acts: "What can be done",
    act_names: ["Confirm", "Decline", "Cancel the booking", "Check in", "Complete", "No show", "Correct"],
    to_completed: "Correct: the visit took place",
    to_no_show: "Correct: nobody came",
    correct_lead: "It can be put right for 24 hours, and the record says who did.",
    cancel_lead: "The booking is called off and its time is free again. Say why.",
    decline_lead: "The request is declined and its time is free again.",
    reason: "Reason",
    reason_hint: "It stays in the history of the booking.",
    nothing_to_do: "There is nothing to do with this booking now.",

    move_title: "Move the booking",
    move_button: "Move",
    time: "Time",
    service: "Service",
    staff: "With",
    anybody: "Anybody who is free",
    parts: ["Morning", "Afternoon", "Evening", "After midnight, still the night of that day"],
    overbook: "Book over another booking",
    overbook_hint: "Lets two bookings overlap on purpose. The reason is written down.",
    overbook_reason: "Reason for the overlap",
    nearest: "Free nearest to it",
    book_lead: "For a customer on the phone or at the counter. The phone alone says who it is.",
    phone_hint: "Example 0501234567. Whoever has no account is added.",
    name_hint: "For a new customer only. It changes no name that is there.",
    attendee: "Name of whoever comes",
    attendee_hint: "If it is not the owner of the phone.",
    note_hint: "What the customer said about the visit.",
    book: "Book",
    no_services: "Nothing can be booked yet. Add a service and who does it first.",

    history: "What happened",
    made: "Booked",
    moved: "Moved",
    doers: ["The customer", "The salon", "Time"],

    booked: "It is booked.",
    booked_overlaps: "It is booked. This customer has another booking at the same time.",
    was_moved: "The booking has been moved.",
    done: "Done.",
    review_done: "Done.",
    refusals: ["That is not possible from where the booking stands.", "It is too late for that.", "It is too early for that."],

    review_statuses: ["Waiting", "Published", "Hidden"],
    no_reviews: "No reviews here.",
    stars: |stars| format!("{stars} of 5"),
    shown_as: "The public reads the name",
    has_phone: "May hold a phone",
    has_link: "May hold a link",
    no_text: "No text",
    publish: "Publish",
    hide: "Hide",
    reply: "Reply of the salon",
    reply_hint: "Everybody reads it. Write no phone. Leave it empty to take the reply away.",
    save_reply: "Save the reply",
    see_booking: "The booking",

    next_up: "Next",
    nothing_next: "Nobody else is due today.",
    waits: "Waits for your yes",
    nothing_waits: "No requests wait.",
    at_work: "At work today",
    busy: "With a customer",
    free: "Free now",
    not_now: "Not at work now",
    takings: "Takings of the day",
    taken: "Visits that took place",
    expected: "Visits expected",
    visits_done: "Done",
    visits_to_come: "To come",
    visits_no_show: "No shows",
    reviews_wait: "Reviews waiting for a decision",

    person_lead: "Everything this person booked, in every salon, the latest first.",
    person_none: "No bookings.",
    salon: "Salon",
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_status_act_and_part_has_words_of_its_own() {
        for t in [&AR, &EN] {
            let mut statuses: Vec<_> = BookingStatus::ALL.map(|status| t.status_of(status)).into();
            statuses.sort_unstable();
            statuses.dedup();
            assert_eq!(statuses.len(), BookingStatus::ALL.len());
            let mut acts: Vec<_> = BookingAct::ALL.map(|act| t.act(act)).into();
            acts.sort_unstable();
            acts.dedup();
            assert_eq!(acts.len(), BookingAct::ALL.len());
            assert_eq!(t.part(Part::AfterMidnight), t.parts[3]);
        }
        assert_eq!(EN.status_of(BookingStatus::NoShow), "No show");
        assert_eq!((EN.act(BookingAct::CheckIn), EN.review_status(ReviewStatus::Hidden)), ("Check in", "Hidden"));
    }
}
