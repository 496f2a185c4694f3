//! Numbers in the byte order of ZIP: little-endian, at fixed places of a record.

/// A record to take numbers from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Little<'a>(pub(super) &'a [u8]);

impl Little<'_> {
    /// The 16-bit number at an offset.
    pub(super) fn u16(self, at: usize) -> Option<u16> {
        let bytes = self.0.get(at..at.checked_add(2)?)?;
        Some(u16::from_le_bytes(bytes.try_into().ok()?))
    }

    /// The 32-bit number at an offset.
    pub(super) fn u32(self, at: usize) -> Option<u32> {
        let bytes = self.0.get(at..at.checked_add(4)?)?;
        Some(u32::from_le_bytes(bytes.try_into().ok()?))
    }
}
