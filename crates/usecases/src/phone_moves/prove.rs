//! The owner of a number proves it, without a session: a code of purpose `verify`, asked for and guessed at under the same limits as any.
//! Asking is the same work and the same answer whether anything waits for the number or not; only who has proved it is told.

use domain::challenge::Purpose;
use domain::ids::ChallengeId;
use domain::locale::Locale;
use domain::phone::{Mask, PhoneNumber};
use domain::phone_move::PhoneMove;
use serde_json::json;
use store::{StoreError, Tx, audit, challenges, phone_moves};

use super::people::{Held, People, lock};
use crate::auth::attempt::{Attempt, RightGuess};
use crate::auth::sends::Caller;
use crate::{Client, Error, Proof, Sent, Usecases};

/// What the caller sends.
#[derive(Clone, Debug)]
pub struct RequestProof {
    /// The number to prove, in any form a person may type.
    pub phone: String,
    /// Language of the message.
    pub locale: Option<Locale>,
    /// The answer to [`Error::ProofRequired`].
    pub proof: Option<Proof>,
}

impl Usecases {
    /// Queues a `verify` code to a number that somebody says is theirs.
    ///
    /// # Errors
    /// `InvalidPhone`, `ProofRequired`, `QuotaExceeded`, `Unavailable`.
    pub async fn request_phone_proof(&self, input: &RequestProof, fallback: Locale, client: &Client) -> Result<Sent, Error> {
        let phone = self.read_phone(&input.phone)?;
        let caller = || Caller::Anybody(input.proof.as_ref());
        self.settle(async || self.try_request(Purpose::Verify, &phone, input.locale, fallback, None, caller(), client).await)
            .await
    }

    /// Queues the same code once more.
    ///
    /// # Errors
    /// `ChallengeNotFound`, `QuotaExceeded`, `Unavailable`.
    pub async fn resend_phone_proof(&self, id: ChallengeId, client: &Client) -> Result<Sent, Error> {
        self.resend(id, Purpose::Verify, None, client).await
    }

    /// Enters the code: what waits for the number happens. `old_phone` is the number that the account has had until now, as its owner says:
    /// somebody whose number was mistyped for another's does not know it.
    ///
    /// # Errors
    /// `ChallengeNotFound`, `InvalidCode`, `Validation`, `InvalidPhone` (the old number cannot be read), `QuotaExceeded`, `NotFound` (nothing
    /// waits for this number, or the old one is not right), `Conflict` (the accounts have changed since; staff can see why), `Unavailable`.
    pub async fn prove_phone(&self, id: ChallengeId, code: &str, old_phone: Option<&str>) -> Result<(), Error> {
        let region = self.parts.settings.phones.default_region;
        let old_phone = old_phone.map(|raw| PhoneNumber::parse(raw, region)).transpose().map_err(Error::InvalidPhone)?;
        let attempt =
            Attempt { challenge_id: id, purpose: Purpose::Verify, session: None, phone: None, device_token: None, code };
        let right = self.attempt(attempt).await?;
        // From here on the client may vanish: the rest runs to its end all the same.
        let this = self.clone();
        let finish = async move { this.settle(async || this.try_prove(&right, old_phone.as_ref()).await).await };
        tokio::spawn(finish).await.map_err(Error::internal)??
    }

    /// The code is used up in any case; whether more happens is the inner result. `None` when somebody else came in between.
    async fn try_prove(&self, right: &RightGuess, old: Option<&PhoneNumber>) -> Result<Option<Result<(), Error>>, Error> {
        let now = self.parts.clock.now();
        let challenge = &right.asked.challenge;
        let mut tx = self.parts.store.write().await?;
        let found = phone_moves::find_waiting(&mut tx, &challenge.phone).await?;
        let holder = self.find_held(&mut tx, &challenge.phone, now).await?.holder();
        let (gainer, loser) = found.as_ref().map_or((None, None), |found| (found.gainer, found.loser));
        let people = lock(&mut tx, [gainer, loser, holder]).await?;
        let waiting = match found {
            Some(found) => phone_moves::lock(&mut tx, found.id).await?,
            None => None,
        };
        let held = self.find_held(&mut tx, &challenge.phone, now).await?;
        if held.holder() != holder {
            return Ok(None);
        }
        if !tx.run(challenges::update_consumed(challenge.id, now)).await? {
            tx.run(right.refund()).await?;
            tx.commit().await?;
            return Err(Error::ChallengeNotFound);
        }
        tx.run(right.succeeded()).await?;
        let decided = self.decide(&mut tx, waiting, &people, &held, old).await?;
        let outcome = match decided {
            Ok(done) => match self.carry_out(&mut tx, &done, &people, &held, now).await {
                // Somebody asked for a sign-in code for the number this very moment, and there is a row again.
                Err(StoreError::Unique { .. }) => return Ok(None),
                other => Ok(other?),
            },
            Err(error) => Err(error),
        };
        tx.commit().await?;
        self.count_verified(challenge);
        self.outbox_filled.notify_one();
        Ok(Some(outcome))
    }

    /// What may happen now that the number is proved.
    async fn decide(
        &self,
        tx: &mut Tx,
        waiting: Option<PhoneMove>,
        people: &People,
        held: &Held,
        old: Option<&PhoneNumber>,
    ) -> Result<Result<PhoneMove, Error>, Error> {
        let now = self.parts.clock.now();
        let Some(waiting) = waiting.filter(|waiting| waiting.is_open(now)) else { return Ok(Err(Error::NotFound)) };
        let gainer = people.get(waiting.gainer);
        if gainer.and_then(|user| user.phone.as_ref()).is_some_and(|theirs| old != Some(theirs)) {
            return Ok(Err(Error::NotFound));
        }
        let is_newcomer = match held.holder() {
            Some(holder) => phone_moves::find_is_newcomer(tx, holder, waiting.asked_at).await?,
            None => false,
        };
        match waiting.prove(gainer, people.get(held.holder()), is_newcomer, now) {
            Ok(done) => Ok(Ok(done)),
            Err(refusal) => {
                let detail = json!({
                    "kind": waiting.kind.as_str(), "to": waiting.phone.masked(Mask::M2), "reason": refusal.as_str(),
                });
                for subject in waiting.people() {
                    let entry = self.entry_by("limits", "phone_move_refused", Some(subject), detail.clone());
                    tx.run(audit::insert(&entry)).await?;
                }
                Ok(Err(Error::Conflict))
            }
        }
    }
}
