//! The dossier of a subproject: complete, checkable by itself, the same for the same state, as it was at past moments.

use std::{fs, io::Read as _};

use calamine::{Data, Reader as _, Xlsx, open_workbook_from_rs};
use chrono::{DateTime, TimeDelta, Utc};
use nachweis_domain::{
    access::{Role, Scope},
    finding::Code,
    key::SubprojectNo,
    language::Language,
    money::Money,
    past_moment::PastMoment,
    record::{Action, Sha256, UploadId, WaiverId},
};
use nachweis_service::{ErrorClass, Missing, ServiceError, WaiverRequest, WrittenDossier};
use nachweis_store::OPERATOR;
use sha2::{Digest as _, Sha256 as Hasher};
use zip::ZipArchive;

use crate::{
    Story,
    retention::pay_to,
    world::{OURS, THEIRS, World, day, moment, no, programme, quarter},
};

pub(crate) const STORIES: &[Story] = &[
    (
        "a_dossier_holds_every_original_byte_for_byte_and_the_hash_of_every_file",
        complete,
    ),
    ("a_changed_byte_of_a_dossier_is_found_by_its_hashes", changed),
    (
        "the_same_state_gives_the_same_dossier_whatever_happens_beside_it",
        same,
    ),
    (
        "the_dossier_of_a_past_moment_is_the_one_that_was_given_then",
        as_of,
    ),
    ("a_dossier_is_for_auditors_and_managers", for_whom),
];

/// The files of a package in their order.
pub(crate) fn unpacked(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut zip = ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    (0..zip.len())
        .map(|at| {
            let mut file = zip.by_index(at).unwrap();
            let mut content = Vec::new();
            file.read_to_end(&mut content).unwrap();
            (file.name().unwrap().into_owned(), content)
        })
        .collect()
}

fn hash(bytes: &[u8]) -> Sha256 {
    Sha256(Hasher::digest(bytes).into())
}

/// The files whose hash is not the one in the list, which names all others.
pub(crate) fn differing(files: &[(String, Vec<u8>)]) -> Vec<&str> {
    let (list, others) = files.split_last().unwrap();
    assert_eq!(list.0, "SHA256SUMS");
    let sums = String::from_utf8(list.1.clone()).unwrap();
    assert_eq!(sums.lines().count(), others.len());
    let lines = sums.lines().zip(others);
    lines
        .filter(|(line, (name, bytes))| *line != format!("{}  {name}", hash(bytes)))
        .map(|(_, (name, _))| name.as_str())
        .collect()
}

pub(crate) fn export(world: &World, until: Option<PastMoment>) -> (WrittenDossier, Vec<u8>) {
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("dossier.zip");
    let written = world
        .service
        .export_dossier(&world.auditor, &no(), until, Language::De, &to)
        .unwrap();
    let bytes = fs::read(&to).unwrap();
    assert_eq!(
        fs::read_dir(folder.path()).unwrap().count(),
        1,
        "nothing is left beside it"
    );
    (written, bytes)
}

/// Two revisions of our quarter: one returned, one accepted.
fn lived(world: &World) -> [UploadId; 2] {
    let first = world.upload(&world.figures(3)).upload.id;
    world.service.submit(&world.lead, first, &[]).unwrap();
    world.service.endorse(&world.coordinator, first).unwrap();
    world
        .service
        .return_to_lead(&world.manager, first, "Bitte Beleg 3 erläutern.")
        .unwrap();
    let second = world.upload(&world.figures(4)).upload.id;
    world.service.submit(&world.lead, second, &[]).unwrap();
    world.accept(second);
    [first, second]
}

fn sheets(workbook: &[u8]) -> Vec<String> {
    let book: Xlsx<_> = open_workbook_from_rs(std::io::Cursor::new(workbook.to_vec())).unwrap();
    book.sheet_names()
}

/// All texts of a sheet.
fn texts(workbook: &[u8], sheet: &str) -> Vec<String> {
    let mut book: Xlsx<_> = open_workbook_from_rs(std::io::Cursor::new(workbook.to_vec())).unwrap();
    let mut reader = book.worksheet_cells_reader(sheet).unwrap();
    let mut found = Vec::new();
    while let Some(cell) = reader.next_cell().unwrap() {
        found.push(Data::from(cell.get_value().clone()).to_string());
    }
    found
}

/// The reason of a hold on theirs.
const OF_THEM: &str = "Verfahren gegen andere.";

