//! Why a waiver is not asked for, decided or withdrawn.

use serde::{Deserialize, Serialize};

use crate::{
    finding::{Code, Unwaivable},
    language::Text,
};

/// Why not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "reason")]
pub enum WaiverRefusal {
    /// Findings of this code cannot be waived.
    Unwaivable {
        /// The code.
        code: Code,
        /// Why not.
        why: Unwaivable,
    },
    /// Four eyes: who asked does not decide.
    OwnRequest,
    /// It is decided or withdrawn, or its time has passed.
    Settled,
    /// Longer than was asked for.
    LongerThanAsked,
    /// The end lies in the past.
    EndPassed,
}

impl WaiverRefusal {
    /// The stable code, for programs.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Unwaivable { .. } => "unwaivable",
            Self::OwnRequest => "own-request",
            Self::Settled => "waiver-settled",
            Self::LongerThanAsked => "waiver-longer-than-asked",
            Self::EndPassed => "waiver-end",
        }
    }

    /// Whole sentences with the remedy.
    pub fn text(&self) -> Text {
        match self {
            Self::Unwaivable { code, why } => {
                let Text { de, en } = why.sentence();
                Text::new(
                    format!(
                        "Von {code} kann keine Ausnahme erteilt werden. {de} Bitte die Arbeitsmappe berichtigen."
                    ),
                    format!("{code} cannot be waived. {en} Please correct the workbook."),
                )
            }
            Self::OwnRequest => Text::new(
                "Diese Ausnahme haben Sie selbst beantragt. Bitte eine andere Person der Programmsteuerung entscheiden lassen.",
                "You asked for this waiver yourself. Please let another person of the programme management decide.",
            ),
            Self::Settled => Text::new(
                "Über diese Ausnahme ist entschieden, sie ist zurückgenommen oder ihre Zeit ist abgelaufen. Bitte bei Bedarf eine neue beantragen.",
                "This waiver is decided or withdrawn, or its time has passed. Please ask for a new one if it is needed.",
            ),
            Self::LongerThanAsked => Text::new(
                "Eine Ausnahme wird höchstens so lange erteilt, wie sie beantragt ist. Bitte ein früheres Ende angeben.",
                "A waiver is granted for as long as it was asked for at most. Please give an earlier end.",
            ),
            Self::EndPassed => Text::new(
                "Das Ende der Ausnahme liegt in der Vergangenheit. Bitte ein späteres angeben.",
                "The end of the waiver lies in the past. Please give a later one.",
            ),
        }
    }
}
