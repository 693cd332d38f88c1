//! May another message go out? Counted under a lock, so that the answer is exact however many ask at once.

use chrono::{DateTime, Utc};
use domain::challenge::{Challenge, Purpose};
use domain::ids::{OutboxId, SendId};
use domain::keys::LimitKey;
use domain::limits::{QuotaExceeded, Standing, Usage};
use domain::message::MessageKind;
use domain::phone::PhoneNumber;
use store::{Tx, limit_keys, outbox, sends};

use super::sent::Sent;
use crate::{Client, Error, Usecases};

/// Leave to queue one message.
pub(crate) struct Admitted {
    phone_key: LimitKey,
    address_key: LimitKey,
    /// The caller's own standing, this message included.
    own: Standing,
}

impl Usecases {
    /// Locks the caller's address and the phone, in that order everywhere, and counts. Nothing is kept of a refusal.
    pub(crate) async fn admit_send(
        &self,
        tx: &mut Tx,
        phone: &PhoneNumber,
        purpose: Purpose,
        client: &Client,
        now: DateTime<Utc>,
    ) -> Result<Admitted, Error> {
        let settings = &self.parts.settings.otp;
        let pepper = self.parts.keys.pepper();
        let address_key = LimitKey::address(pepper, client.address.as_str());
        let phone_key = LimitKey::phone(pepper, phone);
        limit_keys::lock(tx, &[address_key, phone_key], now).await?;
        let usage = sends::usage(
            tx,
            &sends::SendWindow {
                phone_key,
                purpose,
                address_key,
                now,
                cooldown: settings.cooldown,
                hour: settings.sends_hour,
                day: settings.sends_day,
                address: settings.sends_address,
            },
        )
        .await?;
        let refusal = QuotaExceeded::check([
            settings.cooldown.standing(usage.cooldown, now),
            settings.sends_hour.standing(usage.hour, now),
            settings.sends_day.standing(usage.day, now),
            settings.sends_address.standing(usage.address, now),
        ]);
        if let Some(refusal) = refusal {
            return Err(Error::QuotaExceeded(refusal));
        }
        let own = Usage { used: usage.own_hour.used + 1, frees_at_from: usage.own_hour.frees_at_from.or(Some(now)) };
        Ok(Admitted { phone_key, address_key, own: settings.sends_hour.standing(own, now) })
    }

    /// Writes the send log and the outbox row of an admitted message, and says what the caller may know.
    pub(crate) async fn queue_code(
        &self,
        tx: &mut Tx,
        admitted: &Admitted,
        challenge: Challenge,
        now: DateTime<Utc>,
    ) -> Result<Sent, Error> {
        let rng = &self.parts.rng;
        sends::insert(
            tx,
            &sends::NewSend {
                id: rng.id_v7::<SendId>(now),
                phone_key: admitted.phone_key,
                purpose: challenge.purpose,
                address_key: admitted.address_key,
                challenge_id: challenge.id,
                at: now,
            },
        )
        .await?;
        outbox::insert(
            tx,
            &outbox::NewMessage {
                id: rng.id_v7::<OutboxId>(now),
                kind: MessageKind::for_purpose(challenge.purpose),
                user_id: Some(challenge.user_id),
                challenge_id: Some(challenge.id),
                phone: challenge.phone.clone(),
                locale: challenge.locale,
                expires_at: challenge.expires_at,
                now,
            },
        )
        .await?;
        Ok(Sent { challenge, now, cooldown: self.parts.settings.otp.cooldown, send: admitted.own })
    }
}
