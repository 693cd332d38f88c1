//! What an admin sees of it: where a person's number stands, and what a new number would mean.

use chrono::{DateTime, Utc};
use domain::ids::UserId;
use domain::permission::Permission;
use domain::phone::PhoneNumber;
use domain::phone_move::{Ask, MoveKind, PhoneMove, Refusal};
use domain::user::User;
use store::{phone_moves, users};

use crate::{Actor, Admin, Error, Usecases};

/// A person and what was last asked for their number.
#[derive(Clone, Debug)]
pub struct UserPhone {
    /// The person.
    pub user: User,
    /// The last move that they are part of, while anything can come of it and a little longer.
    pub last: Option<PhoneMove>,
    /// The other one in it.
    pub other: Option<User>,
}

/// What a number would mean for a person.
#[derive(Clone, Debug)]
pub struct Look {
    /// The number.
    pub phone: PhoneNumber,
    /// Who has proved it.
    pub holder: Option<User>,
    /// What may be asked for.
    pub kinds: Vec<MoveKind>,
    /// Why not, when nothing may.
    pub refusal: Option<Refusal>,
}

impl Usecases {
    /// Reads how it stands.
    ///
    /// # Errors
    /// `Forbidden`, `NotFound`, `Unavailable`.
    pub async fn read_phone_move(&self, admin: &Admin, user: UserId) -> Result<UserPhone, Error> {
        admin.require(Permission::PeopleView)?;
        let mut tx = self.parts.store.read().await?;
        let user = users::find(&mut tx, user).await?.ok_or(Error::NotFound)?;
        let last = phone_moves::find_last(&mut tx, user.id).await?;
        let other = last.as_ref().and_then(|last| last.people().into_iter().find(|id| *id != user.id));
        let other = match other {
            Some(other) => users::find(&mut tx, other).await?,
            None => None,
        };
        Ok(UserPhone { user, last, other })
    }

    /// What waits for the actor's own account: nobody's number is asked for behind their back.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn find_own_phone_move(&self, actor: &Actor) -> Result<Option<PhoneMove>, Error> {
        let (now, me) = (self.parts.clock.now(), actor.user.id);
        let last = phone_moves::find_last(&mut self.parts.store.read().await?, me).await?;
        Ok(last.filter(|last| last.is_open(now) && last.gainer == Some(me)))
    }

    /// Says what a number would mean for a person. Writes nothing, and promises nothing.
    ///
    /// # Errors
    /// `Forbidden`, `InvalidPhone`, `NotFound`, `Unavailable`.
    pub async fn look_at_phone(&self, admin: &Admin, user: UserId, phone: &str) -> Result<Look, Error> {
        let actor = admin.require(Permission::PeopleChangePhone)?;
        let phone = self.read_phone(phone)?;
        let now = self.parts.clock.now();
        let mut tx = self.parts.store.read().await?;
        let user = users::find(&mut tx, user).await?.ok_or(Error::NotFound)?;
        let holder = self.find_held(&mut tx, &phone, now).await?.by;
        let mut waiting = phone_moves::list_waiting(&mut tx, user.id, holder.as_ref().map_or(user.id, |user| user.id)).await?;
        waiting.extend(phone_moves::find_waiting(&mut tx, &phone).await?);
        let allowed = if waiting.iter().any(|waiting| waiting.is_open(now)) {
            Err(Refusal::AlreadyAsked)
        } else {
            kinds(&user, holder.as_ref(), &phone, actor.user.id, now)
        };
        let (kinds, refusal) = allowed.map_or_else(|refusal| (Vec::new(), Some(refusal)), |kinds| (kinds, None));
        Ok(Look { phone, holder, kinds, refusal })
    }
}

fn kinds(
    user: &User,
    holder: Option<&User>,
    phone: &PhoneNumber,
    by: UserId,
    now: DateTime<Utc>,
) -> Result<Vec<MoveKind>, Refusal> {
    let ask = |kind| {
        let gainer = Some(user);
        PhoneMove::ask(&Ask { id: uuid::Uuid::nil().into(), kind, phone: phone.clone(), gainer, holder, by, now })
    };
    let asked = match holder {
        None => vec![MoveKind::Change],
        Some(_) => vec![MoveKind::Merge, MoveKind::Recycled],
    };
    let (mut kinds, mut refusal) = (Vec::new(), Refusal::Over);
    for kind in asked {
        match ask(kind) {
            Ok(_) => kinds.push(kind),
            Err(why) => refusal = why,
        }
    }
    if kinds.is_empty() { Err(refusal) } else { Ok(kinds) }
}
