//! Sets a salon up, edits it, says whether the public sees it, and who is what in it.

#![expect(clippy::too_many_arguments, reason = "one for each field of a form")]

use domain::digits::ascii_digit;
use domain::error::FieldError;
use domain::ids::SalonId;
use domain::role::Role;
use leptos::prelude::*;
use leptos::server_fn::codec::PostUrl;
use usecases::{Admin, EditSalon, Error, read_status};

use super::refusal::Form;
use super::visit;
use crate::flow::{Fault, Flash, News, SalonFault, What};
use crate::forms::Done;
use crate::routes::path;
use crate::visit::Visit;

/// A form about a salon, sent by somebody who came through the door of the admin.
pub(super) struct OfSalon {
    pub admin: Admin,
    pub id: SalonId,
    /// The page it stands on.
    pub page: String,
}

impl Visit {
    /// Which salon a form on its page `tab` is about. Everybody who may not send it is on their way to where it is said why.
    pub(super) fn of_salon(&self, salon: &str, tab: &str) -> Option<OfSalon> {
        let Ok(id) = salon.parse() else {
            self.go(path::ADMIN_SALONS);
            return None;
        };
        let page = format!("{}{tab}", path::admin_salon(id));
        Some(OfSalon { admin: self.admin_or_back(&page)?, id, page })
    }

    /// Back to the page, with the news or with why not; a conflict is what `conflict` says.
    pub(super) fn done_at_salon(
        &mut self,
        page: &str,
        outcome: Result<News, Error>,
        typed: &[(&str, &str)],
        conflict: SalonFault,
    ) {
        match outcome {
            Err(Error::Conflict) => {
                let field = (conflict == SalonFault::SlugTaken).then(|| "slug".to_owned());
                self.refuse_with(Fault { field, what: What::Salon(conflict) }, &Form { page, field: "", typed });
            }
            other => self.done(page, other, typed),
        }
    }
}

/// A whole number in digits of any script.
pub(super) fn number(text: &str) -> Option<i64> {
    let digits: String = text.trim().chars().map(|c| ascii_digit(c).unwrap_or(c)).collect();
    digits.parse().ok()
}

/// The same of a field that must be there, else a fault of it.
pub(super) fn needed(faults: &mut Vec<Fault>, field: &str, text: &str) -> Option<i64> {
    let value = number(text);
    if value.is_none() {
        let what = if text.trim().is_empty() { FieldError::Required } else { FieldError::Invalid };
        faults.push(Fault::of(field, What::Field(what)));
    }
    value
}

/// Sets one up.
#[server(prefix = "/sf", endpoint = "admin-create-salon", input = PostUrl)]
pub(crate) async fn admin_create_salon(
    #[server(default)] slug: String,
    #[server(default)] name_ar: String,
    #[server(default)] name_en: String,
    #[server(default)] clientele: String,
) -> Done {
    let mut visit = visit();
    let page = path::ADMIN_SALON_NEW;
    let Some(admin) = visit.admin_or_back(page) else { return Ok(()) };
    let input = EditSalon {
        slug: Some(slug.clone()),
        name_ar: Some(name_ar.clone()),
        name_en: Some(name_en.clone()),
        clientele: Some(clientele).filter(|text| !text.is_empty()),
        ..EditSalon::default()
    };
    match visit.web.usecases.create_salon(&admin, &input).await {
        Ok(made) => {
            let to = format!("{}/people", path::admin_salon(made.salon.id));
            visit.flow.flash = Some(Flash::news(&to, News::SalonCreated));
            visit.go(&to);
        }
        Err(error) => {
            let typed = [("slug", slug.as_str()), ("name_ar", &name_ar), ("name_en", &name_en)];
            visit.done_at_salon(page, Err(error), &typed, SalonFault::SlugTaken);
        }
    }
    Ok(())
}

