//! What the forms about one person share: whom they are about, and what is said when they are refused.

use domain::ids::UserId;
use usecases::{Admin, Error};

use super::refusal::Form;
use crate::flow::{Fault, Flash, News, What};
use crate::routes::path;
use crate::visit::Visit;

/// A form about somebody, sent by somebody who came through the door of the admin.
pub(super) struct About {
    pub admin: Admin,
    pub id: UserId,
    /// The page it stands on.
    pub page: String,
}

impl Visit {
    /// Whom a form on the page `tab` of the person `user` is about. Everybody who may not send it is on their way to where it is said why.
    pub(super) fn admin_about(&self, user: &str, tab: &str) -> Option<About> {
        let Ok(id) = user.parse() else {
            self.go(path::ADMIN_USERS);
            return None;
        };
        let page = format!("{}{tab}", path::admin_user(id));
        Some(About { admin: self.admin_or_back(&page)?, id, page })
    }

    /// Back to the page, with the news or with why not. `typed` stands in its field again.
    pub(super) fn done(&mut self, page: &str, outcome: Result<News, Error>, typed: &[(&str, &str)]) {
        match outcome {
            Ok(news) => {
                self.flow.flash = Some(Flash::news(page, news));
                self.go(page);
            }
            // The page is not theirs to see either, or there is no such person: it says so itself.
            Err(error) => self.refuse(&error, &Form { page, field: "", typed }),
        }
    }

    /// The same for a role, where there is one more thing that can be in the way.
    pub(super) fn done_with_role(&mut self, page: &str, outcome: Result<News, Error>) {
        match outcome {
            Err(Error::Conflict) => {
                self.refuse_with(Fault { field: None, what: What::LastAdmin }, &Form { page, field: "", typed: &[] });
            }
            other => self.done(page, other, &[]),
        }
    }
}
