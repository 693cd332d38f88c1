//! What codes are counted by.

use std::fmt;

use crate::limits::LimitKey;
use crate::phone::{PhoneNumber, Region};

/// The part of a country's numbers that pumping comes from: whoever gets money for messages has a block of numbers at one operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Prefix {
    /// `+9665` and this digit.
    Saudi(u8),
    /// Where operators' prefixes are not known, the country is one.
    Country(Region),
}

impl Prefix {
    /// Of a number.
    pub fn of(phone: &PhoneNumber) -> Self {
        let digit = phone.as_e164().strip_prefix("+9665").and_then(|rest| rest.bytes().next());
        digit.map_or_else(|| Self::Country(phone.country()), |digit| Self::Saudi(digit - b'0'))
    }

    /// Reads what `Display` writes.
    pub fn parse(text: &str) -> Option<Self> {
        match text.strip_prefix("+9665") {
            Some(digit) => digit.parse().ok().filter(|digit| *digit < 10).map(Self::Saudi),
            None => Region::parse(text).map(Self::Country),
        }
    }
}

impl fmt::Display for Prefix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Saudi(digit) => write!(f, "+9665{digit}"),
            Self::Country(country) => country.fmt(f),
        }
    }
}

/// Everything that is counted together, the narrowest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// The callers of one IPv4 /24 or IPv6 /64, under its keyed hash.
    Network(LimitKey),
    /// The numbers of one prefix.
    Prefix(Prefix),
    /// The numbers of one country.
    Country(Region),
    /// The whole installation.
    Fleet,
}

/// The kinds of [`Scope`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ScopeKind {
    /// [`Scope::Network`].
    Network,
    /// [`Scope::Prefix`].
    Prefix,
    /// [`Scope::Country`].
    Country,
    /// [`Scope::Fleet`].
    Fleet,
}

impl ScopeKind {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::Network, Self::Prefix, Self::Country, Self::Fleet];

    /// The label and the name in the configuration.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Network => "network",
            Self::Prefix => "prefix",
            Self::Country => "country",
            Self::Fleet => "fleet",
        }
    }
}

impl Scope {
    /// Which kind it is.
    pub const fn kind(&self) -> ScopeKind {
        match self {
            Self::Network(_) => ScopeKind::Network,
            Self::Prefix(_) => ScopeKind::Prefix,
            Self::Country(_) => ScopeKind::Country,
            Self::Fleet => ScopeKind::Fleet,
        }
    }

    /// Reads what `Display` writes.
    pub fn parse(text: &str) -> Option<Self> {
        if text == "fleet" {
            return Some(Self::Fleet);
        }
        let (kind, name) = text.split_once(':')?;
        match kind {
            "country" => Region::parse(name).map(Self::Country),
            "prefix" => Prefix::parse(name).map(Self::Prefix),
            "network" if name.len() == 32 => {
                u128::from_str_radix(name, 16).ok().map(|key| Self::Network(LimitKey(key.to_be_bytes())))
            }
            _ => None,
        }
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Network(key) => write!(f, "network:{:032x}", u128::from_be_bytes(key.0)),
            Self::Prefix(prefix) => write!(f, "prefix:{prefix}"),
            Self::Country(country) => write!(f, "country:{country}"),
            Self::Fleet => f.write_str("fleet"),
        }
    }
}

/// Where a request for a code comes from and where its message would go: no phone and no address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Origin {
    /// Of the caller.
    pub network: LimitKey,
    /// Of the number.
    pub prefix: Prefix,
    /// Of the number.
    pub country: Region,
}

impl Origin {
    /// Of a request.
    pub fn of(phone: &PhoneNumber, network: LimitKey) -> Self {
        Self { network, prefix: Prefix::of(phone), country: phone.country() }
    }

    /// All that it is counted by, the narrowest first.
    pub const fn scopes(&self) -> [Scope; 4] {
        [Scope::Network(self.network), Scope::Prefix(self.prefix), Scope::Country(self.country), Scope::Fleet]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_saudi_number_has_its_operators_prefix_and_another_its_country() {
        let of = |e164: &str| Origin::of(&PhoneNumber::from_canonical(e164).expect("canonical"), LimitKey([7; 16]));
        let names = |e164: &str| of(e164).scopes().map(|scope| scope.to_string());
        let network = format!("network:{}", "07".repeat(16));
        assert_eq!(names("+966501234567"), [&network, "prefix:+96650", "country:SA", "fleet"]);
        assert_eq!(names("+971501234567"), [&network, "prefix:AE", "country:AE", "fleet"]);
    }

    #[test]
    fn a_scope_is_read_back_and_nothing_else_is() {
        for scope in [
            Scope::Fleet,
            Scope::Country(Region::SA),
            Scope::Prefix(Prefix::Saudi(9)),
            Scope::Prefix(Prefix::Country(Region::NONE)),
            Scope::Network(LimitKey([0; 16])),
        ] {
            assert_eq!(Scope::parse(&scope.to_string()), Some(scope));
        }
        for text in ["", "fleet:", "country:Saudi", "prefix:+966510", "prefix:+966512", "prefix:+9665", "network:0", "phone:1"] {
            assert_eq!(Scope::parse(text), None, "{text}");
        }
    }
}
