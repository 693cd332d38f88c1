//! Passkeys as they go out over JSON.

use chrono::{DateTime, Utc};
use domain::passkey::Passkey;
use domain::recovery_code::RecoveryCode;
use serde::Serialize;
use serde_json::Value;
use usecases::{Ceremony, PasskeyAdded};
use utoipa::ToSchema;
use uuid::Uuid;

/// A passkey that is about to be made or shown.
#[derive(Serialize, ToSchema)]
pub struct PasskeyCeremony {
    /// To be sent back with the credential. Good once.
    pub ceremony_id: Uuid,
    /// `PublicKeyCredentialCreationOptionsJSON` or `PublicKeyCredentialRequestOptionsJSON` of WebAuthn Level 3.
    #[schema(value_type = Object)]
    pub public_key: Value,
    /// Then it has to be begun anew.
    pub expires_at: DateTime<Utc>,
}

impl From<Ceremony> for PasskeyCeremony {
    fn from(Ceremony { id, options, expires_at }: Ceremony) -> Self {
        Self { ceremony_id: id.0, public_key: options, expires_at }
    }
}

/// A passkey, as its owner sees it.
#[derive(Serialize, ToSchema)]
pub struct PasskeyItem {
    /// For `/api/me/passkeys/{id}/`; not the id that its authenticator knows it by.
    pub id: Uuid,
    /// What its owner calls it.
    #[schema(example = "Sara's phone")]
    pub name: String,
    /// When it was added.
    pub created_at: DateTime<Utc>,
    /// When it last signed in or was shown.
    pub last_used_at: Option<DateTime<Utc>>,
}

impl From<Passkey> for PasskeyItem {
    fn from(Passkey { id, name, created_at, last_used_at }: Passkey) -> Self {
        Self { id: id.0, name, created_at, last_used_at }
    }
}

/// A passkey that was just added.
#[derive(Serialize, ToSchema)]
pub struct AddedPasskey {
    pub passkey: PasskeyItem,
    /// Shown this once. None but with a person's first factor: we keep hashes of them.
    #[schema(example = json!(["7K3M-Q9XW-2FHT"]))]
    pub recovery_codes: Vec<String>,
}

impl From<PasskeyAdded> for AddedPasskey {
    fn from(PasskeyAdded { passkey, recovery_codes }: PasskeyAdded) -> Self {
        Self { passkey: passkey.into(), recovery_codes: recovery_codes.iter().map(RecoveryCode::to_text).collect() }
    }
}
