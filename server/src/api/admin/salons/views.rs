//! Salons as those who set them up see them.

use chrono::{DateTime, NaiveDate, Utc};
use domain::locale::Locale;
use domain::page::Page;
use domain::person::{Audience, display_name};
use domain::role::Role;
use domain::schedule::{DayHours, Hours};
use serde::Serialize;
use usecases::{
    Holder, Offer, OwnStaff, Salon, SalonClosing, SalonSetUp, StaffException, StaffHours, StaffSchedule, TimeOff, Treatment,
};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::api::salons::views::{Named, SalonItem, TermsView};

/// A page of salons.
#[derive(Serialize, ToSchema)]
pub struct OwnSalonPage {
    pub items: Vec<OwnSalonItem>,
    /// For `after`; null on the last page.
    pub next: Option<String>,
}

impl OwnSalonPage {
    pub fn new(page: Page<Salon>, locale: Locale) -> Self {
        Self { items: page.items.iter().map(|salon| OwnSalonItem::new(salon, locale)).collect(), next: page.next }
    }
}

/// A salon, whether the public sees it or not.
#[derive(Serialize, ToSchema)]
pub struct OwnSalonItem {
    pub id: Uuid,
    #[serde(flatten)]
    pub salon: SalonItem,
    /// `draft`, `live` or `suspended`.
    #[schema(value_type = String, example = "live")]
    pub status: &'static str,
    pub about_ar: Option<String>,
    pub about_en: Option<String>,
    pub address_ar: Option<String>,
    pub address_en: Option<String>,
    /// How long a slot is held for somebody who is signing in, in minutes.
    pub hold_min: u16,
    /// The grid on which slots begin, in minutes.
    pub grid_min: u16,
}

impl OwnSalonItem {
    pub fn new(salon: &Salon, locale: Locale) -> Self {
        let own = |text: Option<&str>| text.map(str::to_owned);
        Self {
            id: salon.id.0,
            salon: SalonItem::new(salon, locale),
            status: salon.status.as_str(),
            about_ar: own(salon.about.ar()),
            about_en: own(salon.about.en()),
            address_ar: own(salon.address.ar()),
            address_en: own(salon.address.en()),
            hold_min: salon.policies.hold_min,
            grid_min: salon.policies.grid_min,
        }
    }
}

/// A salon, what the caller is in it, and what it lacks.
#[derive(Serialize, ToSchema)]
pub struct SalonSetUpView {
    #[serde(flatten)]
    pub salon: OwnSalonItem,
    /// Of the caller, in this salon.
    #[schema(value_type = Vec<String>, example = json!(["owner"]))]
    pub roles: Vec<&'static str>,
    /// `no_service` or `no_staff`: what it lacks before it can go live.
    #[schema(value_type = Option<String>)]
    pub lacks: Option<&'static str>,
}

impl SalonSetUpView {
    pub fn new(set_up: &SalonSetUp, locale: Locale) -> Self {
        Self {
            salon: OwnSalonItem::new(&set_up.salon, locale),
            roles: set_up.roles.iter().map(|role| role.as_str()).collect(),
            lacks: set_up.lacks.map(domain::salon::NotLive::as_str),
        }
    }
}

/// Who is what.
#[derive(Serialize, ToSchema)]
pub struct GrantList {
    pub items: Vec<GrantItem>,
}

/// Somebody with a role in a salon.
#[derive(Serialize, ToSchema)]
pub struct GrantItem {
    pub user_id: Uuid,
    /// Name, else phone.
    pub display_name: String,
    /// E.164.
    pub phone: Option<String>,
    /// Until they have proved it, no role of theirs is in force.
    pub is_phone_verified: bool,
    #[schema(value_type = String, example = "manager")]
    pub role: &'static str,
    pub granted_at: DateTime<Utc>,
}