/// What happens to others: an upload, a waiver asked for, a hold, a payment.
fn beside(world: &World) {
    let (service, them) = (&world.service, SubprojectNo::new(THEIRS));
    let bytes = world.filled_for(THEIRS, &world.figures(5));
    service
        .receive_upload(&world.other_lead, &them, quarter(), "theirs.xlsx", bytes)
        .unwrap();
    let request = waiver_until(moment("2024-11-15T12:00:00Z"));
    service.ask_waiver(&world.other_lead, &them, &request).unwrap();
    service.place_hold(&world.manager, &them, OF_THEM).unwrap();
    pay_to(world, THEIRS, day(2024, 9, 30));
}

fn complete(world: &World) {
    beside(world);
    let ids = lived(world);
    let waiver = ask(world, moment("2024-10-15T12:00:00Z"));
    let service = &world.service;
    service
        .grant_waiver(&world.manager, waiver, None, "Auszug liegt vor.")
        .unwrap();
    let (written, bytes) = export(world, None);
    let files = unpacked(&bytes);
    let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(
        names,
        [
            "README.txt",
            "dossier.xlsx",
            "originals/2024-Q3-r1-Q3.xlsx",
            "originals/2024-Q3-r2-Q3.xlsx",
            "journal.jsonl",
            "manifest.json",
            "SHA256SUMS",
        ]
    );
    assert_eq!((written.files, written.originals), (7, 2));
    assert_eq!(differing(&files), [""; 0]);
    assert_eq!(written.sums, hash(&files[6].1));
    for (id, (_, kept)) in ids.iter().zip(&files[2..]) {
        assert!(*kept == world.service.original(&world.lead, *id).unwrap().1);
    }
    let steps = texts(&files[1].1, "Vorgänge");
    for text in [
        "lena",
        "cora",
        "mia",
        "Bitte Beleg 3 erläutern.",
        "zurückgegeben",
        "angenommen",
    ] {
        assert!(steps.iter().any(|cell| cell == text), "{text}: {steps:?}");
    }
    let waivers = texts(&files[1].1, "Ausnahmen");
    for text in [
        "FIN-04",
        "in Kraft",
        "Die Bank buchte später.",
        "erteilt",
        "Auszug liegt vor.",
        "mia",
    ] {
        assert!(waivers.iter().any(|cell| cell == text), "{text}: {waivers:?}");
    }
    assert!(
        texts(&files[1].1, "Stammdaten")
            .iter()
            .any(|cell| cell.contains(OURS))
    );
    let whole = String::from_utf8_lossy(&bytes);
    assert!(!whole.contains(THEIRS), "nothing of another subproject");
    for sheet in sheets(&files[1].1) {
        let cells = texts(&files[1].1, &sheet);
        let of_them = cells
            .iter()
            .find(|cell| ["otto", OF_THEM].contains(&cell.as_str()));
        assert_eq!(of_them, None, "{sheet}");
    }
    let times = |sheet, text| {
        texts(&files[1].1, sheet)
            .iter()
            .filter(|cell| *cell == text)
            .count()
    };
    assert_eq!(
        (times("Auszahlungen", "1000"), times("Planfassungen", "EECO01")),
        (0, 1)
    );
    let journal = String::from_utf8(files[4].1.clone()).unwrap();
    let head = format!("\"position\":{}", written.head.position);
    assert!(journal.lines().last().unwrap().contains(&head), "{journal}");
    // The journal itself names what was given out.
    let last = world.store.journal(0, 10_000).unwrap().pop().unwrap();
    assert_eq!((last.action, last.object.as_str()), (Action::Exported, OURS));
    assert!(last.detail.contains(&written.sums.to_string()), "{}", last.detail);
}

fn changed(world: &World) {
    lived(world);
    let (_, bytes) = export(world, None);
    let files = unpacked(&bytes);
    for at in 0..files.len() - 1 {
        let mut files = files.clone();
        let middle = files[at].1.len() / 2;
        files[at].1[middle] ^= 1;
        let name = files[at].0.clone();
        assert_eq!(differing(&files), [name]);
    }
}

fn same(world: &World) {
    lived(world);
    let (_, first) = export(world, None);
    world.hand.turn_to(moment("2024-11-01T00:00:00Z"));
    // What happens to others, and exports, change nothing here.
    let theirs = world.filled_for(THEIRS, &world.figures(3));
    let them = SubprojectNo::new(THEIRS);
    world
        .service
        .receive_upload(&world.other_lead, &them, quarter(), "theirs.xlsx", theirs)
        .unwrap();
    let (_, second) = export(world, None);
    assert!(first == second, "the same state gives the same bytes");
}

