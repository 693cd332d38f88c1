//! A row of `challenges`, alone or beside an outbox row.

use domain::challenge::{Challenge, CodeLength, Purpose};
use domain::ids::{ChallengeId, DeviceId, SessionId, UserId};
use domain::keys::LimitKey;
use sqlx::{ColumnIndex, Decode, FromRow, Row, Type};
use uuid::Uuid;

use crate::read::{hash, locale, named, number, phone};
use crate::{Instant, StoreError};

/// The columns of [`ChallengeRow`], renamed where other tables have them too.
macro_rules! challenge_columns {
    () => {
        "challenges.challenge_id, challenges.user_id AS challenge_user_id, challenges.epoch AS challenge_epoch, \
         challenges.phone AS challenge_phone, challenges.purpose, challenges.code_length, challenges.key_id, \
         challenges.locale AS challenge_locale, challenges.guess_key, challenges.attempts AS challenge_attempts, challenges.max_attempts, \
         challenges.session_id, challenges.device_id, challenges.network, challenges.created_at AS challenge_created_at, \
         challenges.expires_at AS challenge_expires_at, challenges.final_at, challenges.last_sent_at, challenges.consumed_at"
    };
}

pub(crate) use challenge_columns;

#[derive(FromRow)]
pub(crate) struct ChallengeRow {
    challenge_id: Uuid,
    challenge_user_id: Uuid,
    challenge_epoch: i64,
    challenge_phone: String,
    purpose: String,
    code_length: i32,
    key_id: String,
    challenge_locale: String,
    guess_key: Vec<u8>,
    challenge_attempts: i32,
    max_attempts: i32,
    session_id: Option<Uuid>,
    device_id: Option<Uuid>,
    network: Option<Vec<u8>>,
    challenge_created_at: Instant,
    challenge_expires_at: Instant,
    final_at: Instant,
    last_sent_at: Instant,
    consumed_at: Option<Instant>,
}

impl TryFrom<ChallengeRow> for Challenge {
    type Error = StoreError;

    fn try_from(row: ChallengeRow) -> Result<Self, StoreError> {
        let code_length = u8::try_from(row.code_length).ok().and_then(CodeLength::new);
        Ok(Self {
            id: ChallengeId(row.challenge_id),
            user_id: UserId(row.challenge_user_id),
            epoch: row.challenge_epoch,
            phone: phone(&row.challenge_phone, "challenges.phone")?,
            purpose: named(&row.purpose, "challenges.purpose", Purpose::parse)?,
            code_length: code_length.ok_or_else(|| StoreError::Inconsistent("challenges.code_length is out of range".into()))?,
            key_id: row.key_id,
            locale: locale(&row.challenge_locale, "challenges.locale")?,
            guess_key: LimitKey(hash(row.guess_key, "challenges.guess_key")?),
            attempts: number(row.challenge_attempts, "challenges.attempts")?,
            max_attempts: number(row.max_attempts, "challenges.max_attempts")?,
            session_id: row.session_id.map(SessionId),
            device_id: row.device_id.map(DeviceId),
            network: row.network.map(|key| hash(key, "challenges.network")).transpose()?.map(LimitKey),
            created_at: row.challenge_created_at.0,
            expires_at: row.challenge_expires_at.0,
            final_at: row.final_at.0,
            last_sent_at: row.last_sent_at.0,
            consumed_at: row.consumed_at.map(|at| at.0),
        })
    }
}

/// The challenge of a row that need not have one (a left join).
pub(crate) struct MaybeChallengeRow(pub Option<ChallengeRow>);

impl<'r, R: Row> FromRow<'r, R> for MaybeChallengeRow
where
    ChallengeRow: FromRow<'r, R>,
    Option<Uuid>: Decode<'r, R::Database> + Type<R::Database>,
    &'static str: ColumnIndex<R>,
{
    fn from_row(row: &'r R) -> Result<Self, sqlx::Error> {
        match row.try_get::<Option<Uuid>, _>("challenge_id")? {
            Some(_) => ChallengeRow::from_row(row).map(Some).map(Self),
            None => Ok(Self(None)),
        }
    }
}

impl TryFrom<MaybeChallengeRow> for Option<Challenge> {
    type Error = StoreError;

    fn try_from(row: MaybeChallengeRow) -> Result<Self, StoreError> {
        row.0.map(Challenge::try_from).transpose()
    }
}
