//! A record of originals that cannot be compressed, 1 GB in the long run, is restored and verified in time.

use std::{
    fs::{self, File},
    io::{Cursor, Read as _, Seek as _, SeekFrom, Write as _},
    path::Path,
    time::{Duration, Instant},
};

use nachweis_store::testing::{Backend, TestDatabase};
use nachweis_tests::{often, program::Desk};
use zip::{CompressionMethod, ZipArchive, ZipWriter, write::SimpleFileOptions};

use crate::faults::place::{Place, Who};

/// Bytes of the picture in each workbook: with it a workbook is just within its limit of 10 MiB.
const PICTURE: usize = 9_700_000;
/// How long it may take (robustness goal 48).
const IN_TIME: Duration = Duration::from_mins(15);

/// Bytes that nothing compresses (xorshift).
fn noise(seed: u64) -> Vec<u8> {
    let mut state = seed;
    let mut bytes = Vec::with_capacity(PICTURE);
    while bytes.len() < PICTURE {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        bytes.extend(state.to_le_bytes());
    }
    bytes
}

/// The workbook with a picture of noise in it, as a lead may paste one.
fn with_picture(workbook: &[u8], seed: u64) -> Vec<u8> {
    let mut from = ZipArchive::new(Cursor::new(workbook)).expect("a workbook");
    let mut to = ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..from.len() {
        to.raw_copy_file(from.by_index_raw(at).expect("a part"))
            .expect("copied");
    }
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    to.start_file("xl/media/image1.png", stored).expect("a part");
    to.write_all(&noise(seed)).expect("written");
    to.finish().expect("a workbook").into_inner()
}

/// Uploads so many workbooks through the program; gives the bytes of their originals.
fn filled(place: &Place, workbooks: u64) -> u64 {
    let service = place.serve();
    let workbook = place.workbook(&place.person(&service, Who::Lead), 1);
    drop(service);
    let folder = place.desk.file("originals");
    fs::create_dir(&folder).expect("a folder");
    let mut bytes = 0;
    for number in 1..=workbooks {
        let workbook = with_picture(&workbook, 0x9E37_79B9 + number);
        bytes += u64::try_from(workbook.len()).expect("small");
        fs::write(folder.join(format!("{number}.xlsx")), workbook).expect("written");
    }
    let run = place.desk.run(["import", "originals", "--lang", "en"]);
    assert_eq!(run.status, 0, "{run:?}");
    fs::remove_dir_all(folder).expect("removed");
    bytes
}

/// Whether a piece of a backup, deflated, is hardly smaller.
fn cannot_be_compressed(backup: &Path) -> bool {
    let mut file = File::open(backup).expect("the backup is there");
    let mut sample = Vec::new();
    file.seek(SeekFrom::End(-20_000_000)).expect("it is large");
    file.take(1_000_000).read_to_end(&mut sample).expect("read");
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("sample", SimpleFileOptions::default())
        .expect("a part");
    zip.write_all(&sample).expect("written");
    zip.finish().expect("a file").into_inner().len() > 950_000
}

#[expect(clippy::print_stdout, reason = "the time is what the long run is for")]
fn restored_in_time(backend: Backend, workbooks: u64) {
    let place = Place::new(backend);
    let bytes = filled(&place, workbooks);
    let begun = Instant::now();
    let run = place.desk.run(["backup", "record.backup", "--lang", "en"]);
    assert_eq!(run.status, 0, "{run:?}");
    let written = begun.elapsed();
    let backup = place.desk.file("record.backup");
    assert!(cannot_be_compressed(&backup));
    let database = TestDatabase::empty(backend);
    let desk = Desk::on(&database.url().to_string());
    let begun = Instant::now();
    let run = desk.run(["restore", &backup.display().to_string(), "--lang", "en"]);
    let restored = begun.elapsed();
    println!(
        "{backend:?}: {bytes} bytes of originals backed up in {written:?}, restored and verified in {restored:?}"
    );
    assert_eq!(run.status, 0, "{run:?}");
    for said in [
        "control totals agree".to_owned(),
        "Differences: 0.".to_owned(),
        format!("{workbooks} hashed, {workbooks} read again"),
    ] {
        assert!(run.stdout.contains(&said), "{said}: {run:?}");
    }
    assert!(restored < IN_TIME, "{restored:?}");
}

#[test]
fn a_large_record_is_restored_and_verified_in_time() {
    // In the short run the way only: 30 MB.
    let workbooks = often(4, 108);
    for backend in Backend::ALL {
        restored_in_time(backend, workbooks);
    }
}
