//! What a salon offers.

#![expect(clippy::too_many_arguments, reason = "one for each field of a form")]

use domain::error::FieldError;
use domain::money::Halalas;
use leptos::prelude::*;
use leptos::server_fn::codec::PostUrl;
use usecases::{EditService, Error};

use super::admin_salon::{OfSalon, needed};
use super::visit;
use crate::flow::{Fault, Flash, News, SalonFault, What};
use crate::forms::Done;

/// Adds a service, or edits one that has an id.
#[server(prefix = "/sf", endpoint = "admin-save-service", input = PostUrl)]
pub(crate) async fn admin_save_service(
    #[server(default)] salon: String,
    #[server(default)] service: String,
    #[server(default)] name_ar: String,
    #[server(default)] name_en: String,
    #[server(default)] duration_min: String,
    #[server(default)] price_halalas: String,
    #[server(default)] buffer_before_min: String,
    #[server(default)] buffer_after_min: String,
    #[server(default)] is_active: String,
) -> Done {
    let mut visit = visit();
    let Some(OfSalon { admin, id, page }) = visit.of_salon(&salon, "/services") else { return Ok(()) };
    let form = if service.is_empty() { "new" } else { service.as_str() };
    let typed = [
        ("form", form),
        ("name_ar", &name_ar),
        ("name_en", &name_en),
        ("duration_min", &duration_min),
        ("price_halalas", &price_halalas),
        ("buffer_before_min", &buffer_before_min),
        ("buffer_after_min", &buffer_after_min),
    ];
    let mut faults = Vec::new();
    let duration = needed(&mut faults, "duration_min", &duration_min);
    let before = needed(&mut faults, "buffer_before_min", &buffer_before_min);
    let after = needed(&mut faults, "buffer_after_min", &buffer_after_min);
    let price = Halalas::parse(&price_halalas);
    if price.is_none() {
        let what = if price_halalas.trim().is_empty() { FieldError::Required } else { FieldError::Invalid };
        faults.push(Fault::of("price_halalas", What::Field(what)));
    }
    if !faults.is_empty() {
        visit.flow.flash = Some(Flash::faults(&page, faults, &typed));
        visit.go(&page);
        return Ok(());
    }
    let input = EditService {
        name_ar: Some(name_ar.clone()),
        name_en: Some(name_en.clone()),
        duration_min: duration,
        buffer_before_min: before,
        buffer_after_min: after,
        price_halalas: price.map(Halalas::get),
        vat_rate_bp: None,
        position: None,
        is_active: Some(is_active == "yes"),
    };
    let outcome = match service.parse() {
        _ if service.is_empty() => visit.web.usecases.add_service(&admin, id, &input).await,
        Ok(service) => visit.web.usecases.edit_service(&admin, id, service, &input).await,
        Err(_) => Err(Error::NotFound),
    };
    visit.done(&page, outcome.map(|_| News::Saved), &typed);
    Ok(())
}

/// Removes one that was never booked.
#[server(prefix = "/sf", endpoint = "admin-remove-service", input = PostUrl)]
pub(crate) async fn admin_remove_service(#[server(default)] salon: String, #[server(default)] service: String) -> Done {
    let mut visit = visit();
    let Some(OfSalon { admin, id, page }) = visit.of_salon(&salon, "/services") else { return Ok(()) };
    let outcome = match service.parse() {
        Ok(service) => visit.web.usecases.remove_service(&admin, id, service).await,
        Err(_) => Err(Error::NotFound),
    };
    visit.done_at_salon(&page, outcome.map(|()| News::Saved), &[], SalonFault::ServiceBooked);
    Ok(())
}
