//! Salons set up, edited, shown to the public and taken out of its sight.

use domain::error::FieldError;
use domain::ids::SalonId;
use domain::naming::Blurb;
use domain::page::Page;
use domain::permission::Permission;
use domain::role::Role;
use domain::salon::{Clientele, Confirmation, NotLive, Policies, SalonStatus, Slug};
use domain::schedule::Wall;
use serde_json::json;
use store::salons::{self, Salon};
use store::{StoreError, Tx, salon_grants, staff, staff_treatments, treatments};

use super::fields::{Faults, wrong};
use super::public::{ASKED, of_the_public, page_of};
use crate::{Admin, Error, Usecases};

/// Where salons are until somebody says otherwise.
const ZONE: &str = "Asia/Riyadh";
/// Digits of a number at the tax authority: they begin and end with 3.
const VAT_DIGITS: usize = 15;

/// What is filled in of a salon. What is `None` stays as it is; an empty text clears.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EditSalon {
    /// Its name in addresses.
    pub slug: Option<String>,
    /// Its name in Arabic.
    pub name_ar: Option<String>,
    /// Its name in English.
    pub name_en: Option<String>,
    /// What it says of itself, in Arabic.
    pub about_ar: Option<String>,
    /// The same in English.
    pub about_en: Option<String>,
    /// Where it is, in Arabic.
    pub address_ar: Option<String>,
    /// The same in English.
    pub address_en: Option<String>,
    /// Whom it serves.
    pub clientele: Option<String>,
    /// A name of the time zone database.
    pub timezone: Option<String>,
    /// Its number at the tax authority.
    pub vat_number: Option<String>,
    /// See [`Policies`].
    pub cancel_window_min: Option<i64>,
    /// See [`Policies`].
    pub notice_min: Option<i64>,
    /// See [`Policies`].
    pub horizon_days: Option<i64>,
    /// See [`Policies`].
    pub hold_min: Option<i64>,
    /// See [`Policies`].
    pub grid_min: Option<i64>,
    /// Who confirms.
    pub confirmation: Option<String>,
}

/// A salon to those who set it up.
#[derive(Clone, Debug)]
pub struct SalonSetUp {
    /// The salon.
    pub salon: Salon,
    /// What the caller is in it. Whoever sets salons up need not be anything in one.
    pub roles: Vec<Role>,
    /// What it lacks before the public may see it.
    pub lacks: Option<NotLive>,
}

impl SalonSetUp {
    /// Whether the caller has a permission in this salon.
    pub fn may(&self, permission: Permission) -> bool {
        self.roles.iter().any(|role| role.may(permission))
    }
}

