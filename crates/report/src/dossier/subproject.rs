//! Master data in all versions.

use nachweis_domain::{
    dossier::{Dossier, RecordedSubproject},
    key::NetworkCode,
    language::{Language, Text},
    subproject::AwardPath,
};

use super::{count, maybe};
use crate::{
    Column, ColumnKind, Table, Value,
    audit::subprojects::{categories, kind_name},
};

/// One row for each version.
pub(super) fn table(dossier: &Dossier) -> Table {
    let text = |key, de, en, width| Column::new(key, ColumnKind::Text, de, en).wide(width);
    Table {
        key: "master_data",
        title: Text::new("Stammdaten", "Master data"),
        columns: vec![
            Column::new("version", ColumnKind::Count, "Fassung", "Version"),
            Column::new("recorded_at", ColumnKind::Time, "Erfasst am", "Recorded at"),
            text("title", "Titel", "Title", 40),
            text("carrier", "Träger", "Carrier", 30),
            text("kind", "Art", "Kind", 20),
            text("network", "Netzwerk", "Network", 14),
            text("land", "Land", "Land", 20),
            text("nuts2", "NUTS 2", "NUTS 2", 20),
            text("regions", "Regionenkategorie", "Category of region", 30),
            text("strand", "Förderstrang", "Funding strand", 24),
            text("field", "Handlungsfeld", "Action field", 24),
            Column::new("first_day", ColumnKind::Date, "Bewilligt von", "Grant from"),
            Column::new("last_day", ColumnKind::Date, "Bewilligt bis", "Grant until"),
            text("award_path", "Zuwendungsweg", "Way of the grant", 24),
        ],
        rows: dossier
            .versions
            .iter()
            .map(|version| row(dossier, version))
            .collect(),
        totals: None,
    }
}

fn row(dossier: &Dossier, version: &RecordedSubproject) -> Vec<Value> {
    let (round, subproject) = (&dossier.round, &version.subproject);
    let strand = round
        .strands
        .iter()
        .find(|strand| strand.key == subproject.strand);
    let field = round
        .action_fields
        .iter()
        .find(|field| field.key == subproject.action_field);
    let regions = |language: Language| categories(&subproject.regions, language);
    vec![
        count(version.number),
        Value::Time(version.recorded_at),
        Value::text(&subproject.title),
        Value::text(&subproject.carrier.name),
        Value::term(subproject.kind.as_str(), kind_name(subproject.kind)),
        maybe(subproject.network.as_ref().map(NetworkCode::as_str)),
        subproject.land.map_or_else(
            || Value::term("nationwide", Text::new("bundesweit", "nationwide")),
            |land| Value::text(land.name()),
        ),
        subproject.nuts2.map_or(Value::Empty, |nuts2| {
            Value::text(format!("{} {}", nuts2.code(), nuts2.facts().name))
        }),
        Value::term("regions", Text::new(regions(Language::De), regions(Language::En))),
        strand.map_or_else(
            || Value::text(subproject.strand.as_str()),
            |strand| Value::term(strand.key.as_str(), strand.name.clone()),
        ),
        field.map_or_else(
            || Value::text(subproject.action_field.as_str()),
            |field| Value::term(field.key.as_str(), field.name.clone()),
        ),
        Value::Date(subproject.grant_period.first),
        Value::Date(subproject.grant_period.last),
        match &subproject.award_path {
            AwardPath::Direct => Value::term("direct", Text::new("unmittelbar", "direct")),
            AwardPath::PassedOn { via } => Value::term(
                "passed_on",
                Text::new(
                    format!("weitergeleitet über {via}"),
                    format!("passed on via {via}"),
                ),
            ),
        },
    ]
}
