//! The control totals of the audit workbook open to the rows that they add up: every link is followed, and the rows that a
//! reader finds there with the filter that stands beside it are added up.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    io::Cursor,
};

use calamine::{Data, DataType, Reader, Xlsx};
use nachweis_domain::{key::SubprojectNo, language::Language, ledger::Ledger, plan::PlanVersion};
use nachweis_report::audit::{AuditTotals, write, write_in_sheets};

use crate::{
    made_up::{self, MadeUp},
    package,
    record::MadeUpRecord,
    sources::links,
};

/// Sheet and row.
type Place = (String, u32);

/// A workbook as a reader sees it: cells, and where they lead.
struct Book {
    sheets: BTreeMap<String, BTreeMap<(u32, u32), Data>>,
    links: BTreeMap<(String, u32, u32), String>,
    order: Vec<String>,
}

impl Book {
    fn open(bytes: &[u8]) -> Self {
        let parts = package::parts(bytes);
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
        let order = book.sheet_names();
        let (mut sheets, mut all) = (BTreeMap::new(), BTreeMap::new());
        for (index, name) in order.iter().enumerate() {
            let mut cells = BTreeMap::new();
            let mut reader = book.worksheet_cells_reader(name).unwrap();
            while let Some(cell) = reader.next_cell().unwrap() {
                let value: Data = cell.get_value().clone().into();
                cells.insert(cell.get_position(), value);
            }
            sheets.insert(name.clone(), cells);
            for (from, to) in links(&parts[&format!("xl/worksheets/sheet{}.xml", index + 1)]) {
                let (row, col) = position(&from);
                all.insert((name.clone(), row, col), to);
            }
        }
        Self {
            sheets,
            links: all,
            order,
        }
    }

    fn cell(&self, (sheet, row): &Place, col: u32) -> Data {
        let cell = self.sheets[sheet].get(&(*row, col));
        cell.cloned().unwrap_or(Data::Empty)
    }

    fn text(&self, place: &Place, col: u32) -> String {
        self.cell(place, col).to_string()
    }

    /// The amount in cents, or the count, in either of two columns.
    fn number(&self, place: &Place, (money, count): (u32, u32)) -> Option<i64> {
        let cents = self.cell(place, money).as_f64().map(cents);
        cents.or_else(|| self.cell(place, count).as_f64().map(whole))
    }

    /// The column under a heading of the first row.
    fn column(&self, sheet: &str, heading: &str) -> u32 {
        let mut headings = self.sheets[sheet].range((0, 0)..(1, 0));
        let found = headings.find(|(_, cell)| **cell == *heading);
        found.unwrap_or_else(|| panic!("{heading} is not on {sheet}")).0.1
    }

    /// The rows of a range: `'Zahlen'!A2:R61`.
    fn range(&self, to: &str) -> Vec<Place> {
        let (sheet, cells) = to.split_once('!').unwrap();
        let sheet = sheet.trim_matches('\'').to_owned();
        let (first, last) = cells.split_once(':').unwrap_or((cells, cells));
        let (first, last) = (position(first), position(last));
        assert_eq!(first.1, 0, "{to}: from the first column");
        let filled = |row: &u32| self.sheets[&sheet].contains_key(&(*row, 0));
        let rows: Vec<u32> = (first.0..=last.0).filter(filled).collect();
        assert_eq!(
            rows.len(),
            usize::try_from(last.0 - first.0 + 1).unwrap(),
            "{to}: rows are there"
        );
        rows.into_iter().map(|row| (sheet.clone(), row)).collect()
    }
}

/// Row and column of a cell, counted from zero.
fn position(cell: &str) -> (u32, u32) {
    let letters = cell.trim_end_matches(|char: char| char.is_ascii_digit());
    let col = letters
        .bytes()
        .fold(0, |col, letter| col * 26 + u32::from(letter - b'A') + 1);
    (cell[letters.len()..].parse::<u32>().unwrap() - 1, col - 1)
}

/// The cents of an amount in a cell.
fn cents(euro: f64) -> i64 {
    format!("{euro:.2}").replace('.', "").parse().unwrap()
}

/// A count in a cell.
fn whole(count: f64) -> i64 {
    format!("{count:.0}").parse().unwrap()
}

