//! The directory of the ZIP archive, checked against the bytes before anything is unpacked (robustness.md §3.4 step 2).
//!
//! What is accepted has one reading: one directory at the very end, every entry named once, at its own place, in the
//! order of the file, with sizes that agree. All sizes are checked as declared; unpacking holds them to it.

use nachweis_domain::limits;
use std::collections::HashSet;

use memchr::memmem;

use super::{bounds::Bounds, little::Little};
use crate::refusal::{ArchiveFault, Bounded, Held as _, Refusal};

const END: &[u8] = b"PK\x05\x06";
const END_LENGTH: usize = 22;
const DIRECTORY: &[u8] = b"PK\x01\x02";
const LOCAL: &[u8] = b"PK\x03\x04";
/// A data descriptor after an entry has 12 bytes, 16 with its mark, 24 in its long form.
const DESCRIPTOR: usize = 24;

/// How an entry is packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Method {
    /// As it is.
    Stored,
    /// Deflated.
    Deflated,
}

/// An entry of the archive.
#[derive(Clone, Debug)]
pub(super) struct Entry<'a> {
    /// The name with forward slashes, in lower case: how parts are found.
    pub(super) key: String,
    /// The name with forward slashes, as written: how parts are named to people.
    pub(super) name: String,
    pub(super) method: Method,
    pub(super) crc: u32,
    /// The unpacked size.
    pub(super) size: u64,
    pub(super) data: &'a [u8],
}

/// Reads and checks the directory.
pub(super) fn entries<'a>(bytes: &'a [u8], bounds: &Bounds) -> Result<Vec<Entry<'a>>, Refusal> {
    let end = end_of_directory(bytes, bounds)?;
    let mut at = end.offset;
    let mut entries = Vec::with_capacity(end.count);
    let mut spans = Vec::with_capacity(end.count);
    let mut names = HashSet::with_capacity(end.count);
    for _ in 0..end.count {
        let record = Record::read(bytes, at)?;
        at += record.length;
        let name = checked_name(record.name)?;
        let key = name.to_lowercase();
        if !names.insert(key.clone()) {
            return Err(damaged(ArchiveFault::DuplicateName));
        }
        let (data, span) = record.data(bytes)?;
        spans.push(span);
        entries.push(Entry {
            key,
            name,
            method: record.method,
            crc: record.crc,
            size: u64::from(record.size),
            data,
        });
    }
    if at != end.at {
        return Err(damaged(ArchiveFault::Directory));
    }
    check_spans(spans, end.offset)?;
    check_sizes(&entries, bounds)?;
    Ok(entries)
}

const fn damaged(fault: ArchiveFault) -> Refusal {
    Refusal::DamagedArchive { fault }
}

struct EndOfDirectory {
    at: usize,
    offset: usize,
    count: usize,
}

fn end_of_directory(bytes: &[u8], bounds: &Bounds) -> Result<EndOfDirectory, Refusal> {
    let cut_off = || damaged(ArchiveFault::CutOff);
    let at = bytes.len().checked_sub(END_LENGTH).ok_or_else(cut_off)?;
    let record = Little(bytes.get(at..).unwrap_or_default());
    if !record.0.starts_with(END) {
        // An end somewhere before means that something was appended.
        let appended = memmem::rfind(bytes, END).is_some();
        return Err(damaged(if appended {
            ArchiveFault::ForeignBytes
        } else {
            ArchiveFault::CutOff
        }));
    }
    let disks = (record.u16(4), record.u16(6));
    let (here, all) = (record.u16(8), record.u16(10));
    let (size, offset) = (record.u32(12), record.u32(16));
    if all == Some(u16::MAX) || size == Some(u32::MAX) || offset == Some(u32::MAX) {
        return Err(damaged(ArchiveFault::Zip64));
    }
    if disks != (Some(0), Some(0)) || here != all || record.u16(20) != Some(0) {
        return Err(damaged(ArchiveFault::Directory));
    }
    let (Some(count), Some(size), Some(offset)) = (all, size, offset) else {
        return Err(cut_off());
    };
    bounds.entries.check(Bounded::Entries, u64::from(count), "")?;
    let (size, offset) = (to_usize(size), to_usize(offset));
    if offset.checked_add(size) != Some(at) {
        return Err(damaged(ArchiveFault::ForeignBytes));
    }
    Ok(EndOfDirectory {
        at,
        offset,
        count: usize::from(count),
    })
}

/// A record of the directory.
struct Record<'a> {
    method: Method,
    flags: u16,
    crc: u32,
    packed: u32,
    size: u32,
    offset: usize,
    name: &'a [u8],
    length: usize,
}

