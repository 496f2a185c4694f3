//! `Deckblatt`: what the workbook is about, where to ask, the declaration.

use nachweis_domain::{language::Text, limits};

use super::super::{
    column::{Column, ColumnKey, Kind, Source},
    row::{Field, Row, RowKind},
    sheet::{Sheet, SheetKind},
    version::Version,
};

pub(super) fn sheet(version: Version) -> Sheet {
    Sheet {
        kind: SheetKind::Cover,
        title: Text::new("Quartalsbericht", "Quarterly report"),
        intro: Text::new(
            "Gelb: bitte ausfüllen. Grau: vorbelegt oder berechnet. Sortieren, Filtern und eigene Spalten sind erlaubt.",
            "Yellow: please fill in. Grey: prefilled or computed. You may sort, filter and add columns of your own.",
        ),
        columns: vec![
            super::key(15),
            super::name(34, ("Angabe", "Field")),
            Column::new(
                ColumnKey::Value,
                Kind::Text {
                    limit: limits::VOUCHER_TEXT.value,
                },
                Source::Input { required: false },
                80,
                ("Inhalt", "Content"),
            )
            .hint(
                "Nur Ansprechstelle und Erklärung sind auszufüllen.",
                "Only contact and declaration are to be filled in.",
            ),
        ],
        rows: fields(version)
            .into_iter()
            .map(|(field, key, de, en)| Row::typed(key, &Text::new(de, en)).of_kind(RowKind::Field(field)))
            .collect(),
    }
}

type FieldRow = (Field, &'static str, &'static str, &'static str);

fn fields(version: Version) -> Vec<FieldRow> {
    let mut fields = vec![
        (
            Field::Programme,
            "programme",
            "Förderprogramm",
            "Funding programme",
        ),
        (Field::Round, "round", "Förderrunde", "Funding round"),
        (
            Field::Subproject,
            "subproject",
            "Teilvorhaben Nr.",
            "Subproject no.",
        ),
        (Field::Title, "title", "Titel", "Title"),
        (Field::Carrier, "carrier", "Träger", "Carrier"),
        (Field::Network, "network", "Netzwerk", "Network"),
        (Field::Land, "land", "Land", "Land"),
        (Field::Region, "nuts2", "NUTS-2-Region", "NUTS 2 region"),
    ];
    if version == Version::V2026 {
        fields.push((
            Field::RegionCategory,
            "region_category",
            "Regionenkategorie",
            "Category of region",
        ));
        fields.push((Field::Strand, "strand", "Förderstrang", "Funding strand"));
    }
    fields.extend([
        (Field::Action, "action_field", "Handlungsfeld", "Action field"),
        (
            Field::GrantPeriod,
            "grant_period",
            "Bewilligungszeitraum",
            "Grant period",
        ),
        (
            Field::Quarter,
            "quarter",
            "Berichtsquartal",
            "Quarter of the report",
        ),
        (
            Field::PlanVersion,
            "plan_version",
            "Planfassung (gültig ab)",
            "Plan version (in effect from)",
        ),
        (
            Field::Template,
            "template_version",
            "Vorlagenversion",
            "Template version",
        ),
        (
            Field::Contact,
            "contact",
            "Ansprechstelle (z. B. Funktionspostfach)",
            "Contact (office, no personal data)",
        ),
        (
            Field::Declaration,
            "declaration",
            "Die Angaben sind vollständig und richtig (ja/nein)",
            "The information is complete and correct (yes/no)",
        ),
    ]);
    fields
}
