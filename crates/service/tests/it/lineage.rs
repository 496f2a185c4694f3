//! Numbers of reports, drilled down to the cells of the workbooks that were handed in.

use std::{collections::BTreeMap, io::Cursor};

use calamine::{Data, Reader, Xlsx};
use nachweis_domain::{
    access::{Caller, Role, Scope},
    key::SubprojectNo,
    language::Language,
    past_moment::PastMoment,
    record::{Sha256, Upload, UploadId},
};
use nachweis_service::{
    GroupBy, ReportName, ReportRequest, ServiceError, Value, View,
    numbers::{Amount, LineagePage, Made, OpenTerm, Place, Source},
    render,
};
use nachweis_store::{OPERATOR, Original, rule_version};

use crate::{
    Story,
    world::{THEIRS, World, moment, no, quarter},
};

pub(crate) const STORIES: &[Story] = &[
    ("numbers_of_reports_lead_to_the_cells_of_the_originals", drilled),
    ("a_number_opens_to_what_its_reader_may_see_only", own_only),
    ("plans_and_payments_say_who_recorded_them", recorded),
    (
        "a_lead_who_also_reads_all_reports_opens_the_own_numbers",
        both_roles,
    ),
    (
        "every_link_of_a_workbook_ends_at_cells_plans_and_payments",
        followed,
    ),
    (
        "a_workbook_of_a_report_carries_the_cells_behind_its_numbers",
        carried,
    ),
];

/// Numbers that one run drills down: more in the long run.
fn sample() -> usize {
    if std::env::var_os("NACHWEIS_TEST_LONG").is_some() {
        1_000
    } else {
        300
    }
}

fn carried(world: &World) {
    handed_in(world);
    let request = ReportRequest {
        name: ReportName::Burn,
        group_by: None,
        quarter: None,
        on: None,
    };
    let of = |caller: &Caller| {
        let code = &world.round.code;
        world
            .service
            .report_with_sources(caller, code, (&request, None), None, Language::De)
    };
    let rows = rows_of;
    let all = rows(of(&world.auditor).unwrap());
    let names = |rows: &[Vec<Data>], no: &str| {
        let of_cells =
            |row: &&Vec<Data>| row[0] == Data::String(no.into()) && row[6] == Data::String("Ausgaben".into());
        rows.iter().filter(of_cells).count()
    };
    assert!(names(&all, "IQ23-NW-001") > 0 && names(&all, THEIRS) > 0);
    let with_hash = all
        .iter()
        .filter(|row| matches!(&row[10], Data::String(hash) if hash.len() == 64));
    assert!(with_hash.count() > 4);
    let own = rows(of(&world.lead).unwrap());
    assert!(names(&own, "IQ23-NW-001") > 0);
    assert_eq!(names(&own, THEIRS), 0, "a lead sees the own cells only");
    let refused = of(&world.admin).unwrap_err();
    assert!(matches!(refused, ServiceError::Forbidden(_)), "{refused:?}");
    assert!(
        of(&world.auditor).unwrap() == of(&world.auditor).unwrap(),
        "the same bytes"
    );
}

/// When ours and theirs are handed in.
const OURS_AT: &str = "2024-10-15T12:30:00Z";
const THEIRS_AT: &str = "2024-10-15T13:00:00Z";

/// Our report accepted, theirs submitted.
fn handed_in(world: &World) {
    world.hand.turn_to(moment(OURS_AT));
    let ours = world.upload(&world.figures(700)).upload;
    world.service.submit(&world.lead, ours.id, &[]).unwrap();
    world.accept(ours.id);
    world.hand.turn_to(moment(THEIRS_AT));
    let theirs = world.filled_for(THEIRS, &world.figures(3));
    let theirs = world
        .service
        .receive_upload(
            &world.other_lead,
            &SubprojectNo::new(THEIRS),
            quarter(),
            "=Q3.xlsx",
            theirs,
        )
        .unwrap();
    world
        .service
        .submit(&world.other_lead, theirs.upload.id, &[])
        .unwrap();
}

