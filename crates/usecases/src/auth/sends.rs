//! May another message go out? Read, decide, and write in one guarded step, so that the answer is exact however many ask at once.

use chrono::{DateTime, Utc};
use domain::challenge::{Challenge, CodeLength, Purpose};
use domain::ids::{OutboxId, UserId};
use domain::keys::LimitKey;
use domain::limits::{QuotaExceeded, Standing, Usage};
use domain::message::MessageKind;
use domain::phone::PhoneNumber;
use domain::user::User;
use domain::uses::Use;
use store::devices::Known;
use store::limit_keys::{self, SendKeys};
use store::outbox::NewMessage;
use store::{Applied, Write, outbox};

use super::demand::Demand;
use super::devices::Claim;
use super::proofs::{Proof, Shown};
use super::sent::Sent;
use crate::{Client, Error, Usecases, metrics};

/// Who wants a message to go out, as far as it is known before the database is asked.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Caller<'a> {
    /// Somebody in an open session.
    SignedIn(UserId),
    /// Somebody who has a challenge already: what it took to get it they have shown.
    Again,
    /// Anybody, with what they show.
    Anybody(Option<&'a Proof>),
}

/// Leave to queue one message, as of a moment ago: the guards say whether it still holds.
pub(crate) struct Admitted {
    keys: SendKeys,
    one: Use,
    /// The caller's own standing, this message included.
    own: Standing,
    /// Who has the phone.
    pub(crate) user: Option<User>,
    /// The caller's device, if the owner of the phone is known by it.
    pub(crate) device: Option<Known>,
    /// By that, or by an open session.
    is_known: bool,
    /// Under what the fraud brake counts the caller, unless the device is known.
    pub(crate) network: Option<LimitKey>,
    /// Wrong guesses at codes of the phone of late.
    pub(crate) failures: u32,
    /// Wrong guesses without a right one between them.
    streak: u32,
    /// The length of the code of the test number that the phone is. It is not sent, and so the limits of texts do not hold.
    pub(crate) test_length: Option<CodeLength>,
    /// What was shown, if something had to be.
    shown: Option<Shown>,
}

