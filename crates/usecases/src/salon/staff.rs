//! Who works in a salon, and what they do.

use domain::error::FieldError;
use domain::ids::{SalonId, StaffId, TreatmentId, UserId};
use domain::money::Halalas;
use domain::naming::Naming;
use domain::permission::Permission;
use domain::treatment::Minutes;
use serde_json::json;
use store::staff::{self, Staff};
use store::staff_treatments::{self, Offer};
use store::{StoreError, Tx, calendars, salon_grants, salons, treatments};

use super::fields::{Faults, wrong};
use super::hours::{Hit, hit};
use crate::{Admin, Error, Usecases};

/// What is filled in of a member of staff. What is `None` stays as it is; an empty name clears.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EditStaff {
    /// What the public calls them, in Arabic.
    pub name_ar: Option<String>,
    /// The same in English.
    pub name_en: Option<String>,
    /// Who signs in as them: somebody with a role in the salon, or nobody.
    pub user: Option<Option<UserId>>,
    /// Their place in lists.
    pub position: Option<i64>,
    /// Whether the public may book them. Nobody without a name.
    pub is_bookable: Option<bool>,
    /// Whether they are gone.
    pub is_archived: Option<bool>,
    /// That bookings with who goes are known.
    pub is_confirmed: bool,
}

/// A treatment that a member of staff is to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EditOffer {
    /// What.
    pub service: TreatmentId,
    /// Their own price.
    pub price_halalas: Option<i64>,
    /// Their own length.
    pub duration_min: Option<i64>,
}

/// A member of staff and what they do.
#[derive(Clone, Debug)]
pub struct OwnStaff {
    /// Who.
    pub staff: Staff,
    /// What they do.
    pub offers: Vec<Offer>,
}

impl Usecases {
    /// Everybody who works or worked in a salon, in its order.
    ///
    /// # Errors
    /// `NotFound`, `Unavailable`.
    pub async fn list_own_staff(&self, admin: &Admin, salon: SalonId) -> Result<Vec<OwnStaff>, Error> {
        let mut tx = self.parts.store.read().await?;
        admin.require_any_in(&mut tx, salon).await?;
        let offers = staff_treatments::list(&mut tx, salon).await?;
        let of = |id: StaffId| offers.iter().filter(|offer| offer.staff_id == id).copied().collect();
        let all = staff::list(&mut tx, salon).await?;
        Ok(all.into_iter().map(|staff| OwnStaff { offers: of(staff.id), staff }).collect())
    }

    /// Adds a member of staff, who does nothing and is never there until that is said.
    ///
    /// # Errors
    /// `Forbidden`, `NotFound`, `Validation`, `Conflict` (that person works there already), `Unavailable`.
    pub async fn add_staff(&self, admin: &Admin, salon: SalonId, input: &EditStaff) -> Result<OwnStaff, Error> {
        let now = self.parts.clock.now();
        let mut tx = self.parts.store.write().await?;
        let actor = admin.require_in(&mut tx, salon, Permission::StaffManage).await?;
        salons::lock(&mut tx, salon).await?.ok_or(Error::NotFound)?;
        let last = staff::list(&mut tx, salon).await?.last().map_or(0, |last| last.position + 1);
        let blank = Staff {
            id: self.parts.rng.id_v7::<StaffId>(now),
            salon_id: salon,
            user_id: None,
            name: None,
            position: last,
            is_bookable: false,
            archived_at: None,
            created_at: now,
            updated_at: now,
        };
        // Whoever is added with a name is there to be booked, unless it is said that they are not.
        let wants_name = [&input.name_ar, &input.name_en].into_iter().flatten().any(|name| !name.trim().is_empty());
        let is_bookable = Some(input.is_bookable.unwrap_or(wants_name));
        let staff = self.edited(&mut tx, &blank, &EditStaff { is_bookable, ..input.clone() }).await?;
        staff::insert(&mut tx, &staff).await.map_err(works_there)?;
        let detail = json!({ "salon_id": salon, "staff_id": staff.id });
        self.audit_admin(&mut tx, actor, "staff_added", staff.user_id, detail).await?;
        tx.commit().await?;
        Ok(OwnStaff { staff, offers: Vec::new() })
    }

