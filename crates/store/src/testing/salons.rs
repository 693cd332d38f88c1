//! A salon to try things in.

use chrono::{DateTime, Utc, Weekday};
use domain::ids::{SalonId, ScheduleId, StaffId, TreatmentId};
use domain::money::{Halalas, VatRate};
use domain::naming::{Blurb, Naming};
use domain::salon::{Clientele, Policies, SalonStatus, Slug};
use domain::schedule::{Hours, Schedule, Wall, Week};
use domain::treatment::{Buffers, Minutes, Terms};
use uuid::Uuid;

use crate::salons::Salon;
use crate::schedules::StaffSchedule;
use crate::staff::Staff;
use crate::staff_treatments::Offer;
use crate::treatments::Treatment;
use crate::{Store, salons, schedules, staff, staff_treatments, treatments};

/// A live salon in Riyadh and what is in it.
#[derive(Clone, Debug)]
pub struct OpenSalon {
    /// Slug `salon-<number>`, the policies every salon starts with.
    pub salon: Salon,
    /// A cut of 45 minutes for 115 riyals, and a colour of 120 minutes with 15 minutes after it for 402.50.
    pub treatments: Vec<Treatment>,
    /// So many as were asked for; all do both.
    pub staff: Vec<Staff>,
}

/// Opens a live salon with two treatments and `people` members of staff, who work Saturday to Wednesday from 10:00 to 22:00 and Thursday
/// from 16:00 until 02:00, and are off on Fridays. Another `number` is another salon.
///
/// # Panics
/// When the database refuses.
pub async fn open_salon(store: &Store, number: u32, people: u32, now: DateTime<Utc>) -> OpenSalon {
    let id = |kind: u32, place: u32| Uuid::from_u128(u128::from(kind) << 96 | u128::from(number) << 32 | u128::from(place));
    let salon = Salon {
        id: SalonId(id(0xA0, 0)),
        slug: Slug::parse(&format!("salon-{number}")).expect("a slug"),
        name: Naming::new(&format!("صالون {number}"), &format!("Salon {number}")).expect("named"),
        about: Blurb::default(),
        address: Blurb::new("الرياض", "Riyadh").expect("short"),
        clientele: Clientele::Women,
        wall: Wall::parse("Asia/Riyadh").expect("a zone"),
        vat_number: None,
        policies: Policies::default(),
        status: SalonStatus::Live,
        created_at: now,
        updated_at: now,
    };
    let treatment = |place: u32, (ar, en): (&str, &str), (length, after, price)| Treatment {
        id: TreatmentId(id(0xB0, place)),
        salon_id: salon.id,
        name: Naming::new(ar, en).expect("named"),
        terms: Terms {
            duration: Minutes::new(length).expect("a length"),
            buffers: Buffers::new(0, after).expect("buffers"),
            price: Halalas::new(price).expect("a price"),
            vat_rate: VatRate::STANDARD,
        },
        position: i64::from(place),
        is_active: true,
        created_at: now,
        updated_at: now,
    };
    let treatments =
        vec![treatment(0, ("قص شعر", "Hair cut"), (45, 0, 11_500)), treatment(1, ("صبغة", "Colour"), (120, 15, 40_250))];
    let member = |place: u32| Staff {
        id: StaffId(id(0xC0, place)),
        salon_id: salon.id,
        user_id: None,
        name: Naming::new(&format!("موظفة {place}"), &format!("Stylist {place}")),
        position: i64::from(place),
        is_bookable: true,
        archived_at: None,
        created_at: now,
        updated_at: now,
    };
    let staff: Vec<Staff> = (0..people).map(member).collect();

    let mut tx = store.write().await.expect("begins");
    salons::insert(&mut tx, &salon).await.expect("a new salon");
    for one in &treatments {
        treatments::insert(&mut tx, one).await.expect("a new treatment");
    }
    for (place, one) in (0..).zip(&staff) {
        staff::insert(&mut tx, one).await.expect("a new member of staff");
        for treatment in &treatments {
            let offer = Offer { staff_id: one.id, treatment_id: treatment.id, price: None, duration: None };
            staff_treatments::insert(&mut tx, &offer).await.expect("a new offer");
        }
        let schedule = Schedule { valid_from: None, valid_to: None, week: ordinary_week() };
        let week = StaffSchedule { id: ScheduleId(id(0xD0, place)), staff_id: one.id, name: None, schedule };
        schedules::insert(&mut tx, &week, now).await.expect("a new week");
    }
    tx.commit().await.expect("commits");
    OpenSalon { salon, treatments, staff }
}

/// Saturday to Wednesday from 10:00 to 22:00, Thursday from 16:00 until 02:00.
fn ordinary_week() -> Week {
    use Weekday::{Mon, Sat, Sun, Thu, Tue, Wed};
    let hours = |start, end| Hours::from_clock(start, end).expect("hours");
    let days = [Sat, Sun, Mon, Tue, Wed].map(|day| (day, hours("10:00", "22:00")));
    Week::new(days.into_iter().chain([(Thu, hours("16:00", "02:00"))])).expect("nothing overlaps")
}
