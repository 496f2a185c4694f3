//! Why a file cannot be imported, in both languages, with the remedy.

use nachweis_domain::{
    language::{Language, Text},
    money::Money,
};

/// A sheet that could be the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetCandidate {
    /// Its name.
    pub name: String,
    /// Whether it is hidden.
    pub hidden: bool,
    /// How many operations it holds.
    pub operations: usize,
    /// Their total.
    pub total: Money,
}

/// Why a file cannot be imported.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}: {}", self.code(), self.text(Language::En))]
pub enum ProgrammeError {
    /// No sheet has the headings of a list of operations, and it is not our own format.
    NothingRecognised {
        /// The sheets looked at, with the headings found in each.
        sheets: Vec<(String, Vec<String>)>,
    },
    /// The file is one of our quarterly workbooks.
    QuarterlyWorkbook,
    /// Several sheets hold different lists.
    WhichSheet {
        /// They.
        candidates: Vec<SheetCandidate>,
    },
    /// The sheet asked for does not exist or holds no list.
    NoSuchSheet {
        /// As asked for.
        asked: String,
        /// The sheets with a list.
        candidates: Vec<SheetCandidate>,
    },
    /// The round takes no published list: it lacks the plan item for it.
    RoundTakesNoList {
        /// The round.
        round: String,
    },
    /// A file of our own format has faults; nothing of it is imported.
    Faults {
        /// Each with its table and row.
        faults: Vec<Text>,
    },
}

impl ProgrammeError {
    /// The stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NothingRecognised { .. } => "PRG-01",
            Self::WhichSheet { .. } => "PRG-02",
            Self::NoSuchSheet { .. } => "PRG-03",
            Self::RoundTakesNoList { .. } => "PRG-04",
            Self::Faults { .. } => "PRG-05",
            Self::QuarterlyWorkbook => "PRG-06",
        }
    }

    /// What is wrong and what to do, in whole sentences.
    pub fn text(&self, language: Language) -> String {
        match self {
            Self::NothingRecognised { sheets } => nothing(sheets, language),
            Self::QuarterlyWorkbook => language
                .pick(
                    "Die Datei ist eine Arbeitsmappe eines Quartals und keine Programmdatei. Arbeitsmappen werden mit \
                     `nachweis import` übernommen.",
                    "The file is a quarterly workbook and no programme file. Workbooks are taken in with `nachweis import`.",
                )
                .to_owned(),
            Self::WhichSheet { candidates } => {
                let list = listed(candidates, language);
                match language {
                    Language::De => format!(
                        "Die Datei enthält mehrere verschiedene Listen: {list}. Bitte geben Sie mit --sheet das Blatt an, \
                         das importiert werden soll."
                    ),
                    Language::En => format!(
                        "The file holds several different lists: {list}. Please name the sheet to import with --sheet."
                    ),
                }
            }
            Self::NoSuchSheet { asked, candidates } => {
                let list = listed(candidates, language);
                match language {
                    Language::De => format!(
                        "Das Blatt „{asked}“ gibt es nicht, oder es enthält keine Liste von Vorhaben. Blätter mit einer \
                         Liste: {list}. Bitte geben Sie eines davon mit --sheet an."
                    ),
                    Language::En => format!(
                        "There is no sheet \"{asked}\", or it holds no list of operations. Sheets with a list: {list}. \
                         Please name one of them with --sheet."
                    ),
                }
            }
            Self::RoundTakesNoList { round } => match language {
                Language::De => format!(
                    "Die Förderrunde „{round}“ hat keinen Einzelansatz „eligible_expenditure“ und kann keine \
                     veröffentlichte Liste von Vorhaben aufnehmen. Bitte wählen Sie mit --round eine Runde wie \
                     „esf-2014-2020“."
                ),
                Language::En => format!(
                    "The funding round \"{round}\" has no plan item \"eligible_expenditure\" and cannot take a published \
                     list of operations. Please choose a round such as \"esf-2014-2020\" with --round."
                ),
            },
            Self::Faults { faults } => {
                let all: Vec<&str> = faults.iter().map(|fault| fault.get(language)).collect();
                let head = language.pick(
                    "Die Datei wird nicht importiert, weil sie Fehler enthält. Bitte berichtigen Sie:",
                    "The file is not imported, because it has faults. Please correct:",
                );
                format!("{head}\n{}", all.join("\n"))
            }
        }
    }
}

fn nothing(sheets: &[(String, Vec<String>)], language: Language) -> String {
    let found: Vec<String> = sheets
        .iter()
        .map(|(sheet, headings)| {
            let headings = if headings.is_empty() {
                language.pick("keine", "none").to_owned()
            } else {
                headings.join(" | ")
            };
            match language {
                Language::De => format!("Blatt „{sheet}“: {headings}"),
                Language::En => format!("sheet \"{sheet}\": {headings}"),
            }
        })
        .collect();
    let found = found.join("; ");
    match language {
        Language::De => format!(
            "In der Datei wurde keine Liste von Vorhaben erkannt. Gesucht wird eine Zeile mit Überschriften für \
             Begünstigten oder Bezeichnung des Vorhabens und für den Betrag. Erkannte Überschriften: {found}. Bitte \
             ergänzen Sie die Überschriften oder benutzen Sie das eigene Format (fixtures/programme/README.md)."
        ),
        Language::En => format!(
            "No list of operations was recognised in the file. It needs a row with headings for the beneficiary or the \
             name of the operation and for the amount. Headings recognised: {found}. Please add the headings or use our \
             own format (fixtures/programme/README.md)."
        ),
    }
}

fn listed(candidates: &[SheetCandidate], language: Language) -> String {
    let each = |candidate: &SheetCandidate| {
        let count = language.group(u64::try_from(candidate.operations).unwrap_or(u64::MAX));
        let total = candidate.total.display(language);
        let hidden = if candidate.hidden {
            language.pick(", ausgeblendet", ", hidden")
        } else {
            ""
        };
        match language {
            Language::De => format!("„{}“ ({count} Vorhaben, {total}{hidden})", candidate.name),
            Language::En => format!("\"{}\" ({count} operations, {total}{hidden})", candidate.name),
        }
    };
    if candidates.is_empty() {
        return language.pick("keine", "none").to_owned();
    }
    candidates.iter().map(each).collect::<Vec<_>>().join("; ")
}
