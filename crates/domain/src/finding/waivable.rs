//! Which codes may be waived, and why not: stated once for each code, beside its severity.

use serde::{Deserialize, Serialize};

use super::Code;
use crate::language::Text;

/// Why a code cannot be waived.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unwaivable {
    /// Data about single persons: such a file is not kept at all.
    PersonalData,
    /// Whose workbook it is, of which quarter and plan, and whether this service issued it.
    Identity,
    /// Sheets, columns and rows from which figures cannot be read for certain.
    Structure,
    /// A value that could not be read, so that there is none to count.
    NotRead,
    /// Sums that must agree because reports and control totals rest on them.
    Arithmetic,
    /// The lead's own declaration.
    Declaration,
    /// For information only: nothing needs to be done about it anyway.
    Informative,
    /// The rule does not run in the quarters in question.
    NotRunning,
}

impl Unwaivable {
    /// Why not, as a whole sentence.
    pub fn sentence(self) -> Text {
        match self {
            Self::PersonalData => Text::new(
                "Eine Datei mit Angaben zu einzelnen Personen wird nicht gespeichert; davon gibt es keine Ausnahme.",
                "A file with data about single persons is not kept; there is no exemption from that.",
            ),
            Self::Identity => Text::new(
                "Die Feststellung betrifft, von wem, für welches Quartal und nach welcher Vorlage die Arbeitsmappe ist; ohne diese Gewissheit zählt keine Zahl.",
                "The finding is about whose workbook it is, for which quarter and by which template; without that certainty no figure counts.",
            ),
            Self::Structure => Text::new(
                "Die Feststellung betrifft den Aufbau der Arbeitsmappe; was nicht sicher gelesen wird, kann nicht gespeichert werden.",
                "The finding is about the structure of the workbook; what is not read for certain cannot be kept.",
            ),
            Self::NotRead => Text::new(
                "Der Wert konnte nicht gelesen werden; es gibt keine Zahl, die mit einer Ausnahme zählen könnte.",
                "The value could not be read; there is no figure that could count under a waiver.",
            ),
            Self::Arithmetic => Text::new(
                "Auf dieser Rechnung beruhen Berichte und Kontrollsummen; sie muss aufgehen.",
                "Reports and control totals rest on this sum; it must add up.",
            ),
            Self::Declaration => Text::new(
                "Die Erklärung gibt die Leitung des Teilvorhabens selbst ab.",
                "The declaration is the subproject lead's own to give.",
            ),
            Self::Informative => Text::new(
                "Die Feststellung ist ein Hinweis und hindert niemanden am Einreichen.",
                "The finding is a notice and keeps nobody from submitting.",
            ),
            Self::NotRunning => Text::new(
                "Die Regel prüft in diesen Quartalen nicht; es gibt nichts, wovon auszunehmen wäre.",
                "The rule does not check in these quarters; there is nothing to exempt from.",
            ),
        }
    }
}

impl Code {
    /// Why findings of this code cannot be waived; `None` where they can.
    ///
    /// Never waivable is what cannot be stored right: persons, identity and seal, broken structure, values that could not be
    /// read, and the arithmetic on which control totals rest. What remains is a judgement of the programme's, which its
    /// managers may exempt from.
    ///
    /// ```
    /// use nachweis_domain::finding::{Code, Unwaivable};
    /// assert_eq!(Code::Fin04.unwaivable(), None);
    /// assert_eq!(Code::Tpl15.unwaivable(), Some(Unwaivable::PersonalData));
    /// ```
    pub const fn unwaivable(self) -> Option<Unwaivable> {
        match self {
            Self::Tpl15 => Some(Unwaivable::PersonalData),
            Self::Tpl01 | Self::Tpl02 | Self::Tpl03 | Self::Tpl04 | Self::Tpl16 => Some(Unwaivable::Identity),
            Self::Tpl05
            | Self::Tpl06
            | Self::Tpl07
            | Self::Tpl08
            | Self::Tpl09
            | Self::Tpl17
            | Self::Tpl18
            | Self::Tpl19 => Some(Unwaivable::Structure),
            Self::Val01
            | Self::Val02
            | Self::Val03
            | Self::Val04
            | Self::Val05
            | Self::Val06
            | Self::Val07
            | Self::Val08
            | Self::Val09
            | Self::Val10
            | Self::Val11
            | Self::Val12
            | Self::Val13
            | Self::Val14
            | Self::Tpl10
            | Self::Fin16
            | Self::Ind13 => Some(Unwaivable::NotRead),
            Self::Tpl23
            | Self::Fin01
            | Self::Fin02
            | Self::Fin03
            | Self::Fin10
            | Self::Fin14
            | Self::Fin15
            | Self::Ind07
            | Self::Ind08
            | Self::Ind19 => Some(Unwaivable::Arithmetic),
            Self::Tpl21 => Some(Unwaivable::Declaration),
            Self::Tpl13 | Self::Tpl14 | Self::Tpl22 | Self::Tpl25 => Some(Unwaivable::Informative),
            Self::Tpl11
            | Self::Tpl12
            | Self::Tpl20
            | Self::Tpl24
            | Self::Fin04
            | Self::Fin05
            | Self::Fin06
            | Self::Fin07
            | Self::Fin08
            | Self::Fin09
            | Self::Fin11
            | Self::Fin12
            | Self::Fin13
            | Self::Ind01
            | Self::Ind02
            | Self::Ind03
            | Self::Ind04
            | Self::Ind05
            | Self::Ind06
            | Self::Ind09
            | Self::Ind10
            | Self::Ind11
            | Self::Ind12
            | Self::Ind14
            | Self::Ind15
            | Self::Ind16
            | Self::Ind17
            | Self::Ind18 => None,
        }
    }
}
