//! Who comes to a door, what they are told, and whether anything was written.

use domain::role::Role;
use store::testing::Raw;

use super::Gate;
use super::Gate::{Admin, Either, Staff};
use crate::support::{Answer, Browser, Customer, TestApp};

/// Who comes: a role or none, with or without a second factor shown.
#[derive(Clone, Copy, Debug)]
pub struct Doer {
    role: Option<Role>,
    has_factor: bool,
}

impl Doer {
    pub fn all() -> impl Iterator<Item = Self> {
        let roles = std::iter::once(None).chain(Role::ALL.map(Some));
        roles.flat_map(|role| [false, true].map(|has_factor| Self { role, has_factor }))
    }

    /// What the admin says to them; `None`: come in.
    pub fn refusal(self, gate: Gate) -> Option<&'static str> {
        match (gate, self.role) {
            (Staff | Admin(_) | Either(..), None) => Some("forbidden"),
            (Staff | Admin(_) | Either(..), Some(_)) if !self.has_factor => Some("second-factor-required"),
            (Admin(permission), Some(role)) if !role.may(permission) => Some("forbidden"),
            (Either(one, other), Some(role)) if !role.may(one) && !role.may(other) => Some("forbidden"),
            _ => None,
        }
    }

    /// A phone of a person like this, another for each `turn`.
    fn phone(self, turn: usize) -> String {
        let role = self.role.map_or(0, |role| 1 + role as usize);
        format!("+96650{turn:04}{role}{}{}", u8::from(self.has_factor), turn % 7)
    }

    pub async fn app(self, app: &TestApp, turn: usize) -> Customer {
        let phone = self.phone(turn);
        app.advance(601);
        let customer = app.customer(&phone).await;
        if let Some(role) = self.role {
            app.uc.grant_role(&phone, role).await.expect("granted");
        }
        if self.has_factor {
            customer.enrol().await;
        }
        customer
    }

    pub async fn browser(self, app: &TestApp, turn: usize) -> Browser {
        let (phone, mut browser) = (self.phone(turn), Browser::default());
        app.advance(601);
        browser.sign_in(app, &phone).await;
        if let Some(role) = self.role {
            app.uc.grant_role(&phone, role).await.expect("granted");
        }
        if self.has_factor {
            browser.enrol(app).await;
        }
        browser
    }
}

/// Somebody to whom things would be done.
pub async fn target(app: &TestApp) -> String {
    app.customer("+966501234567").await.user_id
}

/// Notices whether anybody wrote between two looks. SQLite tells it: the number changes with each commit of another connection.
pub struct Watch(Raw);

impl Watch {
    pub async fn new(app: &TestApp) -> Self {
        let mut watch = Self(Raw::connect(app.config.database.url.expose()).await);
        watch.version().await;
        watch
    }

    pub async fn version(&mut self) -> i64 {
        self.0.number("SELECT data_version FROM pragma_data_version").await
    }
}

pub fn concrete(template: &str, id: &str) -> String {
    let ids = [
        "{id}",
        "{note_id}",
        "{session_id}",
        "{user_id}",
        "{service_id}",
        "{staff_id}",
        "{schedule_id}",
        "{time_off_id}",
        "{staff}",
    ]
    .iter()
    .fold(template.to_owned(), |text, name| text.replace(name, id));
    ids.replace("{provider}", "twilio")
        .replace("{code}", "forbidden")
        .replace("{role}", "stylist")
        .replace("{date}", "2027-01-01")
        .replace("{slug}", "salon-1")
}

/// Refused for who they are, not for what they sent.
pub fn is_refusal(answer: &Answer) -> bool {
    let code = answer.body["code"].as_str().unwrap_or_default();
    matches!(code, "unauthenticated" | "session-ended" | "forbidden")
}
