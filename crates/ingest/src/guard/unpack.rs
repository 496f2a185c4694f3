//! Unpacks one entry of the archive, once, and holds it to its declared size and checksum.

use flate2::{Decompress, FlushDecompress, Status};

use super::archive::{Entry, Method};
use crate::refusal::{ArchiveFault, Refusal};

/// The unpacked bytes of an entry.
pub(super) fn unpack(entry: &Entry<'_>) -> Result<Vec<u8>, Refusal> {
    let bytes = match entry.method {
        Method::Stored => entry.data.to_vec(),
        Method::Deflated => inflate(entry)?,
    };
    if crc32fast::hash(&bytes) == entry.crc {
        Ok(bytes)
    } else {
        Err(Refusal::DamagedArchive {
            fault: ArchiveFault::Data,
        })
    }
}

fn inflate(entry: &Entry<'_>) -> Result<Vec<u8>, Refusal> {
    let damaged = |fault| Refusal::DamagedArchive { fault };
    // The declared size is within the limits; one byte more shows an entry that holds more than it says.
    let size = usize::try_from(entry.size).unwrap_or(usize::MAX);
    let mut bytes = Vec::with_capacity(size.saturating_add(1));
    let mut inflate = Decompress::new(false);
    let status = inflate
        .decompress_vec(entry.data, &mut bytes, FlushDecompress::Finish)
        .map_err(|_not_deflate| damaged(ArchiveFault::Data))?;
    if bytes.len() != size {
        return Err(damaged(ArchiveFault::Size));
    }
    let packed = u64::try_from(entry.data.len()).unwrap_or(u64::MAX);
    if status != Status::StreamEnd || inflate.total_in() != packed {
        return Err(damaged(ArchiveFault::Data));
    }
    Ok(bytes)
}
