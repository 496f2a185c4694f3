//! Our own format: one table each for networks, subprojects, plan, sources, targets and disbursements
//! (`fixtures/programme/README.md`). A file with a fault is not imported at all: half a plan is none.

use std::collections::BTreeMap;

use nachweis_domain::{
    key::{NetworkCode, RoundCode},
    language::Text,
    plan::PlanVersion,
    round::FundingRound,
    subproject::{RegionalNetwork, Subproject},
};

use super::{ImportOptions, ProgrammeError, ProgrammeFile, TakenRow};
use crate::RawSheet;

mod field;
mod payments;
mod plans;
mod subproject;
mod table;

use field::{Faults, Record};
use plans::Plans;
use table::Table;

/// The tables with their columns.
const TABLES: [(&str, &[&str]); 6] = [
    ("networks", &["round", "code", "name", "land"]),
    (
        "subprojects",
        &[
            "no",
            "round",
            "kind",
            "title",
            "carrier",
            "network",
            "land",
            "nuts2",
            "regions",
            "strand",
            "action_field",
            "grant_first",
            "grant_last",
            "award_path",
            "note",
        ],
    ),
    (
        "plan",
        &[
            "no",
            "version",
            "effective_from",
            "recorded_at",
            "item",
            "year",
            "amount",
        ],
    ),
    ("sources", &["no", "version", "source", "amount"]),
    ("targets", &["no", "version", "indicator", "target"]),
    ("disbursements", &["no", "paid_on", "source", "amount"]),
];

/// Whether the sheets are tables of our own format.
pub(super) fn is_own(sheets: &[RawSheet]) -> bool {
    sheets.iter().any(|sheet| {
        let columns = TABLES
            .iter()
            .find(|(name, _)| *name == sheet.name)
            .map(|(_, columns)| *columns);
        columns.is_some_and(|columns| Table::of(sheet).has_any(columns))
    })
}

/// Reads a file of our own format.
pub(super) fn read(
    round: &FundingRound,
    sheets: &[RawSheet],
    options: &ImportOptions,
) -> Result<ProgrammeFile, ProgrammeError> {
    let mut file = ProgrammeFile::default();
    let mut faults = Faults::default();
    let tables = tables(sheets, &mut file.notes);
    let records = |name: &str| tables.get(name).map(Table::records).unwrap_or_default();
    for record in records("networks") {
        file.import.networks.extend(network(&record, &mut faults));
    }
    let mut plans = Plans::new(options.recorded_at);
    for record in records("plan") {
        plans.add_item(&record, &mut faults);
    }
    for record in records("sources") {
        plans.add_source(&record, &mut faults);
    }
    for record in records("targets") {
        plans.add_target(&record, &mut faults);
    }
    file.import.disbursements = payments::read(&records("disbursements"), &mut faults);
    for record in records("subprojects") {
        if let Some(subproject) = subproject::read(round, &record, &mut faults) {
            let versions = plans.take(&subproject.no);
            if versions.is_empty() {
                faults.add(
                    &record,
                    "no",
                    "Das Teilvorhaben hat keine Zeilen in der Tabelle „plan“.",
                    "The subproject has no rows in the table \"plan\".",
                );
            }
            take(round, &record, &subproject, versions, &mut file);
        }
    }
    // Plans without a row of their subproject: it is recorded already, or the check of the import names it.
    file.import.plans = plans.take_all();
    match faults.into_texts() {
        faults if faults.is_empty() => Ok(file),
        faults => Err(ProgrammeError::Faults { faults }),
    }
}

fn take(
    round: &FundingRound,
    record: &Record<'_>,
    subproject: &Subproject,
    versions: Vec<PlanVersion>,
    file: &mut ProgrammeFile,
) {
    if let Some(first) = versions.first() {
        file.rows_taken.push(TakenRow {
            sheet: record.table().to_owned(),
            row: record.row_number(),
            no: subproject.no.clone(),
            amount: first.awarded(round),
            notes: Vec::new(),
        });
    }
    let versions = versions.into_iter().map(|plan| (subproject.clone(), plan));
    file.import.subprojects.extend(versions);
}

/// The tables by name; foreign sheets and columns are named, never dropped in silence.
fn tables<'a>(sheets: &'a [RawSheet], notes: &mut Vec<Text>) -> BTreeMap<&'static str, Table<'a>> {
    let mut tables = BTreeMap::new();
    for sheet in sheets {
        let Some((name, columns)) = TABLES.iter().find(|(name, _)| *name == sheet.name) else {
            notes.push(Text::new(
                format!(
                    "Die Tabelle „{}“ gehört nicht zum Format und wurde nicht gelesen.",
                    sheet.name
                ),
                format!(
                    "The table \"{}\" does not belong to the format and was not read.",
                    sheet.name
                ),
            ));
            continue;
        };
        let table = Table::of(sheet);
        for column in table.columns().filter(|column| !columns.contains(column)) {
            notes.push(Text::new(
                format!("[{name}]: Die Spalte „{column}“ ist unbekannt und wurde nicht gelesen."),
                format!("[{name}]: the column \"{column}\" is unknown and was not read."),
            ));
        }
        tables.insert(*name, table);
    }
    tables
}

fn network(record: &Record<'_>, faults: &mut Faults) -> Option<RegionalNetwork> {
    let round = record.required("round", faults);
    let code = record.required("code", faults);
    let name = record.required("name", faults);
    let land = record.optional("land", faults);
    Some(RegionalNetwork {
        round: RoundCode::new(round?),
        code: NetworkCode::new(code?),
        name: name?,
        land,
    })
}