/// What is asked for: the report, the view of corrections, the past moment.
pub(crate) type Asked<'a> = (&'a ReportRequest, Option<View>, Option<PastMoment>);

pub(crate) fn requests() -> impl Iterator<Item = ReportRequest> {
    let all = ReportName::ALL.iter();
    let all = all.flat_map(|name| name.groupings().iter().map(move |by| (*name, *by)));
    all.map(|(name, by)| ReportRequest {
        name,
        group_by: Some(by),
        quarter: None,
        on: None,
    })
}

/// Every number of every report in every grouping.
fn numbers(world: &World) -> Vec<(ReportRequest, Place, Value)> {
    let of_one = |request: ReportRequest| numbers_of(world, (&request, None, None));
    requests().flat_map(of_one).collect()
}

/// Every number of a report.
pub(crate) fn numbers_of(
    world: &World,
    (request, view, until): Asked<'_>,
) -> Vec<(ReportRequest, Place, Value)> {
    let mut numbers = Vec::new();
    let report = world
        .service
        .report_in_view(&world.auditor, &world.round.code, request, until, view)
        .unwrap();
    for table in &report.tables {
        for row in table.rows.iter().chain(&table.totals) {
            for (column, value) in table.columns.iter().zip(row) {
                if column.opens() && *value != Value::Empty {
                    let place = Place {
                        table: Some(table.key.to_owned()),
                        row: table.row_key(row),
                        column: column.unit_key(),
                    };
                    numbers.push((request.clone(), place, value.clone()));
                }
            }
        }
    }
    numbers
}

/// All pages of a number, small ones.
fn opened(
    world: &World,
    caller: &Caller,
    request: &ReportRequest,
    place: &Place,
) -> (LineagePage, Vec<OpenTerm>) {
    opened_in(world, caller, (request, None, None), place)
}

/// All pages of a number in a view, as it was known at a moment.
pub(crate) fn opened_in(
    world: &World,
    caller: &Caller,
    (request, view, until): Asked<'_>,
    place: &Place,
) -> (LineagePage, Vec<OpenTerm>) {
    let page = |after| {
        let code = &world.round.code;
        let page = world
            .service
            .lineage(caller, code, (request, view), place, until, (after, 7));
        page.unwrap_or_else(|error| panic!("{request:?} {place:?}: {error:?}"))
    };
    let first = page(0);
    let (mut terms, mut next) = (first.terms.clone(), first.next);
    while let Some(after) = next {
        let further = page(after);
        terms.extend(further.terms);
        next = further.next;
    }
    assert_eq!(terms.len(), first.count);
    (first, terms)
}

/// The originals as an independent reader sees them.
#[derive(Default)]
pub(crate) struct Originals(BTreeMap<UploadId, Xlsx<Cursor<Vec<u8>>>>);

impl Originals {
    #[expect(
        clippy::disallowed_methods,
        reason = "the sheets are those that this test wrote"
    )]
    /// The number in a cell like `D17`: cents or a count.
    fn number(&mut self, world: &World, id: UploadId, (sheet, cell): (&str, &str), is_money: bool) -> i64 {
        let digits = cell.find(|char: char| char.is_ascii_digit()).unwrap();
        let (letters, row) = cell.split_at(digits);
        let col = letters
            .bytes()
            .fold(0, |col, letter| col * 26 + u32::from(letter - b'A') + 1);
        let row: u32 = row.parse().unwrap();
        let workbook = self.0.entry(id).or_insert_with(|| {
            let (_, bytes) = world.service.original(&world.auditor, id).unwrap();
            Xlsx::new(Cursor::new(bytes)).unwrap()
        });
        let range = workbook.worksheet_range(sheet).unwrap();
        match range.get_value((row - 1, col - 1)) {
            Some(Data::Float(number)) if is_money => format!("{number:.2}").replace('.', "").parse().unwrap(),
            Some(Data::Float(number)) => format!("{number:.0}").parse().unwrap(),
            other => panic!("{sheet}!{cell}: {other:?}"),
        }
    }
}

