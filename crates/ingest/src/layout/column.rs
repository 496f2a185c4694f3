//! Columns: what they are called, what they hold and who fills them.

use nachweis_domain::language::Text;
use serde::{Deserialize, Serialize};

use super::cell::Formula;

/// The stable key of a column; unique within a sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ColumnKey {
    /// The row's stable key.
    Key,
    /// The row's name for people.
    Name,
    /// A field of the cover.
    Value,
    /// Planned in the calendar year.
    PlanYear,
    /// Spent in earlier quarters of the year.
    EarlierYear,
    /// The amount of the quarter, or of a voucher.
    Amount,
    /// The sum of the vouchers of a plan item, for comparison.
    VoucherSum,
    /// What is left of the plan.
    Remaining,
    /// Planned over the grant period.
    PlanTotal,
    /// Called in earlier quarters.
    CalledBefore,
    /// Received in earlier quarters.
    ReceivedBefore,
    /// Spent in earlier quarters.
    SpentBefore,
    /// Called in the quarter.
    Called,
    /// Received in the quarter.
    Received,
    /// Spent in the quarter.
    Spent,
    /// The target over the grant period.
    Target,
    /// The cumulative value before the quarter.
    Before,
    /// Women.
    Women,
    /// Men.
    Men,
    /// Non-binary persons.
    NonBinary,
    /// All together, or entities.
    Total,
    /// The cumulative value with the quarter.
    Cumulative,
    /// The quarter that is corrected.
    Corrects,
    /// Why a value falls.
    Note,
    /// A count.
    Count,
    /// A part of the narrative.
    Text,
    /// The voucher's number.
    Number,
    /// The day of payment.
    PaidOn,
    /// Who was paid.
    Payee,
    /// What for.
    Purpose,
    /// The plan item.
    Item,
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A stable key.
    Key,
    /// Text of bounded length.
    Text {
        /// The most characters.
        limit: u64,
    },
    /// An amount in euro with two decimal places.
    Money,
    /// A whole number.
    Count,
    /// A day.
    Date,
    /// A quarter.
    Quarter,
    /// One of several offers.
    Choice(Choice),
}

/// What a drop-down offers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Choice {
    /// The plan items that are vouched.
    Item,
    /// Yes or no.
    Confirmation,
}

/// Who fills a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    /// The stable key of the row.
    Key,
    /// A name for people; may be changed without harm.
    Label,
    /// Issued from the record; a change is a finding.
    Prefilled,
    /// The lead.
    Input {
        /// Whether an empty cell is a finding.
        required: bool,
    },
    /// A formula of the template, recomputed by the reader.
    Computed(Formula),
    /// A formula that only helps the lead; never read.
    Aid(Formula),
}

/// A column of a sheet.
#[derive(Clone, Debug)]
pub(crate) struct Column {
    /// The stable key.
    pub(crate) key: ColumnKey,
    /// The header in both languages.
    pub(crate) header: Text,
    /// What it holds.
    pub(crate) kind: Kind,
    /// Who fills it.
    pub(crate) source: Source,
    /// What to enter, for input hints and the documentation.
    pub(crate) hint: Text,
    /// Its width in characters.
    pub(crate) width: u16,
    /// Whether it can name single persons (payees); kept out of most outputs.
    pub(crate) personal: bool,
}

impl Column {
    /// A column of this key, kind and source.
    pub(super) fn new(key: ColumnKey, kind: Kind, source: Source, width: u16, header: (&str, &str)) -> Self {
        Self {
            key,
            header: Text::new(header.0, header.1),
            kind,
            source,
            hint: Text::default(),
            width,
            personal: false,
        }
    }

    /// The same column with a hint in German and English.
    pub(super) fn hint(mut self, de: &str, en: &str) -> Self {
        self.hint = Text::new(de, en);
        self
    }

    /// The same column, marked as naming persons.
    pub(super) const fn personal(mut self) -> Self {
        self.personal = true;
        self
    }

    /// The header as it stands in the workbook: German, and English below it.
    pub(crate) fn heading(&self) -> String {
        if self.header.de == self.header.en {
            self.header.de.clone()
        } else {
            format!("{}\n{}", self.header.de, self.header.en)
        }
    }

    /// The header as findings quote it: `Betrag / Amount`.
    pub(crate) fn quoted(&self) -> String {
        self.heading().replace('\n', " / ")
    }

    /// Whether reading is impossible without it.
    pub(crate) const fn is_needed(&self) -> bool {
        matches!(self.source, Source::Key | Source::Input { .. })
            || matches!((self.key, self.source), (ColumnKey::Total, Source::Computed(_)))
    }
}
