//! The Merkle tree over the journal, as RFC 9162 §2.1 defines it: a leaf is `SHA-256(0x00 ‖ link)`, a node
//! `SHA-256(0x01 ‖ left ‖ right)`, and the tree of `n` leaves splits at the largest power of two below `n`.
//!
//! A root over all links up to a position commits to each of them; a consistency proof shows that a later journal only
//! added to an earlier one. The other party needs no journal.

use sha2::{Digest as _, Sha256 as Hasher};

use crate::record::Sha256;

/// A leaf's or node's hash.
type Hash = Sha256;

/// The hash of a leaf that holds a link of the chain.
pub fn leaf(link: &Sha256) -> Hash {
    let mut hasher = Hasher::new();
    hasher.update([0x00]);
    hasher.update(link.0);
    Sha256(hasher.finalize().into())
}

/// The hash of a node over two others.
fn node(left: &Hash, right: &Hash) -> Hash {
    let mut hasher = Hasher::new();
    hasher.update([0x01]);
    hasher.update(left.0);
    hasher.update(right.0);
    Sha256(hasher.finalize().into())
}

/// The root of the empty tree: the hash of nothing (RFC 9162 §2.1.1).
fn empty() -> Hash {
    Sha256(Hasher::digest([]).into())
}

/// A growing tree that keeps only the roots of its complete subtrees: one hash for each bit of its size.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frontier {
    size: u64,
    /// Roots of complete subtrees, largest first.
    peaks: Vec<Hash>,
}

impl Frontier {
    /// Adds the next link.
    pub fn push(&mut self, link: &Sha256) {
        let mut hash = leaf(link);
        let mut size = self.size;
        while size & 1 == 1 {
            let Some(left) = self.peaks.pop() else { break };
            hash = node(&left, &hash);
            size >>= 1;
        }
        self.peaks.push(hash);
        self.size += 1;
    }

    /// How many links it holds.
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// The root over all links so far.
    pub fn root(&self) -> Hash {
        let mut peaks = self.peaks.iter().rev();
        let Some(last) = peaks.next() else {
            return empty();
        };
        peaks.fold(*last, |right, left| node(left, &right))
    }
}

/// The largest power of two below a size of at least two.
const fn split(size: usize) -> usize {
    1 << (usize::BITS - 1 - (size - 1).leading_zeros())
}

/// The root over leaf hashes.
fn root_of(leaves: &[Hash]) -> Hash {
    match leaves {
        [] => empty(),
        [only] => *only,
        _ => {
            let (left, right) = leaves.split_at(split(leaves.len()));
            node(&root_of(left), &root_of(right))
        }
    }
}

/// The proof that the tree over the first `old` of `leaves` grew into the tree over all of them
/// (RFC 9162 §2.1.4.1); `None` unless `0 < old ≤ leaves.len()`.
pub fn consistency_proof(leaves: &[Hash], old: usize) -> Option<Vec<Hash>> {
    if old == 0 || old > leaves.len() {
        return None;
    }
    let mut proof = Vec::new();
    collect_consistency(leaves, old, true, &mut proof);
    Some(proof)
}

/// `whole`: the old tree's root is known to the other party, so that it need not be named.
fn collect_consistency(leaves: &[Hash], old: usize, whole: bool, proof: &mut Vec<Hash>) {
    if old == leaves.len() {
        if !whole {
            proof.push(root_of(leaves));
        }
        return;
    }
    let middle = split(leaves.len());
    let (left, right) = leaves.split_at(middle);
    if old <= middle {
        collect_consistency(left, old, whole, proof);
        proof.push(root_of(right));
    } else {
        collect_consistency(right, old - middle, false, proof);
        proof.push(root_of(left));
    }
}

/// Whether a proof shows that the tree of `old_size` leaves with `old_root` grew into the tree of `new_size` leaves with
/// `new_root`, each old leaf unchanged in its place (RFC 9162 §2.1.4.2). An old tree without leaves proves nothing.
pub fn consistent(old_root: &Hash, old_size: u64, new_root: &Hash, new_size: u64, proof: &[Hash]) -> bool {
    if old_size == 0 || old_size > new_size {
        return false;
    }
    if old_size == new_size {
        return proof.is_empty() && old_root == new_root;
    }
    let (mut first, mut last) = (old_size - 1, new_size - 1);
    while first & 1 == 1 {
        first >>= 1;
        last >>= 1;
    }
    let mut rest = proof.iter();
    // When the old tree is one complete subtree, its root is the first node and not repeated in the proof.
    let start = if first == 0 { Some(old_root) } else { rest.next() };
    let Some(start) = start else { return false };
    let (mut old_hash, mut new_hash) = (*start, *start);
    for other in rest {
        if last == 0 {
            return false;
        }
        if first & 1 == 1 || first == last {
            old_hash = node(other, &old_hash);
            new_hash = node(other, &new_hash);
            while first & 1 == 0 && first != 0 {
                first >>= 1;
                last >>= 1;
            }
        } else {
            new_hash = node(&new_hash, other);
        }
        first >>= 1;
        last >>= 1;
    }
    last == 0 && old_hash == *old_root && new_hash == *new_root
}

#[cfg(test)]
mod tests;
