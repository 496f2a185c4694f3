//! `Ausgaben`: one row per plan item.

use nachweis_domain::{
    language::Text,
    round::{FundingRound, ItemKind},
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
        kind: SheetKind::Expenditure,
        title: Text::new("Ausgaben", "Expenditure"),
        intro: Text::new(
            "Bitte je Einzelansatz die Ausgaben dieses Quartals in Euro eintragen, bei Fehlanzeige 0. Pauschalen rechnet die Vorlage.",
            "Please enter the expenditure of this quarter in euro for each plan item, 0 for none. Flat rates are computed.",
        ),
        columns: columns(version),
        rows: rows(round),
    }
}

fn columns(version: Version) -> Vec<Column> {
    let mut columns = vec![
        super::key(18),
        super::name(48, ("Einzelansatz", "Plan item")),
        Column::new(
            ColumnKey::PlanYear,
            Kind::Money,
            Source::Prefilled,
            16,
            ("Plan des Jahres", "Plan of the year"),
        ),
    ];
    if version == Version::V2026 {
        columns.push(Column::new(
            ColumnKey::SpentBefore,
            Kind::Money,
            Source::Prefilled,
            16,
            ("Bisher seit Beginn", "So far since the start"),
        ));
    }
    columns.extend([
        Column::new(
            ColumnKey::EarlierYear,
            Kind::Money,
            Source::Prefilled,
            16,
            ("Frühere Quartale des Jahres", "Earlier quarters of the year"),
        ),
        Column::new(
            ColumnKey::Amount,
            Kind::Money,
            Source::Input { required: true },
            16,
            ("Dieses Quartal", "This quarter"),
        )
        .hint(
            "Ausgaben dieses Quartals in Euro, zum Beispiel 1.234,56; 0, wenn nichts ausgegeben wurde. Die Belege müssen dieselbe Summe ergeben.",
            "Expenditure of this quarter in euro, 0 if nothing was spent. The vouchers must give the same sum.",
        ),
        Column::new(
            ColumnKey::VoucherSum,
            Kind::Money,
            Source::Aid(Formula::VoucherSum),
            16,
            ("Summe der Belege", "Sum of vouchers"),
        ),
        Column::new(
            ColumnKey::Remaining,
            Kind::Money,
            Source::Computed(Formula::InRow {
                plus: &[ColumnKey::PlanYear],
                minus: &[ColumnKey::EarlierYear, ColumnKey::Amount],
            }),
            16,
            ("Rest des Jahres", "Remaining in the year"),
        ),
    ]);
    columns
}

fn rows(round: &FundingRound) -> Vec<Row> {
    let item = |spec: &nachweis_domain::round::PlanItemSpec| {
        let row = Row::typed(spec.key.as_str(), &spec.name);
        match &spec.kind {
            ItemKind::Actual => row,
            ItemKind::FlatRate { base, rate, .. } => row.of_kind(RowKind::FlatRate {
                base: base.clone(),
                rate: *rate,
            }),
            ItemKind::Income => Row {
                deducted: true,
                ..row
            },
        }
    };
    round.plan_items.iter().map(item).chain([Row::total()]).collect()
}
