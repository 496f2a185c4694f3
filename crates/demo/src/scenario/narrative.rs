//! Made-up narrative reports.

use nachweis_domain::{
    cell::{CellRef, Located},
    figures::NarrativeFigure,
    round::FundingRound,
};

use crate::dice::Dice;

const PROGRESS: [&str; 4] = [
    "Die Arbeiten verlaufen im Wesentlichen nach Plan. Die Nachfrage ist stabil, die Zusammenarbeit mit den Partnern im Netzwerk gut.",
    "Die Maßnahmen sind angelaufen, alle Stellen sind besetzt. Zwei Veranstaltungen fanden statt.",
    "Der Durchgang wurde wie geplant begonnen. Die Gruppe ist arbeitsfähig, die Rückmeldungen sind überwiegend positiv.",
    "Die Ziele des Quartals wurden erreicht. Neue Kooperationen mit Betrieben der Region sind vereinbart.",
];
const PROBLEMS: [&str; 4] = [
    "Keine wesentlichen Schwierigkeiten.",
    "Die Wiederbesetzung einer Stelle verzögerte sich um sechs Wochen; die Vertretung ist geregelt.",
    "Wegen fehlender Kinderbetreuung mussten Zeiten angepasst werden; ein Abendkurs ist eingerichtet.",
    "Verfahren der zuständigen Stellen dauern länger als erwartet; die Beratung wurde entsprechend verlängert.",
];
const CHANGES: [&str; 3] = [
    "Keine Änderungen gegenüber dem Plan.",
    "Honorare wurden zugunsten eigener Beschäftigter leicht verringert.",
    "Ein Durchgang wurde in das folgende Quartal verschoben.",
];
const OUTLOOK: [&str; 3] = [
    "Im nächsten Quartal beginnt der folgende Durchgang.",
    "Geplant sind weitere Schulungen und die Auswertung der Rückmeldungen.",
    "Die begonnenen Arbeiten werden fortgesetzt.",
];

const VACANCIES: &str = "Ausgeschriebene Stellen blieben unbesetzt; Honorarkräfte haben die Aufgaben übernommen, daher liegen die Honorare über dem Ansatz.";
const FAR_BEHIND: &str = "Die Besetzung der Stellen verzögert sich weiter. Ausgaben und Durchgänge liegen deutlich hinter dem Plan; ein Änderungsantrag wird vorbereitet.";

/// What has happened that the narrative must tell.
#[derive(Clone, Debug, Default)]
pub(super) struct Tidings {
    /// The quarter spends far less than planned.
    pub(super) is_far_behind: bool,
    /// Freelancers stand in for vacant posts.
    pub(super) has_vacancies: bool,
    /// What is corrected.
    pub(super) correction: Option<String>,
}

/// The narrative of a quarter.
pub(super) fn narrative(round: &FundingRound, tidings: &Tidings, dice: &mut Dice) -> Vec<NarrativeFigure> {
    let parts = round.narrative.iter().zip(0..);
    parts
        .map(|(part, row)| {
            let text = match part.key.as_str() {
                "progress" if tidings.is_far_behind => {
                    "Begonnene Maßnahmen werden in kleinerem Umfang fortgeführt."
                }
                "progress" => dice.pick(&PROGRESS),
                "problems" if tidings.is_far_behind => FAR_BEHIND,
                "problems" if tidings.has_vacancies => VACANCIES,
                "problems" => dice.pick(&PROBLEMS),
                "changes" => match &tidings.correction {
                    Some(correction) => correction,
                    None => dice.pick(&CHANGES),
                },
                _ => dice.pick(&OUTLOOK),
            };
            NarrativeFigure {
                part: part.key.clone(),
                text: Located::new(text.to_owned(), CellRef::at("Sachbericht", row + 4, 2)),
            }
        })
        .collect()
}

/// The same narrative after a manager asked for more.
pub(super) fn extend(narrative: &mut [NarrativeFigure]) {
    if let Some(first) = narrative.first_mut() {
        first.text.value.push_str(" Ergänzung nach Rückgabe: Die Zahlen wurden mit der Dokumentation abgeglichen und sind erläutert.");
    }
}
