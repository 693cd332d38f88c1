//! The name of a salon in addresses.

use serde::{Deserialize, Serialize};

/// 3 to 40 of `a-z 0-9 -`, a letter first, no hyphen at an end or beside another.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Slug(String);

impl Slug {
    /// Reads one as typed: capitals become small, spaces and underscores hyphens.
    pub fn parse(text: &str) -> Option<Self> {
        let slug: String =
            text.trim().chars().map(|c| if matches!(c, ' ' | '_') { '-' } else { c.to_ascii_lowercase() }).collect();
        let is_plain = slug.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
        let fits = (3..=40).contains(&slug.len()) && slug.as_bytes()[0].is_ascii_lowercase();
        (fits && is_plain && !slug.ends_with('-') && !slug.contains("--")).then_some(Self(slug))
    }

    /// As in addresses.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slug_is_plain_and_short() {
        assert_eq!(Slug::parse(" Nawa Spa_2 ").expect("a slug").as_str(), "nawa-spa-2");
        for text in ["", "ab", "2go", "-abc", "abc-", "a--b", "صالون", "a/b", "a.b", &"a".repeat(41)] {
            assert_eq!(Slug::parse(text), None, "{text}");
        }
    }
}
