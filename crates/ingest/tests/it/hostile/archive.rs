//! Damaged and contradictory archives.

use super::{
    book::{Book, SHEET},
    verdict,
    zip::{Entry, archive},
};

fn entries(change: impl FnOnce(&mut Vec<Entry>)) -> Vec<u8> {
    let mut entries = Book::simple().entries();
    change(&mut entries);
    archive(&entries)
}

fn first(change: impl FnOnce(&mut Entry)) -> Vec<u8> {
    entries(|entries| change(&mut entries[0]))
}

fn named(name: &str) -> Vec<u8> {
    entries(|entries| entries.push(Entry::deflated(name, b"x")))
}

#[test]
fn sound_archives_of_several_makers_are_accepted() {
    let sound = [
        ("deflated", Book::simple().bytes()),
        ("stored", Book::simple().stored()),
        (
            "sizes after the data",
            entries(|entries| entries.iter_mut().for_each(|entry| entry.descriptor = true)),
        ),
        (
            "backslashes in names",
            entries(|entries| {
                for entry in entries {
                    entry.name = String::from_utf8(entry.name.clone())
                        .expect("text")
                        .replace('/', "\\")
                        .into_bytes();
                    entry.local_name = entry.name.clone();
                }
            }),
        ),
        ("folders as entries", named("xl/media/")),
        ("pictures and settings", named("xl/media/image1.png")),
        ("sizes of the 64-bit form in local headers only", {
            let mut bytes = Book::simple().bytes();
            bytes[18..26].fill(0xFF);
            bytes
        }),
    ];
    for (name, bytes) in sound {
        assert_eq!(verdict(&bytes), "accepted", "{name}");
    }
}

#[test]
fn files_of_other_formats_are_named() {
    let ole = |rest: &[u8]| [b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".as_slice(), rest].concat();
    let utf16: Vec<u8> = "EncryptedPackage"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let cases = [
        ("empty", Vec::new(), "FILE-01"),
        ("text", b"Name;Betrag\n".to_vec(), "FILE-01"),
        ("HTML", b"<html><table></table></html>".to_vec(), "FILE-01"),
        ("an empty archive", archive(&[]), "FILE-01"),
        (
            "an archive without workbook",
            archive(&[Entry::deflated("readme.txt", b"x")]),
            "FILE-01",
        ),
        ("OLE with a FAT of 2^32-1 sectors", ole(&[0xFF; 1024]), "FILE-02"),
        ("OLE with a loop in its FAT", ole(&[0; 1024]), "FILE-02"),
        ("encrypted", ole(&utf16), "FILE-03"),
    ];
    for (name, bytes, code) in cases {
        assert_eq!(verdict(&bytes), code, "{name}");
    }
}

#[test]
fn cut_off_and_foreign_bytes_are_refused() {
    let sound = Book::simple().bytes();
    let end = sound.len();
    let cases = [
        ("magic number only", b"PK\x03\x04".to_vec()),
        ("half of it", sound[..end / 2].to_vec()),
        ("without the end", sound[..end - 22].to_vec()),
        ("without the last byte", sound[..end - 1].to_vec()),
        ("bytes before", [b"junk".as_slice(), &sound].concat()),
        ("bytes after", [&sound[..], b"junk"].concat()),
        ("two archives", [&sound[..], &sound[..]].concat()),
        ("a comment", {
            let mut bytes = sound.clone();
            bytes[end - 2] = 4;
            [&bytes[..], b"junk"].concat()
        }),
        ("a gap between entries", first(|entry| entry.gap = vec![0; 100])),
    ];
    for (name, bytes) in cases {
        assert_eq!(verdict(&bytes), "FILE-11", "{name}");
    }
}

#[test]
fn contradictory_entries_are_refused() {
    let cases = [
        ("a name that leads up", named("../evil.xml")),
        ("a name with a drive", named("C:\\evil.xml")),
        ("an absolute name", named("/etc/passwd")),
        ("a control character in a name", named("xl/a\u{1}.xml")),
        ("the same name twice", named(SHEET)),
        ("the same name in capitals", named("XL/Worksheets/Sheet1.xml")),
        (
            "the same name with backslashes",
            named("xl\\worksheets\\sheet1.xml"),
        ),
        (
            "another name in the local header",
            first(|entry| entry.local_name[1] = b'X'),
        ),
        (
            "an entry that stands where another stands",
            entries(|entries| entries[1].offset = Some(0)),
        ),
        ("an encrypted entry", first(|entry| entry.flags = 1)),
        ("an unusual method", first(|entry| entry.method = 12)),
        ("a size of 2^32-1", first(|entry| entry.size = u32::MAX)),
        (
            "a packed size beyond the file",
            first(|entry| entry.packed_size = 1_000_000),
        ),
        ("more data than declared", first(|entry| entry.size -= 1)),
        ("less data than declared", first(|entry| entry.size += 1)),
        ("a wrong checksum", first(|entry| entry.crc ^= 1)),
        ("a flipped bit in the data", first(|entry| entry.packed[20] ^= 4)),
        (
            "bytes after the packed data",
            first(|entry| {
                entry.packed.extend(b"more");
                entry.packed_size += 4;
            }),
        ),
    ];
    for (name, bytes) in cases {
        assert_eq!(verdict(&bytes), "FILE-11", "{name}");
    }
}

#[test]
fn a_part_that_nobody_reads_is_never_unpacked() {
    // Two million bytes that are no deflated data at all.
    let bytes = entries(|entries| {
        let mut entry = Entry::stored("xl/media/image1.png", &vec![0xA5; 2_000_000]);
        entry.method = 8;
        entry.size = 4_000_000;
        entries.push(entry);
    });
    assert_eq!(verdict(&bytes), "accepted");
}
