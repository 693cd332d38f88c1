//! What a team would otherwise use, set up from its published packages as its documents say (`crates/bench/peers`).
//!
//! To add one: its folder there, how it is started and asked here.

use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

/// How a peer is started and asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Peer {
    /// Better Auth on Node.
    BetterAuth,
    /// rustauth on axum and sqlx.
    Rustauth,
    /// drfpasswordless with Simple JWT on Django.
    Drf,
}

impl Peer {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::BetterAuth, Self::Rustauth, Self::Drf];

    /// As in the table.
    pub const fn name(self) -> &'static str {
        match self {
            Self::BetterAuth => "Better Auth",
            Self::Rustauth => "rustauth",
            Self::Drf => "drfpasswordless",
        }
    }

    /// The name of its database.
    pub const fn database(self) -> &'static str {
        match self {
            Self::BetterAuth => "better_auth",
            Self::Rustauth => "rustauth",
            Self::Drf => "drfpasswordless",
        }
    }

    /// What has to be run once before it, on an empty database.
    pub fn setup(self, folder: &Path) -> Option<Command> {
        let mut command = Command::new("venv/bin/python");
        command.args(["-m", "django", "migrate", "--run-syncdb"]).current_dir(folder.join("drfpasswordless"));
        command.env("DJANGO_SETTINGS_MODULE", "peer.settings");
        (self == Self::Drf).then_some(command)
    }

    /// Its server.
    pub fn serve(self, folder: &Path, port: u16) -> Command {
        match self {
            Self::BetterAuth => {
                let mut command = Command::new("node");
                command.arg("server.mjs").current_dir(folder.join("better-auth")).env("NODE_ENV", "production");
                command
            }
            Self::Rustauth => Command::new(folder.join("rustauth/target/release/peer-rustauth")),
            Self::Drf => {
                let mut command = Command::new("venv/bin/gunicorn");
                let cores = std::thread::available_parallelism().map_or(1, usize::from).to_string();
                command.args(["peer.wsgi", "--workers", &cores, "--worker-class", "gthread", "--threads", "4"]);
                command.args(["--log-level", "error", "--no-control-socket", "--bind", &format!("127.0.0.1:{port}")]);
                command.current_dir(folder.join("drfpasswordless"));
                command
            }
        }
    }

    /// Where a code is asked for, with what, and the status of the answer.
    pub fn request(self, phone: &str) -> (&'static str, Value, u16) {
        match self {
            Self::BetterAuth | Self::Rustauth => ("/api/auth/phone-number/send-otp", json!({ "phoneNumber": phone }), 200),
            Self::Drf => ("/auth/mobile/", json!({ "mobile": phone }), 200),
        }
    }

    /// Where it is entered.
    pub fn verify(self, phone: &str, code: &str) -> (&'static str, Value, u16) {
        match self {
            Self::BetterAuth | Self::Rustauth => {
                ("/api/auth/phone-number/verify", json!({ "phoneNumber": phone, "code": code }), 200)
            }
            Self::Drf => ("/auth/token/", json!({ "mobile": phone, "token": code }), 200),
        }
    }
}
