//! One write, not yet run: its text and what is bound.

use std::borrow::Cow;

use sqlx::encode::Encode;
use sqlx::error::BoxDynError;
use sqlx::{Arguments, Type};
use uuid::Uuid;

use crate::{Day, Instant};

/// A statement that writes. Run it in a transaction ([`crate::Tx::run`]), on its own ([`crate::Store::apply_one`]) or with others
/// ([`crate::Store::apply`]).
#[must_use = "nothing is written before it is run"]
#[derive(Clone, Debug)]
pub struct Write<'a> {
    pub(crate) sql: &'static str,
    pub(crate) binds: Vec<Bind<'a>>,
    pub(crate) is_guarded: bool,
}

impl<'a> Write<'a> {
    pub(crate) const fn new(sql: &'static str, binds: Vec<Bind<'a>>) -> Self {
        Self { sql, binds, is_guarded: false }
    }

    /// In a batch: when this write touches no row, nothing of the batch happens.
    pub const fn guarded(mut self) -> Self {
        self.is_guarded = true;
        self
    }

    /// Whether it ends in `RETURNING … AS value`, an `INTEGER`.
    pub(crate) fn returns_value(&self) -> bool {
        self.sql.ends_with(" AS value")
    }
}

/// A value to be bound.
#[derive(Clone)]
pub(crate) enum Bind<'a> {
    Bool(bool),
    Small(i32),
    Integer(i64),
    Text(Option<Cow<'a, str>>),
    Bytes(Option<Cow<'a, [u8]>>),
    Uuid(Option<Uuid>),
    Instant(Option<Instant>),
    Day(Day),
}

impl std::fmt::Debug for Bind<'_> {
    /// Values may be personal.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("[bound]")
    }
}

impl Bind<'_> {
    pub(crate) fn add_to<A: Arguments>(&self, arguments: &mut A) -> Result<(), BoxDynError>
    where
        bool: for<'t> Encode<'t, A::Database> + Type<A::Database>,
        i32: for<'t> Encode<'t, A::Database> + Type<A::Database>,
        i64: for<'t> Encode<'t, A::Database> + Type<A::Database>,
        for<'t> Option<&'t str>: Encode<'t, A::Database> + Type<A::Database>,
        for<'t> Option<&'t [u8]>: Encode<'t, A::Database> + Type<A::Database>,
        Option<Uuid>: for<'t> Encode<'t, A::Database> + Type<A::Database>,
        Option<Instant>: for<'t> Encode<'t, A::Database> + Type<A::Database>,
        Day: for<'t> Encode<'t, A::Database> + Type<A::Database>,
    {
        match self {
            Self::Bool(value) => arguments.add(*value),
            Self::Small(value) => arguments.add(*value),
            Self::Integer(value) => arguments.add(*value),
            Self::Text(value) => arguments.add(value.as_deref()),
            Self::Bytes(value) => arguments.add(value.as_deref()),
            Self::Uuid(value) => arguments.add(*value),
            Self::Instant(value) => arguments.add(*value),
            Self::Day(value) => arguments.add(*value),
        }
    }
}

macro_rules! bind_from {
    ($($from:ty => |$value:ident| $bind:expr),* $(,)?) => {
        $(impl<'a> From<$from> for Bind<'a> {
            fn from($value: $from) -> Self {
                $bind
            }
        })*
    };
}

bind_from! {
    bool => |value| Self::Bool(value),
    i32 => |value| Self::Small(value),
    i64 => |value| Self::Integer(value),
    &'a str => |value| Self::Text(Some(Cow::Borrowed(value))),
    Option<Vec<u8>> => |value| Self::Bytes(value.map(Cow::Owned)),
    Option<&'a str> => |value| Self::Text(value.map(Cow::Borrowed)),
    String => |value| Self::Text(Some(Cow::Owned(value))),
    &'a [u8] => |value| Self::Bytes(Some(Cow::Borrowed(value))),
    Vec<u8> => |value| Self::Bytes(Some(Cow::Owned(value))),
    Uuid => |value| Self::Uuid(Some(value)),
    Option<Uuid> => |value| Self::Uuid(value),
    Instant => |value| Self::Instant(Some(value)),
    Option<Instant> => |value| Self::Instant(value),
    Day => |value| Self::Day(value),
}

/// A [`Write`] of a text and what is bound to its `$1`, `$2` ….
macro_rules! write_of {
    ($sql:expr $(, $bind:expr)* $(,)?) => {
        $crate::write::Write::new($sql, vec![$($crate::write::Bind::from($bind)),*])
    };
}

pub(crate) use write_of;