/// Edits one.
#[server(prefix = "/sf", endpoint = "admin-edit-salon", input = PostUrl)]
pub(crate) async fn admin_edit_salon(
    #[server(default)] salon: String,
    #[server(default)] slug: String,
    #[server(default)] name_ar: String,
    #[server(default)] name_en: String,
    #[server(default)] about_ar: String,
    #[server(default)] about_en: String,
    #[server(default)] address_ar: String,
    #[server(default)] address_en: String,
    #[server(default)] clientele: String,
    #[server(default)] vat_number: String,
    #[server(default)] cancel_window_min: String,
    #[server(default)] notice_min: String,
    #[server(default)] horizon_days: String,
    #[server(default)] hold_min: String,
    #[server(default)] grid_min: String,
    #[server(default)] confirmation: String,
) -> Done {
    let mut visit = visit();
    let Some(OfSalon { admin, id, page }) = visit.of_salon(&salon, "") else { return Ok(()) };
    let numbers = [
        ("cancel_window_min", cancel_window_min.as_str()),
        ("notice_min", &notice_min),
        ("horizon_days", &horizon_days),
        ("hold_min", &hold_min),
        ("grid_min", &grid_min),
    ];
    let texts = [
        ("slug", slug.as_str()),
        ("name_ar", &name_ar),
        ("name_en", &name_en),
        ("address_ar", &address_ar),
        ("address_en", &address_en),
        ("vat_number", &vat_number),
    ];
    let typed = [texts.as_slice(), &numbers].concat();
    let mut faults = Vec::new();
    let [cancel_window_min, notice_min, horizon_days, hold_min, grid_min] =
        numbers.map(|(field, text)| needed(&mut faults, field, text));
    if !faults.is_empty() {
        visit.flow.flash = Some(Flash::faults(&page, faults, &typed));
        visit.go(&page);
        return Ok(());
    }
    let input = EditSalon {
        slug: Some(slug.clone()),
        name_ar: Some(name_ar.clone()),
        name_en: Some(name_en.clone()),
        about_ar: Some(about_ar),
        about_en: Some(about_en),
        address_ar: Some(address_ar.clone()),
        address_en: Some(address_en.clone()),
        clientele: Some(clientele),
        timezone: None,
        vat_number: Some(vat_number.clone()),
        cancel_window_min,
        notice_min,
        horizon_days,
        hold_min,
        grid_min,
        confirmation: Some(confirmation),
    };
    let outcome = visit.web.usecases.edit_salon(&admin, id, &input).await;
    visit.done_at_salon(&page, outcome.map(|_| News::Saved), &typed, SalonFault::SlugTaken);
    Ok(())
}

/// Publishes one, takes it back or out of sight.
#[server(prefix = "/sf", endpoint = "admin-salon-status", input = PostUrl)]
pub(crate) async fn admin_salon_status(#[server(default)] salon: String, #[server(default)] status: String) -> Done {
    let mut visit = visit();
    let Some(OfSalon { admin, id, page }) = visit.of_salon(&salon, "") else { return Ok(()) };
    let outcome = match read_status(&status) {
        Ok(status) => visit.web.usecases.set_salon_status(&admin, id, status).await,
        Err(error) => Err(error),
    };
    visit.done(&page, outcome.map(|_| News::Saved), &[]);
    Ok(())
}

fn read_role(role: &str) -> Result<Role, Error> {
    Role::parse(role).ok_or(Error::NotFound)
}

/// Grants a role in one.
#[server(prefix = "/sf", endpoint = "admin-grant-salon-role", input = PostUrl)]
pub(crate) async fn admin_grant_salon_role(
    #[server(default)] salon: String,
    #[server(default)] phone: String,
    #[server(default)] role: String,
) -> Done {
    let mut visit = visit();
    let Some(OfSalon { admin, id, page }) = visit.of_salon(&salon, "/people") else { return Ok(()) };
    let outcome = match read_role(&role) {
        Ok(role) => visit.web.usecases.grant_salon_role(&admin, id, &phone, role).await,
        Err(error) => Err(error),
    };
    match outcome {
        Err(error @ Error::InvalidPhone(_)) => {
            visit.refuse(&error, &Form { page: &page, field: "phone", typed: &[("phone", &phone)] });
        }
        other => visit.done(&page, other.map(|_| News::SalonRoleGranted), &[("phone", &phone)]),
    }
    Ok(())
}

/// Takes a role in one away.
#[server(prefix = "/sf", endpoint = "admin-revoke-salon-role", input = PostUrl)]
pub(crate) async fn admin_revoke_salon_role(
    #[server(default)] salon: String,
    #[server(default)] user: String,
    #[server(default)] role: String,
) -> Done {
    let mut visit = visit();
    let Some(OfSalon { admin, id, page }) = visit.of_salon(&salon, "/people") else { return Ok(()) };
    let outcome = match (read_role(&role), user.parse()) {
        (Ok(role), Ok(user)) => visit.web.usecases.revoke_salon_role(&admin, id, user, role).await,
        _ => Err(Error::NotFound),
    };
    visit.done_at_salon(&page, outcome.map(|()| News::SalonRoleRevoked), &[], SalonFault::LastOwner);
    Ok(())
}
