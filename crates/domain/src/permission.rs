//! What a role may do: the whole of it, in one table.
//!
//! To add a permission: a variant, its name, its line in [`Role::may`], its line in the printed table of the test.

use crate::role::Role;

/// One thing that not everybody may do. Use cases ask for it in their first line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Permission {
    /// Find and read people over the whole platform.
    PeopleView,
    /// Add a person by phone.
    PeopleAdd,
    /// Correct what is known of a person, and write notes about them.
    PeopleEdit,
    /// Block and unblock a person.
    PeopleBlock,
    /// End the sessions of a person.
    PeopleEndSessions,
    /// Move an account to another phone, merge two accounts, free a recycled number.
    PeopleChangePhone,
    /// Take people's data out, one or many.
    PeopleExport,
    /// Remove who a person is.
    PeopleErase,
    /// Grant and revoke roles on the platform.
    RoleGrant,
    /// Read what was done by whom, the messages and the attempts.
    AuditView,
    /// Change the settings of the platform.
    SettingsEdit,
    /// See the customers of the own salon.
    CustomerView,
    /// See their whole phone.
    CustomerPhoneView,
    /// Make, move and cancel bookings of the own salon.
    BookingManage,
    /// Book over what is taken, with a reason.
    BookingOverbook,
    /// See one's own bookings and mark them as done.
    BookingOwn,
    /// Change services, prices and opening hours of the own salon.
    CatalogueEdit,
    /// Add and remove the staff of the own salon, and their roles below one's own.
    StaffManage,
    /// Change the salon itself: its name, its owners, its end.
    SalonManage,
    /// See how the own salon is set up; whoever sets salons up sees all of them.
    SalonView,
    /// Set up salons, name their owners, take them out of sight.
    SalonOpen,
}

impl Permission {
    /// Every permission.
    pub const ALL: [Self; 21] = [
        Self::PeopleView,
        Self::PeopleAdd,
        Self::PeopleEdit,
        Self::PeopleBlock,
        Self::PeopleEndSessions,
        Self::PeopleChangePhone,
        Self::PeopleExport,
        Self::PeopleErase,
        Self::RoleGrant,
        Self::AuditView,
        Self::SettingsEdit,
        Self::CustomerView,
        Self::CustomerPhoneView,
        Self::BookingManage,
        Self::BookingOverbook,
        Self::BookingOwn,
        Self::CatalogueEdit,
        Self::StaffManage,
        Self::SalonManage,
        Self::SalonView,
        Self::SalonOpen,
    ];

    /// The name, as in the audit and the documentation.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::PeopleView => "people.view",
            Self::PeopleAdd => "people.add",
            Self::PeopleEdit => "people.edit",
            Self::PeopleBlock => "people.block",
            Self::PeopleEndSessions => "people.end_sessions",
            Self::PeopleChangePhone => "people.change_phone",
            Self::PeopleExport => "people.export",
            Self::PeopleErase => "people.erase",
            Self::RoleGrant => "role.grant",
            Self::AuditView => "audit.view",
            Self::SettingsEdit => "settings.edit",
            Self::CustomerView => "customer.view",
            Self::CustomerPhoneView => "customer.phone.view",
            Self::BookingManage => "booking.manage",
            Self::BookingOverbook => "booking.overbook",
            Self::BookingOwn => "booking.own",
            Self::CatalogueEdit => "catalogue.edit",
            Self::StaffManage => "staff.manage",
            Self::SalonManage => "salon.manage",
            Self::SalonView => "salon.view",
            Self::SalonOpen => "salon.open",
        }
    }
}

impl Role {
    /// Whether this role has that permission. The roles of a salon have theirs for that salon only; whoever runs the platform runs its
    /// people, and no salon.
    pub const fn may(self, permission: Permission) -> bool {
        match permission {
            Permission::PeopleView
            | Permission::PeopleAdd
            | Permission::PeopleEdit
            | Permission::PeopleBlock
            | Permission::PeopleEndSessions
            | Permission::PeopleChangePhone
            | Permission::PeopleExport
            | Permission::PeopleErase
            | Permission::RoleGrant
            | Permission::AuditView
            | Permission::SettingsEdit
            | Permission::SalonOpen => match self {
                Self::PlatformAdmin => true,
                Self::Owner | Self::Manager | Self::Reception | Self::Stylist => false,
            },
            Permission::SalonView => match self {
                Self::Owner | Self::Manager | Self::Reception | Self::Stylist | Self::PlatformAdmin => true,
            },
            Permission::CustomerView | Permission::BookingOwn => match self {
                Self::Owner | Self::Manager | Self::Reception | Self::Stylist => true,
                Self::PlatformAdmin => false,
            },
            Permission::CustomerPhoneView | Permission::BookingManage => match self {
                Self::Owner | Self::Manager | Self::Reception => true,
                Self::Stylist | Self::PlatformAdmin => false,
            },
            Permission::BookingOverbook | Permission::CatalogueEdit | Permission::StaffManage => match self {
                Self::Owner | Self::Manager => true,
                Self::Reception | Self::Stylist | Self::PlatformAdmin => false,
            },
            Permission::SalonManage => match self {
                Self::Owner => true,
                Self::Manager | Self::Reception | Self::Stylist | Self::PlatformAdmin => false,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whoever changes what a role may do changes this picture of it, and sees what they do.
    const TABLE: &str = "
                      owner manager reception stylist platform_admin
people.view               -       -         -       -              x
people.add                -       -         -       -              x
people.edit               -       -         -       -              x
people.block              -       -         -       -              x
people.end_sessions       -       -         -       -              x
people.change_phone       -       -         -       -              x
people.export             -       -         -       -              x
people.erase              -       -         -       -              x
role.grant                -       -         -       -              x
audit.view                -       -         -       -              x
settings.edit             -       -         -       -              x
customer.view             x       x         x       x              -
customer.phone.view       x       x         x       -              -
booking.manage            x       x         x       -              -
booking.overbook          x       x         -       -              -
booking.own               x       x         x       x              -
catalogue.edit            x       x         -       -              -
staff.manage              x       x         -       -              -
salon.manage              x       -         -       -              -
salon.view                x       x         x       x              x
salon.open                -       -         -       -              x
";

    #[test]
    fn the_table_says_who_may_do_what() {
        let head: Vec<_> = Role::ALL.iter().map(|role| role.as_str()).collect();
        let mut printed = vec![String::new(), format!("{:21} {}", "", head.join(" "))];
        for permission in Permission::ALL {
            let mark = |role: Role| if role.may(permission) { "x" } else { "-" };
            let marks: Vec<_> = Role::ALL.map(|role| format!("{:>1$}", mark(role), role.as_str().len())).into();
            printed.push(format!("{:21} {}", permission.as_str(), marks.join(" ")));
        }
        assert_eq!(printed.join("\n") + "\n", TABLE);
    }
}
