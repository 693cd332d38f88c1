//! What the two databases cannot say in the same words.

/// Which database a store is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Backend {
    /// A file; one writer at a time.
    Sqlite,
    /// A server; rows are locked one by one.
    Postgres,
}

/// One statement in two wordings.
#[derive(Clone, Copy)]
pub(crate) struct Wording {
    pub sqlite: &'static str,
    pub postgres: &'static str,
}

impl Wording {
    pub const fn of(self, backend: Backend) -> &'static str {
        match backend {
            Backend::Sqlite => self.sqlite,
            Backend::Postgres => self.postgres,
        }
    }
}

/// A select that locks the rows of `$table`. `SQLite` needs no words for it: a write transaction is alone from its first statement.
macro_rules! select_and_lock {
    ($table:literal, $($select:expr),+) => {
        $crate::dialect::Wording {
            sqlite: concat!($($select),+),
            postgres: concat!($($select),+, " FOR UPDATE OF ", $table),
        }
    };
}

pub(crate) use select_and_lock;
