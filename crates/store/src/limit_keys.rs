//! `limit_keys`: one row a limit, with its recent uses. Looking whether there is room and using it are one guarded statement, so
//! that it is exact however many ask at once: whoever comes second looks at the row as the first one left it.

use chrono::{DateTime, DurationRound, TimeDelta, Utc};
use domain::ids::DeviceId;
use domain::keys::LimitKey;
use domain::limits::Quota;
use domain::phone::PhoneNumber;
use domain::user::User;
use domain::uses::{Use, Uses};
use sqlx::FromRow;

use crate::devices::{Known, MaybeKnownRow, join_known, known_columns};
use crate::guesses::{Record, RecordRow, guess_columns};
use crate::user_row::{MaybeUserRow, user_columns};
use crate::write::{Write, write_of};
use crate::{Instant, StoreError, Tx};

/// Rows are forgotten by the day.
const DAY: TimeDelta = TimeDelta::days(1);

// 17: `Use::INSTANT_WIDTH`. A row without an n-th newest use has the empty text there, which sorts before every instant.
const SPEND: &str = "INSERT INTO limit_keys (limit_key, uses, forget_at) VALUES ($1, $2, $3)
    ON CONFLICT (limit_key) DO UPDATE SET uses = substr(excluded.uses || limit_keys.uses, 1, $4),
    forget_at = CASE WHEN excluded.forget_at > limit_keys.forget_at THEN excluded.forget_at ELSE limit_keys.forget_at END
    WHERE substr(limit_keys.uses, $5, 17) <= $6 AND substr(limit_keys.uses, $7, 17) <= $8";

/// One use of a limit that has one quota or two, if there is room in both; otherwise nothing of its batch happens.
pub fn spend(key: LimitKey, quotas: [Quota; 2], one: Use) -> Write<'static> {
    spend_shared(key, quotas, 0, one)
}

/// The same of a limit whose quotas are not the same for everybody: its row keeps `remembered` uses at least, so that those with
/// the smaller quota forget nothing that counts for the others.
pub fn spend_shared(key: LimitKey, quotas: [Quota; 2], remembered: u32, one: Use) -> Write<'static> {
    let most = quotas.iter().map(|quota| quota.limit).fold(remembered, u32::max);
    let longest = quotas.iter().map(|quota| quota.window).max().unwrap_or_default();
    let at = |quota: Quota| (place_of(quota.limit), Use::instant_text(quota.since(one.at)));
    let [first, second] = quotas.map(at);
    let characters = i32::try_from(most).unwrap_or(i32::MAX).saturating_mul(width());
    write_of!(
        SPEND,
        key.0.to_vec(),
        one.to_text(),
        Instant(forget_at(one.at, longest)),
        characters,
        first.0,
        first.1,
        second.0,
        second.1
    )
    .guarded()
}

const FIND: &str = "SELECT uses FROM limit_keys WHERE limit_key = $1";

/// What has been used of one limit.
pub async fn find(tx: &mut Tx, key: LimitKey) -> Result<Uses, StoreError> {
    let row = fetch!(tx, fetch_optional, (String,), FIND, &key.0[..])?;
    read(row.as_ref().map(|(uses,)| uses.as_str()))
}

/// Where the `limit`-th newest use begins, as `substr` counts.
pub(crate) fn place_of(limit: u32) -> i32 {
    i32::try_from(limit.saturating_sub(1)).unwrap_or(i32::MAX).saturating_mul(width()).saturating_add(1)
}

pub(crate) fn width() -> i32 {
    i32::try_from(Use::WIDTH).unwrap_or(i32::MAX)
}

/// The midnight after the last window of a use has passed.
pub(crate) fn forget_at(at: DateTime<Utc>, longest: TimeDelta) -> DateTime<Utc> {
    at.checked_add_signed(longest).and_then(|end| (end + DAY).duration_trunc(DAY).ok()).unwrap_or(at)
}

/// The limits of one message.
#[derive(Clone, Copy, Debug)]
pub struct SendKeys {
    /// The caller's address.
    pub address: LimitKey,
    /// The phone.
    pub phone: LimitKey,
    /// The phone and what the code is for.
    pub cooldown: LimitKey,
    /// The device that the caller names and what the code is for.
    pub own_cooldown: Option<LimitKey>,
    /// The guesses at codes of the phone.
    pub guesses: LimitKey,
}

/// The recent uses of [`SendKeys`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SendUses {
    /// By the caller's address.
    pub address: Uses,
    /// To the phone.
    pub phone: Uses,
    /// To the phone for this purpose, asked for by anybody.
    pub cooldown: Uses,
    /// For this purpose, asked for by this device.
    pub own_cooldown: Uses,
}

/// All it takes to say whether a message may go out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BeforeSend {
    /// What has been used of the limits.
    pub spent: SendUses,
    /// What is known of the guesses at codes of the phone.
    pub guesses: Record,
    /// Who has the phone.
    pub user: Option<User>,
    /// The device that was named, if the owner of the phone is known by it.
    pub device: Option<Known>,
}

