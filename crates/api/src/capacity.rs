//! How much of something all requests together may take: memory of arriving workbooks, exports being written.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

mod per_account;

pub(crate) use per_account::{OwnShare, PerAccount};

/// A bounded amount. Who finds nothing left is answered with 503 before any work is done.
#[derive(Clone, Debug)]
pub(crate) struct Capacity {
    taken: Arc<AtomicUsize>,
    limit: usize,
}

/// A part that is taken until this is dropped.
#[derive(Debug)]
pub(crate) struct Share {
    taken: Arc<AtomicUsize>,
    amount: usize,
}

impl Capacity {
    /// So much.
    pub(crate) fn new(limit: usize) -> Self {
        Self {
            taken: Arc::default(),
            limit,
        }
    }

    /// Takes a part; `None` when there is not so much left.
    pub(crate) fn take(&self, amount: usize) -> Option<Share> {
        self.taken
            .fetch_update(Ordering::AcqRel, Ordering::Acquire, |taken| {
                taken.checked_add(amount).filter(|sum| *sum <= self.limit)
            })
            .ok()?;
        Some(Share {
            taken: Arc::clone(&self.taken),
            amount,
        })
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        self.taken.fetch_sub(self.amount, Ordering::AcqRel);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_given_up_to_the_limit_and_come_back() {
        let capacity = Capacity::new(10);
        let first = capacity.take(6).unwrap();
        assert!(capacity.take(5).is_none());
        let second = capacity.take(4).unwrap();
        drop(first);
        assert!(capacity.take(7).is_none());
        drop(second);
        assert!(capacity.take(10).is_some());
        assert!(capacity.take(usize::MAX).is_none());
    }
}
