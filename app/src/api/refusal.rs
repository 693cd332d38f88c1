//! From a use case's refusal to the page that tells it.

use domain::challenge::Purpose;
use domain::error::ErrorCode;
use usecases::{Admin, Error};

use crate::flow::{Fault, Flash, Flow, News, What};
use crate::routes::path;
use crate::visit::{Visit, show_factor_and_back, sign_in_and_back};

/// The form that was refused.
pub(super) struct Form<'a> {
    /// The page it stands on.
    pub page: &'a str,
    /// Its main field.
    pub field: &'a str,
    /// What was typed, to stand there again.
    pub typed: &'a [(&'a str, &'a str)],
}

impl Visit {
    /// Who has come through the door of the admin; everybody else is sent to `page`, which says what is missing.
    pub(super) fn admin_or_back(&self, page: &str) -> Option<Admin> {
        let admin = self.web.usecases.admin_actor(self.actor.clone()).ok();
        if admin.is_none() {
            self.go(page);
        }
        admin
    }

    /// Ends a form's function with a refusal: back to the page, or to the sign-in page when that is what is missing.
    pub(super) fn refuse(&mut self, error: &Error, form: &Form<'_>) {
        self.log(error);
        if let Some(to) = self.elsewhere(error, form.page) {
            return self.go(&to);
        }
        let now = self.now_s();
        self.flow.flash = Some(Flash::faults(form.page, Fault::from_error(error, form.field, now), form.typed));
        self.go(form.page);
    }

    /// Where somebody has to go before they can do what `page` is for.
    pub(crate) fn elsewhere(&mut self, error: &Error, page: &str) -> Option<String> {
        match error {
            Error::Unauthenticated | Error::SessionEnded => Some(sign_in_and_back(page)),
            Error::SecondFactorRequired | Error::StepUpRequired => Some(show_factor_and_back(page)),
            Error::FreshAuthenticationRequired => Some(self.sign_in_again(page)),
            _ => None,
        }
    }

    /// The same for one fault that the form itself found.
    pub(super) fn refuse_with(&mut self, fault: Fault, form: &Form<'_>) {
        self.flow.flash = Some(Flash::faults(form.page, vec![fault], form.typed));
        self.go(form.page);
    }

    /// A code was refused. It stands in the field again, unless the challenge is over and there is no field.
    pub(super) fn refuse_code(&mut self, error: &Error, purpose: Purpose, page: &str, code: &str) {
        let typed = [("code", code)];
        let form = Form { page, field: "code", typed: &typed };
        let fault = match error {
            // Not six digits at all: nothing was counted.
            Error::Validation(_) => Fault::of("code", What::NoCode),
            Error::Forbidden => Fault { field: None, what: What::Blocked },
            Error::Conflict => Fault { field: None, what: What::Taken },
            _ => return self.refuse(error, &form),
        };
        if !matches!(error, Error::Validation(_)) {
            self.flow.set_pending(purpose, None);
        }
        self.refuse_with(fault, &form);
    }

    fn sign_in_again(&mut self, next: &str) -> String {
        let phone = self.actor.as_ref().and_then(|actor| actor.user.phone.as_ref()).map(|phone| phone.as_e164().to_owned());
        self.flow = Flow {
            next: Some(next.to_owned()),
            is_again: true,
            flash: Some(
                Flash::news(path::LOGIN, News::SignInAgain).with_typed(&[("phone", phone.as_deref().unwrap_or_default())]),
            ),
            ..Flow::default()
        };
        path::LOGIN.to_owned()
    }

    /// Faults of ours are logged once, here at the edge, with all that is behind them.
    pub(crate) fn log(&self, error: &Error) {
        if !matches!(error.code(), ErrorCode::Internal | ErrorCode::Unavailable) {
            return;
        }
        let chain = usecases::chain(error);
        tracing::error!(request_id = self.request_id.as_deref(), path = %self.path, error = %chain, "a page could not be served");
    }
}
