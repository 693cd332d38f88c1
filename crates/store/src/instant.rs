//! Instants as they are stored: text of one fixed width on `SQLite`, so that it sorts like time; `TIMESTAMPTZ` on `PostgreSQL`.

use chrono::{DateTime, Datelike, Utc};
use sqlx::encode::{Encode, IsNull};
use sqlx::error::BoxDynError;
use sqlx::postgres::{PgArgumentBuffer, PgTypeInfo, PgValueRef, Postgres};
use sqlx::sqlite::{Sqlite, SqliteArgumentsBuffer, SqliteTypeInfo, SqliteValueRef};
use sqlx::{Decode, Type};

/// `2026-01-01T00:00:00.000000Z`. The driver's own text leaves out zero fractions, and `…00+00:00` sorts after `…00.5+00:00`.
const TEXT: &str = "%Y-%m-%dT%H:%M:%S%.6fZ";

/// A UTC instant, cut to microseconds when it is written: `PostgreSQL` keeps no more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Instant(pub DateTime<Utc>);

impl Instant {
    /// As `SQLite` stores it, and as `PostgreSQL` reads it.
    pub(crate) fn to_text(self) -> String {
        self.0.format(TEXT).to_string()
    }
}

impl From<Instant> for DateTime<Utc> {
    fn from(instant: Instant) -> Self {
        instant.0
    }
}

impl Type<Sqlite> for Instant {
    fn type_info() -> SqliteTypeInfo {
        <str as Type<Sqlite>>::type_info()
    }
}

impl Encode<'_, Sqlite> for Instant {
    fn encode_by_ref(&self, buffer: &mut SqliteArgumentsBuffer) -> Result<IsNull, BoxDynError> {
        // Other years have another width, and would sort wrong without a word.
        if !(1..=9999).contains(&self.0.year()) {
            return Err("an instant outside the years 1 to 9999".into());
        }
        Encode::<Sqlite>::encode(self.to_text(), buffer)
    }
}

impl<'r> Decode<'r, Sqlite> for Instant {
    fn decode(value: SqliteValueRef<'r>) -> Result<Self, BoxDynError> {
        let text = <&str as Decode<'r, Sqlite>>::decode(value)?;
        Ok(Self(DateTime::parse_from_rfc3339(text)?.to_utc()))
    }
}

impl Type<Postgres> for Instant {
    fn type_info() -> PgTypeInfo {
        <DateTime<Utc> as Type<Postgres>>::type_info()
    }
}

impl Encode<'_, Postgres> for Instant {
    fn encode_by_ref(&self, buffer: &mut PgArgumentBuffer) -> Result<IsNull, BoxDynError> {
        <DateTime<Utc> as Encode<'_, Postgres>>::encode_by_ref(&self.0, buffer)
    }
}

impl<'r> Decode<'r, Postgres> for Instant {
    fn decode(value: PgValueRef<'r>) -> Result<Self, BoxDynError> {
        <DateTime<Utc> as Decode<'r, Postgres>>::decode(value).map(Self)
    }
}