fn drilled(world: &World) {
    handed_in(world);
    let numbers = numbers(world);
    assert!(numbers.len() > 1_000, "{}", numbers.len());
    let mut originals = Originals::default();
    let (mut cells, mut origins) = (0, Origins::default());
    // A walk through all of them in the same steps each time, which share no factor with their count.
    let mut at = 17;
    for _ in 0..sample() {
        at = (at + 7_919) % numbers.len();
        let (request, place, value) = &numbers[at];
        let terms = drill(world, (request, None, None), place, value);
        for open in &terms {
            cells += check_cells(world, &mut originals, open);
            origins.check(world, open);
        }
    }
    assert!(cells > 100, "{cells}");
    assert!(origins.uploads > 100 && origins.recorded > 4, "{origins:?}");
}

/// Where terms come from, compared with what was done and with the record.
#[derive(Debug, Default)]
struct Origins {
    hashes: BTreeMap<UploadId, Sha256>,
    uploads: usize,
    recorded: usize,
}

impl Origins {
    fn check(&mut self, world: &World, open: &OpenTerm) {
        if let Some(upload) = &open.upload {
            self.uploads += 1;
            self.check_upload(world, open, upload);
        }
        if let Some(recorded) = &open.recorded {
            self.recorded += 1;
            let kept = world
                .context(open.term.subproject.as_str(), quarter())
                .plan
                .recorded_at;
            assert_eq!((recorded.at, recorded.by), (kept, Some(OPERATOR)), "{open:?}");
        }
    }

    /// The hash is that of the bytes, the rest what was done.
    fn check_upload(&mut self, world: &World, open: &OpenTerm, upload: &Upload) {
        let hash = self.hashes.entry(upload.id).or_insert_with(|| {
            let (_, bytes) = world.service.original(&world.auditor, upload.id).unwrap();
            Original::new(bytes).sha256()
        });
        let (by, at, file) = if upload.subproject.as_str() == THEIRS {
            (&world.other_lead, THEIRS_AT, "=Q3.xlsx")
        } else {
            (&world.lead, OURS_AT, "Q3.xlsx")
        };
        assert_eq!(upload.sha256, *hash);
        assert_eq!(
            (upload.uploaded_by, upload.uploaded_at, &*upload.file_name),
            (by.user, moment(at), file)
        );
        assert_eq!(upload.template_version, world.round.template_version);
        assert_eq!(upload.rule_version, rule_version(&world.round).unwrap());
        assert_eq!(
            (&upload.subproject, upload.quarter, upload.revision),
            (&open.term.subproject, quarter(), 1)
        );
        assert_eq!(world.store.upload(upload.id).unwrap().as_ref(), Some(upload));
    }
}

/// Opens a number and makes it again from its parts; its terms.
pub(crate) fn drill(world: &World, asked: Asked<'_>, place: &Place, value: &Value) -> Vec<OpenTerm> {
    let (first, terms) = opened_in(world, &world.auditor, asked, place);
    assert_eq!(
        first.lineage.value,
        Amount::from(value.clone()),
        "{asked:?} {place:?}"
    );
    let made = match first.lineage.made {
        Made::Formula(..) => first.lineage.made.clone(),
        Made::Sum(_) => Made::Sum(terms.iter().map(|open| open.term.clone()).collect()),
    };
    assert_eq!(
        made.recompute(value_of(&first)).as_ref(),
        Some(value_of(&first)),
        "{asked:?} {place:?}"
    );
    terms
}

const fn value_of(page: &LineagePage) -> &Amount {
    &page.lineage.value
}

/// Compares the cells of a term with the original; how many there were.
pub(crate) fn check_cells(world: &World, originals: &mut Originals, open: &OpenTerm) -> usize {
    if !matches!(open.term.source, Source::Cells { .. } | Source::Correction { .. }) {
        return 0;
    }
    let upload = open.upload.as_ref().unwrap();
    let is_money = matches!(open.term.whole, Amount::Money(_));
    for cell in &open.cells {
        let at = (cell.at.sheet(), &*cell.at.a1());
        let found = originals.number(world, upload.id, at, is_money);
        assert_eq!(found, cell.value, "{}", cell.at);
    }
    open.cells.len()
}

