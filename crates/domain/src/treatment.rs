//! What a salon sells by time: its services. (A use case is something else, hence the name here.)

use crate::money::{Halalas, VatRate};

/// How long a treatment takes, in minutes: 5 to 720 in steps of 5.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Minutes(u16);

impl Minutes {
    /// A length of a treatment.
    pub const fn new(minutes: u16) -> Option<Self> {
        if minutes >= 5 && minutes <= 720 && minutes.is_multiple_of(5) { Some(Self(minutes)) } else { None }
    }

    /// The number.
    pub const fn get(self) -> u16 {
        self.0
    }
}

/// Time around a treatment that nobody else can book, in minutes: 0 to 120 in steps of 5.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Buffers {
    before: u16,
    after: u16,
}

impl Buffers {
    /// Before and after.
    pub const fn new(before: u16, after: u16) -> Option<Self> {
        let fits = before <= 120 && after <= 120 && before.is_multiple_of(5) && after.is_multiple_of(5);
        if fits { Some(Self { before, after }) } else { None }
    }

    /// Minutes before.
    pub const fn before(self) -> u16 {
        self.before
    }

    /// Minutes after.
    pub const fn after(self) -> u16 {
        self.after
    }
}

/// What is booked, as it was when it was booked: a later change of price or length leaves it alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms {
    /// How long it takes.
    pub duration: Minutes,
    /// The time around it.
    pub buffers: Buffers,
    /// The price, VAT inside.
    pub price: Halalas,
    /// The rate of that VAT.
    pub vat_rate: VatRate,
}

impl Terms {
    /// With what a member of staff has of their own: another price, another length.
    #[must_use]
    pub fn with_own(self, price: Option<Halalas>, duration: Option<Minutes>) -> Self {
        Self { price: price.unwrap_or(self.price), duration: duration.unwrap_or(self.duration), ..self }
    }

    /// Minutes that nobody else can book.
    pub const fn blocked(&self) -> u16 {
        self.buffers.before + self.duration.0 + self.buffers.after
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_go_in_steps_of_five() {
        assert_eq!([5, 45, 720].map(|minutes| Minutes::new(minutes).is_some()), [true; 3]);
        assert_eq!([0, 4, 7, 721, 725].map(|minutes| Minutes::new(minutes).is_some()), [false; 5]);
        assert!(Buffers::new(0, 120).is_some() && Buffers::new(3, 0).is_none() && Buffers::new(0, 125).is_none());
    }

    #[test]
    fn what_staff_have_of_their_own_goes_before() {
        let terms = Terms {
            duration: Minutes(60),
            buffers: Buffers { before: 5, after: 10 },
            price: Halalas::new(10_000).expect("a price"),
            vat_rate: VatRate::STANDARD,
        };
        assert_eq!(terms.with_own(None, None), terms);
        let own = terms.with_own(Halalas::new(15_000), Minutes::new(45));
        assert_eq!((own.price.get(), own.blocked()), (15_000, 60));
    }
}
