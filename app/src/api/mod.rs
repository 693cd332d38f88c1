//! The functions behind the forms: read the visit → call the use case → say where to go.
//!
//! To add one: a file named after the verb, its type in `forms::addresses`. A form function never fails towards a browser: what a person can
//! put right goes into the flow as a fault of the page the form stands on.

mod admin_add_user;
mod admin_block;
mod admin_bulk;
mod admin_desk;
mod admin_desk_reviews;
mod admin_end_sessions;
mod admin_hours;
mod admin_notes;
mod admin_person;
mod admin_phone;
mod admin_privacy;
mod admin_roles;
mod admin_salon;
mod admin_save_user;
mod admin_services;
mod admin_settings;
mod admin_show_number;
mod admin_staff;
mod delete_account;
mod end_session;
mod log_out;
mod passkeys;
mod privacy;
mod prove_phone;
mod put_notices_away;
mod refusal;
mod request_code;
mod request_phone;
mod resend_code;
mod save_account;
mod save_name;
mod second_factor;
mod set_display;
mod set_locale;
mod verify_code;
mod verify_phone;

pub(crate) use admin_add_user::AdminAddUser;
pub(crate) use admin_block::{AdminBlock, AdminUnblock};
pub(crate) use admin_bulk::{AdminPrepareBulk, AdminStartBulk};
pub(crate) use admin_desk::{AdminActOnBooking, AdminBook, AdminMoveBooking};
pub(crate) use admin_desk_reviews::AdminActOnReview;
pub(crate) use admin_end_sessions::{AdminEndSession, AdminEndSessions};
pub(crate) use admin_hours::{
    AdminAddTimeOff, AdminRemoveClosing, AdminRemoveException, AdminRemoveTimeOff, AdminRemoveWeek, AdminSaveClosing,
    AdminSaveException, AdminSaveWeek,
};
pub(crate) use admin_notes::{AdminAddNote, AdminDeleteNote};
pub(crate) use admin_phone::{AdminAskPhone, AdminCancelPhone, AdminLookPhone, AdminUndoPhone};
pub(crate) use admin_privacy::{AdminActOnRequest, AdminErasePerson, AdminOpenRequest, AdminRecordConsent};
pub(crate) use admin_roles::{AdminGrantRole, AdminRevokeRole};
pub(crate) use admin_salon::{AdminCreateSalon, AdminEditSalon, AdminGrantSalonRole, AdminRevokeSalonRole, AdminSalonStatus};
pub(crate) use admin_save_user::AdminSaveUser;
pub(crate) use admin_services::{AdminRemoveService, AdminSaveService};
pub(crate) use admin_settings::{AdminChangeSettings, read_changes};
pub(crate) use admin_show_number::{AdminShowNumber, SHOWN};
pub(crate) use admin_staff::{AdminArchiveStaff, AdminSaveStaff, AdminStaffServices};
pub(crate) use delete_account::DeleteAccount;
pub(crate) use end_session::{EndOtherSessions, EndSession};
pub(crate) use log_out::LogOut;
pub(crate) use passkeys::{AddPasskey, RemovePasskey, RenamePasskey, ShowPasskey, SignInWithPasskey};
pub(crate) use privacy::{OpenPrivacyRequest, SayConsent, WithdrawPrivacyRequest};
pub(crate) use prove_phone::{ProvePhone, RequestProof, ResendProof};
pub(crate) use put_notices_away::PutNoticesAway;
pub(crate) use request_code::RequestCode;
pub(crate) use request_phone::RequestPhone;
pub(crate) use resend_code::{ResendCode, ResendPhone};
pub(crate) use save_account::SaveAccount;
pub(crate) use save_name::SaveName;
pub(crate) use second_factor::{
    BeginEnrolment, ConfirmEnrolment, PutCodesAway, RemoveSecondFactor, RenewRecoveryCodes, ShowSecondFactor,
};
pub(crate) use set_display::SetDisplay;
pub(crate) use set_locale::SetLocale;
pub(crate) use verify_code::VerifyCode;
pub(crate) use verify_phone::VerifyPhone;

use leptos::prelude::expect_context;

use crate::visit::Visit;

/// The visit this form belongs to.
fn visit() -> Visit {
    expect_context::<Visit>()
}
