//! The sheet of subprojects: master data, grant and what the reports show of each.

use nachweis_domain::{
    language::{Language, Text},
    ledger::{Ledger, SubprojectState},
    money::Money,
    region::RegionSplit,
    subproject::{AwardPath, Subproject, SubprojectKind},
};

use super::{
    book::Book,
    rows::{Rows, SheetKind, column},
};
use crate::{ColumnKind, GroupBy, ReportError, ReportName, ReportRequest, Table, Value, build};

const KIND: SheetKind = SheetKind {
    name: ("Teilvorhaben", "Subprojects"),
    about: (
        "Stammdaten, Bewilligung und Summen jedes Teilvorhabens, wie die Berichte sie zeigen",
        "Master data, grant and sums of every subproject as the reports show them",
    ),
    columns: &[
        column("Teilvorhaben", "Subproject", ColumnKind::Text, 14),
        column("Titel", "Title", ColumnKind::Text, 34).wrapped(),
        column("Träger", "Carrier", ColumnKind::Text, 26).wrapped(),
        column("Art", "Kind", ColumnKind::Text, 17).wrapped(),
        column("Netzwerk", "Network", ColumnKind::Text, 12),
        column("Land", "Land", ColumnKind::Text, 17).wrapped(),
        column("NUTS 2", "NUTS 2", ColumnKind::Text, 18).wrapped(),
        column("Regionenkategorie", "Category of region", ColumnKind::Text, 24).wrapped(),
        column("Förderstrang", "Funding strand", ColumnKind::Text, 20).wrapped(),
        column("Handlungsfeld", "Action field", ColumnKind::Text, 24).wrapped(),
        column("Bewilligt von", "Grant from", ColumnKind::Date, 12),
        column("Bewilligt bis", "Grant until", ColumnKind::Date, 12),
        column("Zuwendungsweg", "Way of the grant", ColumnKind::Text, 17).wrapped(),
        column(
            "Geltende Planfassung",
            "Plan version in effect",
            ColumnKind::Count,
            11,
        ),
        column("Bewilligt (€)", "Awarded (€)", ColumnKind::Money, 15),
        column("Gemeldet (€)", "Reported (€)", ColumnKind::Money, 15),
        column("Angenommen (€)", "Accepted (€)", ColumnKind::Money, 15),
        column("Ausgezahlt (€)", "Paid out (€)", ColumnKind::Money, 15),
    ],
};

/// The amounts that the report on budget burn shows of each subproject, in the order of the columns.
const SUMS: [&str; 4] = ["awarded", "reported", "accepted", "paid_out"];

/// Writes the sheet.
pub(super) fn write(ledger: &Ledger, book: &mut Book) -> Result<(), ReportError> {
    let request = ReportRequest {
        name: ReportName::Burn,
        group_by: Some(GroupBy::Subproject),
        quarter: None,
        on: None,
    };
    let burn = build(&request, ledger)?;
    let mut rows = book.rows(&KIND)?;
    for (index, state) in ledger.subprojects.iter().enumerate() {
        rows.begin()?;
        master_data(&mut rows, ledger, &state.subproject)?;
        rows.count(state.plan_on(ledger.day()).map(|plan| plan.number.into()))?;
        for sum in SUMS {
            let of_report = burn.tables.first();
            rows.money(of_report.and_then(|table| amount(table, (index, state), sum)))?;
        }
    }
    rows.finish()
}

fn master_data(rows: &mut Rows<'_>, ledger: &Ledger, subproject: &Subproject) -> Result<(), ReportError> {
    let language = rows.language();
    let nationwide = language.pick("bundesweit", "nationwide");
    rows.text(subproject.no.as_str())?;
    rows.text(&subproject.title)?;
    rows.text(&subproject.carrier.name)?;
    rows.text(kind_name(subproject.kind).get(language))?;
    match &subproject.network {
        Some(network) => rows.text(network.as_str())?,
        None => rows.skip(),
    }
    rows.text(subproject.land.map_or(nationwide, |land| land.name()))?;
    match subproject.nuts2 {
        Some(nuts2) => rows.display(format_args!("{} {}", nuts2.code(), nuts2.facts().name))?,
        None => rows.skip(),
    }
    rows.text(&categories(&subproject.regions, language))?;
    let round = &ledger.round;
    let strand = round
        .strands
        .iter()
        .find(|strand| strand.key == subproject.strand);
    rows.text(strand.map_or(subproject.strand.as_str(), |strand| strand.name.get(language)))?;
    let field = round
        .action_fields
        .iter()
        .find(|field| field.key == subproject.action_field);
    rows.text(field.map_or(subproject.action_field.as_str(), |field| field.name.get(language)))?;
    rows.date(Some(subproject.grant_period.first))?;
    rows.date(Some(subproject.grant_period.last))?;
    match &subproject.award_path {
        AwardPath::Direct => rows.text(language.pick("unmittelbar", "direct")),
        AwardPath::PassedOn { via } => {
            let passed_on = language.pick("weitergeleitet über", "passed on via");
            rows.display(format_args!("{passed_on} {via}"))
        }
    }
}

/// The amount in a subproject's row of the report. Rows stand in the order of the ledger, and the number proves it.
fn amount(table: &Table, (index, state): (usize, &SubprojectState), column: &str) -> Option<Money> {
    let row = table.rows.get(index)?;
    let place = |key: &str| table.columns.iter().position(|each| each.key == key);
    let is_this = *row.get(place("no")?)? == Value::text(state.subproject.no.as_str());
    match row.get(place(column)?)? {
        Value::Money(amount) if is_this => Some(*amount),
        _ => None,
    }
}

/// One category, or the shares of several.
pub(crate) fn categories(regions: &RegionSplit, language: Language) -> String {
    let shares = regions.shares();
    let parts = shares.iter().map(|(category, share)| {
        let name = category.name();
        let name = name.get(language);
        if shares.len() == 1 {
            name.to_owned()
        } else {
            // Exact, as it divides amounts; other places round to one decimal.
            let percent = share.percent().normalize().to_string();
            let percent = language.pick(&percent.replace('.', ","), &percent).to_owned();
            format!("{name}: {percent}\u{a0}%")
        }
    });
    parts.collect::<Vec<_>>().join("; ")
}

/// The name of a kind for people.
pub(crate) fn kind_name(kind: SubprojectKind) -> Text {
    match kind {
        SubprojectKind::Regional => Text::new("regionales Teilvorhaben", "regional subproject"),
        SubprojectKind::Coordination => Text::new("Koordination", "coordination"),
        SubprojectKind::NetworkingProject => Text::new("Vernetzungsprojekt", "networking project"),
        SubprojectKind::CompetenceCentre => Text::new("Fachstelle", "competence centre"),
        SubprojectKind::Operation => Text::new("sonstiges Vorhaben", "other operation"),
    }
}
