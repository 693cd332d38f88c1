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
pub mod metrics;
mod operations;
mod people;
mod phone_moves;
mod privacy;
mod restore;
pub mod rng;
pub mod settings;
mod sms;
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
pub use people::add_user::{AddPerson, AddedPerson};
pub use people::bulk::{BulkPerson, BulkRun, BulkWho};
pub use people::doer::Doer;
pub use people::export_people::{ExportWho, PeopleExport};
pub use people::history::{AskedCode, Message, PersonHistory, SignedDeed};
pub use people::list_users::{ListUsers, UserList};
pub use people::notes::{PersonNotes, SignedNote};
pub use people::read_user::UserDetail;
pub use people::sheet::{Sheet, SheetWords};
pub use phone_moves::ask::AskPhoneMove;
pub use phone_moves::prove::RequestProof;
pub use phone_moves::read::{Look, UserPhone};
pub use privacy::consents::Say;
pub use privacy::queue::{AdminAct, Queued};
pub use privacy::retention::{LastPurge, Retention};
pub use restore::erasures::{Erasure, ErasureLineError, read_erasures};
pub use restore::fence::Fenced;
pub use store::purge::Forecast;
pub use usecases::{Parts, Usecases};
