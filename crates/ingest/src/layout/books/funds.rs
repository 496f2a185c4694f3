//! `Mittel`: one row per source of finance.

use nachweis_domain::{language::Text, round::FundingRound};

use super::super::{
    cell::Formula,
    column::{Column, ColumnKey, Kind, Source},
    row::Row,
    sheet::{Sheet, SheetKind},
    version::Version,
};

pub(super) fn sheet(version: Version, round: &FundingRound) -> Sheet {
    let sources = round
        .sources
        .iter()
        .map(|source| Row::typed(source.key.as_str(), &source.name));
    Sheet {
        kind: SheetKind::Funds,
        title: Text::new("Mittel", "Funds"),
        intro: Text::new(
            "Bitte je Mittelherkunft eintragen, was in diesem Quartal abgerufen, eingegangen und verausgabt wurde, bei Fehlanzeige 0.",
            "Please enter for each source what was called, received and spent in this quarter, 0 for none.",
        ),
        columns: columns(version),
        rows: sources.chain([Row::total()]).collect(),
    }
}

fn columns(version: Version) -> Vec<Column> {
    let mut columns = vec![super::key(14), super::name(30, ("Mittelherkunft", "Source"))];
    if version == Version::V2026 {
        columns.push(prefilled(
            ColumnKey::PlanTotal,
            ("Plan insgesamt", "Plan in total"),
        ));
    }
    columns.extend([
        prefilled(ColumnKey::CalledBefore, ("Bisher abgerufen", "Called so far")),
        prefilled(ColumnKey::ReceivedBefore, ("Bisher eingegangen", "Received so far")),
        prefilled(ColumnKey::SpentBefore, ("Bisher verausgabt", "Spent so far")),
        input(
            ColumnKey::Called,
            ("Im Quartal abgerufen", "Called in the quarter"),
            ("Abgerufene Mittel dieses Quartals in Euro, bei Fehlanzeige 0.", "Money called in this quarter in euro, 0 for none."),
        ),
        input(
            ColumnKey::Received,
            ("Im Quartal eingegangen", "Received in the quarter"),
            ("Eingegangene Mittel dieses Quartals in Euro, bei Fehlanzeige 0.", "Money received in this quarter in euro, 0 for none."),
        ),
        input(
            ColumnKey::Spent,
            ("Im Quartal verausgabt", "Spent in the quarter"),
            (
                "Aus dieser Quelle finanzierte Ausgaben dieses Quartals. Alle Quellen zusammen ergeben die Ausgaben.",
                "Expenditure of this quarter paid from this source. All sources together give the expenditure.",
            ),
        ),
    ]);
    if version == Version::V2026 {
        columns.push(Column::new(
            ColumnKey::Remaining,
            Kind::Money,
            Source::Computed(Formula::InRow {
                plus: &[ColumnKey::PlanTotal],
                minus: &[ColumnKey::SpentBefore, ColumnKey::Spent],
            }),
            16,
            ("Rest", "Remaining"),
        ));
    }
    columns
}

fn prefilled(key: ColumnKey, header: (&str, &str)) -> Column {
    Column::new(key, Kind::Money, Source::Prefilled, 16, header)
}

fn input(key: ColumnKey, header: (&str, &str), hint: (&str, &str)) -> Column {
    Column::new(key, Kind::Money, Source::Input { required: true }, 16, header).hint(hint.0, hint.1)
}
