//! Who works in a salon, and what they do.

use std::collections::HashMap;

use domain::error::FieldError;
use domain::ids::{StaffId, TreatmentId};
use domain::money::Halalas;
use leptos::prelude::*;
use leptos::server_fn::codec::PostUrl;
use usecases::{EditOffer, EditStaff, Error};

use super::admin_salon::{OfSalon, number};
use super::visit;
use crate::flow::{Fault, Flash, News, SalonFault, What};
use crate::forms::Done;
use crate::routes::path;
use crate::visit::Visit;

/// A form about a member of staff.
pub(super) struct OfMember {
    pub of: OfSalon,
    pub staff: StaffId,
}

impl Visit {
    /// Whom of a salon a form is about.
    pub(super) fn of_member(&self, salon: &str, staff: &str) -> Option<OfMember> {
        let Ok(staff) = staff.parse() else {
            self.go(path::ADMIN_SALONS);
            return None;
        };
        Some(OfMember { of: self.of_salon(salon, &format!("/staff/{staff}"))?, staff })
    }
}

/// Adds a member of staff, or edits one that has an id.
#[server(prefix = "/sf", endpoint = "admin-save-staff", input = PostUrl)]
pub(crate) async fn admin_save_staff(
    #[server(default)] salon: String,
    #[server(default)] staff: String,
    #[server(default)] form: String,
    #[server(default)] name_ar: String,
    #[server(default)] name_en: String,
    #[server(default)] is_bookable: String,
) -> Done {
    let mut visit = visit();
    let typed = [("form", form.as_str()), ("name_ar", &name_ar), ("name_en", &name_en)];
    let input = EditStaff {
        name_ar: Some(name_ar.clone()),
        name_en: Some(name_en.clone()),
        is_bookable: Some(is_bookable == "yes"),
        ..EditStaff::default()
    };
    if staff.is_empty() {
        let Some(OfSalon { admin, id, page }) = visit.of_salon(&salon, "/staff") else { return Ok(()) };
        match visit.web.usecases.add_staff(&admin, id, &input).await {
            Ok(added) => {
                let to = path::admin_member(id, added.staff.id);
                visit.flow.flash = Some(Flash::news(&to, News::Saved));
                visit.go(&to);
            }
            Err(error) => visit.done_at_salon(&page, Err(error), &typed, SalonFault::WorksThere),
        }
        return Ok(());
    }
    let Some(OfMember { of: OfSalon { admin, id, page }, staff }) = visit.of_member(&salon, &staff) else { return Ok(()) };
    let outcome = visit.web.usecases.edit_staff(&admin, id, staff, &input).await;
    visit.done_at_salon(&page, outcome.map(|_| News::Saved), &typed, SalonFault::WorksThere);
    Ok(())
}

/// Lets somebody go, or takes them back.
#[server(prefix = "/sf", endpoint = "admin-archive-staff", input = PostUrl)]
pub(crate) async fn admin_archive_staff(
    #[server(default)] salon: String,
    #[server(default)] staff: String,
    #[server(default)] is_archived: String,
    #[server(default)] confirm: String,
) -> Done {
    let mut visit = visit();
    let Some(OfMember { of: OfSalon { admin, id, page }, staff }) = visit.of_member(&salon, &staff) else { return Ok(()) };
    let input = EditStaff { is_archived: Some(is_archived == "yes"), is_confirmed: confirm == "yes", ..EditStaff::default() };
    let outcome = visit.web.usecases.edit_staff(&admin, id, staff, &input).await;
    visit.done(&page, outcome.map(|_| News::Saved), &[("form", "archive")]);
    Ok(())
}

/// Says what somebody does: the ticked, at the prices and lengths that are filled in.
#[server(prefix = "/sf", endpoint = "admin-staff-services", input = PostUrl)]
pub(crate) async fn admin_staff_services(
    #[server(default)] salon: String,
    #[server(default)] staff: String,
    #[server(default)] does: HashMap<String, String>,
    #[server(default)] price: HashMap<String, String>,
    #[server(default)] length: HashMap<String, String>,
) -> Done {
    let mut visit = visit();
    let Some(OfMember { of: OfSalon { admin, id, page }, staff }) = visit.of_member(&salon, &staff) else { return Ok(()) };
    let filled = |of: &HashMap<String, String>, key: &str| of.get(key).filter(|text| !text.trim().is_empty()).cloned();
    let mut faults = Vec::new();
    let mut offers = Vec::new();
    for key in does.keys() {
        let Ok(service) = key.parse::<TreatmentId>() else { continue };
        let wrong = |field: &str| Fault::of(&format!("{field}-{key}"), What::Field(FieldError::Invalid));
        let price_halalas = filled(&price, key).map(|text| Halalas::parse(&text).map(Halalas::get).ok_or_else(|| wrong("price")));
        let duration_min = filled(&length, key).map(|text| number(&text).ok_or_else(|| wrong("length")));
        match (price_halalas.transpose(), duration_min.transpose()) {
            (Ok(price_halalas), Ok(duration_min)) => offers.push(EditOffer { service, price_halalas, duration_min }),
            (one, other) => faults.extend(one.err().into_iter().chain(other.err())),
        }
    }
    let outcome = if faults.is_empty() {
        visit.web.usecases.set_staff_services(&admin, id, staff, &offers).await
    } else {
        visit.flow.flash = Some(Flash::faults(&page, faults, &[("form", "services")]));
        visit.go(&page);
        return Ok(());
    };
    let outcome = outcome.map_err(|error| match error {
        // By the place of the list, which is nobody's: by the field.
        Error::Validation(mut errors) => {
            for error in &mut errors {
                let place = error.pointer.split('/').nth(2).and_then(|place| place.parse::<usize>().ok());
                let offer = place.and_then(|place| offers.get(place));
                let field = if error.pointer.ends_with("price_halalas") { "price" } else { "length" };
                error.pointer = offer.map_or_else(String::new, |offer| format!("/{field}-{}", offer.service));
            }
            Error::Validation(errors)
        }
        other => other,
    });
    visit.done(&page, outcome.map(|_| News::Saved), &[("form", "services")]);
    Ok(())
}
