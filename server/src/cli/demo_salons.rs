//! The salons of `salon demo`, set up the way salons are: by whoever sets them up, then by their owner.

use anyhow::Context;
use domain::ids::{SalonId, TreatmentId};
use domain::role::Role;
use domain::salon::SalonStatus;
use usecases::{Admin, EditOffer, EditSalon, EditService, EditStaff, EditWeek, Error, Rule, Usecases};

pub struct DemoSalon {
    pub slug: &'static str,
    name: (&'static str, &'static str),
    about: (&'static str, &'static str),
    address: (&'static str, &'static str),
    clientele: &'static str,
    /// Arabic, English, minutes, minutes after, riyals.
    services: &'static [(&'static str, &'static str, i64, i64, i64)],
    /// Arabic, English.
    staff: &'static [(&'static str, &'static str)],
    /// Weekdays from Sunday, from, until.
    week: &'static [(&'static [i64], &'static str, &'static str)],
    /// The same in Ramadan.
    ramadan: &'static [(&'static [i64], &'static str, &'static str)],
    /// Who works there besides the owner.
    people: &'static [(&'static str, Role)],
}

const EVERY_DAY: &[i64] = &[0, 1, 2, 3, 4, 5, 6];

pub const SALONS: &[DemoSalon] = &[
    DemoSalon {
        slug: "nawa",
        name: ("نوى للتجميل", "Nawa Beauty"),
        about: (
            "قص وصبغة وعناية بالأظافر في مكان هادئ، بمواعيد تمتد إلى ما بعد منتصف الليل نهاية الأسبوع.",
            "Hair, colour and nails in a quiet place, with chairs free past midnight at the end of the week.",
        ),
        address: ("حي الملقا، الرياض", "Al Malqa, Riyadh"),
        clientele: "women",
        services: &[
            ("قص شعر", "Hair cut", 60, 0, 150),
            ("استشوار", "Blow-dry", 45, 0, 120),
            ("صبغة كاملة", "Full colour", 120, 15, 450),
            ("مناكير", "Manicure", 45, 0, 90),
            ("حناء", "Henna", 30, 0, 80),
            ("مكياج سهرة", "Evening make-up", 75, 15, 400),
        ],
        staff: &[("نورة", "Noura"), ("دانة", "Dana"), ("ريما", "Rima"), ("سلمى", "Salma")],
        week: &[
            (&[0, 1, 2, 3, 6], "10:00", "14:00"),
            (&[0, 1, 2, 3, 6], "16:00", "22:00"),
            (&[4], "16:00", "02:00"),
            (&[5], "16:00", "24:00"),
        ],
        ramadan: &[(EVERY_DAY, "21:00", "02:30")],
        people: &[("+966500000012", Role::Manager), ("+966500000013", Role::Reception), ("+966500000014", Role::Stylist)],
    },
    DemoSalon {
        slug: "majlis-barbers",
        name: ("صالون المجلس", "Majlis Barbers"),
        about: ("حلاقة وعناية باللحية، بموعد أو من دونه.", "Cuts, beards and hot towels, with an appointment or without."),
        address: ("حي الروضة، جدة", "Ar Rawdah, Jeddah"),
        clientele: "men",
        services: &[
            ("قص شعر", "Hair cut", 30, 0, 60),
            ("تحديد لحية", "Beard trim", 20, 0, 40),
            ("حلاقة بالموس", "Hot shave", 30, 0, 50),
            ("قص شعر أطفال", "Children's cut", 30, 0, 45),
        ],
        staff: &[("خالد", "Khalid"), ("يوسف", "Yousef"), ("عمر", "Omar")],
        week: &[(&[0, 1, 2, 3, 6], "13:00", "24:00"), (&[4, 5], "14:00", "02:00")],
        ramadan: &[(EVERY_DAY, "20:30", "03:00")],
        people: &[],
    },
];

/// Sets a salon up that is not there yet. `admin` sets salons up, `owner` is to own it.
pub async fn open(
    uc: &Usecases,
    demo: &DemoSalon,
    admin: &Admin,
    owner: &str,
    let_in: impl AsyncFn() -> anyhow::Result<Admin>,
) -> anyhow::Result<()> {
    let text = |text: &str| Some(text.to_owned());
    let input = EditSalon {
        slug: text(demo.slug),
        name_ar: text(demo.name.0),
        name_en: text(demo.name.1),
        about_ar: text(demo.about.0),
        about_en: text(demo.about.1),
        address_ar: text(demo.address.0),
        address_en: text(demo.address.1),
        clientele: text(demo.clientele),
        ..EditSalon::default()
    };
    let id = match uc.create_salon(admin, &input).await {
        Ok(made) => made.salon.id,
        // It is there already, whatever became of it.
        Err(Error::Conflict) => return Ok(()),
        Err(error) => return Err(error).context(demo.slug),
    };
    uc.grant_salon_role(admin, id, owner, Role::Owner).await?;
    let owner = let_in().await?;
    for (phone, role) in demo.people {
        uc.grant_salon_role(&owner, id, phone, *role).await?;
    }
    fill(uc, demo, &owner, id).await?;
    uc.set_salon_status(&owner, id, SalonStatus::Live).await?;
    Ok(())
}

async fn fill(uc: &Usecases, demo: &DemoSalon, owner: &Admin, id: SalonId) -> anyhow::Result<()> {
    let text = |text: &str| Some(text.to_owned());
    let mut services: Vec<TreatmentId> = Vec::new();
    for (ar, en, minutes, after, riyals) in demo.services {
        let service = EditService {
            name_ar: text(ar),
            name_en: text(en),
            duration_min: Some(*minutes),
            buffer_after_min: Some(*after),
            price_halalas: Some(riyals * 100),
            ..EditService::default()
        };
        services.push(uc.add_service(owner, id, &service).await?.id);
    }
    for (place, (ar, en)) in demo.staff.iter().enumerate() {
        let staff = EditStaff { name_ar: text(ar), name_en: text(en), ..EditStaff::default() };
        let staff = uc.add_staff(owner, id, &staff).await?.staff.id;
        // The first does all of it and is dearer; the others leave one out.
        let own = |price: i64| (place == 0).then_some(price * 120);
        let offers: Vec<EditOffer> = services
            .iter()
            .zip(demo.services)
            .enumerate()
            .filter(|(number, _)| place == 0 || number % demo.staff.len() != place)
            .map(|(_, (service, of))| EditOffer { service: *service, price_halalas: own(of.4), duration_min: None })
            .collect();
        uc.set_staff_services(owner, id, staff, &offers).await?;
        uc.save_week(owner, id, staff, &EditWeek { rules: rules(demo.week), ..EditWeek::default() }).await?;
        let ramadan = EditWeek {
            rules: rules(demo.ramadan),
            name: text("رمضان ١٤٤٨"),
            valid_from: chrono::NaiveDate::from_ymd_opt(2027, 2, 8),
            valid_to: chrono::NaiveDate::from_ymd_opt(2027, 3, 9),
            is_confirmed: false,
        };
        uc.save_dated_week(owner, id, staff, &ramadan, None).await?;
    }
    Ok(())
}

fn rules(week: &[(&[i64], &str, &str)]) -> Vec<Rule> {
    let rule = |day: i64, start: &str, end: &str| Rule { weekday: day, start: start.to_owned(), end: end.to_owned() };
    week.iter().flat_map(|(days, start, end)| days.iter().map(move |day| rule(*day, start, end))).collect()
}