/// Which rows are added up, read from the words beside a control total.
#[derive(Debug)]
struct Filter {
    column: String,
    conditions: Vec<(String, Vec<String>)>,
    deducted: Option<(String, Vec<String>)>,
    counts_sums: bool,
}

impl Filter {
    fn read(said: &str) -> Self {
        let (said, counts_sums) = match said.split_once(" – ") {
            Some((said, _)) => (said, true),
            None => (said, false),
        };
        let filter = said.split_once(", Filter: ").or(said.split_once(", filter: "));
        let (place, rest) = filter.or(said.split_once("; ")).unwrap_or((said, ""));
        let mut column = place.rsplit(['„', '“']).map(|part| part.trim_matches(['”', '“']));
        let column = column.find(|part| !part.is_empty()).unwrap().to_owned();
        let (mut conditions, mut deducted) = (Vec::new(), None);
        for condition in rest.split("; ").filter(|condition| !condition.is_empty()) {
            let (name, values) = condition.split_once(" = ").unwrap();
            let values = values.replace(" or ", " oder ");
            let values: Vec<String> = values.split(" oder ").map(str::to_owned).collect();
            match name
                .strip_prefix("abgezogen: ")
                .or(name.strip_prefix("deducted: "))
            {
                Some(name) => deducted = Some((name.to_owned(), values)),
                None => conditions.push((name.to_owned(), values)),
            }
        }
        Self {
            column,
            conditions,
            deducted,
            counts_sums,
        }
    }

    /// The rows that it picks, with their signed numbers.
    fn pick(&self, book: &Book, rows: &[Place]) -> Vec<(Place, i64)> {
        let is = |row: &Place, (heading, values): &(String, Vec<String>)| {
            let said = book.text(row, book.column(&row.0, heading));
            values.iter().any(|value| match value.as_str() {
                "(leer)" | "(empty)" => said.is_empty(),
                "die geltende (Blatt „Teilvorhaben“)" | "the one in effect (sheet “Subprojects”)" => {
                    said == in_effect(book, &book.text(row, 0))
                }
                value => *value == said,
            })
        };
        let picked = rows
            .iter()
            .filter(|row| self.conditions.iter().all(|each| is(row, each)));
        let number = |row: &Place| {
            let number = book.cell(row, book.column(&row.0, &self.column)).as_f64();
            let number = number.map_or(0, if self.column.contains('€') { cents } else { whole });
            if self.deducted.as_ref().is_some_and(|each| is(row, each)) {
                -number
            } else {
                number
            }
        };
        picked.map(|row| (row.clone(), number(row))).collect()
    }

    /// What the picked rows come to.
    fn total(&self, book: &Book, picked: &[(Place, i64)]) -> i64 {
        if !self.counts_sums {
            return picked.iter().map(|(_, number)| number).sum();
        }
        let mut sums: BTreeMap<Vec<String>, i64> = BTreeMap::new();
        let mut places = BTreeSet::new();
        for (row, number) in picked {
            let headings: &[&str] = match book.sheets[&row.0][&(0, 1)].to_string().as_str() {
                "Quartal" => &["Quartal", "Schlüssel", "Angabe"],
                "Quarter" => &["Quarter", "Key", "Part"],
                "Paid on" => &["Paid on", "Key"],
                _ => &["Ausgezahlt am", "Schlüssel"],
            };
            let key = headings
                .iter()
                .map(|heading| book.text(row, book.column(&row.0, heading)));
            *sums.entry(key.collect()).or_default() += number;
        }
        for (mut key, sum) in sums {
            key.truncate(2);
            if sum != 0 {
                places.insert(key);
            }
        }
        i64::try_from(places.len()).unwrap()
    }
}

/// The plan version in effect, from the sheet of subprojects.
fn in_effect(book: &Book, no: &str) -> String {
    let sheet = book
        .order
        .iter()
        .find(|name| ["Teilvorhaben", "Subprojects"].contains(&name.as_str()));
    let sheet = sheet.unwrap();
    let heading = if sheet == "Teilvorhaben" {
        "Geltende Planfassung"
    } else {
        "Plan version in effect"
    };
    let row = book.sheets[sheet]
        .iter()
        .find(|((_, col), cell)| *col == 0 && **cell == *no);
    let ((row, _), _) = row.unwrap();
    book.text(&(sheet.clone(), *row), book.column(sheet, heading))
}

