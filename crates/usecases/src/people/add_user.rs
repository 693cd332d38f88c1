//! Adding a person by phone. Nobody but its owner can make the phone verified.

use domain::ids::UserId;
use domain::locale::Locale;
use domain::permission::Permission;
use domain::user::{User, UserOrigin};
use serde_json::json;
use store::users;

use crate::account::update_me::profile_of;
use crate::{Actor, Admin, Error, UpdateMe, Usecases};

/// Somebody to be added. The phone is all it takes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AddPerson {
    /// In any spelling.
    pub phone: String,
    /// Given name.
    pub given_name: Option<String>,
    /// Family name.
    pub family_name: Option<String>,
    /// Language of their messages.
    pub locale: Option<Locale>,
}

/// Who has the phone now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddedPerson {
    /// The person.
    pub user: User,
    /// Whether they were not there before. Of those who were nothing is changed.
    pub is_new: bool,
}

impl Usecases {
    /// Adds a person by phone, or returns the one there is. For operators.
    ///
    /// # Errors
    /// `InvalidPhone`, `Unavailable`.
    pub async fn add_user(&self, phone: &str) -> Result<User, Error> {
        let input = AddPerson { phone: phone.to_owned(), ..AddPerson::default() };
        Ok(self.add(input, None).await?.user)
    }

    /// The same by an admin, who may know a name too.
    ///
    /// # Errors
    /// `Forbidden`, `InvalidPhone`, `Validation`, `Unavailable`.
    pub async fn add_person(&self, admin: &Admin, input: AddPerson) -> Result<AddedPerson, Error> {
        let actor = admin.require(Permission::PeopleAdd)?;
        self.add(input, Some(actor)).await
    }

    async fn add(&self, input: AddPerson, by: Option<&Actor>) -> Result<AddedPerson, Error> {
        let phone = self.read_phone(&input.phone)?;
        let now = self.parts.clock.now();
        let id = self.parts.rng.id_v7::<UserId>(now);
        let locale = input.locale.unwrap_or_default();
        let new = users::NewUser { id, phone, locale, origin: UserOrigin::Staff, now };
        let mut tx = self.parts.store.write().await?;
        let mut user = users::upsert_by_phone(&mut tx, &new).await?;
        let is_new = user.id == id;
        if is_new {
            if input.given_name.is_some() || input.family_name.is_some() {
                let names =
                    UpdateMe { given_name: Some(input.given_name), family_name: Some(input.family_name), ..UpdateMe::default() };
                let profile = profile_of(&user, names).map_err(Error::Validation)?;
                user = users::update_profile(&mut tx, id, &profile, now).await?;
            }
            match by {
                Some(actor) => self.audit_admin(&mut tx, actor, "user_added", Some(id), json!({})).await?,
                None => self.audit_operator(&mut tx, &user, "user_added", json!({})).await?,
            }
        }
        tx.commit().await?;
        Ok(AddedPerson { user, is_new })
    }
}
