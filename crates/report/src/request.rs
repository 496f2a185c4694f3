//! What is asked for: which report, grouped by what, up to which quarter.

use std::{fmt, str::FromStr};

use chrono::NaiveDate;
use nachweis_domain::{language::Text, quarter::Quarter};

/// A text that names no report or no grouping.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{given}` is not known here; known are: {known}")]
pub struct UnknownName {
    /// What was given, cut to forty characters.
    pub given: String,
    /// The known names, separated by commas.
    pub known: String,
}

macro_rules! names {
    ($(#[$doc:meta])* $name:ident { $($(#[$each:meta])* $variant:ident = $literal:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[$each])* $variant,)*
        }

        impl $name {
            /// All of them, in the order of documents.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The stable name on the command line and in HTTP.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $literal,)* }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl FromStr for $name {
            type Err = UnknownName;

            /// Takes the stable name in any case, with hyphens or underscores.
            fn from_str(text: &str) -> Result<Self, UnknownName> {
                let plain = text.to_ascii_lowercase().replace('_', "-");
                Self::ALL.iter().copied().find(|name| name.as_str() == plain).ok_or_else(|| UnknownName {
                    given: text.chars().take(40).collect(),
                    known: Self::ALL.iter().map(|name| name.as_str()).collect::<Vec<_>>().join(", "),
                })
            }
        }
    };
}

names! {
    /// A report (design.md §6.3).
    ReportName {
        /// Outflow of funds.
        Burn = "burn",
        /// Indicators and counters.
        Indicators = "indicators",
        /// Who has reported, whose turn it is.
        Completeness = "completeness",
        /// Sources of finance by category of region.
        Funding = "funding",
        /// Plan items against their plan.
        Deviations = "deviations",
    }
}

names! {
    /// What the rows of a report stand for.
    GroupBy {
        /// The round as a whole.
        Round = "round",
        /// Länder, and one line for nationwide subprojects.
        Land = "land",
        /// Regional networks, and one line for subprojects without one.
        Network = "network",
        /// Action fields.
        ActionField = "action-field",
        /// Categories of region; nationwide subprojects are divided by their split.
        RegionCategory = "region-category",
        /// Subprojects.
        Subproject = "subproject",
        /// Plan items.
        PlanItem = "plan-item",
        /// Quarters.
        Quarter = "quarter",
    }
}

names! {
    /// In which quarter corrections of earlier quarters count; the sum is the same.
    View {
        /// In the quarter of the workbook that carries them.
        Reported = "reported",
        /// In the quarter that they correct.
        Corrected = "corrected",
    }
}

impl GroupBy {
    /// The name for people, as a column heading.
    pub fn title(self) -> Text {
        match self {
            Self::Round => Text::new("Förderrunde", "Funding round"),
            Self::Land => Text::new("Land", "Land"),
            Self::Network => Text::new("Netzwerk", "Network"),
            Self::ActionField => Text::new("Handlungsfeld", "Action field"),
            Self::RegionCategory => Text::new("Regionenkategorie", "Category of region"),
            Self::Subproject => Text::new("Teilvorhaben", "Subproject"),
            Self::PlanItem => Text::new("Einzelansatz", "Plan item"),
            Self::Quarter => Text::new("Quartal", "Quarter"),
        }
    }
}

/// A report with its parameters.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ReportRequest {
    /// Which report.
    pub name: ReportName,
    /// What the rows stand for; `None` takes the report's usual one.
    pub group_by: Option<GroupBy>,
    /// Up to and including this quarter, with the plans in effect at its end; `None` takes all figures that the ledger
    /// holds, with the plans in effect on its day.
    pub quarter: Option<Quarter>,
    /// For `completeness` only: the day on which overdue days are counted; `None` takes the day of the last event.
    pub on: Option<NaiveDate>,
}
