//! The parts of an XLSX package.

use std::{
    collections::BTreeMap,
    io::{Cursor, Read},
};

/// The parts by name, as text.
pub(crate) fn parts(bytes: &[u8]) -> BTreeMap<String, String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    (0..archive.len())
        .map(|index| {
            let mut file = archive.by_index(index).unwrap();
            let mut text = String::new();
            file.read_to_string(&mut text).unwrap();
            (file.name().unwrap().into_owned(), text)
        })
        .collect()
}

/// A part with a line for each element, so that a difference shows where it is.
pub(crate) fn in_lines(part: &str) -> String {
    part.replace("><", ">\n<")
}