    /// Edits a member of staff, lets them go or takes them back. Letting go somebody with bookings asks first.
    ///
    /// # Errors
    /// `Forbidden`, `NotFound`, `Validation`, `Conflict` (that person works there already), `HitsBookings`, `Unavailable`.
    pub async fn edit_staff(&self, admin: &Admin, salon: SalonId, id: StaffId, input: &EditStaff) -> Result<OwnStaff, Error> {
        let now = self.parts.clock.now();
        let mut tx = self.parts.store.write().await?;
        let actor = admin.require_in(&mut tx, salon, Permission::StaffManage).await?;
        salons::lock(&mut tx, salon).await?.ok_or(Error::NotFound)?;
        let was = staff::find(&mut tx, salon, id).await?.ok_or(Error::NotFound)?;
        let mut staff = self.edited(&mut tx, &was, input).await?;
        if staff.archived_at.is_some() && was.archived_at.is_none() && !input.is_confirmed {
            let left = calendars::list_standing(&mut tx, salon, Some(id), now).await?;
            let hits: Vec<Hit> = left.into_iter().map(|one| hit(one, std::slice::from_ref(&was))).collect();
            if !hits.is_empty() {
                return Err(Error::HitsBookings(hits));
            }
        }
        if staff != was {
            staff.updated_at = now;
            staff::update(&mut tx, &staff).await.map_err(works_there)?;
            let detail = json!({ "salon_id": salon, "staff_id": id, "is_bookable": staff.is_bookable,
                "is_archived": staff.archived_at.is_some() });
            self.audit_admin(&mut tx, actor, "staff_changed", staff.user_id, detail).await?;
        }
        let offers = staff_treatments::list(&mut tx, salon).await?.into_iter().filter(|offer| offer.staff_id == id).collect();
        tx.commit().await?;
        Ok(OwnStaff { staff, offers })
    }

    /// Says what a member of staff does: all of it at once. What is booked with them already stays.
    ///
    /// # Errors
    /// `Forbidden`, `NotFound`, `Validation`, `Unavailable`.
    pub async fn set_staff_services(
        &self,
        admin: &Admin,
        salon: SalonId,
        id: StaffId,
        wanted: &[EditOffer],
    ) -> Result<OwnStaff, Error> {
        let mut tx = self.parts.store.write().await?;
        let actor = admin.require_in(&mut tx, salon, Permission::StaffManage).await?;
        salons::lock(&mut tx, salon).await?.ok_or(Error::NotFound)?;
        let staff = staff::find(&mut tx, salon, id).await?.ok_or(Error::NotFound)?;
        let known = treatments::list(&mut tx, salon).await?;
        let mut faults = Faults::default();
        let mut offers: Vec<Offer> = Vec::with_capacity(wanted.len());
        for (place, one) in wanted.iter().enumerate() {
            let is_known = known.iter().any(|treatment| treatment.id == one.service);
            if !is_known || offers.iter().any(|offer| offer.treatment_id == one.service) {
                faults.say(&format!("/services/{place}/service_id"), FieldError::NotOffered);
                continue;
            }
            let price = format!("/services/{place}/price_halalas");
            let duration = format!("/services/{place}/duration_min");
            offers.push(Offer {
                staff_id: id,
                treatment_id: one.service,
                price: one.price_halalas.and_then(|number| faults.number(&price, number, Halalas::new)),
                duration: one.duration_min.and_then(|number| faults.number(&duration, number, Minutes::new)),
            });
        }
        faults.finish()?;
        staff_treatments::delete_for_staff(&mut tx, id).await?;
        for offer in &offers {
            staff_treatments::insert(&mut tx, offer).await?;
        }
        let services: Vec<_> = offers.iter().map(|offer| offer.treatment_id).collect();
        let detail = json!({ "salon_id": salon, "staff_id": id, "service_ids": services });
        self.audit_admin(&mut tx, actor, "staff_services_changed", staff.user_id, detail).await?;
        tx.commit().await?;
        Ok(OwnStaff { staff, offers })
    }

    async fn edited(&self, tx: &mut Tx, was: &Staff, input: &EditStaff) -> Result<Staff, Error> {
        let mut staff = was.clone();
        let mut faults = Faults::default();
        let ar = input.name_ar.as_deref().or_else(|| was.name.as_ref().and_then(Naming::ar)).unwrap_or_default();
        let en = input.name_en.as_deref().or_else(|| was.name.as_ref().and_then(Naming::en)).unwrap_or_default();
        staff.name = if ar.trim().is_empty() && en.trim().is_empty() { None } else { faults.naming(None, Some(ar), Some(en)) };
        staff.position = input.position.unwrap_or(was.position);
        staff.is_bookable = input.is_bookable.unwrap_or(was.is_bookable);
        if let Some(is_archived) = input.is_archived {
            staff.archived_at = is_archived.then(|| was.archived_at.unwrap_or_else(|| self.parts.clock.now()));
        }
        faults.finish()?;
        if staff.is_bookable && staff.name.is_none() {
            return Err(wrong("/name_ar", FieldError::Required));
        }
        if let Some(user) = input.user {
            if let Some(user) = user
                && salon_grants::list_roles(tx, was.salon_id, user).await?.is_empty()
            {
                return Err(wrong("/user_id", FieldError::NotOffered));
            }
            staff.user_id = user;
        }
        Ok(staff)
    }
}

fn works_there(error: StoreError) -> Error {
    match error {
        StoreError::Unique { .. } => Error::Conflict,
        other => other.into(),
    }
}
