//! Salons and those who run them.

use chrono::{DateTime, Utc};
use domain::ids::{BookingId, SalonId, StaffId, UserId};
use domain::role::Role;
use domain::session::Session;
use store::testing::salons::{OpenSalon, open_salon};
use store::testing::{Raw, Scratch};
use store::{Backend, sessions};
use usecases::{Actor, Admin, Usecases};
use uuid::Uuid;

use super::sign_in;
use super::staff::platform_admin;

pub const PLATFORM: &str = "0500000001";
pub const OWNER: &str = "0500000011";

/// A live salon with two treatments and so many staff, and who owns it.
pub struct House {
    pub open: OpenSalon,
    pub platform: Admin,
    pub owner: Admin,
}

impl House {
    pub fn id(&self) -> SalonId {
        self.open.salon.id
    }

    pub fn staff(&self, place: usize) -> StaffId {
        self.open.staff[place].id
    }
}

pub async fn house(uc: &Usecases, people: u32) -> House {
    let open = open_salon(uc.store(), 1, people, uc.clock().now()).await;
    let platform = platform_admin(uc, PLATFORM).await;
    let owner = let_in_as(uc, &platform, open.salon.id, OWNER, Role::Owner).await;
    House { open, platform, owner }
}

/// Somebody with a role in a salon who has just shown a second factor.
pub async fn let_in_as(uc: &Usecases, by: &Admin, salon: SalonId, phone: &str, role: Role) -> Admin {
    let id = sign_in(uc, phone).await;
    uc.grant_salon_role(by, salon, phone, role).await.expect("granted");
    let now = uc.clock().now();
    uc.store().apply_one(sessions::update_second_factor(id.session.id, now)).await.expect("shown");
    let mut tx = uc.store().read().await.expect("connects");
    let user = store::users::find(&mut tx, id.user.id).await.expect("reads").expect("there");
    let session = Session { second_factor_at: Some(now), ..id.session };
    uc.admin_actor(Some(Actor { user, session })).expect("let in")
}

/// Writes a confirmed booking of somebody as it stands in the table.
pub async fn booked(scratch: &Scratch, house: &House, staff: StaffId, customer: UserId, from: &str, to: &str) -> BookingId {
    let mut raw = Raw::connect(&scratch.url).await;
    let number = raw.number("SELECT CAST(count(*) AS BIGINT) FROM bookings").await;
    let id = Uuid::from_u128(0xB00C_0000 + u128::try_from(number).expect("not negative"));
    let backend = raw.backend();
    let literal = |id: Uuid| match backend {
        Backend::Sqlite => format!("X'{}'", id.simple()),
        Backend::Postgres => format!("'{id}'"),
    };
    let no = if backend == Backend::Sqlite { "0" } else { "FALSE" };
    let at = |text: &str| text.parse::<DateTime<Utc>>().expect("an instant").format("%Y-%m-%dT%H:%M:%S%.6fZ").to_string();
    let (from, to) = (at(from), at(to));
    let date = &from[..10];
    raw.run(&format!(
        "INSERT INTO bookings (booking_id, code, salon_id, staff_id, customer_id, starts_at, ends_at, blocked_from, blocked_to,
        business_date, status, is_overbooked, source, version, changed_at, created_at)
        VALUES ({}, 'B{number}', {}, {}, {}, '{from}', '{to}', '{from}', '{to}', '{date}', 'confirmed', {no}, 'web', 1, '{from}', '{from}')",
        literal(id),
        literal(house.id().0),
        literal(staff.0),
        literal(customer.0),
    ))
    .await;
    BookingId(id)
}
