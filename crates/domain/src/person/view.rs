//! The person, the looker and the answer.

use crate::phone::PhoneNumber;

/// The little of a person that naming needs.
#[derive(Clone, Copy, Debug, Default)]
pub struct Person<'a> {
    /// Four or so letters and digits that tell nameless people apart.
    pub short_id: &'a str,
    /// What the person wants to be called.
    pub preferred_name: Option<&'a str>,
    /// Given name.
    pub given_name: Option<&'a str>,
    /// Family name.
    pub family_name: Option<&'a str>,
    /// Pass it for every audience: for masked and public ones it is what names are checked against.
    pub phone: Option<&'a PhoneNumber>,
    /// E-mail address.
    pub email: Option<&'a str>,
    /// Whether the account was erased.
    pub is_erased: bool,
}

/// Who looks. There is no default: what is right for staff is a breach in public.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// The person.
    SelfView,
    /// A platform admin.
    Admin,
    /// Staff of a salon where the person has a booking.
    SalonStaff {
        /// Permission `customer.phone.view`.
        may_view_phone: bool,
    },
    /// Anybody. Shows the given name with an initial, never the preferred name: that is the author's choice, review by review.
    Public,
}

/// A name ready to show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DisplayName {
    /// The text, without direction marks.
    pub text: String,
    /// The text is a phone, whole or masked: HTML needs `<bdi dir="ltr">` around it.
    pub is_phone: bool,
}
