//! Bounds on failed sign-ins for each account and each network address, counted in the database; and on checks of
//! passwords of this process at the same time.

use std::{
    net::IpAddr,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
};

use chrono::TimeDelta;
use nachweis_domain::{
    limits::{self, Limit},
    record::Sha256,
    throttle::Throttle,
};
use nachweis_ingest::SealKey;
use nachweis_store::{Attempt, AttemptKind};
use uuid::Uuid;

use crate::{
    error::{ServiceError, SignInFailure},
    id,
    service::Service,
};

/// Lets one check of a password run at a time.
#[derive(Debug, Default)]
pub(crate) struct SignInTurn {
    turn: Mutex<()>,
    waiting: AtomicUsize,
}

impl SignInTurn {
    /// Does one check of a password at a time: each takes 19 MiB and 20 ms on purpose.
    ///
    /// # Errors
    /// [`ServiceError::Busy`] when too many wait already.
    pub(crate) fn one_at_a_time<T>(
        &self,
        check: impl FnOnce() -> Result<T, ServiceError>,
    ) -> Result<T, ServiceError> {
        if self.waiting.fetch_add(1, Ordering::AcqRel) >= limits::SIGN_INS_WAITING.size() {
            self.waiting.fetch_sub(1, Ordering::AcqRel);
            return Err(ServiceError::Busy);
        }
        let turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        self.waiting.fetch_sub(1, Ordering::AcqRel);
        let checked = check();
        drop(turn);
        checked
    }
}

/// A sign-in that was counted as a failure until it turns out well.
pub(crate) struct CountedSignIn {
    id: Uuid,
    account: Attempt,
}

impl Service {
    /// Counts a sign-in against the bounds of its account and its address, before the password is looked at.
    ///
    /// # Errors
    /// [`SignInFailure::TooMany`].
    pub(crate) fn count_sign_in(
        &self,
        name: &str,
        from: Option<IpAddr>,
    ) -> Result<CountedSignIn, ServiceError> {
        let now = self.clock.now();
        let account = Attempt {
            kind: AttemptKind::SignInAccount,
            whose: self.seal_key.keyed_hash("sign-in of an account", name.as_bytes()),
            throttle: sign_ins(limits::SIGN_IN_FAILURES),
        };
        let address = from.is_some().then(|| self.of_address(from));
        let attempts: Vec<Attempt> = std::iter::once(account).chain(address).collect();
        let id = id::at(now);
        match self.store.attempt(id, &attempts, now, now - longest_window())? {
            None => Ok(CountedSignIn { id, account }),
            Some(wait) => Err(ServiceError::SignIn(SignInFailure::TooMany {
                retry_after_s: seconds(wait),
            })),
        }
    }

    /// Counts a sign-in at an issuer against the bound of its address before it is looked at, together with sign-ins with a
    /// password. What comes from nowhere known counts together.
    ///
    /// # Errors
    /// [`SignInFailure::TooMany`].
    pub(crate) fn count_issuer_sign_in(&self, from: Option<IpAddr>) -> Result<Uuid, ServiceError> {
        let now = self.clock.now();
        let id = id::at(now);
        self.store
            .attempt(id, &[self.of_address(from)], now, now - longest_window())?
            .map_or(Ok(id), |wait| {
                Err(ServiceError::SignIn(SignInFailure::TooMany {
                    retry_after_s: seconds(wait),
                }))
            })
    }

    fn of_address(&self, from: Option<IpAddr>) -> Attempt {
        Attempt {
            kind: AttemptKind::SignInAddress,
            whose: whose_address(&self.seal_key, from),
            throttle: sign_ins(limits::SIGN_IN_ADDRESS_FAILURES),
        }
    }

    /// Forgets the failures of an account that has signed in; those of its address go on counting.
    ///
    /// # Errors
    /// [`ServiceError::Store`].
    pub(crate) fn sign_in_succeeded(&self, counted: &CountedSignIn) -> Result<(), ServiceError> {
        let account = counted.account;
        Ok(self
            .store
            .attempt_succeeded(counted.id, account.kind, account.whose)?)
    }
}

/// What stands in the record for the network of an address.
pub(crate) fn whose_address(key: &SealKey, from: Option<IpAddr>) -> Sha256 {
    let network = from.map_or_else(String::new, |address| network_of(address).to_string());
    key.keyed_hash("sign-in from an address", network.as_bytes())
}

/// Whole seconds until the end of a wait, at least one.
pub(crate) fn seconds(wait: TimeDelta) -> u64 {
    u64::try_from(wait.num_seconds()).unwrap_or(0).saturating_add(1)
}

/// After this span no try counts any more.
pub(crate) const fn longest_window() -> TimeDelta {
    TimeDelta::hours(1)
}

fn sign_ins(limit: Limit) -> Throttle {
    Throttle {
        most: limit.size(),
        window: TimeDelta::minutes(i64::try_from(limits::SIGN_IN_MINUTES.value).unwrap_or(1)),
        first_pause: TimeDelta::minutes(1),
    }
}

/// The network of one customer: an address of IPv4, the first 64 bits of IPv6.
fn network_of(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(address) => IpAddr::V4(address),
        IpAddr::V6(address) => IpAddr::V6((address.to_bits() & !u128::from(u64::MAX)).into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_addresses_of_one_customer_count_together() {
        for (address, network) in [
            ("192.0.2.7", "192.0.2.7"),
            ("::ffff:192.0.2.7", "192.0.2.7"),
            ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ] {
            assert_eq!(network_of(address.parse().unwrap()).to_string(), network);
        }
    }

    #[test]
    fn tries_made_at_the_same_time_take_turns_and_too_many_are_sent_away() {
        let limit = SignInTurn::default();
        let inside = AtomicUsize::new(0);
        let sent_away = AtomicUsize::new(0);
        std::thread::scope(|scope| {
            for _ in 0..64 {
                scope.spawn(|| {
                    let checked = limit.one_at_a_time(|| {
                        assert_eq!(inside.fetch_add(1, Ordering::SeqCst), 0, "one at a time");
                        std::thread::yield_now();
                        inside.fetch_sub(1, Ordering::SeqCst);
                        Ok(())
                    });
                    if matches!(checked, Err(ServiceError::Busy)) {
                        sent_away.fetch_add(1, Ordering::SeqCst);
                    }
                });
            }
        });
        assert!(sent_away.load(Ordering::SeqCst) < 64, "somebody was let in");
        assert_eq!(limit.waiting.load(Ordering::SeqCst), 0, "nobody is forgotten");
    }
}