#[derive(FromRow)]
struct BeforeSendRow {
    address_uses: Option<String>,
    phone_uses: Option<String>,
    cooldown_uses: Option<String>,
    own_cooldown_uses: Option<String>,
    #[sqlx(flatten)]
    guesses: RecordRow,
    #[sqlx(flatten)]
    user: MaybeUserRow,
    #[sqlx(flatten)]
    device: MaybeKnownRow,
}

pub(crate) const FIND_BEFORE_SEND: &str = concat!(
    "SELECT address.uses AS address_uses, phone.uses AS phone_uses, cooldown.uses AS cooldown_uses,
    own_cooldown.uses AS own_cooldown_uses, ",
    user_columns!(),
    ", ",
    known_columns!(),
    ", ",
    guess_columns!(),
    " FROM (SELECT 1) AS here LEFT JOIN limit_keys AS address ON address.limit_key = $1
    LEFT JOIN limit_keys AS phone ON phone.limit_key = $2
    LEFT JOIN limit_keys AS cooldown ON cooldown.limit_key = $3
    LEFT JOIN limit_keys AS own_cooldown ON own_cooldown.limit_key = $4
    LEFT JOIN limit_keys AS guesses ON guesses.limit_key = $5
    LEFT JOIN users ON users.phone = $6",
    join_known!("$7")
);

/// What has been used of the limits of a message, who has the phone, and whether they are known by `device`, in one statement: the
/// same work whoever they are and whatever was named.
pub async fn find_before_send(
    tx: &mut Tx,
    keys: &SendKeys,
    phone: &PhoneNumber,
    device: Option<DeviceId>,
) -> Result<BeforeSend, StoreError> {
    let SendKeys { address, phone: phone_key, cooldown, own_cooldown, guesses } = keys;
    let row = fetch!(
        tx,
        fetch_one,
        BeforeSendRow,
        FIND_BEFORE_SEND,
        &address.0[..],
        &phone_key.0[..],
        &cooldown.0[..],
        own_cooldown.as_ref().map(|key| &key.0[..]),
        &guesses.0[..],
        phone.as_e164(),
        device.map(|id| id.0)
    )?;
    let spent = SendUses {
        address: read(row.address_uses.as_deref())?,
        phone: read(row.phone_uses.as_deref())?,
        cooldown: read(row.cooldown_uses.as_deref())?,
        own_cooldown: read(row.own_cooldown_uses.as_deref())?,
    };
    Ok(BeforeSend { spent, guesses: row.guesses.try_into()?, user: row.user.try_into()?, device: row.device.0 })
}

/// The limits of one proof of work.
#[derive(Clone, Copy, Debug)]
pub struct ProofKeys {
    /// The puzzle.
    pub puzzle: LimitKey,
    /// Those of the client's network who waited.
    pub network: LimitKey,
    /// All who waited.
    pub everybody: LimitKey,
}

/// The recent uses of [`ProofKeys`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProofUses {
    /// Of the puzzle.
    pub puzzle: Uses,
    /// By those of the network who waited.
    pub network: Uses,
    /// By all who waited.
    pub everybody: Uses,
}

pub(crate) const FIND_BEFORE_PROOF: &str = "SELECT puzzle.uses, network.uses, everybody.uses
    FROM (SELECT 1) AS here LEFT JOIN limit_keys AS puzzle ON puzzle.limit_key = $1
    LEFT JOIN limit_keys AS network ON network.limit_key = $2
    LEFT JOIN limit_keys AS everybody ON everybody.limit_key = $3";

/// What has been used of the limits of a proof of work, in one statement.
pub async fn find_before_proof(tx: &mut Tx, keys: &ProofKeys) -> Result<ProofUses, StoreError> {
    type Row = (Option<String>, Option<String>, Option<String>);
    let ProofKeys { puzzle, network, everybody } = keys;
    let row = fetch!(tx, fetch_one, Row, FIND_BEFORE_PROOF, &puzzle.0[..], &network.0[..], &everybody.0[..])?;
    Ok(ProofUses { puzzle: read(row.0.as_deref())?, network: read(row.1.as_deref())?, everybody: read(row.2.as_deref())? })
}

/// The uses in a row that need not be there.
pub(crate) fn read(text: Option<&str>) -> Result<Uses, StoreError> {
    Uses::parse(text.unwrap_or_default()).ok_or_else(|| StoreError::Inconsistent("limit_keys.uses does not read back".into()))
}

pub(crate) const DELETE_BEFORE: &str = delete_before!("limit_keys", "limit_key", "forget_at");

/// Forgets up to `limit` rows whose last window ended before `before`: how many.
pub async fn delete_before(tx: &mut Tx, before: DateTime<Utc>, limit: u32) -> Result<u64, StoreError> {
    execute!(tx, DELETE_BEFORE, Instant(before), i64::from(limit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_of_the_guard_and_the_width_of_an_instant_are_one() {
        assert!(SPEND.contains(&format!(", {})", Use::INSTANT_WIDTH)));
    }

    #[test]
    fn a_row_outlives_its_longest_window_by_less_than_two_days() {
        let at = DateTime::from_timestamp(1_800_000_000, 0).expect("in range");
        let end = at + TimeDelta::days(30);
        let forget = forget_at(at, TimeDelta::days(30));
        assert!(forget > end && forget <= end + DAY, "{forget}");
    }
}