/// What following all links found.
#[derive(Debug, Default)]
struct Followed {
    /// Numbers of control totals that lead somewhere.
    numbers: usize,
    /// Blocks that they lead to.
    blocks: BTreeSet<Place>,
    /// Links from a block to rows.
    to_rows: usize,
    /// Subprojects that count in part.
    divided: usize,
    /// Blocks without rows.
    empty: usize,
}

const COUNTS_HERE: (u32, u32) = (1, 2);
const SUM_OF_ROWS: (u32, u32) = (3, 4);
const ROWS: u32 = 5;
const FILTER: u32 = 6;

/// Follows every link of the control totals to its block, and every link of the block to its rows.
fn follow(book: &Book) -> Followed {
    let mut followed = Followed::default();
    // All lines of the sheets of sources, one after the other.
    let sheets = book.order.iter();
    let sheets = sheets.filter(|name| name.starts_with("Quellen") || name.starts_with("Sources"));
    let lines: Vec<Place> = sheets
        .flat_map(|sheet| {
            let rows: BTreeSet<u32> = book.sheets[sheet].keys().map(|(row, _)| *row).collect();
            let below_headings = rows.into_iter().skip(1);
            below_headings.map(|row| (sheet.clone(), row)).collect::<Vec<_>>()
        })
        .collect();
    let controls = [
        "Kontrollsummen",
        "Kontrollsummen Berichte",
        "Control totals",
        "Control totals of reports",
    ];
    for sheet in controls.map(str::to_owned) {
        let Some(cells) = book.sheets.get(&sheet) else {
            continue;
        };
        let of_reports = sheet.contains(' ') && sheet != "Control totals";
        for ((row, col), value) in cells {
            if value.as_f64().is_none() || !value.is_float() && !value.is_int() {
                continue;
            }
            let from = format!("{sheet} {row} {col}");
            let to = book.links.get(&(sheet.clone(), *row, *col));
            let to = to.unwrap_or_else(|| panic!("{from} leads nowhere"));
            let (index, cell) = to.split_once('!').unwrap();
            let head = (index.trim_matches('\'').to_owned(), position(cell).0);
            followed.numbers += 1;
            // The block is that of the control total, and adds up to its rows.
            let of_rows = if *col < 5 { 4 } else { 7 };
            let shown = book.number(&(sheet.clone(), *row), (of_rows, 7));
            let shown = if *col < 5 {
                shown
            } else {
                book.cell(&(sheet.clone(), *row), 7).as_f64().map(whole)
            };
            assert_eq!(book.number(&head, COUNTS_HERE), shown, "{from}");
            assert!(
                book.text(&head, 0)
                    .ends_with(&book.text(&(sheet.clone(), *row), 1)),
                "{from}"
            );
            let back = &book.links[&(head.0.clone(), head.1, 0)];
            let (back_sheet, back_cell) = back.split_once('!').unwrap();
            assert_eq!(
                (back_sheet.trim_matches('\''), position(back_cell)),
                (sheet.as_str(), (*row, of_rows)),
                "{from}: the block leads back"
            );
            if followed.blocks.insert(head.clone()) {
                let place = lines.iter().position(|line| *line == head).unwrap();
                let below = lines[place + 1..].iter();
                let below: Vec<Place> = below
                    .take_while(|line| book.text(line, FILTER).is_empty())
                    .cloned()
                    .collect();
                block(book, &head, &below, (of_reports, &mut followed));
            }
        }
    }
    followed
}

