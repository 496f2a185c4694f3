//! A ZIP writer without scruples: every field of an archive can be set wrong.

use std::io::Write;

use flate2::{Compression, write::DeflateEncoder};

/// An entry as it will be written.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) name: Vec<u8>,
    /// The name in the local header.
    pub(crate) local_name: Vec<u8>,
    pub(crate) flags: u16,
    pub(crate) method: u16,
    pub(crate) crc: u32,
    pub(crate) size: u32,
    pub(crate) packed: Vec<u8>,
    /// The packed size as declared.
    pub(crate) packed_size: u32,
    /// Bytes between this entry and the next.
    pub(crate) gap: Vec<u8>,
    /// Writes sizes and checksum after the data and zeros before.
    pub(crate) descriptor: bool,
    /// Says that it stands where another entry stands.
    pub(crate) offset: Option<u32>,
}

impl Entry {
    /// A sound entry, deflated.
    pub(crate) fn deflated(name: &str, content: &[u8]) -> Self {
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::new(6));
        encoder.write_all(content).expect("memory");
        Self::of(name, 8, encoder.finish().expect("memory"), content)
    }

    /// A sound entry, stored.
    pub(crate) fn stored(name: &str, content: &[u8]) -> Self {
        Self::of(name, 0, content.to_vec(), content)
    }

    fn of(name: &str, method: u16, packed: Vec<u8>, content: &[u8]) -> Self {
        Self {
            name: name.as_bytes().to_vec(),
            local_name: name.as_bytes().to_vec(),
            flags: 0,
            method,
            crc: crc32fast::hash(content),
            size: u32::try_from(content.len()).expect("small"),
            packed_size: u32::try_from(packed.len()).expect("small"),
            packed,
            gap: Vec::new(),
            descriptor: false,
            offset: None,
        }
    }
}

/// Writes an archive.
pub(crate) fn archive(entries: &[Entry]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut directory = Vec::new();
    for entry in entries {
        let flags = if entry.descriptor {
            entry.flags | 8
        } else {
            entry.flags
        };
        let offset = entry
            .offset
            .unwrap_or_else(|| u32::try_from(bytes.len()).expect("small"));
        let sizes = [entry.crc, entry.packed_size, entry.size];
        let local_sizes = if entry.descriptor { [0; 3] } else { sizes };

        bytes.extend(b"PK\x03\x04");
        bytes.extend(head(flags, entry.method, local_sizes, &entry.local_name));
        bytes.extend(&entry.local_name);
        bytes.extend(&entry.packed);
        if entry.descriptor {
            bytes.extend(b"PK\x07\x08");
            bytes.extend(sizes.into_iter().flat_map(u32::to_le_bytes));
        }
        bytes.extend(&entry.gap);

        directory.extend(b"PK\x01\x02\x14\0");
        directory.extend(head(flags, entry.method, sizes, &entry.name));
        directory.extend([0; 10]);
        directory.extend(offset.to_le_bytes());
        directory.extend(&entry.name);
    }
    let offset = u32::try_from(bytes.len()).expect("small");
    let size = u32::try_from(directory.len()).expect("small");
    let count = u16::try_from(entries.len()).unwrap_or(u16::MAX);
    bytes.extend(directory);
    bytes.extend(b"PK\x05\x06\0\0\0\0");
    bytes.extend([count, count].into_iter().flat_map(u16::to_le_bytes));
    bytes.extend([size, offset].into_iter().flat_map(u32::to_le_bytes));
    bytes.extend([0, 0]);
    bytes
}

fn head(flags: u16, method: u16, sizes: [u32; 3], name: &[u8]) -> Vec<u8> {
    let mut head = Vec::new();
    head.extend(
        [20, flags, method, 0, 0x21]
            .into_iter()
            .flat_map(u16::to_le_bytes),
    );
    head.extend(sizes.into_iter().flat_map(u32::to_le_bytes));
    head.extend(u16::try_from(name.len()).expect("small").to_le_bytes());
    head.extend([0, 0]);
    head
}
