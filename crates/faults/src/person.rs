//! A person who signs in, in one of the many ways people do.

use std::time::Duration;

use serde_json::{Value, json};
use uuid::Uuid;

use crate::call::{Answer, Caller, Op};
use crate::dice::Dice;
use crate::world::World;

/// How long a person looks at the phone.
const READS_FOR: Duration = Duration::from_secs(4);
/// Guesses a code bears.
const GUESSES: u32 = 5;
/// A spent refresh token gets the same successor for 30 s; well inside of it a repeat must work.
const GRACE: Duration = Duration::from_secs(20);

/// What a person holds after signing in.
pub struct SignedIn {
    /// The session.
    pub session: Uuid,
    access: String,
    refresh: String,
}

/// One walk of one person.
pub struct Person<'a> {
    /// Where.
    pub world: &'a World,
    /// Which way.
    pub dice: Dice,
    /// The only process this person talks to; otherwise any that is ready.
    pub only: Option<usize>,
    phone: String,
    caller: Caller,
}

impl<'a> Person<'a> {
    /// Somebody new.
    pub fn new(world: &'a World, dice: Dice, only: Option<usize>) -> Self {
        let (phone, caller) = world.stranger();
        Self { world, dice, only, phone, caller }
    }

    /// Asks for a code, reads it, signs in, and does this and that. Whatever is refused or lost ends the walk: the journal knows.
    pub async fn walk(&mut self) {
        let Some(challenge) = self.ask().await else { return };
        let Some(code) = self.read().await else { return };
        let Some(mut held) = self.sign_in(challenge, &code).await else { return };
        if self.dice.percent(40) {
            self.look(&held).await;
        }
        if self.dice.percent(30) {
            self.refresh(&mut held).await;
        }
        if self.dice.percent(20) {
            self.log_out(&held).await;
        }
    }

    /// Only to the end of signing in, in the shortest way: whether it worked.
    pub async fn signs_in(&mut self) -> bool {
        let Some(challenge) = self.ask_once().await else { return false };
        let Some(code) = self.read().await else { return false };
        let base = self.base();
        matches!(self.verify(&base, challenge, &code).await, Answer::Good(_))
    }

    async fn ask(&mut self) -> Option<Uuid> {
        let challenge = self.ask_once().await?;
        // Once more at once: that is one message in a minute too many, on whichever process.
        if self.dice.percent(15) && self.ask_once().await.is_some() && !self.world.has_moved_clocks {
            self.world.journal.violate(format!("a second message within a minute, after challenge {challenge}"));
        }
        Some(challenge)
    }

    /// One request for a code.
    pub async fn ask_once(&mut self) -> Option<Uuid> {
        let base = self.base();
        self.ask_at(&base).await
    }

    /// One request for a code at a process of the caller's choice.
    pub async fn ask_at(&self, base: &str) -> Option<Uuid> {
        let body = json!({ "phone": self.phone, "locale": "en" });
        let Answer::Good(answer) = self.caller.call(base, Op::Request, Some(body), None).await else { return None };
        let challenge = id(&answer["challenge_id"]);
        match challenge {
            Some(challenge) => self.world.journal.accepted(challenge, &self.phone),
            None => self.world.journal.violate("a 202 without a challenge"),
        }
        challenge
    }

    /// The code in the newest text.
    pub async fn read(&self) -> Option<String> {
        self.world.stub.text_to(&self.phone, READS_FOR).await.map(|text| text.code())
    }

    async fn sign_in(&mut self, challenge: Uuid, code: &str) -> Option<SignedIn> {
        let mut guesses = 0;
        if self.dice.percent(20) {
            guesses += 1;
            let base = self.base();
            self.guess_wrong(&base, challenge, code).await;
        }
        let mut is_unknown = false;
        while guesses < GUESSES {
            let is_race = self.dice.percent(20) && guesses + 2 <= GUESSES;
            let (one, other) = (self.base(), self.base());
            let answers = if is_race {
                let (first, second) = tokio::join!(self.verify(&one, challenge, code), self.verify(&other, challenge, code));
                vec![first, second]
            } else {
                vec![self.verify(&one, challenge, code).await]
            };
            guesses += u32::try_from(answers.len()).unwrap_or(u32::MAX);
            let winner = answers.iter().find_map(|answer| match answer {
                Answer::Good(body) => held(body),
                _ => None,
            });
            if winner.is_some() {
                return winner;
            }
            // One of them may have won without our hearing of it; a time-out of the race's other half is not a no.
            is_unknown |= answers.iter().any(Answer::is_unknown);
            let is_refused = answers.iter().any(|answer| matches!(answer, Answer::No(404 | 422, _)));
            if is_refused {
                if !is_unknown && !self.world.has_moved_clocks {
                    self.world.journal.violate(format!("the right code of challenge {challenge} was refused: {answers:?}"));
                }
                return None;
            }
            let pause = self.dice.pause(100, 400);
            tokio::time::sleep(pause).await;
        }
        None
    }

