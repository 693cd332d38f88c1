//! The gate of a salon's desk, by the name of the salon in addresses, and what is chosen from there.

use domain::ids::{SalonId, StaffId};
use domain::permission::Permission;
use domain::salon::Slug;
use store::salons::Salon;
use store::staff::Staff;
use store::staff_treatments::Offer;
use store::treatments::Treatment;
use store::{Tx, salon_grants, salons, staff, staff_treatments, treatments};

use crate::{Admin, Error, Usecases};

/// Salons that somebody works in; more are found by their addresses.
const MOST_SALONS: u32 = 50;

/// A salon, and what whoever is at its desk may do there.
#[derive(Clone, Debug)]
pub struct SalonDesk {
    /// Where.
    pub salon: Salon,
    /// Whether they see whole phones.
    pub may_view_phone: bool,
    /// Whether they put a booking over another, and put right what was said of a visit.
    pub may_overbook: bool,
    /// Whether they decide on reviews.
    pub may_decide: bool,
    /// As whom they work, when they see and do nothing but that.
    pub own: Option<StaffId>,
}

/// What a booking is put together from.
#[derive(Clone, Debug)]
pub struct DeskMenu {
    /// Where, and who asks.
    pub desk: SalonDesk,
    /// What can be booked, in the order of the salon.
    pub treatments: Vec<Treatment>,
    /// With whom.
    pub staff: Vec<Staff>,
    /// Who does what.
    pub offers: Vec<Offer>,
}

impl DeskMenu {
    /// Whether somebody does it.
    pub fn does(&self, staff: StaffId, treatment: &Treatment) -> bool {
        self.offers.iter().any(|offer| offer.staff_id == staff && offer.treatment_id == treatment.id)
    }
}

impl Usecases {
    /// The salons in whose desk the caller has a say, by their slugs.
    ///
    /// # Errors
    /// `Forbidden`, `Unavailable`.
    pub async fn list_desk_salons(&self, admin: &Admin) -> Result<Vec<Salon>, Error> {
        let actor = admin.require(Permission::BookingOwn)?;
        let mut tx = self.parts.store.read().await?;
        Ok(salons::list_of_user(&mut tx, actor.user.id, None, MOST_SALONS).await?)
    }

    /// A salon for whoever works at its desk.
    ///
    /// # Errors
    /// `Forbidden`, `NotFound`, `Unavailable`.
    pub async fn read_desk(&self, admin: &Admin, slug: &str) -> Result<SalonDesk, Error> {
        self.desk_of(&mut self.parts.store.read().await?, admin, slug).await
    }

    /// What can be booked at a desk.
    ///
    /// # Errors
    /// `Forbidden`, `NotFound`, `Unavailable`.
    pub async fn read_desk_menu(&self, admin: &Admin, slug: &str) -> Result<DeskMenu, Error> {
        let mut tx = self.parts.store.read().await?;
        let desk = self.desk_of(&mut tx, admin, slug).await?;
        let id = desk.salon.id;
        let offers = staff_treatments::list(&mut tx, id).await?;
        let is_shown = |one: &Staff| one.archived_at.is_none() && one.is_bookable && desk.own.is_none_or(|own| own == one.id);
        let staff: Vec<_> = staff::list(&mut tx, id).await?.into_iter().filter(is_shown).collect();
        let is_done = |treatment: &Treatment| {
            let mut doers = offers.iter().filter(|offer| offer.treatment_id == treatment.id);
            treatment.is_active && doers.any(|offer| staff.iter().any(|one| one.id == offer.staff_id))
        };
        let treatments = treatments::list(&mut tx, id).await?.into_iter().filter(is_done).collect();
        Ok(DeskMenu { desk, treatments, staff, offers })
    }

    /// The gate: a role in that very salon. Whoever has none anywhere is refused before anything is looked up.
    pub(super) async fn desk_of(&self, tx: &mut Tx, admin: &Admin, slug: &str) -> Result<SalonDesk, Error> {
        admin.require(Permission::BookingOwn)?;
        let slug = Slug::parse(slug).ok_or(Error::NotFound)?;
        let salon = salons::find_by_slug(tx, &slug).await?.ok_or(Error::NotFound)?;
        let at = self.at_desk(tx, admin, salon.id, Permission::BookingManage).await?;
        let user = at.actor.user.id;
        let roles = salon_grants::list_roles(tx, salon.id, user).await?;
        let may = |permission| roles.iter().any(|role| role.may(permission));
        let own = if at.is_everybodys { None } else { Some(own_place(tx, salon.id, user).await?) };
        Ok(SalonDesk {
            may_view_phone: at.may_view_phone,
            may_overbook: may(Permission::BookingOverbook),
            may_decide: may(Permission::CatalogueEdit),
            own,
            salon,
        })
    }
}

/// As whom somebody works in a salon who may do nothing else there.
async fn own_place(tx: &mut Tx, salon: SalonId, user: domain::ids::UserId) -> Result<StaffId, Error> {
    let all = staff::list_of_user(tx, user).await?;
    all.into_iter().find(|staff| staff.salon_id == salon).map(|staff| staff.id).ok_or(Error::Forbidden)
}
