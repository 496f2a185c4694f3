//! Rows with a stable key: plan items, sources, indicators, counters, parts of the narrative, fields of the cover.

use nachweis_domain::{key::ItemKey, language::Text, rate::Rate};

/// A row of a sheet.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    /// The stable key: `staff_employees`, `EECO01`.
    pub(crate) key: String,
    /// The name for people.
    pub(crate) name: Text,
    /// How its values come about.
    pub(crate) kind: RowKind,
    /// Whether it is deducted in totals (income).
    pub(crate) deducted: bool,
    /// Whether it counts entities, without a division by gender.
    pub(crate) entities: bool,
}

/// How the values of a row come about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum RowKind {
    /// They are typed.
    Typed,
    /// A flat rate on other rows.
    FlatRate {
        /// The rows of the base.
        base: Vec<ItemKey>,
        /// The rate.
        rate: Rate,
    },
    /// The sum of other rows.
    SumOf {
        /// The keys of those rows.
        parts: Vec<String>,
    },
    /// The total of the sheet; for people, its absence is no finding.
    Total,
    /// A field of the cover.
    Field(Field),
}

/// A field of the cover.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Field {
    /// The name of the programme.
    Programme,
    /// The funding round.
    Round,
    /// The number of the subproject.
    Subproject,
    /// Its title.
    Title,
    /// Who delivers it.
    Carrier,
    /// Its network.
    Network,
    /// Its Land.
    Land,
    /// Its NUTS-2 region.
    Region,
    /// Its categories of region.
    RegionCategory,
    /// Its funding strand.
    Strand,
    /// Its action field.
    Action,
    /// First and last day of the grant.
    GrantPeriod,
    /// The quarter.
    Quarter,
    /// The plan version that was prefilled.
    PlanVersion,
    /// The template version.
    Template,
    /// Where to ask; not kept.
    Contact,
    /// The declaration of the lead.
    Declaration,
}

impl Field {
    /// Whether the lead fills it.
    pub(crate) const fn is_input(self) -> bool {
        matches!(self, Self::Contact | Self::Declaration)
    }
}

impl Row {
    /// A row that is typed.
    pub(super) fn typed(key: impl Into<String>, name: &Text) -> Self {
        Self {
            key: key.into(),
            name: name.clone(),
            kind: RowKind::Typed,
            deducted: false,
            entities: false,
        }
    }

    /// The row of totals.
    pub(super) fn total() -> Self {
        Self {
            kind: RowKind::Total,
            ..Self::typed("total", &Text::new("Summe", "Total"))
        }
    }

    /// The same row of another kind.
    pub(super) fn of_kind(mut self, kind: RowKind) -> Self {
        self.kind = kind;
        self
    }
}
