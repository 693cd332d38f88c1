//! What one client does again and again. One turn is one operation of the table.

mod api;
mod pages;
mod peers;

use anyhow::{Result, ensure};

use crate::gateway::Gateway;
use crate::peer::Peer;
use crate::wire::Wire;

/// A client under way.
pub struct User {
    /// Its connection.
    pub wire: Wire,
    /// Whom it talks to when it is not Salon, and where that one's codes go.
    pub peer: Option<(Peer, Gateway)>,
    /// What it has gathered for the turns that need it.
    pub kept: Kept,
}

/// What a client holds between two turns.
#[derive(Default)]
pub struct Kept {
    /// A signed-in session.
    pub access: String,
    /// Its refresh token.
    pub refresh: String,
    /// A challenge, and guesses it still bears.
    pub challenge: Option<(String, u32)>,
}

/// The kinds of turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// Somebody new asks for a code.
    Request,
    /// Somebody new asks for a code and enters it.
    SignIn,
    /// A wrong code.
    WrongGuess,
    /// A refresh token for the next.
    Refresh,
    /// `/api/me/`.
    Me,
    /// `/login`.
    LoginPage,
    /// The bare server.
    Bare,
}

/// One line of the table.
pub struct Scenario {
    /// For `--only` and the table.
    pub name: &'static str,
    /// What a turn is.
    pub turn: Turn,
    /// Whether it is for the bare server alone.
    pub is_bare: bool,
}

/// All of them.
pub const ALL: &[Scenario] = &[
    Scenario { name: "bare", turn: Turn::Bare, is_bare: true },
    Scenario { name: "request", turn: Turn::Request, is_bare: false },
    Scenario { name: "sign-in", turn: Turn::SignIn, is_bare: false },
    Scenario { name: "wrong-guess", turn: Turn::WrongGuess, is_bare: false },
    Scenario { name: "refresh", turn: Turn::Refresh, is_bare: false },
    Scenario { name: "me", turn: Turn::Me, is_bare: false },
    Scenario { name: "login-page", turn: Turn::LoginPage, is_bare: false },
];

/// Those of these names, or all.
pub fn chosen(names: &[String]) -> Result<Vec<&'static Scenario>> {
    let chosen: Vec<_> = ALL.iter().filter(|one| names.is_empty() || names.iter().any(|name| name == one.name)).collect();
    ensure!(!chosen.is_empty(), "there are: {}", ALL.iter().map(|one| one.name).collect::<Vec<_>>().join(" "));
    Ok(chosen)
}

impl Scenario {
    /// What has to be there before the first turn.
    pub async fn prepare(&self, user: &mut User) -> Result<()> {
        match self.turn {
            Turn::Refresh | Turn::Me => api::become_signed_in(user).await,
            Turn::Request | Turn::SignIn | Turn::WrongGuess | Turn::LoginPage | Turn::Bare => Ok(()),
        }
    }

    /// What has to be there before each turn and is not part of it. It is not timed; its processor time is counted, so it is rare.
    pub async fn restock(&self, user: &mut User) -> Result<()> {
        if self.turn == Turn::WrongGuess { api::hold_challenge(user).await } else { Ok(()) }
    }

    /// One turn.
    pub async fn turn(&self, user: &mut User) -> Result<()> {
        match self.turn {
            Turn::Request if user.peer.is_some() => peers::request(user).await.map(drop),
            Turn::SignIn if user.peer.is_some() => peers::sign_in(user).await,
            Turn::Request => api::request(user).await.map(drop),
            Turn::SignIn => api::sign_in(user).await,
            Turn::WrongGuess => api::guess_wrong(user).await,
            Turn::Refresh => api::refresh(user).await,
            Turn::Me => api::me(user).await,
            Turn::LoginPage => pages::login(user).await,
            Turn::Bare => pages::bare(user).await,
        }
    }
}
