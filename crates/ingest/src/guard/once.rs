//! Lists that a part holds once. Of a second one, one program reads it, the next does not.

use super::{fault, xml::Tag};
use crate::refusal::{PartFault, Refusal};

/// Which lists of a part have been seen.
#[derive(Debug)]
pub(super) struct Once<'a> {
    part: &'a str,
    prefix: &'a [u8],
    seen: Vec<&'a [u8]>,
}

impl<'a> Once<'a> {
    /// For a part whose own elements have this prefix.
    pub(super) const fn new(part: &'a str, prefix: &'a [u8]) -> Self {
        Self {
            part,
            prefix,
            seen: Vec::new(),
        }
    }

    /// The name of an element of the part's own, nothing for one of another vocabulary.
    ///
    /// # Errors
    /// When it is the second of a name that stands once.
    pub(super) fn own<const N: usize>(
        &mut self,
        tag: &Tag<'a>,
        once: [&'static [u8]; N],
    ) -> Result<&'a [u8], Refusal> {
        let name = tag.local();
        if tag.prefix() != self.prefix {
            return Ok(&[]);
        }
        if once.contains(&name) {
            if self.seen.contains(&name) {
                return Err(fault::damaged(self.part, PartFault::Element));
            }
            self.seen.push(name);
        }
        Ok(name)
    }
}
