//! Digests of rows: an entry of the journal names what the change wrote, so that a row changed later is found.
//!
//! A group of rows is what one entry vouches for: the figures of an upload, the rows of a plan version. Its digest does
//! not depend on the order in which a database gives the rows.

use sha2::{Digest as _, Sha256 as Hasher};

use super::chain::text;
use crate::record::Sha256;

/// The field of an entry's detail that holds digests of rows by the names of their groups; `null` for a group that is
/// gone.
pub const FIELD: &str = "rows";

/// Names what is hashed and how.
const TAG: &[u8] = b"nachweis/rows/1\n";

/// The digest of a group of rows, each as one unambiguous text. Sorts the rows.
///
/// ```
/// use nachweis_domain::proof::rows::digest;
/// let mut there = vec!["1:a".to_owned(), "1:b".to_owned()];
/// let mut back = vec!["1:b".to_owned(), "1:a".to_owned()];
/// assert_eq!(digest("voucher/7", &mut there), digest("voucher/7", &mut back));
/// assert_ne!(digest("voucher/8", &mut there), digest("voucher/7", &mut back));
/// assert_ne!(digest("voucher/7", &mut there[..1]), digest("voucher/7", &mut back));
/// ```
pub fn digest<R: AsRef<str> + Ord>(group: &str, rows: &mut [R]) -> Sha256 {
    rows.sort_unstable();
    let mut hasher = Hasher::new();
    hasher.update(TAG);
    text(&mut hasher, group);
    for row in rows {
        text(&mut hasher, row.as_ref());
    }
    Sha256(hasher.finalize().into())
}
