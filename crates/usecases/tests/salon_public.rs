//! What the public sees of salons, and when a service can still be booked.

use chrono::{Datelike, NaiveDate, TimeDelta, Weekday};
use domain::ids::{StaffId, TreatmentId};
use domain::salon::SalonStatus;
use store::testing::Scratch;
use store::{on_both, salons, staff, treatments};
use usecases::{AskAvailability, Availability, Error, Usecases};
use uuid::Uuid;

use crate::support::house::{House, booked, house};
use crate::support::{salon, sign_in};

const CUSTOMER: &str = "0501234567";

fn date(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

fn ask(house: &House, place: usize, from: &str, days: u16) -> AskAvailability {
    AskAvailability { service: house.open.treatments[place].id, staff: None, from: Some(date(from)), days }
}

async fn find(uc: &Usecases, ask: AskAvailability) -> Availability {
    uc.read_availability("salon-1", ask).await.expect("available")
}

async fn change<T>(scratch: &Scratch, what: impl AsyncFnOnce(&mut store::Tx) -> T) -> T {
    let mut tx = scratch.store.write().await.expect("begins");
    let outcome = what(&mut tx).await;
    tx.commit().await.expect("commits");
    outcome
}

on_both! {
    async fn only_live_salons_are_seen_and_by_their_own_address(scratch) {
        let uc = salon(&scratch);
        let house = house(&uc, 1).await;
        let page = uc.list_salons(None).await.expect("lists");
        assert_eq!((page.items.len(), page.next), (1, None));
        assert!(uc.list_salons(Some("salon-1")).await.expect("lists").items.is_empty());
        for slug in ["Salon-1", "salon-2", "", "a/b"] {
            assert!(matches!(uc.read_salon(slug).await, Err(Error::NotFound)), "{slug}");
        }
        uc.set_salon_status(&house.platform, house.id(), SalonStatus::Suspended).await.expect("suspends");
        assert!(matches!(uc.read_salon("salon-1").await, Err(Error::NotFound)));
        assert!(matches!(uc.list_salon_staff("salon-1").await, Err(Error::NotFound)));
        assert!(matches!(uc.list_salon_services("salon-1").await, Err(Error::NotFound)));
        assert!(matches!(uc.read_salon_front("salon-1").await, Err(Error::NotFound)));
        assert!(matches!(uc.read_availability("salon-1", ask(&house, 0, "2027-01-17", 1)).await, Err(Error::NotFound)));
        assert!(uc.list_salons(None).await.expect("lists").items.is_empty());
    }
}

on_both! {
    async fn the_public_sees_who_has_a_name_and_what_somebody_does(scratch) {
        let uc = salon(&scratch);
        let house = house(&uc, 3).await;
        let front = uc.read_salon_front("salon-1").await.expect("reads");
        assert_eq!((front.services.len(), front.staff.len(), front.week.len()), (2, 3, 7));
        let thursday = front.week.iter().find(|day| day.date.weekday() == Weekday::Thu).expect("a week has one");
        assert_eq!(thursday.hours[0].to_clock(), ("16:00".to_owned(), "02:00".to_owned()), "joined over the staff");
        assert!(front.week.iter().any(|day| day.date.weekday() == Weekday::Fri && day.hours.is_empty()));
        change(&scratch, async |tx| {
            let [one, other, _] = house.open.staff.as_slice() else { panic!("three") };
            staff::update(tx, &staff::Staff { name: None, is_bookable: false, ..one.clone() }).await.expect("hidden");
            staff::update(tx, &staff::Staff { archived_at: Some(uc.clock().now()), ..other.clone() }).await.expect("gone");
            let off = treatments::Treatment { is_active: false, ..house.open.treatments[0].clone() };
            treatments::update(tx, &off).await.expect("off");
        })
        .await;
        let staff = uc.list_salon_staff("salon-1").await.expect("lists");
        assert_eq!(staff.iter().map(|one| one.id).collect::<Vec<_>>(), [house.staff(2)]);
        assert_eq!(staff[0].treatments, [house.open.treatments[1].id]);
        assert_eq!(uc.list_salon_services("salon-1").await.expect("lists"), house.open.treatments[1..]);
    }
}

on_both! {
    async fn any_staff_says_who_is_free_at_each_slot(scratch) {
        let uc = salon(&scratch);
        let house = house(&uc, 2).await;
        let customer = sign_in(&uc, CUSTOMER).await.user.id;
        // A Sunday, 10:00 to 22:00; Riyadh is three hours ahead.
        let all = find(&uc, ask(&house, 0, "2027-01-17", 1)).await;
        assert_eq!(all.slots.len(), 46, "the last cut begins at 21:15");
        assert!(all.slots.iter().all(|slot| slot.staff == [house.staff(0), house.staff(1)]));
        booked(&scratch, &house, house.staff(0), customer, "2027-01-17T07:00:00Z", "2027-01-17T08:00:00Z").await;
        let all = find(&uc, ask(&house, 0, "2027-01-17", 1)).await;
        assert_eq!(all.slots[0].staff, [house.staff(1)]);
        assert_eq!(all.slots[4].staff, [house.staff(0), house.staff(1)], "what ends when it begins does not block");
        let one = AskAvailability { staff: Some(house.staff(0)), ..ask(&house, 0, "2027-01-17", 1) };
        let one = find(&uc, one).await;
        assert_eq!((one.slots.len(), one.candidates.len()), (42, 1));
        let colour = find(&uc, ask(&house, 1, "2027-01-17", 1)).await;
        assert_eq!(colour.slots.last().map(|slot| slot.slot.minute), Some(1185), "and the time after it fits too");
    }
}

on_both! {
    async fn a_slot_after_midnight_is_of_the_day_before_and_notice_and_horizon_bound_all(scratch) {
        let uc = salon(&scratch);
        let house = house(&uc, 1).await;
        // Friday is off: what there is in its small hours is Thursday's.
        let thursday = find(&uc, ask(&house, 0, "2027-01-21", 2)).await;
        let last = thursday.slots.last().expect("some").slot;
        assert_eq!((last.date, last.minute), (date("2027-01-21"), 1515));
        let now = uc.clock().now();
        let soon = find(&uc, AskAvailability { from: None, ..ask(&house, 0, "2027-01-21", 31) }).await;
        assert!(soon.slots.iter().all(|slot| slot.slot.starts_at >= now + TimeDelta::minutes(60)));
        let far = find(&uc, ask(&house, 0, "2027-03-01", 31)).await;
        assert!(far.slots.iter().all(|slot| slot.slot.starts_at <= now + TimeDelta::days(60)));
        change(&scratch, async |tx| {
            let mut salon = house.open.salon.clone();
            salon.policies.horizon_days = 1;
            salons::update(tx, &salon).await.expect("nearer");
        })
        .await;
        assert!(find(&uc, ask(&house, 0, "2027-03-01", 31)).await.slots.is_empty());
    }
}

on_both! {
    async fn what_is_not_there_is_not_available(scratch) {
        let uc = salon(&scratch);
        let house = house(&uc, 1).await;
        let good = ask(&house, 0, "2027-01-17", 7);
        let nobody = AskAvailability { staff: Some(StaffId(Uuid::nil())), ..good };
        let nothing = AskAvailability { service: TreatmentId(Uuid::nil()), ..good };
        for ask in [nobody, nothing] {
            assert!(matches!(uc.read_availability("salon-1", ask).await, Err(Error::NotFound)));
        }
        for days in [0, 32] {
            assert!(matches!(uc.read_availability("salon-1", AskAvailability { days, ..good }).await, Err(Error::Validation(_))));
        }
        assert!(matches!(
            uc.read_availability("salon-1", AskAvailability { from: Some(NaiveDate::MAX), ..good }).await,
            Err(Error::Validation(_))
        ));
    }
}
