//! May another message go out? Read, decide, and write in one guarded step, so that the answer is exact however many ask at once.

use chrono::{DateTime, Utc};
use domain::challenge::{Challenge, Purpose};
use domain::ids::OutboxId;
use domain::keys::LimitKey;
use domain::limits::{QuotaExceeded, Standing, Usage};
use domain::message::MessageKind;
use domain::phone::PhoneNumber;
use domain::user::User;
use domain::uses::Use;
use store::limit_keys::{self, SendKeys};
use store::outbox::NewMessage;
use store::{Applied, Write, outbox};

use super::sent::Sent;
use crate::{Client, Error, Usecases, metrics};

/// Leave to queue one message, as of a moment ago: the guards say whether it still holds.
pub(crate) struct Admitted {
    keys: SendKeys,
    one: Use,
    /// The caller's own standing, this message included.
    own: Standing,
    /// Who has the phone.
    pub(crate) user: Option<User>,
}

impl Usecases {
    /// Counts what the caller's address and the phone have used. Writes nothing.
    pub(crate) async fn admit_send(
        &self,
        phone: &PhoneNumber,
        purpose: Purpose,
        client: &Client,
        now: DateTime<Utc>,
    ) -> Result<Admitted, Error> {
        let settings = &self.parts.settings.otp;
        let pepper = self.parts.keys.pepper();
        let keys = SendKeys {
            address: LimitKey::address(pepper, client.address.as_str()),
            phone: LimitKey::sends(pepper, phone),
            cooldown: LimitKey::cooldown(pepper, purpose, phone),
        };
        let (spent, user) = limit_keys::find_before_send(&mut self.parts.store.read().await?, &keys, phone).await?;
        let refusal = QuotaExceeded::check([
            settings.cooldown.standing(spent.cooldown.usage(settings.cooldown, now), now),
            settings.sends_hour.standing(spent.phone.usage(settings.sends_hour, now), now),
            settings.sends_day.standing(spent.phone.usage(settings.sends_day, now), now),
            settings.sends_address.standing(spent.address.usage(settings.sends_address, now), now),
        ]);
        if let Some(refusal) = refusal {
            metrics::refused(&refusal);
            return Err(Error::QuotaExceeded(refusal));
        }
        let tag = keys.address.tag();
        let before = spent.phone.usage_of(tag, settings.sends_hour, now);
        let own = Usage { used: before.used + 1, frees_at_from: before.frees_at_from.or(Some(now)) };
        Ok(Admitted { keys, one: Use { at: now, tag }, own: settings.sends_hour.standing(own, now), user })
    }

    /// Queues one message for `challenge`: the limits, then what `attach` adds, then the outbox row, all or nothing. `None` when
    /// something moved since [`Usecases::admit_send`] looked: look again.
    ///
    /// Limits come first, in the same order everywhere: it is the order in which rows are locked.
    pub(crate) async fn queue_code<'a>(
        &self,
        admitted: &Admitted,
        challenge: &'a Challenge,
        now: DateTime<Utc>,
        attach: impl FnOnce(&'a Challenge) -> Vec<Write<'a>>,
    ) -> Result<Option<Sent>, Error> {
        let otp = &self.parts.settings.otp;
        let Admitted { keys, one, own, .. } = admitted;
        let message = NewMessage {
            id: self.parts.rng.id_v7::<OutboxId>(now),
            kind: MessageKind::for_purpose(challenge.purpose),
            user_id: Some(challenge.user_id),
            challenge_id: Some(challenge.id),
            phone: challenge.phone.clone(),
            locale: challenge.locale,
            expires_at: challenge.expires_at,
            now,
        };
        let mut batch = vec![
            limit_keys::spend(keys.address, [otp.sends_address; 2], *one),
            limit_keys::spend(keys.phone, [otp.sends_hour, otp.sends_day], *one),
            limit_keys::spend(keys.cooldown, [otp.cooldown; 2], *one),
        ];
        batch.extend(attach(challenge));
        batch.push(outbox::insert(&message));
        match self.parts.store.apply(batch).await? {
            Applied::All(_) => {
                self.outbox_filled.notify_one();
                metrics::code_asked(challenge.purpose);
                Ok(Some(Sent { challenge: challenge.clone(), now, cooldown: otp.cooldown, send: *own }))
            }
            Applied::Stopped(_) => Ok(None),
        }
    }
}
