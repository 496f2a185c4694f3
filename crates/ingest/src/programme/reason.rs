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
    /// It numbers the columns.
    ColumnNumbers,
    /// It sums other rows.
    Total,
    /// It is a remark, a footnote or a row of another table.
    Remark,
    /// It stands below the headings of another table.
    OtherTable,
    /// It looks like an operation but has no amount.
    NoAmount,
    /// It has an amount but names no operation.
    NoOperation,
    /// It has an amount, but lacks a name and a date or number that the other rows have.
    Incomplete,
    /// Its amount cannot be read.
    AmountUnreadable {
        /// Why.
        detail: Box<Detail>,
    },
    /// Its amount is negative.
    NegativeAmount,
    /// Its amount is in another currency.
    OtherCurrency {
        /// As typed, shortened.
        typed: String,
    },
    /// It belongs to a fund that the round does not have.
    OtherFund {
        /// As typed, shortened.
        typed: String,
    },
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
            Self::ColumnNumbers => (
                "Die Zeile nummeriert die Spalten.",
                "The row numbers the columns.",
            ),
            Self::Total => (
                "Die Zeile ist eine Summe anderer Zeilen und wird nicht noch einmal gezählt.",
                "The row is a sum of other rows and is not counted again.",
            ),
            Self::Remark => (
                "Die Zeile ist eine Anmerkung oder gehört zu einer anderen Tabelle; sie enthält keinen Betrag eines Vorhabens.",
                "The row is a remark or belongs to another table; it holds no amount of an operation.",
            ),
            Self::OtherTable => (
                "Die Zeile gehört zu einer weiteren Tabelle, deren Überschriften in anderen Spalten stehen. Bitte speichern \
                 Sie diese Tabelle auf einem eigenen Blatt, wenn sie gezählt werden soll.",
                "The row belongs to a further table, whose headings stand in other columns. Please save that table on a \
                 sheet of its own if it is to be counted.",
            ),
            Self::NoAmount => (
                "Die Zeile nennt ein Vorhaben, aber keinen Betrag (auch eine Formel ohne gespeichertes Ergebnis ist keiner). Bitte \
                 ergänzen Sie den Betrag, wenn es gezählt werden soll.",
                "The row names an operation but no amount (a formula without a stored result is none either). Please add the \
                 amount if it is to be counted.",
            ),
            Self::NoOperation => (
                "Die Zeile enthält einen Betrag, aber weder Begünstigten noch Bezeichnung. Bitte ergänzen Sie diese, wenn es \
                 ein Vorhaben ist.",
                "The row holds an amount but neither a beneficiary nor a name. Please add them if it is an operation.",
            ),
            Self::Incomplete => (
                "Die Zeile enthält einen Betrag, aber ihr fehlen Angaben, die die anderen Zeilen haben (ein Name und der \
                 Zeitraum oder die Nummer); sie kann eine Summe sein. Bitte ergänzen Sie die Angaben, wenn es ein Vorhaben \
                 ist.",
                "The row holds an amount but lacks what the other rows have (a name and the dates or the number); it may be a \
                 sum. Please add them if it is an operation.",
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
            Self::OtherCurrency { typed } => {
                return Text::new(
                    format!(
                        "Der Betrag der Zeile ist in „{typed}“ angegeben; gezählt werden Beträge in Euro."
                    ),
                    format!("The amount of the row is given in \"{typed}\"; amounts in euro are counted."),
                );
            }
            Self::OtherFund { typed } => {
                return Text::new(
                    format!("Das Vorhaben gehört zum Fonds „{typed}“ und nicht in diese Förderrunde."),
                    format!("The operation belongs to the fund \"{typed}\" and not into this round."),
                );
            }
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
                | Self::Incomplete
                | Self::AmountUnreadable { .. }
                | Self::NegativeAmount
                | Self::OtherCurrency { .. }
                | Self::OtherFund { .. }
                | Self::OutsideRound
                | Self::OtherTable
        )
    }
}