    /// A guess that is certainly wrong.
    pub async fn guess_wrong(&self, base: &str, challenge: Uuid, code: &str) -> Answer {
        let wrong: String = code.chars().map(|digit| if digit == '9' { '0' } else { char::from(digit as u8 + 1) }).collect();
        let answer = self.verify(base, challenge, &wrong).await;
        match &answer {
            Answer::Good(_) => self.world.journal.violate(format!("a wrong code opened challenge {challenge}")),
            Answer::No(422, _) => self.world.journal.guessed_wrong(challenge),
            _ => {}
        }
        answer
    }

    /// One try with this code.
    pub async fn verify(&self, base: &str, challenge: Uuid, code: &str) -> Answer {
        let body = json!({ "challenge_id": challenge, "code": code });
        let answer = self.caller.call(base, Op::Verify, Some(body), None).await;
        if let Answer::Good(body) = &answer {
            match (id(&body["session_id"]), body["access"].as_str(), body["refresh"].as_str()) {
                (Some(session), Some(access), Some(refresh)) => {
                    self.world.journal.signed_in(challenge, session, access, refresh);
                }
                _ => self.world.journal.violate("a 200 without a session"),
            }
        }
        answer
    }

    /// One swap of a refresh token.
    pub async fn refresh_at(&self, base: &str, token: &str) -> Answer {
        self.caller.call(base, Op::Refresh, Some(json!({ "refresh": token })), None).await
    }

    async fn look(&mut self, held: &SignedIn) {
        let base = self.base();
        match self.caller.call(&base, Op::Me, None, Some(&held.access)).await {
            Answer::Good(me) if me["phone"] != self.phone.as_str() => {
                self.world.journal.violate(format!("session {} is somebody else's", held.session));
            }
            Answer::No(..) if !self.world.has_moved_clocks => {
                self.world.journal.violate(format!("session {} was refused while alive", held.session));
            }
            _ => {}
        }
    }

    /// Swaps the refresh token, sometimes twice at once; a lost answer is asked for again, as an app does.
    async fn refresh(&mut self, held: &mut SignedIn) {
        let started = std::time::Instant::now();
        while started.elapsed() < GRACE {
            let (one, other) = (self.base(), self.base());
            let body = json!({ "refresh": held.refresh });
            let answers = if self.dice.percent(30) {
                let first = self.caller.call(&one, Op::Refresh, Some(body.clone()), None);
                let second = self.caller.call(&other, Op::Refresh, Some(body), None);
                let (first, second) = tokio::join!(first, second);
                vec![first, second]
            } else {
                vec![self.caller.call(&one, Op::Refresh, Some(body), None).await]
            };
            let mut successors: Vec<&str> = answers.iter().filter_map(successor).collect();
            successors.dedup();
            if successors.len() > 1 {
                self.world.journal.violate(format!("session {} has two usable refresh tokens", held.session));
            }
            if answers.iter().any(|answer| matches!(answer, Answer::No(..))) && !self.world.has_moved_clocks {
                self.world.journal.violate(format!("session {} was logged out by an honest refresh: {answers:?}", held.session));
            }
            let good = answers.iter().find_map(|answer| if let Answer::Good(body) = answer { Some(body) } else { None });
            if let Some(body) = good {
                let (access, refresh) = (body["access"].as_str(), body["refresh"].as_str());
                access.unwrap_or_default().clone_into(&mut held.access);
                refresh.unwrap_or_default().clone_into(&mut held.refresh);
                self.world.journal.refreshed(held.session, &held.access, &held.refresh);
                return;
            }
            if answers.iter().all(|answer| !answer.is_unknown()) {
                return;
            }
            let pause = self.dice.pause(100, 400);
            tokio::time::sleep(pause).await;
        }
        self.world.journal.doubt(held.session);
    }

    async fn log_out(&mut self, held: &SignedIn) {
        let base = self.base();
        match self.caller.call(&base, Op::LogOut, None, Some(&held.access)).await {
            Answer::Good(_) => {
                self.world.journal.logged_out(held.session);
                let base = self.base();
                if matches!(self.caller.call(&base, Op::Me, None, Some(&held.access)).await, Answer::Good(_)) {
                    self.world.journal.violate(format!("session {} lives after its log-out", held.session));
                }
            }
            _ => self.world.journal.doubt(held.session),
        }
    }

    /// A process that is ready as far as its balancer knows, or any.
    pub fn base(&mut self) -> String {
        let nodes = &self.world.nodes;
        if let Some(only) = self.only {
            return nodes[only].url.clone();
        }
        let ready: Vec<_> = nodes.iter().filter(|node| node.is_ready()).collect();
        if ready.is_empty() {
            return nodes[self.dice.place(nodes.len())].url.clone();
        }
        ready[self.dice.place(ready.len())].url.clone()
    }
}

fn held(body: &Value) -> Option<SignedIn> {
    Some(SignedIn {
        session: id(&body["session_id"])?,
        access: body["access"].as_str()?.to_owned(),
        refresh: body["refresh"].as_str()?.to_owned(),
    })
}

fn id(value: &Value) -> Option<Uuid> {
    value.as_str()?.parse().ok()
}

fn successor(answer: &Answer) -> Option<&str> {
    if let Answer::Good(body) = answer { body["refresh"].as_str() } else { None }
}
