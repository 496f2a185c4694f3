//! `Kennzahlen`: the programme's own counters. Contacts are not persons advised are not participants.

use nachweis_domain::{
    language::Text,
    round::{CounterSpec, FundingRound},
};

use super::super::{
    cell::Formula,
    column::{Column, ColumnKey, Kind, Source},
    row::{Row, RowKind},
    sheet::{Sheet, SheetKind},
    version::Version,
};

pub(super) fn sheet(version: Version, round: &FundingRound) -> Sheet {
    Sheet {
        kind: SheetKind::Counters,
        title: Text::new("Kennzahlen des Programms", "Counters of the programme"),
        intro: Text::new(
            "Bitte die Zahlen dieses Quartals eintragen, bei Fehlanzeige 0. Kontakte sind keine beratenen Personen, beratene Personen keine Teilnehmenden.",
            "Please enter the numbers of this quarter, 0 for none. Contacts are not persons advised, persons advised are not participants.",
        ),
        columns: columns(version),
        rows: round.counters.iter().map(row).collect(),
    }
}

fn row(spec: &CounterSpec) -> Row {
    let row = Row::typed(spec.key.as_str(), &spec.name);
    if spec.sum_of.is_empty() {
        return row;
    }
    row.of_kind(RowKind::SumOf {
        parts: spec.sum_of.iter().map(ToString::to_string).collect(),
    })
}

fn columns(version: Version) -> Vec<Column> {
    let count = Column::new(
        ColumnKey::Count,
        Kind::Count,
        Source::Input { required: true },
        16,
        ("Dieses Quartal", "This quarter"),
    )
    .hint(
        "Anzahl in diesem Quartal als ganze Zahl, bei Fehlanzeige 0.",
        "Number in this quarter as a whole number, 0 for none.",
    );
    let before = Column::new(
        ColumnKey::Before,
        Kind::Count,
        Source::Prefilled,
        16,
        ("Bisher", "So far"),
    );
    let mut columns = vec![super::key(30), super::name(60, ("Kennzahl", "Counter"))];
    match version {
        Version::V2023 => columns.extend([before, count]),
        // Entry first, then what it adds up to: the order in which the figure comes about.
        Version::V2026 => columns.extend([
            count,
            before,
            Column::new(
                ColumnKey::Cumulative,
                Kind::Count,
                Source::Computed(Formula::InRow {
                    plus: &[ColumnKey::Before, ColumnKey::Count],
                    minus: &[],
                }),
                16,
                ("Kumuliert", "Cumulative"),
            ),
        ]),
    }
    columns
}