fn burn(row: &str, column: &str) -> (ReportRequest, Place) {
    let request = ReportRequest {
        name: ReportName::Burn,
        group_by: None,
        quarter: None,
        on: None,
    };
    let place = Place {
        table: None,
        row: row.to_owned(),
        column: column.to_owned(),
    };
    (request, place)
}

fn own_only(world: &World) {
    handed_in(world);
    let (request, place) = burn("total", "reported");
    let (_, all) = opened(world, &world.auditor, &request, &place);
    let (_, own) = opened(world, &world.lead, &request, &place);
    assert!(own.iter().all(|open| open.term.subproject == no()));
    assert!(!own.is_empty() && own.len() < all.len());
    let (request, foreign) = burn(&format!("total/{THEIRS}"), "forecast");
    let asked = world.service.lineage(
        &world.lead,
        &world.round.code,
        (&request, None),
        &foreign,
        None,
        (0, 10),
    );
    let never = world.service.lineage(
        &world.lead,
        &world.round.code,
        (&request, None),
        &burn("total/IQ23-XX-999", "forecast").1,
        None,
        (0, 10),
    );
    let [asked, never] = [asked, never].map(Result::unwrap_err);
    assert_eq!(asked.code(), "report-number");
    assert_eq!(
        asked.code(),
        never.code(),
        "a foreign subproject is answered like one that never was"
    );
    let refused = world.service.lineage(
        &world.admin,
        &world.round.code,
        (&request, None),
        &place,
        None,
        (0, 10),
    );
    assert!(matches!(refused, Err(ServiceError::Forbidden(_))), "{refused:?}");
}

/// A lead who reads the reports of everything besides loses nothing: the own terms open, those of others are shown and stay shut.
fn both_roles(world: &World) {
    handed_in(world);
    let both = Caller {
        user: world.lead.user,
        grants: [
            world.lead.grants.clone(),
            world.account("mona", Role::Ministry, Scope::All).grants,
        ]
        .concat(),
    };
    let (request, place) = burn("total", "reported");
    let (_, all) = opened(world, &world.auditor, &request, &place);
    let (_, own) = opened(world, &world.lead, &request, &place);
    let (page, seen) = opened(world, &both, &request, &place);
    assert_eq!(seen.len(), all.len());
    assert!(
        own.iter()
            .all(|open| open.upload.is_some() && seen.contains(open))
    );
    for open in seen.iter().filter(|open| open.term.subproject != no()) {
        assert!(
            open.is_withheld && open.upload.is_none() && open.cells.is_empty(),
            "{open:?}"
        );
    }
    assert!(own.len() < seen.len());
    let csv = String::from_utf8(render::lineage_csv(&page, Language::De)).unwrap();
    assert!(csv.contains(";Zellen;") && csv.contains(";angenommen;"), "{csv}");
    let code = &world.round.code;
    let workbook = |caller: &Caller| {
        world
            .service
            .report_with_sources(caller, code, (&request, None), None, Language::De)
    };
    let rows = rows_of(workbook(&both).unwrap());
    let of_cells = |row: &&Vec<Data>, no: &str| {
        row[0] == Data::String(no.into()) && row[1] == Data::String("Zellen".into())
    };
    let with_hash = |row: &&Vec<Data>| matches!(&row[10], Data::String(hash) if hash.len() == 64);
    let ours = rows.iter().filter(|row| of_cells(row, "IQ23-NW-001"));
    assert!(ours.clone().count() > 0 && ours.clone().all(|row| with_hash(&row)));
    let theirs = rows.iter().filter(|row| of_cells(row, THEIRS));
    assert!(theirs.clone().count() > 0 && !theirs.clone().any(|row| with_hash(&row)));
    let ministry = Caller {
        user: both.user,
        grants: both
            .grants
            .iter()
            .filter(|grant| grant.role == Role::Ministry)
            .cloned()
            .collect(),
    };
    let refused = workbook(&ministry).unwrap_err();
    assert!(matches!(refused, ServiceError::Forbidden(_)), "{refused:?}");
}

