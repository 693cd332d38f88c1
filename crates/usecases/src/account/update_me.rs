//! Changing one's own name, e-mail and language.

use domain::error::{FieldError, ValidationError};
use domain::locale::Locale;
use domain::person::clean_name;
use domain::user::{EMAIL_MAX_BYTES, NAME_MAX_CHARS, User};
use serde_json::json;
use store::users;

use crate::{Actor, Error, Usecases};

/// What to change. The outer `None` leaves a field as it is, the inner one clears it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UpdateMe {
    /// Given name.
    pub given_name: Option<Option<String>>,
    /// Family name.
    pub family_name: Option<Option<String>>,
    /// E-mail.
    pub email: Option<Option<String>>,
    /// Language of pages and messages.
    pub locale: Option<Locale>,
}

impl Usecases {
    /// Changes the actor's own profile and returns it as it now is.
    ///
    /// # Errors
    /// `Validation` naming every field at fault, `Unavailable`.
    pub async fn update_me(&self, actor: &Actor, input: UpdateMe) -> Result<User, Error> {
        let now = self.parts.clock.now();
        let mut tx = self.parts.store.write().await?;
        let before = users::lock(&mut tx, actor.user.id).await?.ok_or(Error::SessionEnded)?;
        let profile = profile_of(&before, input).map_err(Error::Validation)?;
        let user = users::update_profile(&mut tx, actor.user.id, &profile, now).await?;
        let fields = changed_fields(&before, &user);
        self.audit_self(&mut tx, actor, "profile_changed", json!({ "fields": fields })).await?;
        tx.commit().await?;
        Ok(user)
    }
}

/// The profile of somebody once `input` is done, or every field at fault.
pub(crate) fn profile_of(before: &User, input: UpdateMe) -> Result<users::Profile, Vec<ValidationError>> {
    let mut errors = Vec::new();
    let profile = users::Profile {
        given_name: changed(input.given_name, before.given_name.clone(), |raw| read_name("/given_name", raw, &mut errors)),
        family_name: changed(input.family_name, before.family_name.clone(), |raw| read_name("/family_name", raw, &mut errors)),
        email: changed(input.email, before.email.clone(), |raw| read_email(raw, &mut errors)),
        locale: input.locale.unwrap_or(before.locale),
    };
    if errors.is_empty() { Ok(profile) } else { Err(errors) }
}

/// Which fields differ, for the record: never what they hold.
pub(crate) fn changed_fields(before: &User, after: &User) -> Vec<&'static str> {
    let fields = [
        ("given_name", after.given_name != before.given_name),
        ("family_name", after.family_name != before.family_name),
        ("email", after.email != before.email),
        ("locale", after.locale != before.locale),
    ];
    fields.into_iter().filter_map(|(name, is_changed)| is_changed.then_some(name)).collect()
}

#[expect(clippy::option_option, reason = "three wishes: leave, clear, set")]
fn changed(wish: Option<Option<String>>, current: Option<String>, read: impl FnOnce(&str) -> Option<String>) -> Option<String> {
    match wish {
        None => current,
        Some(None) => None,
        Some(Some(raw)) => read(&raw),
    }
}

/// A name cleaned; blanks alone mean none.
fn read_name(pointer: &str, raw: &str, errors: &mut Vec<ValidationError>) -> Option<String> {
    let name = clean_name(raw)?;
    if name.chars().count() > NAME_MAX_CHARS {
        errors.push(ValidationError::new(pointer, FieldError::TooLong));
    }
    Some(name)
}

/// The shape of an address (RFC 5321 §4.1.2, without quoting and address literals). Whether it arrives is not known here.
fn read_email(raw: &str, errors: &mut Vec<ValidationError>) -> Option<String> {
    let email = raw.trim();
    if email.is_empty() {
        return None;
    }
    let is_plain = !email.chars().any(|c| c.is_whitespace() || c.is_control() || "<>()[],;:\"\\".contains(c));
    let has_shape = email.split_once('@').is_some_and(|(local, host)| {
        let labels_fit = host.split('.').all(|label| !label.is_empty() && !label.starts_with('-') && !label.ends_with('-'));
        !local.is_empty() && local.len() <= 64 && host.contains('.') && !host.contains('@') && labels_fit
    });
    if email.len() > EMAIL_MAX_BYTES {
        errors.push(ValidationError::new("/email", FieldError::TooLong));
    } else if !is_plain || !has_shape || email.chars().any(domain::digits::is_format) {
        errors.push(ValidationError::new("/email", FieldError::NotAnEmail));
    }
    Some(email.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_told_from_other_text() {
        let is_good = |raw: &str| {
            let mut errors = Vec::new();
            read_email(raw, &mut errors).is_some() && errors.is_empty()
        };
        for good in ["a@b.co", " sara.o+salon@example.com ", "سارة@مثال.السعودية"] {
            assert!(is_good(good), "{good}");
        }
        let long = format!("{}@example.com", "a".repeat(65));
        for bad in
            ["a", "@b.co", "a@b", "a@b..co", "a b@c.co", "a@b@c.co", "<a@b.co>", "a@-b.co", "a\u{202e}@b.co", long.as_str()]
        {
            assert!(!is_good(bad), "{bad}");
        }
    }

    #[test]
    fn a_blank_clears_and_a_long_name_is_refused() {
        let mut errors = Vec::new();
        assert_eq!(read_name("/given_name", " \u{200b} ", &mut errors), None);
        assert!(errors.is_empty());
        read_name("/given_name", &"س".repeat(81), &mut errors);
        assert_eq!(errors, [ValidationError::new("/given_name", FieldError::TooLong)]);
    }
}
