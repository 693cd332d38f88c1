//! The plan of one country: which numbers it has, how they are dialled and grouped.

use std::borrow::Cow;

use phonenumber::metadata::Descriptor;
use phonenumber::{Metadata, Type};

use super::super::PhoneReason;
use super::pattern::Pattern;

/// What a number is, as far as texts go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Mobile, or mobile and landline alike.
    Mobile,
    /// Assigned, but texts do not arrive.
    Other,
    /// Not assigned.
    Unknown,
}

/// Kinds that go before mobile when a number fits several, in libphonenumber's order.
const BEFORE_MOBILE: [Type; 8] = [
    Type::PremiumRate,
    Type::TollFree,
    Type::SharedCost,
    Type::Voip,
    Type::PersonalNumber,
    Type::Pager,
    Type::Uan,
    Type::Voicemail,
];

/// Numbers of one kind.
struct Numbers {
    lengths: u32,
    pattern: Pattern,
}

impl Numbers {
    fn new(descriptor: &Descriptor) -> Self {
        Self { lengths: lengths(descriptor), pattern: Pattern::whole(descriptor.national_number().as_str()) }
    }

    fn has(&self, national: &str) -> bool {
        (self.lengths == 0 || is_in(self.lengths, national)) && self.pattern.is_match(national)
    }
}

/// One way of grouping digits.
struct Grouping {
    leading: Option<Pattern>,
    pattern: Pattern,
    template: &'static str,
}

pub(super) struct CountryPlan {
    metadata: &'static Metadata,
    general: Numbers,
    mobile: Option<Numbers>,
    fixed_line: Option<Numbers>,
    before_mobile: Vec<Numbers>,
    /// Every length of any kind, one bit each.
    lengths: u32,
    leading_digits: Option<Pattern>,
    international_prefix: Option<Pattern>,
    trunk_prefix: Option<Pattern>,
    groupings: Vec<Grouping>,
}

impl CountryPlan {
    pub(super) fn new(metadata: &'static Metadata) -> Self {
        let descriptors = metadata.descriptors();
        let of = |kind| descriptors.get(kind).map(Numbers::new);
        let mobile = of(Type::Mobile);
        let fixed_line = of(Type::FixedLine);
        let before_mobile: Vec<_> = BEFORE_MOBILE.into_iter().filter_map(of).collect();
        let lengths = mobile.iter().chain(&fixed_line).chain(&before_mobile).fold(0, |all, numbers| all | numbers.lengths);
        let trunk_source = match metadata.national_prefix_for_parsing() {
            Some(prefix) => Some(prefix.as_str()),
            None => metadata.national_prefix(),
        };
        Self {
            metadata,
            general: Numbers { lengths: 0, pattern: Pattern::whole(descriptors.general().national_number().as_str()) },
            mobile,
            fixed_line,
            before_mobile,
            lengths,
            leading_digits: metadata.leading_digits().map(|leading| Pattern::start(leading.as_str())),
            international_prefix: metadata.international_prefix().map(|prefix| Pattern::start(prefix.as_str())),
            trunk_prefix: trunk_source.map(Pattern::start),
            groupings: groupings(metadata),
        }
    }

