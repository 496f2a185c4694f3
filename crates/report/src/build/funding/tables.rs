//! The tables of the report: the sources of each category of region, and over all of them.

use std::collections::BTreeMap;

use nachweis_domain::{key::SourceKey, language::Text, region::RegionCategory};

use super::{
    super::group::{Groups, total_values},
    Amounts, Source, add,
    share::Spent,
};
use crate::{Column, ColumnKind, Table, Value};

/// The sources of each category of region.
pub(super) fn by_category(groups: &Groups, rows: Vec<Vec<Value>>, all: Amounts) -> Table {
    let mut columns = groups.columns();
    columns.extend(amount_columns());
    columns.extend([
        Column::new(
            "share_most",
            ColumnKind::Percent,
            "Anteil höchstens",
            "Share, at most",
        ),
        Column::new(
            "share_least",
            ColumnKind::Percent,
            "Anteil mindestens",
            "Share, at least",
        ),
        Column::new("state", ColumnKind::Light, "Bewertung", "Rating").wide(24),
    ]);
    let mut totals = total_values(2);
    totals.extend(all.map(Value::Money));
    totals.resize(columns.len(), Value::Empty);
    Table {
        key: "funding",
        title: Text::new("Mittelherkunft", "Sources of finance"),
        columns,
        rows,
        totals: Some(totals),
    }
}

/// The sources over all categories of region.
pub(super) fn in_total(
    sources: &[Source<'_>],
    cells: &BTreeMap<(RegionCategory, &SourceKey), Amounts>,
    all: Amounts,
) -> Table {
    let of = |source: &Source<'_>| {
        let mut sums = Amounts::default();
        for category in RegionCategory::ALL {
            add(
                &mut sums,
                cells.get(&(category, source.key)).copied().unwrap_or_default(),
            );
        }
        sums
    };
    let spent = Spent::of(sources.iter().map(|source| (source.kind, of(source))));
    let columns: Vec<Column> = amount_columns().into();
    let rows = sources.iter().map(|source| {
        let amounts = of(source);
        let mut row = vec![Value::term(source.key.as_str(), source.name.clone())];
        row.extend(amounts.map(Value::Money));
        row.extend(spent.shares(source.kind, amounts));
        row
    });
    let mut totals = total_values(1);
    totals.extend(all.map(Value::Money));
    totals.resize(columns.len(), Value::Empty);
    Table {
        key: "funding_total",
        title: Text::new("Mittelherkunft gesamt", "Sources in total"),
        rows: rows.collect(),
        columns,
        totals: Some(totals),
    }
}

/// Source, amounts, shares.
fn amount_columns() -> [Column; 7] {
    [
        Column::new("source", ColumnKind::Text, "Mittelherkunft", "Source").wide(30),
        Column::new("awarded", ColumnKind::Money, "Bewilligt", "Awarded"),
        Column::new("called", ColumnKind::Money, "Abgerufen", "Called"),
        Column::new("received", ColumnKind::Money, "Erhalten", "Received"),
        Column::new("spent", ColumnKind::Money, "Verausgabt", "Spent"),
        Column::new("share", ColumnKind::Percent, "Anteil Ist", "Share, actual"),
        Column::new(
            "share_kind",
            ColumnKind::Percent,
            "Anteil zusammen",
            "Share, together",
        )
        .wide(16),
    ]
}
