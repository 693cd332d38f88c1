//! People as an admin sees them. The phone is whole: this is the one audience that may.

use chrono::{DateTime, Utc};
use domain::locale::Locale;
use domain::people::Search;
use domain::person::{Audience, display_name};
use domain::user::User;
use serde::Serialize;
use usecases::UserList;
use utoipa::ToSchema;
use uuid::Uuid;

/// A page of people.
#[derive(Serialize, ToSchema)]
pub struct PersonPage {
    pub understood: Understood,
    pub items: Vec<PersonItem>,
    /// For `after`; null on the last page.
    pub next: Option<String>,
    /// E.164 of a good phone that nobody has; null otherwise.
    #[schema(example = "+966501234567")]
    pub addable: Option<String>,
}

/// What the box understood.
#[derive(Serialize, ToSchema)]
pub struct Understood {
    /// `everybody`, `phone`, `phone_prefix`, `phone_tail`, `email`, `short_id`, `id` or `name`.
    #[schema(value_type = String, example = "phone_prefix")]
    pub kind: &'static str,
    /// What is looked for, in its own form; null for everybody.
    #[schema(example = "+966501")]
    pub value: Option<String>,
}

/// A person as an admin sees them.
#[derive(Serialize, ToSchema)]
pub struct PersonItem {
    pub id: Uuid,
    #[schema(example = "7F3K")]
    pub short_id: String,
    /// E.164; null once erased, and while phoneless.
    #[schema(example = "+966501234567")]
    pub phone: Option<String>,
    /// Name, else phone.
    pub display_name: String,
    pub given_name: Option<String>,
    pub family_name: Option<String>,
    pub email: Option<String>,
    pub is_phone_verified: bool,
    /// `pending`, `active`, `blocked`, `erased`, or `phoneless`: the number went to somebody else.
    #[schema(value_type = String, example = "active")]
    pub status: &'static str,
    /// `self_service` or `staff`: who wrote the row first.
    #[schema(value_type = String, example = "self_service")]
    pub origin: &'static str,
    /// Whether testers opened it with the fixed code of a test number.
    pub is_sandbox: bool,
    /// Roles besides customer.
    #[schema(value_type = Vec<String>)]
    pub roles: Vec<&'static str>,
    pub created_at: DateTime<Utc>,
    /// To the nearest few minutes.
    pub last_seen_at: Option<DateTime<Utc>>,
}

impl PersonPage {
    pub fn new(list: UserList, locale: Locale) -> Self {
        Self {
            understood: Understood::from(&list.search),
            items: list.page.items.iter().map(|user| PersonItem::new(user, locale)).collect(),
            next: list.page.next,
            addable: list.addable.map(|phone| phone.as_e164().to_owned()),
        }
    }
}

impl From<&Search> for Understood {
    fn from(search: &Search) -> Self {
        let (kind, value) = match search {
            Search::Everybody => ("everybody", None),
            Search::Phone(phone) => ("phone", Some(phone.as_e164().to_owned())),
            Search::PhonePrefix(prefix) => ("phone_prefix", Some(prefix.as_str().to_owned())),
            Search::PhoneTail(tail) => ("phone_tail", Some(tail.as_str().to_owned())),
            Search::Email(email) => ("email", Some(email.clone())),
            Search::ShortId(id) => ("short_id", Some(id.to_string())),
            Search::Id(id) => ("id", Some(id.to_string())),
            Search::Name(key) => ("name", Some(key.as_str().to_owned())),
        };
        Self { kind, value }
    }
}

impl PersonItem {
    pub fn new(user: &User, locale: Locale) -> Self {
        let short_id = user.id.short();
        Self {
            id: user.id.0,
            phone: user.phone.as_ref().map(|phone| phone.as_e164().to_owned()),
            display_name: display_name(&user.as_person(&short_id), Audience::Admin, locale).text,
            short_id,
            given_name: user.given_name.clone(),
            family_name: user.family_name.clone(),
            email: user.email.clone(),
            is_phone_verified: user.is_phone_verified,
            status: user.status.as_str(),
            origin: user.origin.as_str(),
            is_sandbox: user.is_sandbox,
            roles: user.roles.iter().map(|role| role.as_str()).collect(),
            created_at: user.created_at,
            last_seen_at: user.last_seen_at,
        }
    }
}
