//! Salons set up by those who run them.

use domain::permission::Permission;
use domain::role::Role;
use domain::salon::{NotLive, SalonStatus};
use domain::user::UserStatus;
use store::testing::at_once;
use store::{on_both, users};
use usecases::{Admin, EditOffer, EditSalon, EditService, EditStaff, Error, Usecases};

use crate::support::house::{House, booked, house, let_in_as};
use crate::support::staff::platform_admin;
use crate::support::{phone, salon, sign_in, wait};

const SARA: &str = "0501234567";
const OTHER: &str = "0507654321";

#[expect(clippy::unnecessary_wraps, reason = "as the fields of a form are")]
fn text(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn pointers<T: std::fmt::Debug>(outcome: Result<T, Error>) -> Vec<String> {
    match outcome {
        Err(Error::Validation(errors)) => errors.into_iter().map(|error| error.pointer).collect(),
        other => panic!("expected faults, got {other:?}"),
    }
}

async fn roles_of(uc: &Usecases, number: &str) -> Vec<Role> {
    let mut tx = uc.store().read().await.expect("connects");
    users::find_by_phone(&mut tx, &phone(number)).await.expect("reads").expect("there").roles
}

on_both! {
    async fn a_salon_goes_from_nothing_to_live(scratch) {
        let uc = salon(&scratch);
        let platform = platform_admin(&uc, "0500000001").await;
        let input = EditSalon { slug: text("Nawa Spa"), name_ar: text("نوى"), clientele: text("women"), ..EditSalon::default() };
        let made = uc.create_salon(&platform, &input).await.expect("set up");
        let id = made.salon.id;
        assert_eq!((made.salon.slug.as_str(), made.salon.status, made.lacks), ("nawa-spa", SalonStatus::Draft, Some(NotLive::NoTreatment)));
        assert!(matches!(uc.create_salon(&platform, &input).await, Err(Error::Conflict)), "the slug is taken");
        assert!(matches!(uc.add_service(&platform, id, &EditService::default()).await, Err(Error::Forbidden)), "runs no salon");

        let owner = let_in_as(&uc, &platform, id, SARA, Role::Owner).await;
        assert!(matches!(uc.create_salon(&owner, &input).await, Err(Error::Forbidden)));
        let cut = EditService { name_en: text("Cut"), duration_min: Some(45), price_halalas: Some(11_500), ..EditService::default() };
        let cut = uc.add_service(&owner, id, &cut).await.expect("added");
        let live = |admin| uc.set_salon_status(admin, id, SalonStatus::Live);
        assert!(matches!(live(&owner).await, Err(Error::NotLive(NotLive::NoStaff))));
        let staff = uc.add_staff(&owner, id, &EditStaff { name_ar: text("نورة"), ..EditStaff::default() }).await.expect("added");
        assert!(matches!(live(&owner).await, Err(Error::NotLive(NotLive::NoStaff))), "does nothing");
        let offer = EditOffer { service: cut.id, price_halalas: None, duration_min: Some(60) };
        uc.set_staff_services(&owner, id, staff.staff.id, &[offer]).await.expect("does it");
        assert_eq!(live(&owner).await.expect("live").salon.status, SalonStatus::Live);
        assert_eq!(uc.list_salons(None).await.expect("lists").items.len(), 1);

        assert!(matches!(uc.set_salon_status(&owner, id, SalonStatus::Suspended).await, Err(Error::Forbidden)));
        uc.set_salon_status(&platform, id, SalonStatus::Suspended).await.expect("out of sight");
        assert!(matches!(live(&owner).await, Err(Error::Forbidden)), "only who took it brings it back");
        uc.set_salon_status(&platform, id, SalonStatus::Live).await.expect("back");
        assert_eq!(uc.list_own_salons(&owner, None).await.expect("lists").items.len(), 1);
    }
}

on_both! {
    async fn every_fault_of_a_salon_is_told_at_once(scratch) {
        let uc = salon(&scratch);
        let house = house(&uc, 1).await;
        assert_eq!(pointers(uc.create_salon(&house.platform, &EditSalon::default()).await), ["/slug", "/name_ar"]);
        let wrong = EditSalon {
            slug: text("صالون"),
            clientele: text("cats"),
            timezone: text("Mars/Base"),
            vat_number: text("12"),
            grid_min: Some(7),
            horizon_days: Some(-1),
            confirmation: text("maybe"),
            about_en: Some("x".repeat(1_001)),
            ..EditSalon::default()
        };
        assert_eq!(
            pointers(uc.edit_salon(&house.owner, house.id(), &wrong).await),
            ["/slug", "/about_en", "/clientele", "/timezone", "/vat_number", "/horizon_days", "/grid_min", "/confirmation"]
        );
        let right = EditSalon { vat_number: text("٣٠٠٠٠٠٠٠٠٠٠٠٠٠٣"), grid_min: Some(30), address_en: text(""), ..EditSalon::default() };
        let edited = uc.edit_salon(&house.owner, house.id(), &right).await.expect("edited").salon;
        assert_eq!((edited.vat_number.as_deref(), edited.policies.grid_min), (Some("300000000000003"), 30));
        assert_eq!((edited.address.en(), edited.address.ar()), (None, Some("الرياض")));
    }
}

on_both! {
    async fn a_salon_is_not_there_for_the_people_of_another(scratch) {
        let uc = salon(&scratch);
        let house = house(&uc, 1).await;
        let other = uc.create_salon(&house.platform, &EditSalon { slug: text("other"), name_en: text("Other"), ..EditSalon::default() }).await;
        let other = other.expect("set up").salon.id;
        let manager = let_in_as(&uc, &house.owner, house.id(), SARA, Role::Manager).await;
        assert!(matches!(uc.edit_salon(&manager, house.id(), &EditSalon::default()).await, Err(Error::Forbidden)), "an owner's");
        for outcome in [
            uc.read_own_salon(&manager, other).await.map(drop),
            uc.list_own_services(&manager, other).await.map(drop),
            uc.list_own_staff(&manager, other).await.map(drop),
            uc.list_closings(&manager, other).await.map(drop),
            uc.add_staff(&manager, other, &EditStaff::default()).await.map(drop),
            uc.list_salon_grants(&manager, other).await.map(drop),
            uc.grant_salon_role(&manager, other, OTHER, Role::Stylist).await.map(drop),
            uc.edit_staff(&manager, other, house.staff(0), &EditStaff::default()).await.map(drop),
        ] {
            assert!(matches!(outcome, Err(Error::NotFound)), "{outcome:?}");
        }
        let seen = uc.read_own_salon(&manager, house.id()).await.expect("reads");
        assert!(seen.may(Permission::StaffManage) && !seen.may(Permission::SalonManage));
    }
}

on_both! {
    async fn a_role_in_a_salon_is_one_of_the_person_until_the_last_salon_of_it(scratch) {
        let uc = salon(&scratch);
        let house = house(&uc, 1).await;
        let other = uc.create_salon(&house.platform, &EditSalon { slug: text("other"), name_en: text("Other"), ..EditSalon::default() }).await;
        let other = other.expect("set up").salon.id;
        let other_owner = let_in_as(&uc, &house.platform, other, OTHER, Role::Owner).await;
        let sara = sign_in(&uc, SARA).await.user.id;
        let number = "+966501234567";
        for (owner, salon) in [(&house.owner, house.id()), (&other_owner, other)] {
            let user = uc.grant_salon_role(owner, salon, SARA, Role::Stylist).await.expect("granted");
            assert_eq!(user.roles, [Role::Stylist]);
            uc.grant_salon_role(owner, salon, SARA, Role::Stylist).await.expect("has it already");
        }
        uc.revoke_salon_role(&house.owner, house.id(), sara, Role::Stylist).await.expect("taken");
        assert_eq!(roles_of(&uc, number).await, [Role::Stylist], "still one in the other");
        assert!(matches!(uc.revoke_salon_role(&house.owner, house.id(), sara, Role::Stylist).await, Err(Error::NotFound)));
        uc.revoke_salon_role(&other_owner, other, sara, Role::Stylist).await.expect("taken");
        assert!(roles_of(&uc, number).await.is_empty());
    }
}

on_both! {
    async fn who_is_granted_a_role_by_phone_is_added_and_never_verified(scratch) {
        let uc = salon(&scratch);
        let house = house(&uc, 1).await;
        let user = uc.grant_salon_role(&house.owner, house.id(), SARA, Role::Reception).await.expect("granted");
        assert_eq!((user.status, user.is_phone_verified, user.roles.len()), (UserStatus::Pending, false, 0));
        assert_eq!(sign_in(&uc, SARA).await.user.id, user.id);
        assert_eq!(roles_of(&uc, "+966501234567").await, [Role::Reception], "in force once they proved the phone");
        assert!(matches!(uc.grant_salon_role(&house.owner, house.id(), "12", Role::Stylist).await, Err(Error::InvalidPhone(_))));
        assert_eq!(pointers(uc.grant_salon_role(&house.owner, house.id(), SARA, Role::PlatformAdmin).await), ["/role"]);
        wait(&uc, 601);
        assert!(matches!(uc.grant_salon_role(&house.owner, house.id(), SARA, Role::Stylist).await, Err(Error::StepUpRequired)));
    }
}

on_both! {
    async fn roles_are_granted_from_above(scratch) {
        let uc = salon(&scratch);
        let house = house(&uc, 1).await;
        let manager = let_in_as(&uc, &house.owner, house.id(), SARA, Role::Manager).await;
        let grant = |admin: Admin, role| {
            let (uc, id) = (uc.clone(), house.id());
            async move { uc.grant_salon_role(&admin, id, OTHER, role).await.map(drop) }
        };
        for role in [Role::Reception, Role::Stylist] {
            grant(manager.clone(), role).await.expect("below a manager's own");
            assert!(matches!(grant(house.platform.clone(), role).await, Err(Error::Forbidden)), "names owners only");
        }
        for role in [Role::Owner, Role::Manager] {
            assert!(matches!(grant(manager.clone(), role).await, Err(Error::Forbidden)));
            grant(house.owner.clone(), role).await.expect("an owner grants all");
        }
        let reception = let_in_as(&uc, &house.owner, house.id(), "0509999999", Role::Reception).await;
        assert!(matches!(grant(reception, Role::Stylist).await, Err(Error::Forbidden)));
    }
}

async fn owners(uc: &Usecases, house: &House, count: usize) -> Vec<Admin> {
    let mut owners = vec![house.owner.clone()];
    for number in 1..count {
        let phone = format!("050000002{number}");
        owners.push(let_in_as(uc, &house.owner, house.id(), &phone, Role::Owner).await);
    }
    owners
}

on_both! {
    async fn the_last_owner_stays_however_many_go_at_once(scratch) {
        let uc = salon(&scratch);
        let house = house(&uc, 1).await;
        let id = house.id();
        // Somebody who has not proved their phone owns nothing yet.
        uc.grant_salon_role(&house.owner, id, SARA, Role::Owner).await.expect("granted");
        let owners = owners(&uc, &house, 4).await;
        let outcomes = at_once(owners.len(), |place| {
            let (uc, admin) = (uc.clone(), owners[place].clone());
            async move {
                let me = uc.list_salon_grants(&admin, id).await?;
                let own = me.iter().filter(|holder| holder.role == Role::Owner && holder.user.is_phone_verified).nth(place);
                let Some(own) = own.map(|holder| holder.user.id) else { return Err(Error::NotFound) };
                uc.revoke_salon_role(&admin, id, own, Role::Owner).await
            }
        })
        .await;
        let left = uc.list_salon_grants(&house.platform, id).await.expect("lists");
        let left = left.iter().filter(|holder| holder.role == Role::Owner && holder.user.is_phone_verified).count();
        assert!(left >= 1, "{outcomes:?}");
        assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 4 - left, "{outcomes:?}");
    }
}

