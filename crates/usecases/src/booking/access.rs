//! Who of a salon may do what to its bookings.

use domain::booking::Booking;
use domain::ids::SalonId;
use domain::permission::Permission;
use store::{Tx, staff};

use crate::{Actor, Admin, Error, Usecases};

/// Somebody of a salon, at its desk.
#[derive(Clone, Debug)]
pub(crate) struct AtDesk<'a> {
    pub(crate) actor: &'a Actor,
    /// Whether they do it to all bookings, or to those with themselves only.
    pub(crate) is_everybodys: bool,
    /// Whether they see whole phones.
    pub(crate) may_view_phone: bool,
}

impl Usecases {
    /// The gate of a salon's bookings: a role in that very salon. Whoever has none there is told that it is not there.
    ///
    /// # Errors
    /// `NotFound`, `Forbidden`, `Unavailable`.
    pub(crate) async fn at_desk<'a>(
        &self,
        tx: &mut Tx,
        admin: &'a Admin,
        salon: SalonId,
        permission: Permission,
    ) -> Result<AtDesk<'a>, Error> {
        let own = permission == Permission::BookingManage;
        let actor = admin.require(if own { Permission::BookingOwn } else { permission })?;
        let roles = actor.roles_in(tx, salon).await?;
        let may = |permission| roles.iter().any(|role| role.may(permission));
        let is_everybodys = may(permission);
        if !(is_everybodys || own && may(Permission::BookingOwn)) {
            return Err(Error::Forbidden);
        }
        Ok(AtDesk { actor, is_everybodys, may_view_phone: may(Permission::CustomerPhoneView) })
    }

    /// The same for one booking, which is with themselves if they may do it only to those.
    ///
    /// # Errors
    /// `NotFound`, `Forbidden`, `Unavailable`.
    pub(crate) async fn at_desk_of<'a>(
        &self,
        tx: &mut Tx,
        admin: &'a Admin,
        booking: &Booking,
        permission: Permission,
    ) -> Result<AtDesk<'a>, Error> {
        let desk = self.at_desk(tx, admin, booking.salon_id, permission).await?;
        if !desk.is_everybodys {
            let with = staff::find(tx, booking.salon_id, booking.staff_id).await?;
            if with.and_then(|with| with.user_id) != Some(desk.actor.user.id) {
                return Err(Error::NotFound);
            }
        }
        Ok(desk)
    }
}