#[expect(clippy::disallowed_methods, reason = "a workbook of our own making")]
fn rows_of(bytes: Vec<u8>) -> Vec<Vec<Data>> {
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
    let sources = workbook.worksheet_range("Quellen").unwrap();
    sources.rows().map(<[Data]>::to_vec).collect()
}

/// What cells of the first column of the sources link to on the same sheet, by row.
fn links_of(bytes: &[u8]) -> BTreeMap<usize, usize> {
    let workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes.to_vec())).unwrap();
    let names = workbook.sheet_names();
    let sheet = names.iter().position(|name| name == "Quellen").unwrap() + 1;
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut file = archive
        .by_name(&format!("xl/worksheets/sheet{sheet}.xml"))
        .unwrap();
    let mut part = String::new();
    std::io::Read::read_to_string(&mut file, &mut part).unwrap();
    let links = part.split("<hyperlink ref=\"A").skip(1);
    let within = links.filter_map(|link| {
        let (row, rest) = link.split_once('"')?;
        let to = rest.split_once("location=\"")?.1.split_once('"')?.0;
        let to = to.trim_matches('\'').strip_prefix("Quellen")?;
        let to = to.trim_matches('\'').strip_prefix("!A")?;
        Some((row.parse().ok()?, to.parse().ok()?))
    });
    within.collect()
}

/// Every line of the sources is whole itself, or leads to a block; so does every line of that.
fn followed(world: &World) {
    handed_in(world);
    let text = |row: &[Data], col: usize| row[col].to_string();
    // Counts and reports are made of nothing but the record: one grouping of these shows it.
    let is_followed = |request: &ReportRequest| match request.name {
        ReportName::Burn => !matches!(
            request.group_by,
            Some(GroupBy::Network | GroupBy::ActionField | GroupBy::Round)
        ),
        ReportName::Indicators => request.group_by == Some(GroupBy::Round),
        _ => true,
    };
    for request in requests().filter(is_followed) {
        let code = &world.round.code;
        let asked = (&request, None);
        let bytes = world
            .service
            .report_with_sources(&world.auditor, code, asked, None, Language::De)
            .unwrap();
        let (links, rows) = (links_of(&bytes), rows_of(bytes));
        let (mut cells, mut led) = (0, 0);
        for (number, row) in (1..).zip(&rows) {
            let has = |cols: &[usize]| cols.iter().all(|col| row[*col] != Data::Empty);
            match text(row, 1).as_str() {
                "Zellen" | "Berichtigung" => {
                    assert!(
                        has(&[6, 7, 8, 9]) && text(row, 10).len() == 64,
                        "{request:?} {row:?}"
                    );
                    cells += 1;
                }
                "Plan" | "Zahlung" => assert!(has(&[5, 12, 13]), "{request:?} {row:?}"),
                _ => {}
            }
            if let Some((place, _)) = text(row, 5).split_once(" · ") {
                let to = links.get(&number);
                let block = &rows[to.unwrap_or_else(|| panic!("{request:?} {row:?} leads nowhere")) - 1];
                assert!(
                    text(block, 0).starts_with(&format!("{place} · ")),
                    "{row:?} {block:?}"
                );
                assert_eq!(
                    if row[2] == Data::Empty { &row[3] } else { &row[2] },
                    &block[3],
                    "{request:?}: the same number"
                );
                led += 1;
            }
        }
        let has_cells = request.name != ReportName::Completeness;
        assert!(led > 0 && (cells > 0) == has_cells, "{request:?} {led} {cells}");
    }
}

fn recorded(world: &World) {
    let (request, place) = burn("total", "awarded");
    let (_, terms) = opened(world, &world.auditor, &request, &place);
    assert!(!terms.is_empty());
    for open in terms {
        assert!(matches!(open.term.source, Source::Plan { .. }), "{open:?}");
        assert!(open.recorded.is_some(), "{open:?}");
    }
}
