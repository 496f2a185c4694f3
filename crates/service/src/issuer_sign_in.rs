//! Signing in with an identity at an OpenID Connect issuer: what is kept between beginning and completing, and what follows
//! from a proven identity. Talking to the issuer is the edge's work.
//!
//! Whoever begins gets a secret, the binding, and must hand it in to complete: a state and a code that somebody else began
//! or caught are of no use (there are no cookies to bind them to). The proof key and the nonce are derived from the binding
//! under the seal key, so that the record holds hashes only and any instance can complete.

use std::net::IpAddr;

use chrono::{DateTime, TimeDelta, Utc};
use nachweis_domain::record::{Action, Sha256};
use nachweis_ingest::limits;
use nachweis_store::{Actor, BegunSignIn, Identity, Room, User, Waiting};
use sha2::Digest as _;

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
    /// [`SignInFailure::TooMany`] when too many from the same address wait; [`ServiceError::Busy`] when too many wait.
    pub fn begin_issuer_sign_in(
        &self,
        issuer: &str,
        from: Option<IpAddr>,
    ) -> Result<BegunAtIssuer, ServiceError> {
        let now = self.clock.now();
        let [state, binding]: [[u8; 32]; 2] = [rand::random(), rand::random()];
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
        match self.store.begin_sign_in(&new, &room, now)? {
            Waiting::Kept => Ok(BegunAtIssuer {
                state: hex::encode(&state),
                binding: hex::encode(&binding),
                proof: self.proof(&binding),
                expires_at: now + life(),
            }),
            Waiting::TooManyOfOne { oldest } => Err(ServiceError::SignIn(SignInFailure::TooMany {
                retry_after_s: sign_in_limit::seconds(oldest + life() - now),
            })),
            Waiting::TooMany => Err(ServiceError::Busy),
        }
    }

    /// Completes a sign-in. It counts as failed for its address until it turns out well; `prove` asks the issuer for the
    /// subject, with the moment of now. State and binding are looked at first, and used up.
    ///
    /// # Errors
    /// [`ServiceError::Issuer`] with the reason, which is journalled as a failed sign-in; [`SignInFailure::TooMany`] after
    /// too many failures.
    pub fn complete_issuer_sign_in(
        &self,
        handed_in: &HandedIn<'_>,
        prove: impl FnOnce(&Proof, DateTime<Utc>) -> Result<String, IssuerFailure>,
    ) -> Result<SignedIn, ServiceError> {
        let now = self.clock.now();
        let counted = self.count_issuer_sign_in(handed_in.from)?;
        let proven = self.waited(handed_in, now)?.and_then(|proof| prove(&proof, now));
        let user = match proven {
            Ok(subject) => self.owner(handed_in.issuer, subject)?,
            Err(failure) => Err((None, failure)),
        };
        match user {
            Ok(user) => {
                self.store.take_attempt_back(counted)?;
                let account = Account::from(user);
                self.journal_sign_in(Some(&account), (handed_in.issuer, None), now)?;
                self.new_session(account, now)
            }
            Err((user, failure)) => {
                let account = user.map(Account::from);
                let reason = Some(failure.reason());
                self.journal_sign_in(account.as_ref(), (handed_in.issuer, reason), now)?;
                Err(ServiceError::Issuer(failure))
            }
        }
    }
}

/// The account of an identity, or why there is none that can be used: with the account where it is known.
type Owner = Result<User, (Option<User>, IssuerFailure)>;

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

    fn owner(&self, issuer: &str, subject: String) -> Result<Owner, ServiceError> {
        let identity = Identity {
            issuer: issuer.to_owned(),
            subject,
        };
        Ok(match self.store.user_of_identity(&identity)? {
            Some(user) if user.disabled_at.is_none() => Ok(user),
            Some(user) => Err((Some(user), IssuerFailure::Disabled)),
            None => Err((
                None,
                IssuerFailure::Unlinked {
                    subject: identity.subject,
                },
            )),
        })
    }

    fn proof(&self, binding: &[u8; 32]) -> Proof {
        let derived = |purpose: &str| self.seal_key.keyed_hash(purpose, binding).to_string();
        Proof {
            nonce: derived("nonce of a sign-in at an issuer"),
            verifier: derived("proof key of a sign-in at an issuer"),
        }
    }

    /// Journals a sign-in with the issuer, or a failure with its reason as well. Who came is told only where an account is
    /// known; a subject is never kept.
    fn journal_sign_in(
        &self,
        account: Option<&Account>,
        (issuer, reason): (&str, Option<&'static str>),
        now: DateTime<Utc>,
    ) -> Result<(), ServiceError> {
        let object = account.map_or_else(|| "unknown".to_owned(), |account| account.id.to_string());
        let (actor, action, detail) = match (account, reason) {
            (Some(account), None) => (
                Actor::User(account.id),
                Action::SignedIn,
                serde_json::json!({ "issuer": issuer }),
            ),
            (_, reason) => (
                Actor::System,
                Action::SignInFailed,
                serde_json::json!({ "issuer": issuer, "reason": reason }),
            ),
        };
        self.store.record_event(actor, action, &object, &detail, now)?;
        Ok(())
    }
}

fn hash(secret: &[u8; 32]) -> Sha256 {
    Sha256(sha2::Sha256::digest(secret).into())
}

/// How long a sign-in that was begun waits for being completed.
fn life() -> TimeDelta {
    TimeDelta::minutes(i64::try_from(limits::ISSUER_MINUTES.value).unwrap_or(1))
}
