//! The whole service in this process, on a database of its own and a clock that the test moves.

use std::path::Path;
use std::sync::Arc;

use axum::Router;
use chrono::{DateTime, TimeDelta};
use domain::role::Role;
use server::assets::Assets;
use server::config::{Config, Environment, Sources, load};
use server::state::{AppState, Readiness};
use server::{build_router, wiring};
use tempfile::TempDir;
use usecases::Usecases;
use usecases::clock::Clock;
use usecases::rng::Rng;

use super::{ADMIN, Authenticator, Browser, Call, Customer};

/// 18 November 2026, 12:00 UTC.
const START: i64 = 1_795_003_200;

/// Clones share everything.
#[derive(Clone)]
pub struct TestApp {
    pub router: Router,
    pub uc: Usecases,
    pub config: Arc<Config>,
    pub readiness: Readiness,
    folder: Arc<TempDir>,
}

impl TestApp {
    /// On a new SQLite file.
    pub async fn sqlite() -> Self {
        Self::with("").await
    }

    /// On a new SQLite file, with more configuration.
    pub async fn with(more: &str) -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        let url = format!("sqlite://{}", folder.path().join("salon.db").display());
        Self::build(&url, more, folder).await
    }

    /// On any empty database.
    pub async fn on(url: &str) -> Self {
        Self::build(url, "", TempDir::new().expect("a temporary folder")).await
    }

    async fn build(url: &str, more: &str, folder: TempDir) -> Self {
        let config = config(url, folder.path(), more);
        let store = wiring::connect(&config).await.expect("the database opens");
        store.migrate().await.expect("migrations run");
        let clock = Clock::manual(DateTime::from_timestamp(START, 0).expect("in range"));
        let uc = wiring::usecases_with(&config, store, clock, Rng::os()).expect("the configuration is right");
        Self::around(uc, config, folder.into())
    }

    /// A second service on the database of `self`, with other configuration: another process, another release.
    pub async fn beside(&self, more: &str) -> Self {
        let config = config(self.config.database.url.expose(), self.folder.path(), more);
        let store = wiring::connect(&config).await.expect("the database opens");
        let uc = wiring::usecases_with(&config, store, self.uc.clock().clone(), Rng::os()).expect("the configuration is right");
        Self::around(uc, config, self.folder.clone())
    }

    fn around(uc: Usecases, config: Config, folder: Arc<TempDir>) -> Self {
        let config = Arc::new(config);
        let assets = Assets {
            css: "/pkg/salon.css".into(),
            admin_css: "/pkg/admin.css".into(),
            admin_js: "/pkg/admin.js".into(),
            js: "/pkg/salon.js".into(),
            wasm: "/pkg/salon.wasm".into(),
        };
        let state = AppState::new(uc.clone(), config.clone(), assets);
        let readiness = state.readiness.clone();
        Self { router: build_router(state), uc, config, readiness, folder }
    }

    /// Where its files are.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Moves the clock.
    pub fn advance(&self, seconds: i64) {
        self.uc.clock().advance(TimeDelta::seconds(seconds));
    }

    pub fn get(&self, path: &str) -> Call {
        self.call("GET", path)
    }

    pub fn post(&self, path: &str) -> Call {
        self.call("POST", path)
    }

    pub fn call(&self, method: &str, path: &str) -> Call {
        Call::new(self.router.clone(), method, path)
    }

    /// Somebody who has just signed in.
    pub async fn customer(&self, phone: &str) -> Customer {
        Customer::sign_in(self, phone).await
    }

    /// Somebody with a role who has just shown a second factor.
    pub async fn staff(&self, phone: &str, role: Role) -> Customer {
        let staff = self.customer(phone).await;
        self.uc.grant_role(phone, role).await.expect("granted");
        staff.enrol().await;
        staff
    }

    /// The same at the pages, and the app that shows the second factor.
    pub async fn staff_at_pages(&self, phone: &str, role: Role) -> (Browser, Authenticator) {
        let mut browser = Browser::default();
        browser.sign_in(self, phone).await;
        self.uc.grant_role(phone, role).await.expect("granted");
        let (totp, _) = browser.enrol(self).await;
        (browser, totp)
    }

    /// Whoever runs the platform, with an app.
    pub async fn admin(&self) -> Customer {
        self.staff(ADMIN, Role::PlatformAdmin).await
    }

    /// Whoever runs the platform, at the pages.
    pub async fn boss(&self) -> Browser {
        self.staff_at_pages(ADMIN, Role::PlatformAdmin).await.0
    }

    /// Asks for a code; the id of the challenge.
    pub async fn challenge(&self, phone: &str) -> String {
        let answer = self.post("/api/auth/phone/request/").json(&serde_json::json!({ "phone": phone })).send().await;
        answer.ok(202).text("challenge_id")
    }

    /// The newest code that was texted to a phone, read in the development sink.
    pub async fn code(&self, phone: &str) -> String {
        let newest = self.messages(phone).await.into_iter().next().expect("a message");
        newest["code"].as_str().expect("with a code").to_owned()
    }

    /// Everything texted to a phone, newest first.
    pub async fn messages(&self, phone: &str) -> Vec<serde_json::Value> {
        while self.uc.deliver_outbox(100).await.expect("the outbox is worked on").sent > 0 {}
        let answer = self.get(&format!("/dev/sms.json?to={}", phone.replace('+', "%2B"))).send().await;
        answer.body.as_array().expect("a list").clone()
    }
}

/// Limits that are about floods and addresses are out of the way; everything else is the default.
fn config(url: &str, folder: &Path, more: &str) -> Config {
    let text = format!(
        "[database]\nurl = '{url}'\nacquire_timeout_s = 60\n[server]\nsite_root = '{}'\nmax_requests = 100000\n\
         [flood]\nrequests_per_second = 100000\nburst = 100000\n",
        folder.join("site").display()
    );
    let mut table: toml::Table = text.parse().expect("TOML");
    let more: toml::Table = more.parse().expect("TOML");
    for (section, values) in more {
        match (table.get_mut(&section).and_then(toml::Value::as_table_mut), values) {
            (Some(known), toml::Value::Table(values)) => known.extend(values),
            (_, values) => drop(table.insert(section, values)),
        }
    }
    let sources = Sources { file: Some(("test.toml".into(), table.to_string())), variables: Vec::new() };
    let mut config = load(&sources).expect("the configuration loads");
    // Production would make none: a test of it runs on these all the same.
    let env = std::mem::replace(&mut config.env, Environment::Development);
    config.fill_development_keys_in(folder, &Rng::os()).expect("keys are made");
    config.env = env;
    config
}
