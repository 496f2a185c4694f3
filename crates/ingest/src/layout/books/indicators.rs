//! `Indikatoren`: ESF+ common output and result indicators by gender.

use nachweis_domain::{
    language::Text,
    limits,
    round::{Counted, FundingRound, IndicatorSpec},
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
        kind: SheetKind::Indicators,
        title: Text::new("Indikatoren", "Indicators"),
        intro: Text::new(
            "Bitte die Zahlen dieses Quartals eintragen, nicht die kumulierten; bei Fehlanzeige 0. Eine leere Zelle gilt nicht als 0.",
            "Please enter the numbers of this quarter, not the cumulative ones; 0 for none. An empty cell does not count as 0.",
        ),
        columns: columns(version),
        rows: round.indicators.iter().map(|spec| row(round, spec)).collect(),
    }
}

fn row(round: &FundingRound, spec: &IndicatorSpec) -> Row {
    let reserved = round.reserved_sums.iter().find(|sum| sum.code == spec.code);
    Row {
        kind: reserved.map_or(RowKind::Typed, |sum| RowKind::SumOf {
            parts: sum.parts.iter().map(ToString::to_string).collect(),
        }),
        entities: spec.counts == Counted::Entities,
        ..Row::typed(spec.code.as_str(), &spec.name)
    }
}

fn columns(version: Version) -> Vec<Column> {
    let mut columns = vec![
        super::key(15),
        super::name(48, ("Indikator", "Indicator")),
        Column::new(
            ColumnKey::Target,
            Kind::Count,
            Source::Prefilled,
            11,
            ("Zielwert", "Target"),
        ),
        Column::new(
            ColumnKey::Before,
            Kind::Count,
            Source::Prefilled,
            11,
            ("Bisher", "So far"),
        ),
        gender(ColumnKey::Women, ("Frauen", "Women")),
        gender(ColumnKey::Men, ("Männer", "Men")),
        gender(ColumnKey::NonBinary, ("Nicht-binär", "Non-binary")),
        Column::new(
            ColumnKey::Total,
            Kind::Count,
            Source::Computed(Formula::InRow {
                plus: &[ColumnKey::Women, ColumnKey::Men, ColumnKey::NonBinary],
                minus: &[],
            }),
            11,
            ("Insgesamt", "Total"),
        )
        .hint(
            "Anzahl der Organisationen in diesem Quartal, bei Fehlanzeige 0. Für Personen rechnet die Vorlage.",
            "Number of organisations in this quarter, 0 for none. For persons it is computed.",
        ),
    ];
    if version == Version::V2026 {
        columns.push(Column::new(
            ColumnKey::Cumulative,
            Kind::Count,
            Source::Computed(Formula::InRow {
                plus: &[ColumnKey::Before, ColumnKey::Total],
                minus: &[],
            }),
            11,
            ("Kumuliert", "Cumulative"),
        ));
    }
    columns.extend([
        Column::new(
            ColumnKey::Corrects,
            Kind::Quarter,
            Source::Input { required: false },
            14,
            ("Korrigiertes Quartal", "Corrected quarter"),
        )
        .hint(
            "Nur wenn ein Wert negativ ist: das Quartal, das berichtigt wird, zum Beispiel 2024-Q1.",
            "Only if a value is negative: the quarter that is corrected, such as 2024-Q1.",
        ),
        Column::new(
            ColumnKey::Note,
            Kind::Text {
                limit: limits::VOUCHER_TEXT.value,
            },
            Source::Input { required: false },
            34,
            ("Begründung der Korrektur", "Reason for the correction"),
        )
        .hint(
            "Nur bei Korrekturen: warum der Wert fällt.",
            "Only for corrections: why the value falls.",
        ),
    ]);
    columns
}

fn gender(key: ColumnKey, header: (&str, &str)) -> Column {
    Column::new(key, Kind::Count, Source::Input { required: true }, 11, header).hint(
        "Anzahl in diesem Quartal als ganze Zahl, bei Fehlanzeige 0.",
        "Number in this quarter as a whole number, 0 for none.",
    )
}
