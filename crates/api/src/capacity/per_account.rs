//! How much of something each account may take, so that nobody takes what all share.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};

use nachweis_domain::record::UserId;

type Taken = BTreeMap<UserId, usize>;

/// A bounded amount for each account.
#[derive(Clone, Debug)]
pub(crate) struct PerAccount {
    taken: Arc<Mutex<Taken>>,
    limit: usize,
}

/// A part of an account's amount that is taken until this is dropped.
#[derive(Debug)]
pub(crate) struct OwnShare {
    taken: Arc<Mutex<Taken>>,
    user: UserId,
    amount: usize,
}

impl PerAccount {
    /// So much for each.
    pub(crate) fn new(limit: usize) -> Self {
        Self {
            taken: Arc::default(),
            limit,
        }
    }

    /// Takes a part for an account; `None` when it has taken too much already.
    pub(crate) fn take(&self, user: UserId, amount: usize) -> Option<OwnShare> {
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let before = taken.get(&user).copied().unwrap_or_default();
        let sum = before.checked_add(amount).filter(|sum| *sum <= self.limit)?;
        taken.insert(user, sum);
        Some(OwnShare {
            taken: Arc::clone(&self.taken),
            user,
            amount,
        })
    }
}

impl Drop for OwnShare {
    fn drop(&mut self) {
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let left = taken
            .get(&self.user)
            .and_then(|sum| sum.checked_sub(self.amount))
            .unwrap_or_default();
        // Who has taken nothing is not remembered.
        if left == 0 {
            taken.remove(&self.user);
        } else {
            taken.insert(self.user, left);
        }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn what_one_account_takes_leaves_that_of_others_alone_and_comes_back() {
        let [one, other] = [1, 2].map(|number| UserId(Uuid::from_u128(number)));
        let each = PerAccount::new(10);
        let first = each.take(one, 6).unwrap();
        let second = each.take(one, 4).unwrap();
        assert!(each.take(one, 1).is_none());
        assert!(each.take(other, 10).is_some());
        drop(first);
        assert!(each.take(one, 7).is_none());
        assert!(each.take(one, usize::MAX).is_none());
        drop(second);
        assert!(each.take(one, 10).is_some());
        assert!(each.taken.lock().unwrap().is_empty());
    }
}
