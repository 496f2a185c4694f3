//! Why a row was not taken, in both languages.

use nachweis_domain::{
    finding::Detail,
    language::{Language, Text},
};

/// Why a row was not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// It stands above the headings.
    AboveHeadings,
    /// It is the row of headings.
    Headings,
    /// It repeats the headings, for instance in English.
    SecondHeadings,
    /// It sums other rows.
    Total,
    /// It is a remark, a footnote or a row of another table.
    Remark,
    /// It looks like an operation but has no amount.
    NoAmount,
    /// It has an amount but names no operation.
    NoOperation,
    /// Its amount cannot be read.
    AmountUnreadable {
        /// Why.
        detail: Box<Detail>,
    },
    /// Its amount is negative.
    NegativeAmount,
    /// It lies wholly outside the round.
    OutsideRound,
    /// Its amount belongs to the row above, with which it is merged.
    MergedAmount,
}

impl Reason {
    /// The reason in whole sentences.
    pub fn text(&self) -> Text {
        let (de, en) = match self {
            Self::AboveHeadings => (
                "Die Zeile steht über den Überschriften.",
                "The row stands above the headings.",
            ),
            Self::Headings => (
                "Die Zeile enthält die Überschriften.",
                "The row holds the headings.",
            ),
            Self::SecondHeadings => (
                "Die Zeile wiederholt die Überschriften.",
                "The row repeats the headings.",
            ),
            Self::Total => (
                "Die Zeile ist eine Summe anderer Zeilen und wird nicht noch einmal gezählt.",
                "The row is a sum of other rows and is not counted again.",
            ),
            Self::Remark => (
                "Die Zeile ist eine Anmerkung oder gehört zu einer anderen Tabelle; sie enthält keinen Betrag eines Vorhabens.",
                "The row is a remark or belongs to another table; it holds no amount of an operation.",
            ),
            Self::NoAmount => (
                "Die Zeile nennt ein Vorhaben, aber keinen Betrag. Bitte ergänzen Sie den Betrag, wenn es gezählt werden soll.",
                "The row names an operation but no amount. Please add the amount if it is to be counted.",
            ),
            Self::NoOperation => (
                "Die Zeile enthält einen Betrag, aber weder Begünstigten noch Bezeichnung. Bitte ergänzen Sie diese, wenn es \
                 ein Vorhaben ist.",
                "The row holds an amount but neither a beneficiary nor a name. Please add them if it is an operation.",
            ),
            Self::AmountUnreadable { detail } => {
                return Text::new(
                    format!(
                        "Der Betrag der Zeile wurde nicht gelesen. {}",
                        detail.text(Language::De)
                    ),
                    format!(
                        "The amount of the row was not read. {}",
                        detail.text(Language::En)
                    ),
                );
            }
            Self::NegativeAmount => (
                "Der Betrag der Zeile ist negativ; ein Vorhaben wird mit einem positiven Betrag bewilligt.",
                "The amount of the row is negative; an operation is awarded a positive amount.",
            ),
            Self::OutsideRound => (
                "Das Vorhaben liegt ganz außerhalb der Förderrunde.",
                "The operation lies wholly outside the funding round.",
            ),
            Self::MergedAmount => (
                "Der Betrag steht in einer verbundenen Zelle und ist mit der Zeile darüber schon gezählt.",
                "The amount stands in a merged cell and has been counted with the row above.",
            ),
        };
        Text::new(de, en)
    }

    /// Whether a person should look at the row: it may be an operation.
    pub const fn is_doubtful(&self) -> bool {
        matches!(
            self,
            Self::NoAmount
                | Self::NoOperation
                | Self::AmountUnreadable { .. }
                | Self::NegativeAmount
                | Self::OutsideRound
        )
    }
}
