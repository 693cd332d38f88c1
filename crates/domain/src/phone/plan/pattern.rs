//! One pattern of the metadata, compiled when it is first needed.

use std::sync::OnceLock;

use regex::{Regex, RegexBuilder};

/// A pattern that must match from the first digit.
pub(super) struct Pattern {
    source: String,
    compiled: OnceLock<Regex>,
}

impl Pattern {
    /// Matches only the whole of a text.
    pub(super) fn whole(source: &str) -> Self {
        Self::new(format!("^(?:{source})$"))
    }

    /// Matches the beginning of a text.
    pub(super) fn start(source: &str) -> Self {
        Self::new(format!("^(?:{source})"))
    }

    const fn new(source: String) -> Self {
        Self { source, compiled: OnceLock::new() }
    }

    pub(super) fn regex(&self) -> &Regex {
        self.compiled.get_or_init(|| {
            // The text is ASCII digits: Unicode classes would only make the pattern large. The metadata wraps its lines.
            RegexBuilder::new(&self.source)
                .unicode(false)
                .ignore_whitespace(true)
                .build()
                .expect("the metadata holds valid patterns, all compiled in a test")
        })
    }

    pub(super) fn is_match(&self, text: &str) -> bool {
        self.regex().is_match(text)
    }
}