impl GrantItem {
    pub fn new(holder: &Holder, locale: Locale) -> Self {
        let (user, short_id) = (&holder.user, holder.user.id.short());
        Self {
            user_id: user.id.0,
            display_name: display_name(&user.as_person(&short_id), Audience::Admin, locale).text,
            phone: user.phone.as_ref().map(|phone| phone.as_e164().to_owned()),
            is_phone_verified: user.is_phone_verified,
            role: holder.role.as_str(),
            granted_at: holder.granted_at,
        }
    }
}

/// A role that was granted.
#[derive(Serialize, ToSchema)]
pub struct Granted {
    pub user_id: Uuid,
    /// Whether it is in force: they have proved their phone.
    pub is_in_force: bool,
    #[schema(value_type = String, example = "manager")]
    pub role: &'static str,
}

impl Granted {
    pub fn new(user: &domain::user::User, role: Role) -> Self {
        Self { user_id: user.id.0, is_in_force: user.roles.contains(&role), role: role.as_str() }
    }
}

/// Everything offered.
#[derive(Serialize, ToSchema)]
pub struct OwnServiceList {
    pub items: Vec<OwnServiceItem>,
}

/// What a salon offers or offered.
#[derive(Serialize, ToSchema)]
pub struct OwnServiceItem {
    pub id: Uuid,
    #[serde(flatten)]
    pub name: Named,
    #[serde(flatten)]
    pub terms: TermsView,
    /// Blocked before it, in minutes.
    pub buffer_before_min: u16,
    /// Blocked after it, in minutes.
    pub buffer_after_min: u16,
    pub position: i64,
    /// Whether it can be booked.
    pub is_active: bool,
}

impl OwnServiceItem {
    pub fn new(service: &Treatment, locale: Locale) -> Self {
        Self {
            id: service.id.0,
            name: Named::new(&service.name, locale),
            terms: TermsView::from(&service.terms),
            buffer_before_min: service.terms.buffers.before(),
            buffer_after_min: service.terms.buffers.after(),
            position: service.position,
            is_active: service.is_active,
        }
    }
}

/// Everybody who works or worked there.
#[derive(Serialize, ToSchema)]
pub struct OwnStaffList {
    pub items: Vec<OwnStaffItem>,
}

/// A member of staff.
#[derive(Serialize, ToSchema)]
pub struct OwnStaffItem {
    pub id: Uuid,
    /// Null: nobody the public can be shown.
    pub name_ar: Option<String>,
    pub name_en: Option<String>,
    /// Who signs in as them.
    pub user_id: Option<Uuid>,
    pub position: i64,
    pub is_bookable: bool,
    pub archived_at: Option<DateTime<Utc>>,
    pub services: Vec<OfferItem>,
}

impl From<&OwnStaff> for OwnStaffItem {
    fn from(own: &OwnStaff) -> Self {
        let name = own.staff.name.as_ref();
        Self {
            id: own.staff.id.0,
            name_ar: name.and_then(|name| name.ar()).map(str::to_owned),
            name_en: name.and_then(|name| name.en()).map(str::to_owned),
            user_id: own.staff.user_id.map(|id| id.0),
            position: own.staff.position,
            is_bookable: own.staff.is_bookable,
            archived_at: own.staff.archived_at,
            services: own.offers.iter().map(OfferItem::from).collect(),
        }
    }
}

/// What somebody does.
#[derive(Serialize, ToSchema)]
pub struct OfferItem {
    pub service_id: Uuid,
    /// Their own price; null: the salon's.
    pub price_halalas: Option<i64>,
    /// Their own length; null: the salon's.
    pub duration_min: Option<u16>,
}

impl From<&Offer> for OfferItem {
    fn from(offer: &Offer) -> Self {
        Self {
            service_id: offer.treatment_id.0,
            price_halalas: offer.price.map(domain::money::Halalas::get),
            duration_min: offer.duration.map(domain::treatment::Minutes::get),
        }
    }
}

