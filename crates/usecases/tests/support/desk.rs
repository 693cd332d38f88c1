//! The desk of a salon: an admin who moves numbers, and people who prove them.

use domain::ids::UserId;
use domain::locale::Locale;
use domain::phone_move::{MoveKind, PhoneMove, Refusal};
use domain::role::Role;
use domain::session::Session;
use domain::user::User;
use store::users;
use usecases::{Actor, Admin, AskPhoneMove, Error, RequestProof, Sent, Usecases};

use super::{code_for, here, phone, sign_in};

/// Somebody who runs the platform, signed in once.
pub struct Desk {
    uc: Usecases,
    me: Actor,
}

impl Desk {
    pub async fn open(uc: &Usecases, phone: &str) -> Self {
        let session = sign_in(uc, phone).await.session;
        let user = uc.grant_role(phone, Role::PlatformAdmin).await.expect("granted");
        Self { uc: uc.clone(), me: Actor { user, session } }
    }

    /// With the second factor shown this moment.
    pub fn admin(&self) -> Admin {
        let session = Session { second_factor_at: Some(self.uc.clock().now()), ..self.me.session.clone() };
        self.uc.admin_actor(Some(Actor { session, user: self.me.user.clone() })).expect("let in")
    }

    pub async fn ask(&self, user: UserId, kind: MoveKind, phone: &str) -> Result<PhoneMove, Error> {
        self.uc.ask_phone_move(&self.admin(), &AskPhoneMove { user, kind, phone: phone.to_owned() }).await
    }

    pub async fn cancel(&self, user: UserId) -> Result<PhoneMove, Error> {
        self.uc.cancel_phone_move(&self.admin(), user).await
    }

    pub async fn undo(&self, user: UserId) -> Result<PhoneMove, Error> {
        self.uc.undo_phone_move(&self.admin(), user).await
    }
}

/// A code to a number that somebody says is theirs, without a session.
pub async fn ask_proof(uc: &Usecases, phone: &str) -> Result<Sent, Error> {
    let input = RequestProof { phone: phone.to_owned(), locale: None, proof: None };
    uc.request_phone_proof(&input, Locale::Ar, &here()).await
}

/// The whole of it: the code is asked for, read and entered.
pub async fn prove(uc: &Usecases, phone: &str, old: Option<&str>) -> Result<(), Error> {
    let challenge = ask_proof(uc, phone).await.expect("a challenge").challenge;
    let code = code_for(uc, &challenge).await;
    uc.prove_phone(challenge.id, &code, old).await
}

/// The person as stored.
pub async fn stored(uc: &Usecases, id: UserId) -> User {
    users::find(&mut uc.store().read().await.expect("connects"), id).await.expect("reads").expect("there")
}

/// Whose a number is, by the database.
pub async fn holder(uc: &Usecases, e164: &str) -> Option<UserId> {
    let mut tx = uc.store().read().await.expect("connects");
    users::find_by_phone(&mut tx, &phone(e164)).await.expect("reads").map(|user| user.id)
}

/// Why a number was not moved.
pub fn refusal<T: std::fmt::Debug>(outcome: Result<T, Error>) -> Refusal {
    match outcome {
        Err(Error::MoveRefused(refusal)) => refusal,
        other => panic!("expected a refusal, got {other:?}"),
    }
}