impl Usecases {
    /// Counts what the caller's address or known device and the phone have used. Writes nothing.
    pub(crate) async fn admit_send(
        &self,
        phone: &PhoneNumber,
        purpose: Purpose,
        claim: Option<Claim>,
        caller: Caller<'_>,
        client: &Client,
        now: DateTime<Utc>,
    ) -> Result<Admitted, Error> {
        self.admit_country(phone)?;
        if purpose == Purpose::Auth {
            self.admit_sign_in_to(phone)?;
        }
        let in_force = self.settings();
        let settings = &in_force.otp;
        let pepper = self.parts.keys.pepper();
        let keys = SendKeys {
            address: LimitKey::address(pepper, client.address.as_str()),
            phone: LimitKey::sends(pepper, phone),
            cooldown: LimitKey::cooldown(pepper, purpose, phone),
            own_cooldown: claim.map(|claim| LimitKey::own_cooldown(pepper, purpose, claim.id())),
            guesses: LimitKey::guesses(pepper, phone),
        };
        let mut tx = self.parts.store.read().await?;
        let found = limit_keys::find_before_send(&mut tx, &keys, phone, claim.map(|claim| claim.id())).await?;
        drop(tx);
        let epoch = found.user.as_ref().map_or(0, |user| user.epoch);
        let device = Claim::known(claim, found.device, epoch, now);
        let (spent, cooldown) = (found.spent, settings.cooldown);
        let [hour, day] = settings.sends(device.is_some());
        let to_phone = [hour.standing(spent.phone.usage(hour, now), now), day.standing(spent.phone.usage(day, now), now)];
        // What is not a known device's own, others could use up: the pause after somebody's message, the limit of an address that
        // many share.
        let address = settings.sends_address.standing(spent.address.usage(settings.sends_address, now), now);
        let record = &found.guesses;
        let wait = settings.wait(record.deaths).map(|wait| wait.standing(wait.usage_at(record.died_at, now), now));
        let test_length = self.test_number(phone, found.user.as_ref(), now).map(|number| number.code_length);
        // With a session of one's own one may have codes sent to any number, and for that one is a stranger.
        let is_own = matches!(caller, Caller::SignedIn(me) if found.user.as_ref().is_some_and(|user| user.id == me));
        let is_known = device.is_some() || is_own || test_length.is_some();
        let demand = self.demand(phone, client, is_known, now);
        let refusal = if test_length.is_some() {
            QuotaExceeded::check([address].into_iter().chain(wait.filter(|_| device.is_none())))
        } else if device.is_some() {
            let own = cooldown.standing(spent.own_cooldown.usage(cooldown, now), now);
            QuotaExceeded::check([own].into_iter().chain(to_phone))
        } else {
            let pause = cooldown.standing(spent.cooldown.usage(cooldown, now), now);
            QuotaExceeded::check(
                [pause].into_iter().chain(to_phone).chain([address]).chain(wait).chain(demand.violated().iter().copied()),
            )
        };
        if let Some(refusal) = refusal {
            metrics::refused(&refusal);
            return Err(Error::QuotaExceeded(refusal));
        }
        let shown = match (demand, caller) {
            (Demand::Proof, Caller::Anybody(proof)) => Some(self.check_proof(proof, phone, client, now).await?),
            _ => None,
        };
        let own_cooldown = keys.own_cooldown.filter(|_| device.is_some());
        let tag = own_cooldown.unwrap_or(keys.address).tag();
        let before = spent.phone.usage_of(tag, hour, now);
        let own = Usage { used: before.used + 1, frees_at_from: before.frees_at_from.or(Some(now)) };
        let own = hour.standing(own, now);
        Ok(Admitted {
            keys: SendKeys { own_cooldown, ..keys },
            one: Use { at: now, tag },
            own,
            user: found.user,
            device,
            is_known,
            network: device.is_none().then(|| self.network_of(client)),
            failures: found.guesses.uses.usage(settings.failures(), now).used,
            streak: found.guesses.streak,
            test_length,
            shown,
        })
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
        let settings = self.settings();
        let otp = &settings.otp;
        let Admitted { keys, one, own, device, shown, .. } = admitted;
        // The same answer and the same work, and a text that says what to do instead of a code: only the owner reads it.
        let is_off = self.is_off(admitted.streak, device.is_some(), admitted.user.as_ref(), challenge);
        let message = NewMessage {
            id: self.parts.rng.id_v7::<OutboxId>(now),
            kind: if is_off { MessageKind::CodesOff } else { MessageKind::for_purpose(challenge.purpose) },
            user_id: Some(challenge.user_id),
            challenge_id: Some(challenge.id),
            phone: challenge.phone.clone(),
            locale: challenge.locale,
            expires_at: challenge.expires_at,
            now,
        };
        let is_test = admitted.test_length.is_some();
        let to_phone = limit_keys::spend_shared(keys.phone, otp.sends(device.is_some()), otp.sends_remembered(), *one);
        let mut batch = match keys.own_cooldown {
            _ if is_test => vec![limit_keys::spend(keys.address, [otp.sends_address; 2], *one)],
            Some(own_cooldown) => vec![to_phone, limit_keys::spend(own_cooldown, [otp.cooldown; 2], *one)],
            None => vec![
                limit_keys::spend(keys.address, [otp.sends_address; 2], *one),
                to_phone,
                limit_keys::spend(keys.cooldown, [otp.cooldown; 2], *one),
            ],
        };
        batch.extend(shown.iter().flat_map(|shown| shown.spend(&self.parts.settings.proof, now)));
        let budget = if is_test { None } else { Some(self.budget_place(&message, admitted.is_known)?) };
        let place_of_budget = batch.len();
        batch.extend(budget.as_ref().map(|budget| budget.write.clone()));
        batch.extend(attach(challenge));
        batch.push(if is_test { outbox::insert_for_testers(&message) } else { outbox::insert(&message) });
        match self.parts.store.apply(batch).await? {
            Applied::All(_) => {
                self.outbox_filled.notify_one();
                metrics::code_asked(challenge.purpose);
                shown.iter().for_each(Shown::count);
                self.count_asked(challenge);
                Ok(Some(Sent { challenge: challenge.clone(), now, cooldown: otp.cooldown, send: *own }))
            }
            Applied::Stopped(place) => {
                if let Some(budget) = budget.filter(|_| place == place_of_budget) {
                    self.look_for_full_shares(&budget, &message).await?;
                }
                Ok(None)
            }
        }
    }
}
