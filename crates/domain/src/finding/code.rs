//! The registry of codes: stable, never reused, frozen by a snapshot.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::Severity;

macro_rules! registry {
    ($($(#[$doc:meta])* $name:ident = $literal:literal, $severity:ident;)*) => {
        /// The stable code of a finding. Areas: `VAL` value reading, `TPL` template, `FIN` finance, `IND` indicators.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $($(#[$doc])* $name,)*
        }

        impl Code {
            /// All codes in order.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The code as printed: `FIN-03`.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $literal,)* }
            }

            /// Whether it says that a workbook is not the one expected: none of ours, another subproject's, another
            /// quarter's, another version's.
            pub const fn is_of_a_stranger(self) -> bool {
                matches!(self, Self::Tpl01 | Self::Tpl02 | Self::Tpl03 | Self::Tpl04)
            }

            /// The severity where a round says nothing else.
            pub const fn default_severity(self) -> Severity {
                match self { $(Self::$name => Severity::$severity,)* }
            }
        }
    };
}

registry! {
    /// An amount cannot be read as a number.
    Val01 = "VAL-01", Blocking;
    /// A number can be read in two ways.
    Val02 = "VAL-02", Blocking;
    /// An amount has more than two decimal places.
    Val03 = "VAL-03", Blocking;
    /// An amount is larger than any real one.
    Val04 = "VAL-04", Blocking;
    /// A count cannot be read as a whole number (IND-13).
    Val05 = "VAL-05", Blocking;
    /// A percentage cannot be read.
    Val06 = "VAL-06", Blocking;
    /// A date is text or no date.
    Val07 = "VAL-07", Blocking;
    /// A date lies outside the years that can be meant.
    Val08 = "VAL-08", Blocking;
    /// A quarter cannot be read.
    Val09 = "VAL-09", Blocking;
    /// A required cell is empty; empty is not zero (IND-13).
    Val10 = "VAL-10", Blocking;
    /// A text is too long.
    Val11 = "VAL-11", Blocking;
    /// A text holds invisible or direction-changing characters.
    Val12 = "VAL-12", Blocking;
    /// A cell holds an error value such as #REF!.
    Val13 = "VAL-13", Blocking;
    /// A choice is none of those offered.
    Val14 = "VAL-14", Blocking;
    /// The workbook is not one that this service issued.
    Tpl01 = "TPL-01", Blocking;
    /// The workbook belongs to another subproject.
    Tpl02 = "TPL-02", Blocking;
    /// The workbook belongs to another quarter.
    Tpl03 = "TPL-03", Blocking;
    /// The template version is not that of the round.
    Tpl04 = "TPL-04", Blocking;
    /// A sheet is missing.
    Tpl05 = "TPL-05", Blocking;
    /// A column is missing.
    Tpl06 = "TPL-06", Blocking;
    /// A hidden sheet holds values.
    Tpl07 = "TPL-07", Blocking;
    /// A hidden row or column holds values.
    Tpl08 = "TPL-08", Blocking;
    /// Input cells are merged.
    Tpl09 = "TPL-09", Blocking;
    /// A formula has no stored result.
    Tpl10 = "TPL-10", Blocking;
    /// The stored result of a formula is stale.
    Tpl11 = "TPL-11", Blocking;
    /// A formula stands where a value belongs.
    Tpl12 = "TPL-12", Warning;
    /// A column or a note was not read.
    Tpl13 = "TPL-13", Notice;
    /// A sheet was not read.
    Tpl14 = "TPL-14", Notice;
    /// The workbook holds data about single persons and is refused.
    Tpl15 = "TPL-15", Blocking;
    /// What was prefilled has been changed.
    Tpl16 = "TPL-16", Blocking;
    /// A row or header occurs twice.
    Tpl17 = "TPL-17", Blocking;
    /// A row's key is unknown or missing.
    Tpl18 = "TPL-18", Blocking;
    /// A row of the template is missing.
    Tpl19 = "TPL-19", Blocking;
    /// The plan has changed since the workbook was issued.
    Tpl20 = "TPL-20", Warning;
    /// The declaration on the cover sheet is not confirmed.
    Tpl21 = "TPL-21", Blocking;
    /// More findings of one code than are listed.
    Tpl22 = "TPL-22", Notice;
    /// A number is typed over a formula of the template, and it is not what the formula gives.
    Tpl23 = "TPL-23", Blocking;
    /// A formula of the template is typed over with its own result, or deleted.
    Tpl24 = "TPL-24", Warning;
    /// Filtered or collapsed rows hold values, which were read.
    Tpl25 = "TPL-25", Notice;
    /// The vouchers of a plan item do not sum to its amount.
    Fin01 = "FIN-01", Blocking;
    /// A flat rate is not base times rate.
    Fin02 = "FIN-02", Blocking;
    /// A voucher is booked on a flat-rate item.
    Fin03 = "FIN-03", Blocking;
    /// A payment date lies outside the quarter.
    Fin04 = "FIN-04", Blocking;
    /// A payment date lies outside the grant period.
    Fin05 = "FIN-05", Blocking;
    /// A voucher number occurs twice.
    Fin06 = "FIN-06", Blocking;
    /// A plan item exceeds its plan by more than the warning threshold.
    Fin07 = "FIN-07", Warning;
    /// A plan item exceeds its plan by more than the limit without offset.
    Fin08 = "FIN-08", Blocking;
    /// Spending exceeds the award.
    Fin09 = "FIN-09", Blocking;
    /// The sources do not sum to the spending.
    Fin10 = "FIN-10", Blocking;
    /// The ESF Plus share exceeds what the categories of region allow.
    Fin11 = "FIN-11", Blocking;
    /// Own funds stay below their minimum share.
    Fin12 = "FIN-12", Warning;
    /// Called money was not spent in time.
    Fin13 = "FIN-13", Warning;
    /// A negative amount names no quarter that it corrects.
    Fin14 = "FIN-14", Blocking;
    /// A correction names a quarter that cannot be corrected.
    Fin15 = "FIN-15", Blocking;
    /// A voucher lacks a required field.
    Fin16 = "FIN-16", Blocking;
    /// Participants are not the sum of their employment statuses.
    Ind01 = "IND-01", Blocking;
    /// More long-term unemployed than unemployed.
    Ind02 = "IND-02", Blocking;
    /// The age groups exceed the participants.
    Ind03 = "IND-03", Blocking;
    /// The education levels exceed the participants.
    Ind04 = "IND-04", Blocking;
    /// A trait exceeds the participants.
    Ind05 = "IND-05", Blocking;
    /// More third-country nationals than participants of foreign background.
    Ind06 = "IND-06", Warning;
    /// Women, men and non-binary persons do not sum to the total.
    Ind07 = "IND-07", Blocking;
    /// A reserved sum is not the sum of its parts.
    Ind08 = "IND-08", Blocking;
    /// A result exceeds its linked output.
    Ind09 = "IND-09", Blocking;
    /// A result exceeds its reference group.
    Ind10 = "IND-10", Blocking;
    /// Results exceed those who have left.
    Ind11 = "IND-11", Warning;
    /// A cumulative value falls without a named correction.
    Ind12 = "IND-12", Blocking;
    /// A count is missing, negative or not whole.
    Ind13 = "IND-13", Blocking;
    /// Participants without any education level or age group.
    Ind14 = "IND-14", Warning;
    /// Children in a programme for adults.
    Ind15 = "IND-15", Warning;
    /// Fewer participants of foreign background than expected.
    Ind16 = "IND-16", Warning;
    /// Entities counted by a subproject that does not support entities.
    Ind17 = "IND-17", Warning;
    /// Education levels do not cover all participants.
    Ind18 = "IND-18", Warning;
    /// A counter total is not the sum of its parts.
    Ind19 = "IND-19", Blocking;
}

/// A text that is no code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no code of a finding")]
pub struct UnknownCode(pub String);

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Code {
    type Err = UnknownCode;

    fn from_str(text: &str) -> Result<Self, UnknownCode> {
        Self::ALL
            .iter()
            .copied()
            .find(|code| code.as_str() == text)
            .ok_or_else(|| UnknownCode(text.chars().take(20).collect()))
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Code {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(serde::de::Error::custom)
    }
}
