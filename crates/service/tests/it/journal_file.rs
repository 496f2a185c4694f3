//! An exported journal proves itself without the service: whatever is done to the file is found, at its line or in its head.

use std::{fs, path::Path};

use nachweis_domain::{past_moment::PastMoment, proof::line::Fault, record::Action};
use nachweis_service::{JournalEnd, verify_journal_file};
use nachweis_store::Actor;

use crate::{
    Story, verify,
    world::{World, moment},
};

pub(crate) const STORIES: &[Story] = &[(
    "an_exported_journal_is_verified_without_the_service",
    journal_file,
)];

/// Entries that are added to those of a small life.
const MORE: i64 = 250;

/// How often the file is tampered with: more in the long run, which does it on one database.
fn tamperings() -> usize {
    if std::env::var_os("NACHWEIS_TEST_LONG").is_some() {
        10_000
    } else {
        100
    }
}

fn journal_file(world: &World) {
    verify::lived(world);
    for number in 0..MORE {
        let detail = serde_json::json!({ "number": number, "text": "„ä“ \\ \"" });
        let at = moment("2024-10-16T08:00:00Z") + chrono::TimeDelta::seconds(number);
        world
            .store
            .record_event(Actor::System, Action::SignedIn, "lena", &detail, at)
            .unwrap();
    }
    world.hand.turn_to(moment("2024-10-17T08:00:00Z"));
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("journal.jsonl");
    let head = world.service.export_journal(&world.auditor, None, &file).unwrap();
    let followed = verify_journal_file(&file, &[head.link], &[head]).unwrap();
    assert!(followed.is_sound(), "{followed:?}");
    assert_eq!(followed.head, head);
    assert_eq!(verify::verify(world).head, head, "the same head as the record's");
    let sound = fs::read(&file).unwrap();
    // What cannot be written beside it leaves the file of before as it is.
    let part = folder.path().join("journal.jsonl.part");
    assert!(!part.exists());
    fs::create_dir(&part).unwrap();
    assert!(world.service.export_journal(&world.auditor, None, &file).is_err());
    assert!(fs::read(&file).unwrap() == sound);
    let lines = sound.split_inclusive(|byte| *byte == b'\n').count();
    assert!(lines > 270, "{lines}");
    earlier_parts(world, &folder.path().join("earlier.jsonl"), &sound);
    if world.database.folder().is_none() {
        return;
    }
    let mut dice = Dice(0x9E37_79B9_7F4A_7C15);
    for number in 0..tamperings() {
        let tampered = Tampered::by_chance(&sound, &mut dice);
        tampered.is_found(&file, number);
    }
}

/// What the journal was up to an entry is a part of the whole, and the whole has grown from its head.
fn earlier_parts(world: &World, file: &Path, whole: &[u8]) {
    let export = |until| world.service.export_journal(&world.auditor, Some(until), file);
    let entries = world.store.journal(0, 10_000).unwrap();
    let at = PastMoment::from(entries[12].at);
    let same_moment = entries.iter().rfind(|entry| entry.at <= at.at()).unwrap();
    for (until, position) in [
        (JournalEnd::Position(7), 7),
        (JournalEnd::Moment(at), same_moment.position),
    ] {
        let head = export(until).unwrap();
        assert_eq!(head.position, position, "{until:?}");
        let part = fs::read(file).unwrap();
        let lines = part.split_inclusive(|byte| *byte == b'\n').count();
        let entries: usize = part
            .split_inclusive(|byte| *byte == b'\n')
            .take(lines - 1)
            .map(<[u8]>::len)
            .sum();
        assert!(whole.starts_with(&part[..entries]), "a part of the whole");
        assert!(
            verify_journal_file(file, &[head.link], &[head])
                .unwrap()
                .is_sound()
        );
        let grown = world
            .service
            .consistency(&world.auditor, position, position + 9)
            .unwrap();
        assert!(grown.from == head && grown.holds(), "{grown:?}");
    }
    let newest = world.store.journal_head().unwrap();
    let before = PastMoment::from(entries[0].at - chrono::TimeDelta::microseconds(1));
    for until in [
        JournalEnd::Position(0),
        JournalEnd::Position(newest + 1),
        JournalEnd::Moment(before),
    ] {
        assert_eq!(export(until).unwrap_err().code(), "no-such-entry", "{until:?}");
    }
    assert_eq!(
        world.store.journal_head().unwrap(),
        newest,
        "what is refused is not journalled"
    );
}

/// Numbers that follow from a seed (xorshift).
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(limit).unwrap()).unwrap()
    }
}

/// A file that somebody changed.
struct Tampered {
    /// What was done.
    how: String,
    bytes: Vec<u8>,
    /// The lines from 1 at which it must be found; none where the end is missing.
    lines: Vec<u64>,
}

impl Tampered {
    fn by_chance(sound: &[u8], dice: &mut Dice) -> Self {
        let lines: Vec<&[u8]> = sound.split_inclusive(|byte| *byte == b'\n').collect();
        let one = dice.below(lines.len());
        let mut now = lines.clone();
        let line = |place: usize| u64::try_from(place + 1).unwrap();
        let (how, lines) = match dice.below(8) {
            0 => {
                let other = dice.below(lines.len() - 1);
                let other = if other >= one { other + 1 } else { other };
                now.swap(one, other);
                (format!("{one} and {other} swapped"), vec![line(one), line(other)])
            }
            1 => {
                now.remove(one);
                let is_last = one == now.len();
                let found = if is_last { Vec::new() } else { vec![line(one)] };
                (format!("{one} dropped"), found)
            }
            2 => {
                now.insert(one, lines[one]);
                (format!("{one} doubled"), vec![line(one + 1)])
            }
            3 => {
                let at = dice.below(sound.len());
                return Self {
                    how: format!("cut off before byte {at}"),
                    bytes: sound[..at].to_vec(),
                    lines: Vec::new(),
                };
            }
            _ => return Self::flipped(sound, dice),
        };
        Self {
            how,
            bytes: now.concat(),
            lines,
        }
    }

    fn flipped(sound: &[u8], dice: &mut Dice) -> Self {
        let bit = dice.below(sound.len() * 8);
        let mut bytes = sound.to_vec();
        bytes[bit / 8] ^= 1 << (bit % 8);
        let line = sound[..bit / 8].split(|byte| *byte == b'\n').count();
        Self {
            how: format!("bit {bit} flipped"),
            bytes,
            lines: vec![u64::try_from(line).unwrap()],
        }
    }

    /// Each place is named, at its line or at the next, and nothing before the first.
    fn is_found(&self, file: &Path, number: usize) {
        fs::write(file, &self.bytes).unwrap();
        let followed = verify_journal_file(file, &[], &[]).unwrap();
        let told = format!("{number}: {}: {:?}", self.how, followed.faults);
        let found: Vec<u64> = followed.faults.iter().filter_map(line_of).collect();
        for line in &self.lines {
            assert!(
                found.iter().any(|found| found.abs_diff(*line) <= 1),
                "line {line}, {told}"
            );
        }
        match self.lines.iter().min() {
            Some(first) => assert!(found.iter().all(|found| found >= first), "{told}"),
            None => assert!(followed.faults.contains(&Fault::Truncated), "{told}"),
        }
    }
}

/// The line of a fault; the end of a file has none.
const fn line_of(fault: &Fault) -> Option<u64> {
    match fault {
        Fault::Line { line } | Fault::Entry { line, .. } | Fault::Head { line } => Some(*line),
        Fault::Truncated => None,
    }
}