impl<'a> Record<'a> {
    fn read(bytes: &'a [u8], at: usize) -> Result<Self, Refusal> {
        let broken = || damaged(ArchiveFault::Directory);
        let rest = bytes.get(at..).ok_or_else(broken)?;
        let record = Little(rest);
        if !rest.starts_with(DIRECTORY) {
            return Err(broken());
        }
        let flags = record.u16(8).ok_or_else(broken)?;
        let method = method(record.u16(10).ok_or_else(broken)?, flags)?;
        let [crc, packed, size, offset] = [16, 20, 24, 42].map(|field| record.u32(field));
        let [name, extra, comment] = [28, 30, 32].map(|field| record.u16(field).map(usize::from));
        let (Some(crc), Some(packed), Some(size), Some(offset), Some(name), Some(extra), Some(comment)) =
            (crc, packed, size, offset, name, extra, comment)
        else {
            return Err(broken());
        };
        if [packed, size, offset].contains(&u32::MAX) {
            return Err(damaged(ArchiveFault::Zip64));
        }
        let length = 46 + name + extra + comment;
        if rest.len() < length {
            return Err(broken());
        }
        Ok(Self {
            method,
            flags,
            crc,
            packed,
            size,
            offset: to_usize(offset),
            name: rest.get(46..46 + name).unwrap_or_default(),
            length,
        })
    }

    /// The packed data, and the span of header and data, once the local header agrees.
    fn data(&self, bytes: &'a [u8]) -> Result<(&'a [u8], (usize, usize)), Refusal> {
        let broken = || damaged(ArchiveFault::Directory);
        let rest = bytes.get(self.offset..).ok_or_else(broken)?;
        let local = Little(rest);
        let method_again = local.u16(8).ok_or_else(broken)?;
        if !rest.starts_with(LOCAL) || method(method_again, self.flags)? != self.method {
            return Err(broken());
        }
        let [crc, packed, size] = [14, 18, 22].map(|field| local.u32(field).unwrap_or_default());
        // With bit 3 the sizes follow the data, and stand here as zero.
        let later = self.flags & 0x0008 != 0;
        let agrees = |here: u32, there: u32| here == there || (later && here == 0) || here == u32::MAX;
        if !(agrees(packed, self.packed)
            && agrees(size, self.size)
            && (crc == self.crc || (later && crc == 0)))
        {
            return Err(broken());
        }
        let name = usize::from(local.u16(26).ok_or_else(broken)?);
        let extra = usize::from(local.u16(28).ok_or_else(broken)?);
        if rest.get(30..30 + name) != Some(self.name) {
            return Err(broken());
        }
        let start = 30 + name + extra;
        let length = start + to_usize(self.packed);
        let data = rest.get(start..length).ok_or_else(broken)?;
        Ok((data, (self.offset, self.offset + length)))
    }
}

fn method(method: u16, flags: u16) -> Result<Method, Refusal> {
    // Bits 0, 6 and 13: encrypted, strongly encrypted, masked.
    if flags & 0x2041 != 0 {
        return Err(damaged(ArchiveFault::EncryptedEntry));
    }
    match method {
        0 => Ok(Method::Stored),
        8 => Ok(Method::Deflated),
        _ => Err(damaged(ArchiveFault::Method)),
    }
}

fn checked_name(raw: &[u8]) -> Result<String, Refusal> {
    let length = u64::try_from(raw.len()).unwrap_or(u64::MAX);
    if limits::ENTRY_NAME.is_exceeded_by(length) {
        return Err(Refusal::TooLarge {
            what: Bounded::EntryName,
            found: length,
            allowed: limits::ENTRY_NAME.value,
            place: String::new(),
        });
    }
    let name = String::from_utf8_lossy(raw).replace('\\', "/");
    let odd = name.is_empty()
        || name.starts_with('/')
        || name.contains(':')
        || name.chars().any(char::is_control)
        || name.split('/').any(|step| step == ".." || step == ".");
    if odd {
        return Err(damaged(ArchiveFault::Name));
    }
    Ok(name)
}

/// Entries start at byte 0, follow each other without overlap or foreign bytes, and end at the directory.
fn check_spans(mut spans: Vec<(usize, usize)>, directory: usize) -> Result<(), Refusal> {
    spans.sort_unstable();
    let mut end = 0;
    for (index, (start, next)) in spans.into_iter().enumerate() {
        if start < end {
            return Err(damaged(ArchiveFault::Overlap));
        }
        let gap = if index == 0 { 0 } else { DESCRIPTOR };
        if start - end > gap {
            return Err(damaged(ArchiveFault::ForeignBytes));
        }
        end = next;
    }
    match directory.checked_sub(end) {
        None => Err(damaged(ArchiveFault::Overlap)),
        Some(gap) if gap > DESCRIPTOR => Err(damaged(ArchiveFault::ForeignBytes)),
        Some(_) => Ok(()),
    }
}

fn check_sizes(entries: &[Entry<'_>], bounds: &Bounds) -> Result<(), Refusal> {
    let mut total = 0_u64;
    for entry in entries {
        let packed = u64::try_from(entry.data.len()).unwrap_or(u64::MAX);
        bounds.entry_size.check(Bounded::Entry, entry.size, &entry.name)?;
        if entry.method == Method::Stored && entry.size != packed {
            return Err(damaged(ArchiveFault::Size));
        }
        let tight = entry.size > packed.saturating_mul(limits::RATIO.value);
        if tight && limits::RATIO_GRACE.is_exceeded_by(entry.size) {
            return Err(Refusal::TooLarge {
                what: Bounded::Ratio,
                found: entry.size / packed.max(1),
                allowed: limits::RATIO.value,
                place: entry.name.clone(),
            });
        }
        total = total.saturating_add(entry.size);
    }
    bounds.unpacked_size.check(Bounded::Unpacked, total, "")
}

fn to_usize(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}