/// Dossiers as they were given, with a moment at which they were still the newest.
struct Given<'a> {
    world: &'a World,
    day: DateTime<Utc>,
    dossiers: Vec<(DateTime<Utc>, Vec<u8>)>,
}

impl Given<'_> {
    /// Gives one, and goes on to the next day.
    fn give(&mut self) {
        let bytes = export(self.world, None).1;
        self.dossiers.push((self.day + TimeDelta::hours(1), bytes));
        self.day += TimeDelta::days(1);
        self.world.hand.turn_to(self.day);
    }
}

fn as_of(world: &World) {
    let mut given = Given {
        world,
        day: moment("2024-10-15T12:00:00Z"),
        dossiers: Vec::new(),
    };
    given.give();
    let mut wrong = world.figures(3);
    wrong.vouchers.rows[1].amount = Some(Money::from_euro(90));
    world.upload(&wrong);
    given.give();
    let no_workbook = b"PK no workbook".to_vec();
    let refused = world
        .service
        .receive_upload(&world.lead, &no(), quarter(), "kein.xlsx", no_workbook);
    assert!(refused.is_err());
    given.give();
    let id = world.upload(&world.figures(3)).upload.id;
    world.service.submit(&world.lead, id, &[]).unwrap();
    given.give();
    world.accept(id);
    given.give();
    let mut later = programme(&world.round);
    "Ein neuer Titel".clone_into(&mut later.subprojects[0].0.title);
    world
        .store
        .import_programme(&world.round.code, "later.csv", &later, OPERATOR, given.day)
        .unwrap();
    given.give();
    let waiver = ask(world, given.day);
    given.give();
    let service = &world.service;
    service
        .grant_waiver(&world.manager, waiver, None, "Nachgewiesen.")
        .unwrap();
    given.give();
    close_and_reopen(world, given.day);
    given.give();
    for (at, bytes) in &given.dossiers {
        let again = export(world, Some(PastMoment::from(*at))).1;
        assert!(again == *bytes, "the dossier of {at}");
    }
    let mut pairs = given.dossiers.windows(2);
    assert!(pairs.all(|pair| pair[0].1 != pair[1].1), "every step shows");
}

fn waiver_until(until: DateTime<Utc>) -> WaiverRequest {
    WaiverRequest {
        code: Code::Fin04,
        first: quarter(),
        last: quarter(),
        reason: "Die Bank buchte später.".to_owned(),
        until,
    }
}

/// Asks for a waiver as the lead.
fn ask(world: &World, now: DateTime<Utc>) -> WaiverId {
    let request = waiver_until(now + TimeDelta::days(30));
    let asked = world.service.ask_waiver(&world.lead, &no(), &request).unwrap();
    asked.waiver.id
}

/// Closes the quarter and opens it again for us, by two people.
fn close_and_reopen(world: &World, now: DateTime<Utc>) {
    let second = world.account("max", Role::Manager, Scope::All);
    world
        .service
        .close_quarter(
            &world.manager,
            &world.round.code,
            quarter(),
            Missing::Acknowledged,
        )
        .unwrap();
    let until = now + TimeDelta::days(20);
    let asked = world
        .service
        .request_reopening(&world.manager, &no(), quarter(), "Ein Beleg fehlt.", until)
        .unwrap();
    world.service.confirm_reopening(&second, asked.record.id).unwrap();
}

fn for_whom(world: &World) {
    lived(world);
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("dossier.zip");
    let ask = |caller, no: &str| {
        let no = SubprojectNo::new(no);
        world.service.export_dossier(caller, &no, None, Language::En, &to)
    };
    for caller in [&world.auditor, &world.manager] {
        ask(caller, OURS).unwrap();
    }
    for caller in [&world.lead, &world.coordinator] {
        assert!(matches!(ask(caller, OURS), Err(ServiceError::Forbidden(_))));
    }
    for (caller, no) in [
        (&world.other_lead, OURS),
        (&world.admin, OURS),
        (&world.auditor, "IQ23-XX-999"),
    ] {
        assert_eq!(ask(caller, no).unwrap_err().class(), ErrorClass::NotFound);
    }
    for (at, code) in [("2022-01-01", "as-of-early"), ("2999-01-01", "as-of-future")] {
        let at = Some(at.parse().unwrap());
        let refused = world
            .service
            .export_dossier(&world.auditor, &no(), at, Language::De, &to);
        assert_eq!(refused.unwrap_err().code(), code);
    }
}
