//! The confined child: what it answers, what ends it, and that the next file is read as if nothing had been.

use std::{fs, process::Command, sync::Arc, thread, time::Duration};

use nachweis_domain::{limits, round::shipped};
use nachweis_ingest::{ConfinedReader, ReadFailure, WorkerEnd};

use crate::hostile::book::Book;

fn reader(program: Program) -> ConfinedReader {
    let path = match program {
        Program::Trial => env!("CARGO_BIN_EXE_trial-reader"),
        Program::Unruly => env!("CARGO_BIN_EXE_unruly-reader"),
    };
    ConfinedReader::new(path.into(), Arc::new(shipped()))
}

#[derive(Clone, Copy)]
enum Program {
    /// Reads as the product does.
    Trial,
    /// Misbehaves as the first byte of the file says.
    Unruly,
}

fn end_of(reader: &ConfinedReader, command: &[u8]) -> WorkerEnd {
    match reader.read(command) {
        Err(failure @ ReadFailure::WorkerLimit { end }) => {
            assert_eq!((failure.code(), failure.status()), ("worker-limit", 422));
            end
        }
        other => panic!("expected the end of the worker, not {other:?}"),
    }
}

#[test]
fn a_child_reads_lists_and_refuses_what_the_guard_refuses() {
    let reader = reader(Program::Trial);
    let sheets = reader.read_table(&Book::simple().bytes()).expect("readable");
    assert_eq!(sheets[0].rows.len(), 2);
    let Err(ReadFailure::Refused(refusal)) = reader.read(b"no workbook") else {
        panic!("text is no workbook");
    };
    assert_eq!(refusal.code(), "FILE-01");
}

#[test]
fn a_child_that_takes_memory_is_ended_and_the_next_file_is_read() {
    let unruly = reader(Program::Unruly);
    assert_eq!(end_of(&unruly, b"m"), WorkerEnd::Crash);
    assert_eq!(end_of(&unruly, b"m"), WorkerEnd::Crash);
    assert!(reader(Program::Trial).read_table(&Book::simple().bytes()).is_ok());
}

#[test]
fn answers_that_are_none_are_seen_for_what_they_are() {
    let unruly = reader(Program::Unruly);
    for command in [b"h", b"k", b"g"] {
        assert_eq!(end_of(&unruly, command), WorkerEnd::Answer, "{command:?}");
    }
    assert_eq!(end_of(&unruly, b"-"), WorkerEnd::Crash);
}

#[test]
fn a_child_cannot_write_files() {
    let unruly = reader(Program::Unruly);
    end_of(&unruly, b"f");
    let written = fs::read("/tmp/nachweis-unruly").unwrap_or_default();
    assert_eq!(written, b"");
}

#[test]
fn a_child_gives_itself_the_limits_of_the_table() {
    let output = Command::new(env!("CARGO_BIN_EXE_unruly-reader"))
        .arg("limits")
        .env_clear()
        .output()
        .expect("it runs");
    let memory = limits::WORKER_MEMORY.value;
    let (cpu, files) = (limits::WORKER_CPU.value, limits::WORKER_FILES.value);
    assert_eq!(
        String::from_utf8_lossy(&output.stdout),
        format!("{memory} {cpu} 0 {files} 0")
    );
}

#[test]
fn a_child_that_spins_is_ended_by_its_own_limit() {
    // Patience for machines so busy that a second of processor time takes long.
    let program = env!("CARGO_BIN_EXE_unruly-reader").into();
    let patient = ConfinedReader::with_patience(program, Arc::default(), Duration::from_mins(5));
    assert_eq!(end_of(&patient, b"s"), WorkerEnd::Cpu);
}

#[test]
fn a_child_that_waits_is_ended_from_outside() {
    let program = env!("CARGO_BIN_EXE_unruly-reader").into();
    let impatient = ConfinedReader::with_patience(program, Arc::default(), Duration::from_millis(300));
    assert_eq!(end_of(&impatient, b"w"), WorkerEnd::Wall);
    assert_eq!(end_of(&impatient, b"k"), WorkerEnd::Answer);
}

#[test]
fn one_child_serves_many_files_and_a_refusal_does_not_end_it() {
    let mut batch = reader(Program::Trial).batch();
    let workbook = Book::simple().bytes();
    for _ in 0..5 {
        let reading = batch.read(&workbook).expect("a workbook that is not ours");
        assert_eq!(reading.envelope, None);
        assert!(matches!(batch.read(b"PK"), Err(ReadFailure::Refused(_))));
    }
}

#[test]
fn a_batch_goes_on_with_a_new_child_after_a_mishap() {
    let mut batch = reader(Program::Unruly).batch();
    for _ in 0..2 {
        assert!(matches!(batch.read(b"k"), Err(ReadFailure::WorkerLimit { .. })));
    }
}

#[test]
fn a_program_that_does_not_exist_is_an_error_of_ours() {
    let reader = ConfinedReader::new("/does/not/exist".into(), Arc::new(Vec::new()));
    let failure = reader.read(b"x").expect_err("no program");
    assert_eq!((failure.code(), failure.status()), ("worker-failed", 500));
}

#[test]
fn more_uploads_than_places_are_answered_at_once() {
    let unruly = reader(Program::Unruly);
    let places = limits::WORKER_PARALLEL.value + limits::WORKER_QUEUE.value;
    let uploads = usize::try_from(places).expect("a few") * 3;
    let busy = thread::scope(|scope| {
        let uploads: Vec<_> = (0..uploads).map(|_| scope.spawn(|| unruly.read(b"m"))).collect();
        let answers = uploads.into_iter().map(|upload| upload.join().expect("no panic"));
        answers
            .filter(|answer| matches!(answer, Err(ReadFailure::Busy)))
            .count()
    });
    assert!(busy > 0, "of {uploads} uploads at once some must be turned away");
}
