//! Signing in with an identity at an OpenID Connect issuer: what is kept between beginning and completing, and what follows
//! from a proven identity. Talking to the issuer is the edge's work.
//!
//! Whoever begins gets a secret, the binding, and must hand it in to complete: a state and a code that somebody else began
//! or caught are of no use (there are no cookies to bind them to). The proof key and the nonce are derived from the binding
//! under the seal key, so that the record holds hashes only and any instance can complete.

use std::net::IpAddr;

use chrono::{DateTime, TimeDelta, Utc};
use nachweis_domain::{
    limits,
    record::{Action, Sha256},
};
use nachweis_store::{Actor, BegunSignIn, Identity, Room, User, Waiting};
use sha2::Digest as _;
use uuid::Uuid;

use crate::{
    account::{Account, SignedIn},
    error::{IssuerFailure, ServiceError, SignInFailure},
    hex,
    service::Service,
    sign_in_limit,
};

/// What a sign-in needs that begins at an issuer.
pub struct BegunAtIssuer {
    /// For the issuer, which gives it back: 64 hexadecimal digits.
    pub state: String,
    /// For who begins, and nobody else: 64 hexadecimal digits.
    pub binding: String,
    /// What issuer and service share about this sign-in.
    pub proof: Proof,
    /// Until when it can be completed.
    pub expires_at: DateTime<Utc>,
}

/// What ties the issuer's answer to one sign-in.
pub struct Proof {
    /// The nonce that the issuer's token must hold.
    pub nonce: String,
    /// The proof key of the code (RFC 7636), 64 characters.
    pub verifier: String,
}

/// What is handed in to complete a sign-in.
pub struct HandedIn<'a> {
    /// The issuer's address as it names itself.
    pub issuer: &'a str,
    /// What the issuer gave back.
    pub state: &'a str,
    /// The secret of who began.
    pub binding: &'a str,
    /// Where it comes from.
    pub from: Option<IpAddr>,
}

impl Service {
    /// The moment on the clock of the service.
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// Begins a sign-in at an issuer.
    ///
    /// # Errors
    /// [`SignInFailure::TooMany`] when too many from the same address wait.
    pub fn begin_issuer_sign_in(
        &self,
        issuer: &str,
        from: Option<IpAddr>,
    ) -> Result<BegunAtIssuer, ServiceError> {
        let now = self.clock.now();
        let [state, binding]: [[u8; 32]; 2] = [rand::random(), rand::random()];
        match self.wait_for(issuer, [state, binding], from, now)? {
            Waiting::Kept => Ok(BegunAtIssuer {
                state: hex::encode(&state),
                binding: hex::encode(&binding),
                proof: self.proof(&binding),
                expires_at: now + life(),
            }),
            Waiting::TooManyOfOne { oldest } => Err(ServiceError::SignIn(SignInFailure::TooMany {
                retry_after_s: sign_in_limit::seconds(oldest + life() - now),
            })),
        }
    }

    /// Completes a sign-in. It counts as failed for its address until it turns out well or somebody has proven who they are;
    /// `prove` asks the issuer for the subject, with the moment of now. State and binding are looked at first, and used up.
    ///
    /// # Errors
    /// [`ServiceError::Issuer`] with the reason, which is journalled as a failed sign-in unless the issuer is unavailable;
    /// [`SignInFailure::TooMany`] after
    /// too many failures.
    pub fn complete_issuer_sign_in(
        &self,
        handed_in: &HandedIn<'_>,
        prove: impl FnOnce(&Proof, DateTime<Utc>) -> Result<String, IssuerFailure>,
    ) -> Result<SignedIn, ServiceError> {
        let now = self.clock.now();
        let counted = self.count_issuer_sign_in(handed_in.from)?;
        let proven = self.waited(handed_in, now)?.and_then(|proof| prove(&proof, now));
        let done = match proven {
            Ok(subject) => self.sign_in_as(handed_in.issuer, subject, now)?,
            Err(failure) => Err((None, failure)),
        };
        match done {
            Ok(signed_in) => {
                self.store.take_attempt_back(counted)?;
                Ok(signed_in)
            }
            Err((user, failure)) => {
                self.settle(&failure, (counted, handed_in), now)?;
                if !matches!(failure, IssuerFailure::Unavailable { .. }) {
                    self.journal_failure(user.map(Account::from), (handed_in.issuer, &failure), now)?;
                }
                Err(ServiceError::Issuer(failure))
            }
        }
    }
}

/// Something of an account, or why there is none that can be used: with the account where it is known.
type OrFailure<T> = Result<T, (Option<User>, IssuerFailure)>;