impl Usecases {
    /// The salons that somebody has a role in; all of them for those who set salons up. By their slugs.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn list_own_salons(&self, admin: &Admin, after: Option<&str>) -> Result<Page<Salon>, Error> {
        let mut tx = self.parts.store.read().await?;
        let actor = admin.actor();
        let may_open = actor.require(Permission::SalonOpen).is_ok();
        let items = if may_open {
            salons::list_all(&mut tx, after, ASKED).await?
        } else {
            salons::list_of_user(&mut tx, actor.user.id, after, ASKED).await?
        };
        Ok(page_of(items))
    }

    /// A salon, whether the public sees it or not.
    ///
    /// # Errors
    /// `NotFound` (theirs neither), `Unavailable`.
    pub async fn read_own_salon(&self, admin: &Admin, id: SalonId) -> Result<SalonSetUp, Error> {
        let mut tx = self.parts.store.read().await?;
        admin.require_any_in(&mut tx, id).await?;
        let salon = salons::find(&mut tx, id).await?.ok_or(Error::NotFound)?;
        set_up(&mut tx, admin, salon).await
    }

    /// Sets a salon up: a draft that nobody sees but its people and those who set salons up. Its owner is named next.
    ///
    /// # Errors
    /// `Forbidden`, `Validation`, `Conflict` (the slug is taken), `Unavailable`.
    pub async fn create_salon(&self, admin: &Admin, input: &EditSalon) -> Result<SalonSetUp, Error> {
        let actor = admin.require(Permission::SalonOpen)?;
        let now = self.parts.clock.now();
        let mut faults = Faults::default();
        let slug = input.slug.as_deref().and_then(Slug::parse);
        let slug = faults.need("/slug", slug_fault(input.slug.as_deref()), slug);
        let name = faults.naming(None, input.name_ar.as_deref(), input.name_en.as_deref());
        let (Some(slug), Some(name)) = (slug, name) else { return Err(faults.finish().err().unwrap_or(Error::Conflict)) };
        let blank = Salon {
            id: self.parts.rng.id_v7::<SalonId>(now),
            slug,
            name,
            about: Blurb::default(),
            address: Blurb::default(),
            clientele: Clientele::All,
            wall: Wall::parse(ZONE).ok_or_else(|| Error::internal("the zone of salons is no zone"))?,
            vat_number: None,
            policies: Policies::default(),
            status: SalonStatus::Draft,
            created_at: now,
            updated_at: now,
        };
        let salon = edited(&blank, input)?;
        let mut tx = self.parts.store.write().await?;
        salons::insert(&mut tx, &salon).await.map_err(taken)?;
        let detail = json!({ "salon_id": salon.id, "slug": salon.slug });
        self.audit_admin(&mut tx, actor, "salon_created", None, detail).await?;
        let made = set_up(&mut tx, admin, salon).await?;
        tx.commit().await?;
        Ok(made)
    }

    /// Edits a salon.
    ///
    /// # Errors
    /// `Forbidden`, `NotFound`, `Validation`, `Conflict` (the slug is taken), `Unavailable`.
    pub async fn edit_salon(&self, admin: &Admin, id: SalonId, input: &EditSalon) -> Result<SalonSetUp, Error> {
        let mut tx = self.parts.store.write().await?;
        let actor = admin.require_in(&mut tx, id, Permission::SalonManage).await?;
        let was = salons::lock(&mut tx, id).await?.ok_or(Error::NotFound)?;
        let mut salon = edited(&was, input)?;
        if salon != was {
            salon.updated_at = self.parts.clock.now();
            salons::update(&mut tx, &salon).await.map_err(taken)?;
            let detail = json!({ "salon_id": id, "fields": changed(&was, &salon) });
            self.audit_admin(&mut tx, actor, "salon_changed", None, detail).await?;
        }
        let edited = set_up(&mut tx, admin, salon).await?;
        tx.commit().await?;
        Ok(edited)
    }

    /// Shows a salon to the public, takes it back into draft, or out of sight. Its owner does the first two; out of sight is for those who
    /// set salons up, and only they bring it back, as a draft or live. A salon is live only with a service somebody bookable does.
    ///
    /// # Errors
    /// `Forbidden`, `NotFound`, `NotLive`, `Unavailable`.
    pub async fn set_salon_status(&self, admin: &Admin, id: SalonId, status: SalonStatus) -> Result<SalonSetUp, Error> {
        let may_open = admin.require(Permission::SalonOpen).is_ok();
        if !may_open {
            admin.require(Permission::SalonManage)?;
        }
        let mut tx = self.parts.store.write().await?;
        let actor = if may_open { admin.actor() } else { admin.require_in(&mut tx, id, Permission::SalonManage).await? };
        let mut salon = salons::lock(&mut tx, id).await?.ok_or(Error::NotFound)?;
        if !may_open && (status == SalonStatus::Suspended || salon.status == SalonStatus::Suspended) {
            return Err(Error::Forbidden);
        }
        if status == SalonStatus::Live
            && let Some(lacks) = lacks(&mut tx, id).await?
        {
            return Err(Error::NotLive(lacks));
        }
        if salon.status != status {
            let detail = json!({ "salon_id": id, "from": salon.status, "to": status });
            (salon.status, salon.updated_at) = (status, self.parts.clock.now());
            salons::update(&mut tx, &salon).await?;
            self.audit_admin(&mut tx, actor, "salon_status_changed", None, detail).await?;
        }
        let set = set_up(&mut tx, admin, salon).await?;
        tx.commit().await?;
        Ok(set)
    }
}

async fn set_up(tx: &mut Tx, admin: &Admin, salon: Salon) -> Result<SalonSetUp, Error> {
    let roles = salon_grants::list_roles(tx, salon.id, admin.actor().user.id).await?;
    let lacks = lacks(tx, salon.id).await?;
    Ok(SalonSetUp { salon, roles, lacks })
}

/// What a salon lacks before the public may see it.
async fn lacks(tx: &mut Tx, id: SalonId) -> Result<Option<NotLive>, Error> {
    let all = treatments::list(tx, id).await?;
    let active = all.iter().filter(|treatment| treatment.is_active).count();
    let (_, staff) = of_the_public(all, &staff::list(tx, id).await?, &staff_treatments::list(tx, id).await?);
    let able = staff.iter().filter(|one| !one.treatments.is_empty()).count();
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    Ok(SalonStatus::may_go_live(count(active), count(able)).err())
}