on_both! {
    async fn services_are_edited_and_what_was_booked_is_not_removed(scratch) {
        let uc = salon(&scratch);
        let house = house(&uc, 1).await;
        let id = house.id();
        let wrong = EditService {
            name_ar: text(" "), name_en: text(" "), duration_min: Some(7), price_halalas: Some(-1), buffer_after_min: Some(3),
            ..EditService::default()
        };
        assert_eq!(pointers(uc.add_service(&house.owner, id, &wrong).await), [
            "/name_ar", "/duration_min", "/price_halalas", "/buffer_after_min"
        ]);
        assert_eq!(pointers(uc.add_service(&house.owner, id, &EditService { name_en: text("Cut"), ..EditService::default() }).await), [
            "/duration_min", "/price_halalas"
        ]);
        let cut = house.open.treatments[0].id;
        let edit = EditService { price_halalas: Some(20_000), is_active: Some(false), ..EditService::default() };
        let edited = uc.edit_service(&house.owner, id, cut, &edit).await.expect("edited");
        assert_eq!((edited.terms.price.get(), edited.is_active, edited.terms.duration.get()), (20_000, false, 45));
        assert_eq!(uc.list_own_services(&house.owner, id).await.expect("lists").len(), 2);
        uc.remove_service(&house.owner, id, cut).await.expect("never booked");
        assert!(matches!(uc.remove_service(&house.owner, id, cut).await, Err(Error::NotFound)));
    }
}

