//! The two languages of the product.

use serde::{Deserialize, Serialize};

/// A language Salon speaks. Arabic comes first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Locale {
    /// العربية
    #[default]
    Ar,
    /// English
    En,
}

impl Locale {
    /// `ar` or `en`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ar => "ar",
            Self::En => "en",
        }
    }

    /// Writing direction for `<html dir>`.
    pub const fn dir(self) -> &'static str {
        match self {
            Self::Ar => "rtl",
            Self::En => "ltr",
        }
    }

    /// The other language, for the switch.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Ar => Self::En,
            Self::En => Self::Ar,
        }
    }

    /// Reads `ar`, `en`, `ar-SA`, `EN_us`.
    pub fn parse(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_']).next().unwrap_or(tag).trim();
        if primary.eq_ignore_ascii_case("ar") {
            Some(Self::Ar)
        } else if primary.eq_ignore_ascii_case("en") {
            Some(Self::En)
        } else {
            None
        }
    }

    /// The language an `Accept-Language` header asks for most (RFC 9110 §12.5.4): highest `q`, the first of equals.
    /// `None` when it names neither of ours.
    pub fn from_accept_language(header: &str) -> Option<Self> {
        let mut best: Option<(Self, f32)> = None;
        for part in header.split(',').take(32) {
            let mut pieces = part.split(';');
            let Some(locale) = pieces.next().and_then(Self::parse) else { continue };
            let quality = pieces
                .find_map(|piece| piece.trim().strip_prefix("q="))
                .map_or(Some(1.0), |q| q.trim().parse::<f32>().ok())
                .unwrap_or(0.0);
            if quality > 0.0 && best.is_none_or(|(_, top)| quality > top) {
                best = Some((locale, quality));
            }
        }
        best.map(|(locale, _)| locale)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accept_language_is_weighed() {
        let read = Locale::from_accept_language;
        assert_eq!(read("ar-SA,en;q=0.8"), Some(Locale::Ar));
        assert_eq!(read("fr, en;q=0.4, ar;q=0.9"), Some(Locale::Ar));
        assert_eq!(read("en-GB;q=0.9,ar;q=0.9"), Some(Locale::En));
        assert_eq!(read("ar;q=0, en;q=0.1"), Some(Locale::En));
        assert_eq!(read("fr"), None);
        assert_eq!(read(""), None);
        assert_eq!(read("en;q=nonsense"), None);
    }
}