impl Service {
    /// What the issuer must know of a sign-in that waited, or that none did.
    fn waited(
        &self,
        handed_in: &HandedIn<'_>,
        now: DateTime<Utc>,
    ) -> Result<Result<Proof, IssuerFailure>, ServiceError> {
        let secrets = (hex::decode_32(handed_in.state), hex::decode_32(handed_in.binding));
        let (Some(state), Some(binding)) = secrets else {
            return Ok(Err(IssuerFailure::NotBegun));
        };
        let bound = (handed_in.issuer, &hash(&binding));
        let waited = self.store.take_sign_in(&hash(&state), bound, now - life())?;
        Ok(if waited {
            Ok(self.proof(&binding))
        } else {
            Err(IssuerFailure::NotBegun)
        })
    }

    /// Begins a session of the account of an identity that was proven.
    fn sign_in_as(
        &self,
        issuer: &str,
        subject: String,
        now: DateTime<Utc>,
    ) -> Result<OrFailure<SignedIn>, ServiceError> {
        let identity = Identity {
            issuer: issuer.to_owned(),
            subject,
        };
        let user = match self.store.user_of_identity(&identity)? {
            Some(user) if user.disabled_at.is_some() => {
                return Ok(Err((Some(user), IssuerFailure::Disabled)));
            }
            user => user,
        };
        let begun = match user {
            Some(user) => self.new_session_with(&identity, Account::from(user), now)?,
            None => None,
        };
        let subject = identity.subject;
        Ok(begun.ok_or((None, IssuerFailure::Unlinked { subject })))
    }

    /// What a failure counts for. Who has proven an identity guesses nothing, and an issuer that is out is nobody's fault:
    /// neither may lock out a network from which others sign in. The proven ones keep their place among those that wait until
    /// it expires, so that they are bounded as well.
    fn settle(
        &self,
        failure: &IssuerFailure,
        (counted, handed_in): (Uuid, &HandedIn<'_>),
        now: DateTime<Utc>,
    ) -> Result<(), ServiceError> {
        match failure {
            IssuerFailure::NotBegun | IssuerFailure::CodeRefused | IssuerFailure::Unproven { .. } => {}
            IssuerFailure::Unavailable { .. } => self.store.take_attempt_back(counted)?,
            IssuerFailure::TooWeak | IssuerFailure::Unlinked { .. } | IssuerFailure::Disabled => {
                self.store.take_attempt_back(counted)?;
                // Nobody knows what would complete it.
                let secrets = [rand::random(), rand::random()];
                self.wait_for(handed_in.issuer, secrets, handed_in.from, now)?;
            }
        }
        Ok(())
    }

    fn proof(&self, binding: &[u8; 32]) -> Proof {
        let derived = |purpose: &str| self.seal_key.keyed_hash(purpose, binding).to_string();
        Proof {
            nonce: derived("nonce of a sign-in at an issuer"),
            verifier: derived("proof key of a sign-in at an issuer"),
        }
    }

    /// Journals a failure with the issuer and the reason. Who came is told only where an account is known; a subject is never
    /// kept.
    fn journal_failure(
        &self,
        account: Option<Account>,
        (issuer, failure): (&str, &IssuerFailure),
        now: DateTime<Utc>,
    ) -> Result<(), ServiceError> {
        let object = account.map_or_else(|| "unknown".to_owned(), |account| account.id.to_string());
        let detail = serde_json::json!({ "issuer": issuer, "reason": failure.reason() });
        let action = Action::SignInFailed;
        self.store
            .record_event(Actor::System, action, &object, &detail, now)?;
        Ok(())
    }

    /// Keeps a sign-in that waits for being completed.
    fn wait_for(
        &self,
        issuer: &str,
        [state, binding]: [[u8; 32]; 2],
        from: Option<IpAddr>,
        now: DateTime<Utc>,
    ) -> Result<Waiting, ServiceError> {
        let new = BegunSignIn {
            state: hash(&state),
            binding: hash(&binding),
            issuer: issuer.to_owned(),
            whose: sign_in_limit::whose_address(&self.seal_key, from),
        };
        let room = Room {
            since: now - life(),
            most_of_one: limits::ISSUER_WAITING_OF_ONE.value,
            most: limits::ISSUER_WAITING.value,
        };
        Ok(self.store.begin_sign_in(&new, &room, now)?)
    }
}

fn hash(secret: &[u8; 32]) -> Sha256 {
    Sha256(sha2::Sha256::digest(secret).into())
}

/// How long a sign-in that was begun waits for being completed.
fn life() -> TimeDelta {
    TimeDelta::minutes(i64::try_from(limits::ISSUER_MINUTES.value).unwrap_or(1))
}
