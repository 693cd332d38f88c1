//! Numbers with a fixed code, for those who review the apps in a store and cannot receive a text. Each opens an account that is nobody's
//! (docs/adr/0019).

use chrono::{DateTime, Utc};
use domain::challenge::Purpose;
use domain::otp::{self, Code};
use domain::phone::PhoneNumber;
use domain::user::{User, UserOrigin};
use store::challenges::Asked;

use super::attempt::RightGuess;
use crate::Usecases;
use crate::settings::TestNumber;

impl Usecases {
    /// The test number that this phone is at `now`.
    pub(crate) fn live_test_number(&self, phone: &PhoneNumber, now: DateTime<Utc>) -> Option<&TestNumber> {
        self.parts.settings.test_numbers.iter().find(|number| number.phone == *phone && now < number.expires_at)
    }

    /// The same, if what it opens is nobody's. A person's account is never opened by a code from the configuration, and gets texts as ever.
    pub(crate) fn test_number(&self, phone: &PhoneNumber, owner: Option<&User>, now: DateTime<Utc>) -> Option<&TestNumber> {
        let number = self.live_test_number(phone, now)?;
        let is_nobodys = |user: &User| user.is_sandbox || (user.is_unclaimed() && user.origin == UserOrigin::SelfService);
        if let Some(person) = owner.filter(|user| !is_nobodys(user)) {
            tracing::warn!(user = %person.id, ?phone, "a test number is not in force: a person has it");
            return None;
        }
        Some(number)
    }

    /// The test number whose code `asked` wants at `now`.
    fn test_number_of(&self, asked: &Asked, now: DateTime<Utc>) -> Option<&TestNumber> {
        let Asked { challenge, user, .. } = asked;
        let is_sign_in = challenge.purpose == Purpose::Auth && user.phone.as_ref() == Some(&challenge.phone);
        self.test_number(&challenge.phone, Some(user), now).filter(|_| is_sign_in)
    }

    /// The test number whose code a right guess was, as it was when it was compared.
    pub(crate) fn tested_by(&self, right: &RightGuess) -> Option<&TestNumber> {
        self.test_number_of(&right.asked, right.at())
    }

    /// What must be entered at `now`; `None` when the key it is derived with is gone.
    pub(crate) fn right_code(&self, asked: &Asked, now: DateTime<Utc>) -> Option<Code> {
        if let Some(number) = self.test_number_of(asked, now) {
            return Some(number.code.clone());
        }
        let challenge = &asked.challenge;
        let key = self.parts.keys.otp_key(&challenge.key_id)?;
        Some(otp::derive(key, challenge.id, challenge.purpose, &challenge.phone, challenge.code_length))
    }

    /// Whether an account was a test number's, which is none any more: nobody is signed in to it, and whoever proves the number makes it
    /// theirs as if it were new.
    pub(crate) fn is_lapsed(&self, user: &User, now: DateTime<Utc>) -> bool {
        user.is_sandbox && user.phone.as_ref().is_none_or(|phone| self.live_test_number(phone, now).is_none())
    }
}
