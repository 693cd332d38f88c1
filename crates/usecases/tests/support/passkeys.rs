//! People with passkeys.

use domain::session::SessionKind;
use usecases::testing::SoftAuthenticator;
use usecases::{Actor, AddPasskey, Ceremony, Client, Error, PasskeyAdded, PasskeySignIn, SignedIn, Usecases};

use super::here;

/// Where the browsers of the tests are.
pub const ORIGIN: &str = "http://localhost:3000";

pub fn authenticator(number: u8) -> SoftAuthenticator {
    SoftAuthenticator::new(number, ORIGIN)
}

/// Adds the passkey in this session.
pub async fn add(uc: &Usecases, me: &Actor, authenticator: &mut SoftAuthenticator) -> Result<PasskeyAdded, Error> {
    let begun = uc.begin_passkey(me).await?;
    let credential = authenticator.make(&begun.options);
    uc.add_passkey(me, AddPasskey { ceremony: begun.id, credential, name: "Sara's phone".to_owned() }).await
}

/// Shows it in this session.
pub async fn show(uc: &Usecases, me: &Actor, authenticator: &mut SoftAuthenticator) -> Result<(), Error> {
    let begun = uc.begin_passkey_show(me).await?;
    uc.show_passkey(me, begun.id, authenticator.show(&begun.options)).await
}

pub fn answer(begun: &Ceremony, authenticator: &mut SoftAuthenticator) -> PasskeySignIn {
    PasskeySignIn {
        ceremony: begun.id,
        credential: authenticator.show(&begun.options),
        device_name: None,
        device_token: None,
        kind: SessionKind::Api,
    }
}

pub async fn begin_sign_in(uc: &Usecases) -> Ceremony {
    uc.begin_passkey_sign_in(&here()).await.expect("begins")
}

pub async fn sign_in_from(
    uc: &Usecases,
    authenticator: &mut SoftAuthenticator,
    device_token: Option<&str>,
    client: &Client,
) -> Result<SignedIn, Error> {
    let begun = uc.begin_passkey_sign_in(client).await?;
    let input = PasskeySignIn { device_token: device_token.map(str::to_owned), ..answer(&begun, authenticator) };
    uc.sign_in_with_passkey(input, client).await
}

/// Signs in with it.
pub async fn sign_in_with(uc: &Usecases, authenticator: &mut SoftAuthenticator) -> Result<SignedIn, Error> {
    sign_in_from(uc, authenticator, None, &here()).await
}

/// Fails unless it is the one answer there is.
#[track_caller]
#[expect(clippy::needless_pass_by_value, reason = "whoever calls has no more use for it")]
pub fn refused_passkey<T: std::fmt::Debug>(outcome: Result<T, Error>) {
    assert!(matches!(outcome, Err(Error::PasskeyRefused)), "{outcome:?}");
}