on_both! {
    async fn staff_need_a_name_to_be_booked_and_are_let_go_with_their_bookings_known(scratch) {
        let uc = salon(&scratch);
        let house = house(&uc, 1).await;
        let (id, one) = (house.id(), house.staff(0));
        let nameless = EditStaff { name_ar: text(""), name_en: text(""), ..EditStaff::default() };
        assert_eq!(pointers(uc.edit_staff(&house.owner, id, one, &nameless).await), ["/name_ar"]);
        let stranger = sign_in(&uc, OTHER).await.user.id;
        let linked = EditStaff { user: Some(Some(stranger)), ..EditStaff::default() };
        assert_eq!(pointers(uc.edit_staff(&house.owner, id, one, &linked).await), ["/user_id"]);
        uc.grant_salon_role(&house.owner, id, OTHER, Role::Stylist).await.expect("granted");
        assert_eq!(uc.edit_staff(&house.owner, id, one, &linked).await.expect("linked").staff.user_id, Some(stranger));
        let twice = EditStaff { name_en: text("Again"), ..linked };
        assert!(matches!(uc.add_staff(&house.owner, id, &twice).await, Err(Error::Conflict)));

        let booking = booked(&scratch, &house, one, stranger, "2027-01-17T07:00:00Z", "2027-01-17T08:00:00Z").await;
        let go = EditStaff { is_archived: Some(true), ..EditStaff::default() };
        match uc.edit_staff(&house.owner, id, one, &go).await {
            Err(Error::HitsBookings(hits)) => assert_eq!(hits.iter().map(|hit| hit.booking).collect::<Vec<_>>(), [booking]),
            other => panic!("expected to be asked, got {other:?}"),
        }
        let gone = uc.edit_staff(&house.owner, id, one, &EditStaff { is_confirmed: true, ..go }).await.expect("gone");
        assert!(gone.staff.archived_at.is_some());
        assert!(uc.list_salon_staff("salon-1").await.expect("lists").is_empty());
        let offer = EditOffer { service: domain::ids::TreatmentId(uuid::Uuid::nil()), price_halalas: None, duration_min: None };
        assert_eq!(pointers(uc.set_staff_services(&house.owner, id, one, &[offer]).await), ["/services/0/service_id"]);
    }
}
