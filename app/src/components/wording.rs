//! What a page says about a fault or good news.

use domain::limits::Policy;
use domain::locale::Locale;
use domain::phone::{Mask, PhoneNumber, PhoneReason};

use crate::flow::{Fault, Flash, News, SalonFault, What};
use crate::i18n::{attempts_left, field_error, messages, phone_reason, problem, span};

/// The words of a fault. `now` is in seconds since 1970.
pub(crate) fn fault_text(what: &What, locale: Locale, now: i64) -> String {
    let t = messages(locale);
    match what {
        What::Phone { reason, suggestion } => phone_text(reason, suggestion.as_deref(), locale),
        What::Field(error) => field_error(*error, locale).to_owned(),
        What::WrongCode { left } => (t.sign_in.wrong)(&attempts_left(*left, locale)),
        What::NoCode => t.sign_in.code_empty.to_owned(),
        What::Expired => t.sign_in.expired.to_owned(),
        What::Dead => t.sign_in.dead.to_owned(),
        What::TooMany { policy, until } => {
            let wait = span(u64::try_from(until - now).unwrap_or(1), locale);
            match policy {
                Policy::OtpCooldown => (t.sign_in.cooling_down)(&wait),
                Policy::OtpSend | Policy::OtpSendDay => (t.sign_in.too_many_sends)(&wait),
                Policy::OtpGuess | Policy::OtpWait => (t.sign_in.too_many_guesses)(&wait),
                Policy::FactorGuess => (t.second_factor.too_many)(&wait),
                Policy::SmsBrake => (t.sign_in.braked)(&wait),
                Policy::OtpAddress
                | Policy::OtpProof
                | Policy::NumberShow
                | Policy::PasskeyAddress
                | Policy::BookingHold
                | Policy::Flood => (t.sign_in.flooded)(&wait),
            }
        }
        What::NotSent => t.sign_in.not_sent.to_owned(),
        What::NotDelivered => t.sign_in.not_delivered.to_owned(),
        What::Blocked => t.sign_in.blocked.to_owned(),
        What::Taken => t.account.phone_taken.to_owned(),
        What::WrongFactor { left } => (t.second_factor.wrong)(&attempts_left(*left, locale)),
        What::NoFactorCode => t.second_factor.empty.to_owned(),
        What::EnrolmentOver => t.second_factor.is_over.to_owned(),
        What::NobodyChosen => t.admin_bulk.nobody_chosen.to_owned(),
        What::LastAdmin => t.admin_person.last_admin.to_owned(),
        What::NotTicked => t.account.delete_confirm_missing.to_owned(),
        What::NothingWaits => t.phone_moves.nothing_waits.to_owned(),
        What::MoveStopped => t.phone_moves.stopped.to_owned(),
        What::Move(refusal) => t.phone_moves.refusal(*refusal).to_owned(),
        What::Booking(refused) => refused.text(&t.counter).to_owned(),
        What::HitsBookings { count, .. } => format!("{} ({count})", t.salon_desk.hits),
        What::NotLive { lacks } if lacks == "no_staff" => t.salon_desk.lacks_staff.to_owned(),
        What::NotLive { .. } => t.salon_desk.lacks_service.to_owned(),
        What::Salon(fault) => match fault {
            SalonFault::SlugTaken => t.salon_desk.slug_taken,
            SalonFault::LastOwner => t.salon_desk.last_owner,
            SalonFault::WorksThere => t.salon_desk.works_there,
            SalonFault::ServiceBooked => t.salon_desk.service_booked,
        }
        .to_owned(),
        What::Problem(code) => {
            let (title, detail) = problem(*code, locale);
            format!("{title}. {detail}")
        }
    }
}

fn phone_text(reason: &str, suggestion: Option<&str>, locale: Locale) -> String {
    let reason = What::phone_reason(reason);
    match (reason, suggestion.and_then(PhoneNumber::from_canonical)) {
        (PhoneReason::MissingPlus, Some(meant)) => {
            let (ask, mark) = (messages(locale).sign_in.did_you_mean, if locale == Locale::Ar { '؟' } else { '?' });
            format!("{ask} {}{mark}", meant.in_plain_text(Mask::M0))
        }
        _ => phone_reason(reason, locale).to_owned(),
    }
}