/// Adds up a block: its lines to the control total, and the rows that they lead to, to the lines.
fn block(book: &Book, head: &Place, lines: &[Place], (of_reports, followed): (bool, &mut Followed)) {
    let (title, said) = (book.text(head, 0), book.text(head, FILTER));
    let (mut sum, mut at) = (0, 0);
    while let Some(line) = lines.get(at) {
        let name = book.text(line, 0);
        if ["keine Zeilen", "no rows"].contains(&name.as_str()) {
            followed.empty += 1;
            at += 1;
            continue;
        }
        let part = book.number(line, COUNTS_HERE).unwrap();
        let all = book.number(line, SUM_OF_ROWS).unwrap();
        sum += part;
        // Rows of a subproject may stand on several sheets.
        let mut rows = Vec::new();
        let first = at;
        while let Some(line) = lines.get(at) {
            if at > first && (name.is_empty() || book.text(line, 0) != name) {
                break;
            }
            rows.extend(book.range(&book.links[&(line.0.clone(), line.1, ROWS)]));
            followed.to_rows += 1;
            at += 1;
        }
        let found = if name.is_empty() {
            i64::try_from(rows.len()).unwrap()
        } else {
            assert!(
                rows.iter().all(|row| book.text(row, 0) == name),
                "{title}: {name}"
            );
            let filter = Filter::read(&said);
            let picked = filter.pick(book, &rows);
            assert!(!picked.is_empty(), "{title}: {name}: {filter:?}");
            filter.total(book, &picked)
        };
        assert_eq!(found, all, "{title}: {name}: {said}");
        followed.divided += usize::from(part != all);
        assert!(part == all || of_reports, "{title}: {name}");
    }
    assert_eq!(Some(sum), book.number(head, COUNTS_HERE), "{title}");
}

/// Subprojects of which one is divided over categories, and some have changed their plans.
fn ledger() -> Ledger {
    let mut ledger = MadeUp {
        subprojects: 8,
        last: Some((2023, 3)),
        seed: 5,
    }
    .ledger();
    ledger.subprojects[1].subproject.regions = made_up::nationwide();
    for state in ledger.subprojects.iter_mut().step_by(3) {
        let before = state.plans[0].clone();
        state.plans.push(PlanVersion {
            number: 2,
            recorded_at: before.recorded_at,
            ..before
        });
    }
    ledger
}

fn written(ledger: &Ledger, language: Language, rows_per_sheet: Option<u32>) -> (AuditTotals, Book) {
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("audit.xlsx");
    let mut record = MadeUpRecord::new(ledger, 3);
    let totals = match rows_per_sheet {
        Some(rows) => write_in_sheets(&mut record, ledger, language, &to, rows),
        None => write(&mut record, ledger, language, &to),
    };
    (totals.unwrap(), Book::open(&fs::read(to).unwrap()))
}

#[test]
fn every_number_of_the_control_totals_leads_to_rows_that_add_up_to_it() {
    let ledger = ledger();
    for language in Language::ALL {
        let (totals, book) = written(&ledger, language, None);
        assert!(totals.agree(), "{:?}", totals.differences().collect::<Vec<_>>());
        let followed = follow(&book);
        assert_eq!(followed.blocks.len(), totals.controls.len());
        assert!(followed.numbers > 2 * totals.controls.len(), "{followed:?}");
        assert!(followed.to_rows > totals.controls.len(), "{followed:?}");
        assert!(followed.divided > 0, "{followed:?}");
        let all = followed.numbers + followed.blocks.len() + followed.to_rows;
        assert_eq!(book.links.len(), all, "no link was left out");
    }
}

#[test]
fn rows_on_further_sheets_are_linked_one_sheet_after_the_other() {
    let ledger = ledger();
    let (totals, book) = written(&ledger, Language::En, Some(100));
    for sheet in ["Sources 2", "Figures 2", "Vouchers 2"] {
        assert!(book.order.iter().any(|name| name == sheet), "{:?}", book.order);
    }
    assert_eq!(follow(&book).blocks.len(), totals.controls.len());
}

#[test]
fn what_is_of_no_subproject_of_the_round_is_a_line_of_its_own() {
    let whole = ledger();
    let mut ledger = whole.clone();
    ledger.subprojects[7].subproject.no = SubprojectNo::new("IQ23-ZZ-999");
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("audit.xlsx");
    let totals = write(&mut MadeUpRecord::new(&whole, 3), &ledger, Language::De, &to).unwrap();
    assert!(!totals.agree());
    let book = Book::open(&fs::read(to).unwrap());
    let others: Vec<Place> = book.sheets["Quellen"]
        .iter()
        .filter(|(_, cell)| **cell == *"ohne Teilvorhaben der Förderrunde")
        .map(|((row, _), _)| ("Quellen".to_owned(), *row))
        .collect();
    assert!(!others.is_empty());
    for line in others {
        assert!(book.number(&line, COUNTS_HERE).is_some_and(|rest| rest != 0));
        assert!(!book.links.contains_key(&(line.0.clone(), line.1, ROWS)));
    }
}
