//! A country by its two letters.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// An ISO 3166-1 alpha-2 code in capitals. The letters are checked, not that such a country exists.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Region([u8; 2]);

impl Region {
    /// Saudi Arabia, where Salon starts.
    pub const SA: Self = Self(*b"SA");

    /// Numbers of no country, such as satellite phones (CLDR's unknown region). No policy should list it.
    pub const NONE: Self = Self(*b"ZZ");

    /// Reads two ASCII letters, of either case.
    pub fn parse(code: &str) -> Option<Self> {
        let letters: [u8; 2] = code.as_bytes().try_into().ok()?;
        letters.iter().all(u8::is_ascii_alphabetic).then(|| Self(letters.map(|c| c.to_ascii_uppercase())))
    }

    /// The two capitals.
    pub fn as_str(&self) -> &str {
        // Always ASCII: only `parse` and the constants fill the bytes.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl fmt::Debug for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for Region {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Region {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // Owned, because configuration files do not lend their strings.
        let code = String::deserialize(deserializer)?;
        Self::parse(&code)
            .ok_or_else(|| de::Error::invalid_value(de::Unexpected::Str(&code), &"a two-letter country code such as SA"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_region_is_two_ascii_letters() {
        assert_eq!(Region::parse("SA"), Some(Region::SA));
        assert_eq!(Region::parse("sa"), Some(Region::SA));
        for bad in ["", "S", "SAU", "S1", "é", " S"] {
            assert_eq!(Region::parse(bad), None, "{bad:?}");
        }
    }

    #[test]
    fn a_region_travels_as_its_letters() {
        let read: Vec<Region> = serde_json::from_str(r#"["SA","ae"]"#).unwrap();
        assert_eq!(serde_json::to_string(&read).unwrap(), r#"["SA","AE"]"#);
        assert!(serde_json::from_str::<Region>(r#""Saudi""#).is_err());
    }
}