/// The words of good news.
pub(crate) fn news_text(news: News, locale: Locale) -> &'static str {
    let t = messages(locale);
    match news {
        News::Saved => t.common.saved,
        News::Resent => t.sign_in.resent,
        News::AlreadySent => t.sign_in.already_sent,
        News::SignInAgain => t.sign_in.fresh_notice,
        News::SignedOut => t.sign_in.signed_out,
        News::Erased => t.sign_in.erased,
        News::PhoneChanged => t.account.phone_changed,
        News::PhoneConfirmed => t.account.phone_proved,
        News::SignInIsOver => t.sign_in.session_ended,
        News::SessionEnded => t.devices.ended,
        News::OthersEnded => t.devices.others_ended,
        News::SessionWasOver => t.devices.already_over,
        News::SecondFactorRemoved => t.second_factor.removed,
        News::PersonAdded => t.admin_person.added,
        News::PersonWasThere => t.admin_person.was_there,
        News::PersonBlocked => t.admin_person.blocked,
        News::PersonUnblocked => t.admin_person.unblocked,
        News::PersonSessionsEnded => t.admin_person.all_ended,
        News::NoteAdded => t.admin_person.note_added,
        News::NoteDeleted => t.admin_person.note_deleted,
        News::RoleGranted => t.admin_person.granted,
        News::RoleRevoked => t.admin_person.revoked,
        News::RequestOpened => t.privacy.sent,
        News::RequestWithdrawn => t.privacy.withdrawn,
        News::WrittenDown => t.admin_privacy.acted,
        News::PersonErased => t.admin_privacy.erased,
        News::NumberMoved => t.phone_moves.news_moved,
        News::MoveAsked => t.phone_moves.news_asked,
        News::MoveCancelled => t.phone_moves.news_cancelled,
        News::MoveUndone => t.phone_moves.news_undone,
        News::PasskeyAdded => t.passkeys.was_added,
        News::Desk(news) => news.text(&t.counter),
        News::PasskeyRemoved => t.passkeys.was_removed,
        News::PasskeyRenamed => t.passkeys.was_renamed,
        News::SalonCreated => t.salon_desk.created,
        News::SalonRoleGranted => t.salon_desk.granted,
        News::SalonRoleRevoked => t.salon_desk.revoked,
    }
}

impl Flash {
    /// The words of the first fault of a field.
    pub(crate) fn fault_of(&self, field: &str, locale: Locale, now: i64) -> Option<String> {
        self.faults
            .iter()
            .find(|fault| fault.field.as_deref() == Some(field))
            .map(|fault: &Fault| fault_text(&fault.what, locale, now))
    }

    /// What was typed into a field, else `otherwise`.
    pub(crate) fn typed_or(&self, field: &str, otherwise: &str) -> String {
        self.typed.iter().find(|(name, _)| name == field).map_or(otherwise, |(_, text)| text).to_owned()
    }

    /// The number that was probably meant.
    pub(crate) fn suggestion(&self) -> Option<PhoneNumber> {
        self.faults.iter().find_map(|fault| match &fault.what {
            What::Phone { suggestion, .. } => PhoneNumber::from_canonical(suggestion.as_deref()?),
            _ => None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wait_grows_shorter_by_itself() {
        let what = What::TooMany { policy: Policy::OtpCooldown, until: 1_000 };
        assert!(fault_text(&what, Locale::Ar, 955).contains("بعد 45 ثانية"));
        assert!(fault_text(&what, Locale::En, 990).contains("in 10 seconds"));
    }

    #[test]
    fn each_state_of_the_code_page_has_its_own_text() {
        let states = [
            What::WrongCode { left: 3 },
            What::Expired,
            What::Dead,
            What::TooMany { policy: Policy::OtpGuess, until: 60 },
            What::TooMany { policy: Policy::OtpSend, until: 60 },
            What::NotSent,
            What::NotDelivered,
            What::Phone { reason: "country_not_allowed".into(), suggestion: None },
            What::Blocked,
        ];
        for locale in [Locale::Ar, Locale::En] {
            let mut texts: Vec<_> = states.iter().map(|what| fault_text(what, locale, 0)).collect();
            texts.sort_unstable();
            texts.dedup();
            assert_eq!(texts.len(), states.len());
        }
    }

    #[test]
    fn a_missing_plus_asks() {
        let what = What::Phone { reason: "missing_plus".into(), suggestion: Some("+971501234567".into()) };
        assert!(fault_text(&what, Locale::En, 0).starts_with("Did you mean \u{200e}+971"));
        assert!(fault_text(&what, Locale::Ar, 0).ends_with('؟'));
    }
}