    /// Two letters, or `001` for numbers of no country.
    pub(super) fn id(&self) -> &'static str {
        self.metadata.id()
    }

    pub(super) fn kind(&self, national: &str) -> Kind {
        let has = |numbers: &Numbers| numbers.has(national);
        if !self.general.has(national) {
            Kind::Unknown
        } else if self.before_mobile.iter().any(has) {
            Kind::Other
        } else if self.mobile.as_ref().is_some_and(has) {
            Kind::Mobile
        } else if self.fixed_line.as_ref().is_some_and(has) {
            Kind::Other
        } else {
            Kind::Unknown
        }
    }

    /// Whether a number of a shared country code is this country's.
    pub(super) fn claims(&self, national: &str) -> bool {
        match &self.leading_digits {
            Some(leading) => leading.is_match(national),
            None => self.kind(national) != Kind::Unknown,
        }
    }

    /// What is wrong with the length, if anything.
    pub(super) fn length_fault(&self, national: &str) -> Option<PhoneReason> {
        let digits = u32::try_from(national.len()).unwrap_or(u32::MAX);
        if digits < self.lengths.trailing_zeros() {
            Some(PhoneReason::TooShort)
        } else if digits > self.lengths.checked_ilog2().unwrap_or(0) {
            Some(PhoneReason::TooLong)
        } else {
            None
        }
    }

    /// The digits after the prefix for calls abroad (00, 011, …), if they start with it.
    pub(super) fn after_international_prefix<'a>(&self, digits: &'a str) -> Option<&'a str> {
        let found = self.international_prefix.as_ref()?.regex().find(digits)?;
        // No country code starts with 0, so this was no such prefix.
        Some(&digits[found.end()..]).filter(|rest| !rest.starts_with('0'))
    }

    /// The national number behind this country's own code typed without plus, when it makes no sense with it.
    pub(super) fn without_own_code<'a>(&self, digits: &'a str, code: &str) -> Option<Cow<'a, str>> {
        let national = self.without_trunk_prefix(digits.strip_prefix(code)?);
        let only_without = !self.general.has(digits) && self.general.has(&national);
        (only_without || self.length_fault(digits) == Some(PhoneReason::TooLong)).then_some(national)
    }

    /// Strips or rewrites the trunk prefix (0, 8, 1, …) unless the number is valid only with it.
    pub(super) fn without_trunk_prefix<'a>(&self, national: &'a str) -> Cow<'a, str> {
        let is_long_enough = |rest: &Cow<str>| is_in(self.lengths, rest) || self.length_fault(rest) == Some(PhoneReason::TooLong);
        self.strip_trunk_prefix(national).filter(is_long_enough).unwrap_or(Cow::Borrowed(national))
    }

    fn strip_trunk_prefix<'a>(&self, national: &'a str) -> Option<Cow<'a, str>> {
        let prefix = self.trunk_prefix.as_ref()?.regex();
        let found = prefix.captures(national)?;
        let last_group = found.get(found.len() - 1).filter(|_| found.len() > 1);
        let rest = match self.metadata.national_prefix_transform_rule().filter(|_| last_group.is_some()) {
            Some(rule) => prefix.replace(national, rule),
            None => Cow::Borrowed(&national[found.get(0)?.end()..]),
        };
        (!self.general.has(national) || self.general.has(&rest)).then_some(rest)
    }

    /// The digits in groups, as libphonenumber's international form has them.
    pub(super) fn grouped(&self, national: &str) -> Option<String> {
        let fits = |grouping: &&Grouping| {
            grouping.leading.as_ref().is_none_or(|leading| leading.is_match(national)) && grouping.pattern.is_match(national)
        };
        let grouping = self.groupings.iter().find(fits)?;
        Some(grouping.pattern.regex().replace(national, grouping.template).into_owned())
    }

    /// Compiles every pattern and says how many there are.
    #[cfg(test)]
    pub(super) fn compile_all(&self) -> usize {
        let numbers = self
            .mobile
            .iter()
            .chain(&self.fixed_line)
            .chain(&self.before_mobile)
            .chain([&self.general])
            .map(|numbers| &numbers.pattern);
        let prefixes = self.leading_digits.iter().chain(&self.international_prefix).chain(&self.trunk_prefix);
        let groupings = self.groupings.iter().flat_map(|grouping| grouping.leading.iter().chain([&grouping.pattern]));
        numbers.chain(prefixes).chain(groupings).map(Pattern::regex).count()
    }

    #[cfg(test)]
    pub(super) fn mobile_example(&self) -> Option<&'static str> {
        self.metadata.descriptors().mobile()?.example()
    }
}

fn groupings(metadata: &'static Metadata) -> Vec<Grouping> {
    let formats = match metadata.international_formats() {
        [] => metadata.formats(),
        international => international,
    };
    let grouping = |format: &'static phonenumber::metadata::Format| Grouping {
        // The last of the alternatives is the most exact one.
        leading: format.leading_digits().last().map(|leading| Pattern::start(leading.as_str())),
        pattern: Pattern::whole(format.pattern().as_str()),
        template: format.format(),
    };
    formats.iter().map(grouping).collect()
}

/// The lengths of a kind as bits.
fn lengths(descriptor: &Descriptor) -> u32 {
    descriptor.possible_length().iter().filter(|length| **length < 32).fold(0, |all, length| all | 1 << length)
}

fn is_in(lengths: u32, national: &str) -> bool {
    u32::try_from(national.len()).ok().and_then(|len| lengths.checked_shr(len)).is_some_and(|rest| rest & 1 == 1)
}
