//! The forms of the second factor.

#![expect(clippy::unused_async, reason = "a server function is async, whether or not it has to wait")]

use domain::ids::SessionId;
use domain::recovery_code::RecoveryCode;
use leptos::prelude::*;
use leptos::server_fn::codec::PostUrl;
use usecases::{Actor, Error};

use super::refusal::Form;
use super::visit;
use crate::flow::{Fault, Flash, HandedOut, News, What};
use crate::forms::Done;
use crate::local_path::local_path;
use crate::routes::path;
use crate::visit::{Visit, sign_in_and_back};

impl Visit {
    /// Whoever is signed in; nobody else is led to the sign-in page and back to `page`.
    pub(super) fn actor_or_sign_in(&self, page: &str) -> Option<Actor> {
        if self.actor.is_none() {
            self.go(&sign_in_and_back(page));
        }
        self.actor.clone()
    }

    /// A code was refused. It does not stand in the field again: it is no good any more.
    fn refuse_factor(&mut self, error: &Error, page: &str, field: &str) {
        let what = match error {
            Error::Validation(_) => What::NoFactorCode,
            Error::InvalidCode { attempts_remaining } => What::WrongFactor { left: *attempts_remaining },
            Error::NotFound => What::EnrolmentOver,
            _ => return self.refuse(error, &Form { page, field, typed: &[] }),
        };
        self.refuse_with(Fault::of(field, what), &Form { page, field, typed: &[] });
    }

    pub(super) fn hand_out(&mut self, session: SessionId, codes: &[RecoveryCode]) {
        self.flow.recovery = Some(HandedOut { session, codes: codes.iter().map(RecoveryCode::to_text).collect() });
        self.flow.flash = None;
        self.go(path::ADMIN_ENROL_CODES);
    }

    /// On to where the second factor was needed.
    pub(super) fn go_on(&mut self) {
        let next = self.flow.next.take().filter(|next| local_path(next).is_some() && !next.starts_with(path::ADMIN_VERIFY));
        self.go(next.as_deref().unwrap_or(path::ACCOUNT));
    }
}

/// Makes a key for an authenticator app.
#[server(prefix = "/sf", endpoint = "begin-enrolment", input = PostUrl)]
pub(crate) async fn begin_enrolment() -> Done {
    let mut visit = visit();
    let page = path::ADMIN_ENROL;
    let Some(actor) = visit.actor_or_sign_in(page) else { return Ok(()) };
    match visit.web.usecases.begin_enrolment(&actor).await {
        Ok(_) => {
            visit.flow.flash = None;
            visit.go(page);
        }
        Err(error) => visit.refuse(&error, &Form { page, field: "", typed: &[] }),
    }
    Ok(())
}

/// Takes the first code of the app.
#[server(prefix = "/sf", endpoint = "confirm-enrolment", input = PostUrl)]
pub(crate) async fn confirm_enrolment(#[server(default)] code: String) -> Done {
    let mut visit = visit();
    let Some(actor) = visit.actor_or_sign_in(path::ADMIN_ENROL) else { return Ok(()) };
    match visit.web.usecases.confirm_enrolment(&actor, &code).await {
        // There are some already, with a passkey.
        Ok(codes) if codes.is_empty() => {
            visit.flow.flash = None;
            visit.go_on();
        }
        Ok(codes) => visit.hand_out(actor.session.id, &codes),
        Err(error) => visit.refuse_factor(&error, path::ADMIN_ENROL, "code"),
    }
    Ok(())
}

/// Takes a code of the app, or a recovery code out of its own field.
#[server(prefix = "/sf", endpoint = "show-second-factor", input = PostUrl)]
pub(crate) async fn show_second_factor(#[server(default)] code: String, #[server(default)] recovery: String) -> Done {
    let mut visit = visit();
    let Some(actor) = visit.actor_or_sign_in(path::ADMIN_VERIFY) else { return Ok(()) };
    let (field, typed) = if recovery.trim().is_empty() { ("code", code) } else { ("recovery", recovery) };
    match visit.web.usecases.show_second_factor(&actor, &typed).await {
        Ok(()) => {
            visit.flow.flash = None;
            visit.go_on();
        }
        Err(error) => visit.refuse_factor(&error, path::ADMIN_VERIFY, field),
    }
    Ok(())
}

/// Makes new recovery codes.
#[server(prefix = "/sf", endpoint = "renew-recovery-codes", input = PostUrl)]
pub(crate) async fn renew_recovery_codes() -> Done {
    let mut visit = visit();
    let Some(actor) = visit.actor_or_sign_in(path::ADMIN_ENROL) else { return Ok(()) };
    match visit.web.usecases.renew_recovery_codes(&actor).await {
        Ok(codes) => visit.hand_out(actor.session.id, &codes),
        Err(error) => visit.refuse(&error, &Form { page: path::ADMIN_ENROL, field: "", typed: &[] }),
    }
    Ok(())
}

/// Drops the recovery codes from the cookie: they are written down.
#[server(prefix = "/sf", endpoint = "put-codes-away", input = PostUrl)]
pub(crate) async fn put_codes_away() -> Done {
    let mut visit = visit();
    visit.flow.recovery = None;
    visit.go_on();
    Ok(())
}

/// Gives the second factor up.
#[server(prefix = "/sf", endpoint = "remove-second-factor", input = PostUrl)]
pub(crate) async fn remove_second_factor() -> Done {
    let mut visit = visit();
    let page = path::ADMIN_ENROL;
    let Some(actor) = visit.actor_or_sign_in(page) else { return Ok(()) };
    match visit.web.usecases.remove_second_factor(&actor).await {
        Ok(()) => {
            visit.flow.flash = Some(Flash::news(page, News::SecondFactorRemoved));
            visit.go(page);
        }
        Err(error) => visit.refuse(&error, &Form { page, field: "", typed: &[] }),
    }
    Ok(())
}
