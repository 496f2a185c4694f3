//! The package that the guard hands to calamine: written by us, stored, with scanned content only.
//!
//! calamine never sees the uploaded archive. It gets the cells of each sheet, the shared texts and the number formats
//! as they were scanned, inside a workbook that we write. So there is nothing to read twice or in two ways, and each
//! part is unpacked once.

/// A ZIP archive of stored parts in memory.
#[derive(Debug, Default)]
pub(super) struct Package {
    bytes: Vec<u8>,
    directory: Vec<u8>,
    count: u16,
}

const VERSION: u16 = 20;
const STORED: u16 = 0;
/// 1 January 1980, the first date of ZIP.
const DATE: u32 = 0x0021_0000;

impl Package {
    /// An empty package with room for so many bytes.
    pub(super) fn with_capacity(bytes: usize) -> Self {
        Self {
            bytes: Vec::with_capacity(bytes),
            ..Self::default()
        }
    }

    /// Adds a part made of pieces.
    pub(super) fn add(&mut self, name: &str, pieces: &[&[u8]]) {
        let mut crc = crc32fast::Hasher::new();
        let mut size = 0;
        for piece in pieces {
            crc.update(piece);
            size += piece.len();
        }
        let mut header = Vec::with_capacity(26);
        for field in [VERSION, 0, STORED] {
            header.extend(field.to_le_bytes());
        }
        for field in [DATE, crc.finalize(), to_u32(size), to_u32(size)] {
            header.extend(field.to_le_bytes());
        }
        header.extend(to_u16(name.len()).to_le_bytes());
        header.extend(0_u16.to_le_bytes());

        self.directory.extend(b"PK\x01\x02");
        self.directory.extend(VERSION.to_le_bytes());
        self.directory.extend(&header);
        // No comment, first disk, no attributes.
        self.directory.extend([0; 10]);
        self.directory.extend(to_u32(self.bytes.len()).to_le_bytes());
        self.directory.extend(name.as_bytes());

        self.bytes.extend(b"PK\x03\x04");
        self.bytes.extend(&header);
        self.bytes.extend(name.as_bytes());
        for piece in pieces {
            self.bytes.extend(*piece);
        }
        self.count += 1;
    }

    /// The whole archive.
    pub(super) fn finish(mut self) -> Vec<u8> {
        let offset = to_u32(self.bytes.len());
        self.bytes.extend(&self.directory);
        self.bytes.extend(b"PK\x05\x06\0\0\0\0");
        self.bytes.extend(self.count.to_le_bytes());
        self.bytes.extend(self.count.to_le_bytes());
        self.bytes.extend(to_u32(self.directory.len()).to_le_bytes());
        self.bytes.extend(offset.to_le_bytes());
        self.bytes.extend([0; 2]);
        self.bytes
    }
}

fn to_u32(size: usize) -> u32 {
    // Parts are bounded by the limit of all unpacked parts, far below 4 GiB.
    u32::try_from(size).unwrap_or(u32::MAX)
}

fn to_u16(size: usize) -> u16 {
    u16::try_from(size).unwrap_or(u16::MAX)
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Read};

    use super::*;

    #[test]
    fn the_zip_library_reads_what_was_added() {
        let mut package = Package::default();
        package.add("a.xml", &[b"<a>", b"1", b"</a>"]);
        package.add("b/c.xml", &[]);
        let mut archive = zip::ZipArchive::new(Cursor::new(package.finish())).expect("an archive");
        let mut text = String::new();
        archive
            .by_name("a.xml")
            .expect("the part")
            .read_to_string(&mut text)
            .expect("readable");
        assert_eq!(text, "<a>1</a>");
        assert_eq!(archive.len(), 2);
    }
}