/// When a member of staff is at work.
#[derive(Serialize, ToSchema)]
#[schema(as = StaffHours)]
pub struct StaffHoursView {
    /// The ordinary week and those with dates.
    pub schedules: Vec<ScheduleItem>,
    /// From today on.
    pub exceptions: Vec<ExceptionItem>,
    /// What is not over.
    pub time_off: Vec<TimeOffItem>,
}

impl From<&StaffHours> for StaffHoursView {
    fn from(hours: &StaffHours) -> Self {
        Self {
            schedules: hours.schedules.iter().map(ScheduleItem::from).collect(),
            exceptions: hours.exceptions.iter().map(ExceptionItem::from).collect(),
            time_off: hours.time_off.iter().map(TimeOffItem::from).collect(),
        }
    }
}

/// A week.
#[derive(Serialize, ToSchema)]
pub struct ScheduleItem {
    pub id: Uuid,
    pub name: Option<String>,
    /// Both null: the ordinary week.
    pub valid_from: Option<NaiveDate>,
    pub valid_to: Option<NaiveDate>,
    pub rules: Vec<RuleItem>,
}

impl From<&StaffSchedule> for ScheduleItem {
    fn from(one: &StaffSchedule) -> Self {
        let rule = |(day, hours): (chrono::Weekday, Hours)| RuleItem {
            weekday: day.num_days_from_sunday(),
            hours: Stretch::from(hours),
        };
        Self {
            id: one.id.0,
            name: one.name.clone(),
            valid_from: one.schedule.valid_from,
            valid_to: one.schedule.valid_to,
            rules: one.schedule.week.rules().map(rule).collect(),
        }
    }
}

/// A stretch of a week.
#[derive(Serialize, ToSchema)]
pub struct RuleItem {
    /// 0 is Sunday.
    #[schema(example = 4)]
    pub weekday: u32,
    #[serde(flatten)]
    pub hours: Stretch,
}

/// From and until by the clock of the salon.
#[derive(Serialize, ToSchema)]
pub struct Stretch {
    #[schema(example = "16:00")]
    pub start: String,
    /// What is not later than the start is on the next day.
    #[schema(example = "02:00")]
    pub end: String,
}

impl From<Hours> for Stretch {
    fn from(hours: Hours) -> Self {
        let (start, end) = hours.to_clock();
        Self { start, end }
    }
}

/// What is so on one business day instead of the week.
#[derive(Serialize, ToSchema)]
pub struct ExceptionItem {
    pub date: NaiveDate,
    /// Empty: a day off.
    pub hours: Vec<Stretch>,
    pub reason: Option<String>,
}

impl From<&StaffException> for ExceptionItem {
    fn from(one: &StaffException) -> Self {
        let hours = match &one.exception.hours {
            DayHours::Closed => Vec::new(),
            DayHours::Custom(hours) => hours.iter().copied().map(Stretch::from).collect(),
        };
        Self { date: one.exception.date, hours, reason: one.reason.clone() }
    }
}

/// Time off.
#[derive(Serialize, ToSchema)]
pub struct TimeOffItem {
    pub id: Uuid,
    pub starts_at: DateTime<Utc>,
    pub ends_at: DateTime<Utc>,
    pub reason: Option<String>,
}

impl From<&TimeOff> for TimeOffItem {
    fn from(one: &TimeOff) -> Self {
        Self { id: one.id.0, starts_at: one.starts_at, ends_at: one.ends_at, reason: one.reason.clone() }
    }
}

/// When a salon is closed.
#[derive(Serialize, ToSchema)]
pub struct ClosingList {
    pub items: Vec<ClosingItem>,
}

/// A day on which a salon is closed.
#[derive(Serialize, ToSchema)]
pub struct ClosingItem {
    pub date: NaiveDate,
    /// Whether what the night before spills into it goes too.
    pub takes_spill: bool,
    pub reason: Option<String>,
}

impl From<&SalonClosing> for ClosingItem {
    fn from(one: &SalonClosing) -> Self {
        Self { date: one.closing.date, takes_spill: one.closing.takes_spill, reason: one.reason.clone() }
    }
}
