//! Everything we hold about a person, for that person (salon.md §5), or for an admin who answers them.

use chrono::{DateTime, Utc};
use domain::ids::{SessionId, UserId};
use domain::phone::Mask;
use domain::user::User;
use serde_json::{Value, json};
use store::visits::{self, Visit};
use store::{Tx, audit, consents, outbox, passkeys, privacy_requests, reviews, second_factors, sessions, user_notes};

use crate::people::doer::Doer;
use crate::{Actor, Error, Usecases};

/// More entries than a person can have within the retention times; a bound all the same.
const MOST: u32 = 10_000;

impl Usecases {
    /// All data held about the actor as one JSON document. Codes and tokens are not among it: they are not held.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn export_me(&self, actor: &Actor) -> Result<Value, Error> {
        let mut tx = self.parts.store.read().await?;
        self.everything_about(&mut tx, &actor.user, Some(actor.session.id)).await
    }

    /// The one document, whoever asks for it. `here` is the session it is read in, if it is one of the person's.
    #[expect(clippy::too_many_lines, reason = "one document, part by part")]
    pub(crate) async fn everything_about(&self, tx: &mut Tx, user: &User, here: Option<SessionId>) -> Result<Value, Error> {
        let now = self.parts.clock.now();
        let sessions = sessions::list_alive(tx, user.id, now).await?;
        let second_factor = second_factors::find_held(tx, user.id).await?;
        let passkeys = passkeys::list(tx, user.id).await?;
        // By person and not by number: a number may have been somebody else's before.
        let notes = user_notes::list(tx, user.id, None, MOST).await?;
        let messages = outbox::list_for_user(tx, user.id, MOST).await?;
        let consents = consents::list_for_user(tx, user.id, MOST).await?;
        let requests = privacy_requests::list_for_user(tx, user.id, MOST).await?;
        let booked = booked_by(tx, user.id, now).await?;
        let reviews = reviews::list_for_customer(tx, user.id).await?;
        let audit = audit::list_for_user(tx, user.id, MOST).await?;
        Ok(json!({
            "exported_at": now,
            "user": {
                "id": user.id,
                "phone": user.phone,
                "is_phone_verified": user.is_phone_verified,
                "given_name": user.given_name,
                "family_name": user.family_name,
                "email": user.email,
                "locale": user.locale,
                "roles": user.roles,
                "is_sandbox": user.is_sandbox,
                "created_at": user.created_at,
                "last_seen_at": user.last_seen_at,
            },
            "second_factor": {
                "added_at": second_factor.since,
                "recovery_codes_left": second_factor.recovery_codes,
            },
            "passkeys": passkeys.iter().map(|stored| json!({
                "name": stored.passkey.name,
                "created_at": stored.passkey.created_at,
                "last_used_at": stored.passkey.last_used_at,
            })).collect::<Vec<_>>(),
            "sessions": sessions.iter().map(|session| json!({
                "id": session.id,
                "kind": session.kind,
                "device_name": session.device_name,
                "signed_in_at": session.authenticated_at,
                "last_seen_at": session.last_seen_at,
                "expires_at": session.expires_at,
                "is_current": Some(session.id) == here,
            })).collect::<Vec<_>>(),
            "messages": messages.iter().map(|message| json!({
                "kind": message.kind,
                "to": message.phone.as_ref().map(|phone| phone.masked(Mask::M0)),
                "state": message.state.as_str(),
                "created_at": message.created_at,
                "finished_at": message.finished_at,
            })).collect::<Vec<_>>(),
            "notes": notes.iter().map(|note| json!({ "at": note.created_at, "text": note.text })).collect::<Vec<_>>(),
            "consents": consents.iter().map(|line| json!({
                "purpose": line.purpose,
                "is_granted": line.is_granted,
                "at": line.at,
                "source": line.source,
                "wording_version": line.wording_version,
                "locale": line.locale,
            })).collect::<Vec<_>>(),
            "privacy_requests": requests.iter().map(|request| json!({
                "kind": request.kind,
                "state": request.state,
                "opened_by": request.opened_by,
                "said": request.said,
                "note": request.note,
                "opened_at": request.opened_at,
                "due_at": request.due_at,
                "extended_at": request.extended_at,
                "extension_reason": request.extension_reason,
                "refusal_reason": request.refusal_reason,
                "closed_at": request.closed_at,
            })).collect::<Vec<_>>(),
            "bookings": booked.iter().map(|visit| json!({
                "code": visit.booking.code,
                "salon": visit.salon_name,
                "staff": visit.staff_name,
                "status": visit.booking.status,
                "starts_at": visit.booking.span.starts_at,
                "ends_at": visit.booking.span.ends_at,
                "attendee_name": visit.booking.attendee_name,
                "note": visit.booking.note,
                "source": visit.booking.source,
                "created_at": visit.booking.created_at,
                "items": visit.items.iter().map(|item| json!({
                    "name": item.name,
                    "duration_min": item.duration_min,
                    "price_halalas": item.price,
                    "vat_halalas": item.vat,
                })).collect::<Vec<_>>(),
            })).collect::<Vec<_>>(),
            "reviews": reviews.iter().map(|review| json!({
                "rating": review.rating,
                "text": review.text,
                "shown_as": review.shown_as,
                "status": review.status,
                "reply": review.reply,
                "written_at": review.written_at,
                "changed_at": review.changed_at,
            })).collect::<Vec<_>>(),
            "history": audit.iter().map(|entry| json!({
                "at": entry.at,
                "by": Doer::of(entry).for_the_person(),
                "action": entry.action,
                "detail": entry.detail,
            })).collect::<Vec<_>>(),
        }))
    }
}

/// All that somebody booked, the first first.
async fn booked_by(tx: &mut Tx, user: UserId, now: DateTime<Utc>) -> Result<Vec<Visit>, Error> {
    let mut all = visits::list_past(tx, user, now, None, MOST).await?;
    all.extend(visits::list_upcoming(tx, user, now, None, MOST).await?);
    all.sort_by_key(|visit| visit.booking.span.starts_at);
    Ok(all)
}
