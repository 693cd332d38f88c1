//! What is kept for a time and then forgotten.

/// A kind of row that a purge forgets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kept {
    /// Moves of a number of which nothing can come any more.
    PhoneMoves,
    /// People who never proved their phone.
    PendingUsers,
    /// Sent messages.
    Messages,
    /// What providers reported of them.
    Reports,
    /// Challenges.
    Challenges,
    /// Sessions, with their refresh tokens.
    Sessions,
    /// Audit entries.
    Audit,
    /// Requests about a person's data that are closed.
    PrivacyRequests,
    /// The consent ledger of people who are erased.
    Consents,
    /// Uses of limits, under keyed hashes.
    Limits,
    /// Counts of the fraud brake.
    Counters,
    /// People whose number went to somebody else, and who never came back: they are erased.
    PhonelessUsers,
    /// What messages of a day cost.
    Budgets,
}

impl Kept {
    /// In the order in which a purge takes them.
    pub const ALL: [Self; 13] = [
        Self::PhoneMoves,
        Self::PendingUsers,
        Self::Messages,
        Self::Reports,
        Self::Challenges,
        Self::Sessions,
        Self::Audit,
        Self::PrivacyRequests,
        Self::Consents,
        Self::Limits,
        Self::Counters,
        Self::PhonelessUsers,
        Self::Budgets,
    ];

    /// The public name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::PhoneMoves => "phone_moves",
            Self::PendingUsers => "pending_users",
            Self::Messages => "messages",
            Self::Reports => "reports",
            Self::Challenges => "challenges",
            Self::Sessions => "sessions",
            Self::Audit => "audit",
            Self::PrivacyRequests => "privacy_requests",
            Self::Consents => "consents",
            Self::Limits => "limits",
            Self::Counters => "counters",
            Self::PhonelessUsers => "phoneless_users",
            Self::Budgets => "budgets",
        }
    }

    /// Reads [`Kept::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kept| kept.as_str() == text)
    }
}
