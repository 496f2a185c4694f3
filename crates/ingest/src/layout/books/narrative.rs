//! `Sachbericht`: the parts of the narrative report.

use nachweis_domain::{language::Text, limits, round::FundingRound};

use super::super::{
    column::{Column, ColumnKey, Kind, Source},
    row::Row,
    sheet::{Sheet, SheetKind},
};

pub(super) fn sheet(round: &FundingRound) -> Sheet {
    Sheet {
        kind: SheetKind::Narrative,
        title: Text::new("Sachbericht", "Narrative report"),
        intro: Text::new(
            "Bitte kurz und in ganzen Sätzen berichten, bei Fehlanzeige „keine“. Bitte keine Angaben zu einzelnen Personen.",
            "Please report briefly in whole sentences, \"none\" if there is nothing to say. Please no data on single persons.",
        ),
        columns: vec![
            super::key(14),
            super::name(32, ("Abschnitt", "Part")),
            Column::new(
                ColumnKey::Text,
                Kind::Text {
                    limit: limits::NARRATIVE.value,
                },
                Source::Input { required: true },
                100,
                ("Bericht", "Report"),
            )
            .hint(
                "Freier Text, höchstens 10.000 Zeichen. Zeilenumbruch mit Alt+Enter.",
                "Free text, at most 10,000 characters. Line break with Alt+Enter.",
            ),
        ],
        rows: round
            .narrative
            .iter()
            .map(|part| Row::typed(part.key.as_str(), &part.name))
            .collect(),
    }
}
