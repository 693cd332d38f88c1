//! What a salon offers.

use domain::error::FieldError;
use domain::ids::{SalonId, TreatmentId};
use domain::money::{Halalas, VatRate};
use domain::permission::Permission;
use domain::treatment::{Buffers, Minutes, Terms};
use serde_json::json;
use store::salons;
use store::treatments::{self, Treatment};

use super::fields::Faults;
use crate::{Admin, Error, Usecases};

/// What is filled in of a service. What is `None` stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EditService {
    /// Its name in Arabic.
    pub name_ar: Option<String>,
    /// Its name in English.
    pub name_en: Option<String>,
    /// How long it takes: 5 to 720 minutes in steps of 5.
    pub duration_min: Option<i64>,
    /// Blocked before it, 0 to 120 minutes in steps of 5.
    pub buffer_before_min: Option<i64>,
    /// Blocked after it.
    pub buffer_after_min: Option<i64>,
    /// The price, VAT inside.
    pub price_halalas: Option<i64>,
    /// The rate of that VAT, in basis points.
    pub vat_rate_bp: Option<i64>,
    /// Its place in lists.
    pub position: Option<i64>,
    /// Whether it can be booked.
    pub is_active: Option<bool>,
}

impl Usecases {
    /// Everything a salon offers or offered, in its order.
    ///
    /// # Errors
    /// `NotFound`, `Unavailable`.
    pub async fn list_own_services(&self, admin: &Admin, salon: SalonId) -> Result<Vec<Treatment>, Error> {
        let mut tx = self.parts.store.read().await?;
        admin.require_any_in(&mut tx, salon).await?;
        Ok(treatments::list(&mut tx, salon).await?)
    }

    /// Adds a service. It is last in its salon's order unless another place is given.
    ///
    /// # Errors
    /// `Forbidden`, `NotFound`, `Validation`, `Unavailable`.
    pub async fn add_service(&self, admin: &Admin, salon: SalonId, input: &EditService) -> Result<Treatment, Error> {
        let now = self.parts.clock.now();
        let mut tx = self.parts.store.write().await?;
        let actor = admin.require_in(&mut tx, salon, Permission::CatalogueEdit).await?;
        salons::lock(&mut tx, salon).await?.ok_or(Error::NotFound)?;
        let last = treatments::list(&mut tx, salon).await?.last().map_or(0, |last| last.position + 1);
        let mut faults = Faults::default();
        let name = faults.naming(None, input.name_ar.as_deref(), input.name_en.as_deref());
        let duration = faults.need("/duration_min", FieldError::Required, input.duration_min);
        let price = faults.need("/price_halalas", FieldError::Required, input.price_halalas);
        let terms = read_terms(&mut faults, None, &EditService { duration_min: duration, price_halalas: price, ..input.clone() });
        faults.finish()?;
        let (Some(name), Some(terms)) = (name, terms) else { return Err(Error::internal("a service without faults has a name")) };
        let treatment = Treatment {
            id: self.parts.rng.id_v7::<TreatmentId>(now),
            salon_id: salon,
            name,
            terms,
            position: input.position.unwrap_or(last),
            is_active: input.is_active.unwrap_or(true),
            created_at: now,
            updated_at: now,
        };
        treatments::insert(&mut tx, &treatment).await?;
        let detail = json!({ "salon_id": salon, "service_id": treatment.id });
        self.audit_admin(&mut tx, actor, "service_added", None, detail).await?;
        tx.commit().await?;
        Ok(treatment)
    }

    /// Edits a service. What was booked keeps its price and length.
    ///
    /// # Errors
    /// `Forbidden`, `NotFound`, `Validation`, `Unavailable`.
    pub async fn edit_service(
        &self,
        admin: &Admin,
        salon: SalonId,
        id: TreatmentId,
        input: &EditService,
    ) -> Result<Treatment, Error> {
        let mut tx = self.parts.store.write().await?;
        let actor = admin.require_in(&mut tx, salon, Permission::CatalogueEdit).await?;
        salons::lock(&mut tx, salon).await?.ok_or(Error::NotFound)?;
        let was = treatments::find(&mut tx, salon, id).await?.ok_or(Error::NotFound)?;
        let mut faults = Faults::default();
        let name = faults.naming(Some(&was.name), input.name_ar.as_deref(), input.name_en.as_deref());
        let terms = read_terms(&mut faults, Some(was.terms), input);
        faults.finish()?;
        let mut treatment = Treatment {
            name: name.unwrap_or_else(|| was.name.clone()),
            terms: terms.unwrap_or(was.terms),
            position: input.position.unwrap_or(was.position),
            is_active: input.is_active.unwrap_or(was.is_active),
            ..was.clone()
        };
        if treatment != was {
            treatment.updated_at = self.parts.clock.now();
            treatments::update(&mut tx, &treatment).await?;
            let detail = json!({ "salon_id": salon, "service_id": id, "is_active": treatment.is_active,
                "price_halalas": treatment.terms.price, "duration_min": treatment.terms.duration.get() });
            self.audit_admin(&mut tx, actor, "service_changed", None, detail).await?;
        }
        tx.commit().await?;
        Ok(treatment)
    }

    /// Removes a service that was never booked. One that was is deactivated instead.
    ///
    /// # Errors
    /// `Forbidden`, `NotFound`, `Conflict` (it was booked), `Unavailable`.
    pub async fn remove_service(&self, admin: &Admin, salon: SalonId, id: TreatmentId) -> Result<(), Error> {
        let mut tx = self.parts.store.write().await?;
        let actor = admin.require_in(&mut tx, salon, Permission::CatalogueEdit).await?;
        salons::lock(&mut tx, salon).await?.ok_or(Error::NotFound)?;
        treatments::find(&mut tx, salon, id).await?.ok_or(Error::NotFound)?;
        if !treatments::delete_unbooked(&mut tx, salon, id).await? {
            return Err(Error::Conflict);
        }
        let detail = json!({ "salon_id": salon, "service_id": id });
        self.audit_admin(&mut tx, actor, "service_removed", None, detail).await?;
        Ok(tx.commit().await?)
    }
}

/// What is filled in over what was; with nothing before, a buffer is none and VAT the standard rate.
fn read_terms(faults: &mut Faults, was: Option<Terms>, input: &EditService) -> Option<Terms> {
    let or = |wish: Option<i64>, was: Option<i64>| wish.or(was);
    let duration = or(input.duration_min, was.map(|was| i64::from(was.duration.get())));
    let duration = duration.and_then(|minutes| faults.number("/duration_min", minutes, Minutes::new));
    let price = or(input.price_halalas, was.map(|was| was.price.get()));
    let price = price.and_then(|price| faults.number("/price_halalas", price, Halalas::new));
    let before = or(input.buffer_before_min, was.map(|was| i64::from(was.buffers.before()))).unwrap_or(0);
    let after = or(input.buffer_after_min, was.map(|was| i64::from(was.buffers.after()))).unwrap_or(0);
    let before = faults.number("/buffer_before_min", before, |minutes| Buffers::new(minutes, 0));
    let after = faults.number("/buffer_after_min", after, |minutes| Buffers::new(0, minutes));
    let rate = input.vat_rate_bp.map_or_else(
        || Some(was.map_or(VatRate::STANDARD, |was| was.vat_rate)),
        |rate| faults.number("/vat_rate_bp", rate, VatRate::new),
    );
    let buffers = Buffers::new(before?.before(), after?.after())?;
    Some(Terms { duration: duration?, buffers, price: price?, vat_rate: rate? })
}
