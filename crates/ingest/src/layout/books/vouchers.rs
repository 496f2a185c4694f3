//! `Belege`: one row per voucher; the list grows as long as needed.

use nachweis_domain::{language::Text, limits};

use super::super::{
    column::{Choice, Column, ColumnKey, Kind, Source},
    sheet::{Sheet, SheetKind},
};

pub(super) fn sheet() -> Sheet {
    Sheet {
        kind: SheetKind::Vouchers,
        title: Text::new("Belege", "Vouchers"),
        intro: Text::new(
            "Bitte jede Zahlung dieses Quartals in eine Zeile eintragen. Für Pauschalen werden keine Belege eingereicht.",
            "Please enter each payment of this quarter in a row. Flat rates need no vouchers.",
        ),
        columns: columns(),
        rows: Vec::new(),
    }
}

fn columns() -> Vec<Column> {
    const TEXT: Kind = Kind::Text {
        limit: limits::VOUCHER_TEXT.value,
    };
    const INPUT: Source = Source::Input { required: true };
    vec![
        Column::new(ColumnKey::Number, TEXT, INPUT, 16, ("Belegnummer", "Voucher number")).hint(
            "Eindeutige Nummer des Belegs in Ihrer Buchhaltung.",
            "Unique number of the voucher in your accounts.",
        ),
        Column::new(ColumnKey::PaidOn, Kind::Date, INPUT, 16, ("Zahlungsdatum", "Payment date")).hint(
            "Tag der Zahlung als Datum, zum Beispiel 31.12.2024. Er liegt im Berichtsquartal.",
            "Day of the payment as a date. It lies within the quarter of the report.",
        ),
        Column::new(ColumnKey::Payee, TEXT, INPUT, 30, ("Zahlungsempfänger", "Payee"))
            .hint(
                "Wer die Zahlung erhalten hat. Bei Teilnehmenden bitte nur „Teilnehmende“ schreiben.",
                "Who received the payment. For participants please write only \"participants\".",
            )
            .personal(),
        Column::new(ColumnKey::Purpose, TEXT, INPUT, 40, ("Verwendungszweck", "Purpose")).hint(
            "Wofür gezahlt wurde. Bitte keine Namen von Teilnehmenden.",
            "What was paid for. Please no names of participants.",
        ),
        Column::new(
            ColumnKey::Item,
            Kind::Choice(Choice::Item),
            INPUT,
            38,
            ("Einzelansatz", "Plan item"),
        )
        .hint(
            "Bitte einen Einzelansatz aus der Liste wählen.",
            "Please choose a plan item from the list.",
        ),
        Column::new(ColumnKey::Amount, Kind::Money, INPUT, 16, ("Betrag", "Amount")).hint(
            "Betrag in Euro, zum Beispiel 1.234,56. Negative Beträge nur als Korrektur eines früheren Quartals.",
            "Amount in euro. Negative amounts only as corrections of an earlier quarter.",
        ),
        Column::new(
            ColumnKey::Corrects,
            Kind::Quarter,
            Source::Input { required: false },
            16,
            ("Korrigiertes Quartal", "Corrected quarter"),
        )
        .hint(
            "Nur bei Korrekturen: das Quartal, das die Zeile berichtigt, zum Beispiel 2024-Q1.",
            "Only for corrections: the quarter that the row corrects, such as 2024-Q1.",
        ),
    ]
}
