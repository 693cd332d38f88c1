//! Salons as the public sees them.

use domain::locale::Locale;
use domain::money::Halalas;
use domain::salon::Clientele;

/// Texts of `/salons` and of a salon's page.
pub struct Salons {
    pub title: &'static str,
    pub lead: &'static str,
    pub none: &'static str,
    pub none_hint: &'static str,
    pub more: &'static str,
    pub browse: &'static str,
    pub clientele: [&'static str; 4],
    pub open_today: &'static str,
    pub closed_today: &'static str,
    pub services: &'static str,
    pub no_services: &'static str,
    pub vat_included: &'static str,
    pub hours: &'static str,
    pub hours_hint: &'static str,
    pub closed: &'static str,
    pub today: &'static str,
    /// Between a start and an end on the same day.
    pub to: &'static str,
    /// Between a start and an end after midnight.
    pub until: &'static str,
    pub round: &'static str,
    pub staff: &'static str,
    pub no_staff: &'static str,
    pub reviews: &'static str,
    pub no_reviews: &'static str,
    pub good_to_know: &'static str,
    pub manual: &'static str,
    pub vat_number: &'static str,
    pub riyal: &'static str,
    pub free_cancel: fn(&str) -> String,
}

impl Salons {
    /// Whom a salon serves.
    pub const fn clientele(&self, of: Clientele) -> &'static str {
        self.clientele[of as usize]
    }

    /// `SAR 115`, `402.50 ر.س`: digits stay in their order in both directions.
    pub fn price(&self, price: Halalas, locale: Locale) -> String {
        let number = price.to_string();
        let number = number.strip_suffix(".00").unwrap_or(&number);
        match locale {
            Locale::Ar => format!("{number} {}", self.riyal),
            Locale::En => format!("{} {number}", self.riyal),
        }
    }
}

/// `45 minutes`, `2 hours 30 minutes`.
pub(crate) fn length(minutes: u16, locale: Locale) -> String {
    let (hours, rest) = (minutes / 60, minutes % 60);
    let part = |number: u16, unit_s: u64| super::span(u64::from(number) * unit_s, locale);
    // `span` says 60 minutes rather than an hour.
    let hours_words = |hours: u16| match (hours, locale) {
        (1, Locale::Ar) => "ساعة".to_owned(),
        (1, Locale::En) => "1 hour".to_owned(),
        (hours, _) => part(hours, 3_600),
    };
    let and = if locale == Locale::Ar { " و" } else { " " };
    match (hours, rest) {
        (0, rest) => part(rest, 60),
        (hours, 0) => hours_words(hours),
        (hours, rest) => format!("{}{and}{}", hours_words(hours), part(rest, 60)),
    }
}

pub const AR: Salons = Salons {
    title: "الصالونات",
    lead: "اختر صالونًا، واطّلع على خدماته وأسعاره وأوقاته.",
    none: "لا توجد صالونات بعد",
    none_hint: "نُضيف الصالونات واحدًا بعد آخر. عُد إلينا قريبًا.",
    more: "المزيد من الصالونات",
    browse: "تصفّح الصالونات",
    clientele: ["للنساء", "للرجال", "للأطفال", "للجميع"],
    open_today: "اليوم",
    closed_today: "مغلق اليوم",
    services: "الخدمات والأسعار",
    no_services: "لا توجد خدمات متاحة للحجز حاليًا.",
    vat_included: "الأسعار شاملة ضريبة القيمة المضافة.",
    hours: "أوقات العمل",
    hours_hint: "الأيام السبعة القادمة.",
    closed: "مغلق",
    today: "اليوم",
    to: "إلى",
    until: "حتى",
    round: "على مدار الساعة",
    staff: "فريق العمل",
    no_staff: "لا يمكن حجز أحد حاليًا.",
    reviews: "التقييمات",
    no_reviews: "لا توجد تقييمات بعد. يكتبها من زار الصالون.",
    good_to_know: "قبل أن تحجز",
    manual: "يؤكّد الصالون كل حجز بنفسه.",
    vat_number: "الرقم الضريبي",
    riyal: "ر.س",
    free_cancel: |span| format!("يمكنك إلغاء الحجز أو تغيير موعده حتى {span} قبل بدايته."),
};

pub const EN: Salons = Salons {
    title: "Salons",
    lead: "Choose a salon, see what it offers, what it costs and when it is open.",
    none: "No salons yet",
    none_hint: "We add them one by one. Come back soon.",
    more: "More salons",
    browse: "Browse salons",
    clientele: ["For women", "For men", "For children", "For everybody"],
    open_today: "Today",
    closed_today: "Closed today",
    services: "Services and prices",
    no_services: "Nothing can be booked at the moment.",
    vat_included: "Prices include VAT.",
    hours: "Opening hours",
    hours_hint: "The next seven days.",
    closed: "Closed",
    today: "today",
    to: "to",
    until: "until",
    round: "Round the clock",
    staff: "Team",
    no_staff: "Nobody can be booked at the moment.",
    reviews: "Reviews",
    no_reviews: "No reviews yet. They come from people who have been here.",
    good_to_know: "Before you book",
    manual: "The salon confirms each booking itself.",
    vat_number: "VAT number",
    riyal: "SAR",
    free_cancel: |span| format!("You can cancel or move a booking until {span} before it begins."),
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prices_and_lengths_are_as_people_say_them() {
        let price = |halalas| Halalas::new(halalas).expect("a price");
        assert_eq!(
            (EN.price(price(11_500), Locale::En), AR.price(price(40_250), Locale::Ar)),
            ("SAR 115".into(), "402.50 ر.س".into())
        );
        assert_eq!((length(45, Locale::En), length(60, Locale::En)), ("45 minutes".into(), "1 hour".into()));
        assert_eq!((length(150, Locale::En), length(60, Locale::Ar)), ("2 hours 30 minutes".into(), "ساعة".into()));
    }
}
