//! What Salon does, one use case a file; both doors (JSON and web) call these and nothing else.
//!
//! To add one: a file named after the verb in the folder of its noun, with an `impl Usecases` block whose method reads
//! *find or refuse → let the domain decide → write → commit → notify*; who may call it is its first line.

mod account;
mod actor;
mod auth;
mod client;
pub mod clock;
mod dev;
mod error;
mod factors;
mod fraud;
mod guessing;
mod jobs;
pub mod keys;
mod live;
pub mod metrics;
mod operations;
mod oversight;
mod passkeys;
mod people;
mod phone_moves;
mod privacy;
mod restore;
pub mod rng;
pub mod settings;
mod sms;
#[cfg(feature = "testing")]
pub mod testing;
mod usecases;

pub use account::update_me::UpdateMe;
pub use actor::{Actor, Admin};
pub use auth::proofs::{Proof, ProofRequired};
pub use auth::request_code::RequestCode;
pub use auth::sent::{Awaited, Delivery, Sent};
pub use auth::sign_in::{SignedIn, Tokens};
pub use auth::verify_code::VerifyCode;
pub use client::{Client, ClientAddress};
pub use dev::DevMessage;
pub use error::{Error, chain};
pub use factors::enrol::Enrolment;
pub use factors::held::SecondFactor;
pub use fraud::{EventLineError, Outcome, Replayed, ReplayedScope, replay_events};
pub use guessing::Guessing;
pub use jobs::pause::pause;
pub use jobs::purge::{PurgePlan, Purged};
pub use jobs::worker::Delivered;
pub use live::{LiveChange, LiveKey, LiveReview, LiveSetting, LiveSettings, LiveValue};
pub use oversight::list_audit::{AuditList, ListAudit, SYSTEM_DOERS};
pub use oversight::list_messages::{ListMessages, MessageDetail, MessageList};
pub use oversight::read_abuse::{Abuse, Bar, CodeEvent, Span};
pub use people::add_user::{AddPerson, AddedPerson};
pub use people::doer::Doer;
pub use people::history::{AskedCode, Message, PersonHistory, SignedDeed};
pub use passkeys::ceremony::Ceremony;
pub use passkeys::enrol::{AddPasskey, PasskeyAdded};
pub use passkeys::sign_in::PasskeySignIn;
pub use people::list_users::{ListUsers, UserList};
pub use people::notes::{PersonNotes, SignedNote};
pub use people::read_user::UserDetail;
pub use phone_moves::ask::AskPhoneMove;
pub use phone_moves::prove::RequestProof;
pub use phone_moves::read::{Look, UserPhone};
pub use privacy::consents::Say;
pub use privacy::queue::{AdminAct, Queued};
pub use privacy::retention::{LastPurge, Retention};
pub use restore::erasures::{Erasure, ErasureLineError, read_erasures};
pub use restore::fence::Fenced;
pub use store::audit::AuditEntry;
pub use store::conversions::Conversion;
pub use store::fraud_sums::Sum as FraudSum;
pub use store::message_log::{LoggedMessage, Reported, Stand};
pub use store::purge::Forecast;
pub use usecases::{Parts, Usecases};