const fn slug_fault(typed: Option<&str>) -> FieldError {
    if typed.is_some() { FieldError::Invalid } else { FieldError::Required }
}

/// Two of one name in addresses is the only thing that can be taken.
fn taken(error: StoreError) -> Error {
    match error {
        StoreError::Unique { .. } => Error::Conflict,
        other => other.into(),
    }
}

fn edited(was: &Salon, input: &EditSalon) -> Result<Salon, Error> {
    let mut faults = Faults::default();
    let mut salon = was.clone();
    let i = input;
    if let Some(text) = &i.slug
        && let Some(slug) = faults.need("/slug", FieldError::Invalid, Slug::parse(text))
    {
        salon.slug = slug;
    }
    if let Some(name) = faults.naming(Some(&was.name), i.name_ar.as_deref(), i.name_en.as_deref()) {
        salon.name = name;
    }
    salon.about = faults.blurb(["/about_ar", "/about_en"], &was.about, i.about_ar.as_deref(), i.about_en.as_deref());
    salon.address = faults.blurb(["/address_ar", "/address_en"], &was.address, i.address_ar.as_deref(), i.address_en.as_deref());
    if let Some(text) = &i.clientele
        && let Some(clientele) = faults.need("/clientele", FieldError::NotOffered, Clientele::parse(text))
    {
        salon.clientele = clientele;
    }
    if let Some(text) = &i.timezone
        && let Some(wall) = faults.need("/timezone", FieldError::NotOffered, Wall::parse(text))
    {
        salon.wall = wall;
    }
    if let Some(text) = &i.vat_number {
        salon.vat_number = vat_number(text).unwrap_or_else(|()| {
            faults.say("/vat_number", FieldError::Invalid);
            None
        });
    }
    let p = &mut salon.policies;
    let mut set = |pointer: &str, wish: Option<i64>, apply: &mut dyn FnMut(&mut Policies, u32), faults: &mut Faults| {
        let Some(number) = wish else { return };
        let mut tried = *p;
        // The smaller types are within what is sound: what does not fit into them is not.
        apply(&mut tried, u32::try_from(number).ok().filter(|number| *number <= 20_160).unwrap_or(u32::MAX));
        if tried.is_sound() { *p = tried } else { faults.say(pointer, FieldError::NotOffered) }
    };
    let small = |number: u32| u16::try_from(number).unwrap_or(u16::MAX);
    set("/cancel_window_min", i.cancel_window_min, &mut |p, number| p.cancel_window_min = number, &mut faults);
    set("/notice_min", i.notice_min, &mut |p, number| p.notice_min = number, &mut faults);
    set("/horizon_days", i.horizon_days, &mut |p, number| p.horizon_days = small(number), &mut faults);
    set("/hold_min", i.hold_min, &mut |p, number| p.hold_min = small(number), &mut faults);
    set("/grid_min", i.grid_min, &mut |p, number| p.grid_min = small(number), &mut faults);
    if let Some(text) = &i.confirmation
        && let Some(confirmation) = faults.need("/confirmation", FieldError::NotOffered, Confirmation::parse(text))
    {
        salon.policies.confirmation = confirmation;
    }
    faults.finish()?;
    Ok(salon)
}

/// Fifteen digits of any script that begin and end with 3; nothing is none.
fn vat_number(text: &str) -> Result<Option<String>, ()> {
    let digits: Option<String> = text.trim().chars().filter(|c| !c.is_whitespace()).map(domain::digits::ascii_digit).collect();
    match digits {
        Some(digits) if digits.is_empty() => Ok(None),
        Some(digits) if digits.len() == VAT_DIGITS && digits.starts_with('3') && digits.ends_with('3') => Ok(Some(digits)),
        _ => Err(()),
    }
}

/// Names of what differs, for the record.
fn changed(was: &Salon, is: &Salon) -> Vec<&'static str> {
    let fields = [
        ("slug", was.slug != is.slug),
        ("name", was.name != is.name),
        ("about", was.about != is.about),
        ("address", was.address != is.address),
        ("clientele", was.clientele != is.clientele),
        ("timezone", was.wall != is.wall),
        ("vat_number", was.vat_number != is.vat_number),
        ("policies", was.policies != is.policies),
    ];
    fields.into_iter().filter(|(_, differs)| *differs).map(|(name, _)| name).collect()
}

/// A status by its name.
///
/// # Errors
/// `Validation`.
pub fn read_status(text: &str) -> Result<SalonStatus, Error> {
    SalonStatus::parse(text).ok_or_else(|| wrong("/status", FieldError::NotOffered))
}
