//! Who did what is in the record. `audit.actor` is told apart here and nowhere else, so that a person never learns which of the staff did
//! something to them.

use domain::ids::UserId;
use store::audit::AuditEntry;

/// Who did something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doer<'a> {
    /// The person it is about.
    Themselves,
    /// One of those who run the platform.
    Staff(UserId),
    /// No person: the operator at the command line, or a part of the system.
    System(&'a str),
}

impl<'a> Doer<'a> {
    /// Of an entry.
    pub fn of(entry: &'a AuditEntry) -> Self {
        match (entry.actor.as_str(), entry.actor.parse()) {
            ("self", _) => Self::Themselves,
            (_, Ok(id)) if entry.subject == Some(id) => Self::Themselves,
            (_, Ok(id)) => Self::Staff(id),
            (name, Err(_)) => Self::System(name),
        }
    }

    /// What the person an entry is about is told: never which of the staff it was.
    pub const fn for_the_person(self) -> &'a str {
        match self {
            Self::Themselves => "self",
            Self::Staff(_) => "staff",
            Self::System(name) => name,
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use domain::ids::AuditId;
    use serde_json::Value;
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_person_is_told_staff_and_never_who() {
        let (sara, admin) = (UserId(Uuid::from_u128(1)), UserId(Uuid::from_u128(2)));
        let told = |actor: &str| {
            let entry = AuditEntry {
                id: AuditId(Uuid::nil()),
                at: DateTime::UNIX_EPOCH,
                actor: actor.to_owned(),
                action: "user_blocked".to_owned(),
                subject: Some(sara),
                session: None,
                detail: Value::Null,
            };
            Doer::of(&entry).for_the_person().to_owned()
        };
        assert_eq!(told(&admin.to_string()), "staff");
        assert_eq!((told("self"), told(&sara.to_string())), ("self".to_owned(), "self".to_owned()));
        assert_eq!((told("operator"), told("limits")), ("operator".to_owned(), "limits".to_owned()));
    }
}
