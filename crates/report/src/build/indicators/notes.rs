//! What the columns of the report mean.

use nachweis_domain::language::Text;

use super::{super::head, Scope};
use crate::GroupBy;

pub(super) fn notes(scope: &Scope<'_>, group_by: GroupBy) -> Vec<Text> {
    let mut notes = vec![cumulative(), targets(), entities(), counters()];
    if group_by == GroupBy::RegionCategory {
        notes.push(divided());
    }
    notes.push(head::plans_note(scope));
    notes.push(head::reported_note());
    notes
}

fn cumulative() -> Text {
    Text::new(
        "Frauen, Männer, nicht-binär und gesamt sind kumuliert: vom Beginn bis zum Berichtsstand. „Gesamt im Vorquartal“ ist \
         der kumulierte Stand ein Quartal früher, „davon im Quartal“ der Zuwachs seither; negativ heißt, es wurde berichtigt. \
         Zahlen ausstehender Quartalsberichte fehlen.",
        "Women, men, non-binary and total are cumulative: from the beginning up to the reporting status. “Total, previous \
         quarter” is the cumulative figure one quarter earlier, “of it in the quarter” what has come since; negative means that \
         it was corrected. Figures of quarterly reports outstanding are missing.",
    )
}

fn targets() -> Text {
    Text::new(
        "Ziel: Zielwert der geltenden Planfassung über den ganzen Bewilligungszeitraum, in Gruppen die Summe. Zielerreichung: \
         gesamt geteilt durch Ziel, unabhängig davon, wie viel Zeit vergangen ist. Teilvorhaben ohne Zielwert zählen in \
         „gesamt“, nicht im Ziel.",
        "Target: the target of the plan in effect over the whole grant period, for groups the sum. Achievement: total divided \
         by target, however much time has passed. Subprojects without a target count in the total and not in the target.",
    )
}

fn entities() -> Text {
    Text::new(
        "EECO18 und EECO19 zählen Einrichtungen und Unternehmen, nicht Personen. Zeilen mit „+“ sind die von der \
         Europäischen Kommission vorgesehenen Summen; sie sind hier aus ihren Teilen gebildet. Summen über Teilvorhaben \
         zählen eine Person, die an mehreren teilnimmt, in jedem davon.",
        "EECO18 and EECO19 count entities, not persons. Rows with “+” are the sums that the European Commission \
         provides for; they are made of their parts here. Sums over subprojects count a person who takes part in several in \
         each of them.",
    )
}

fn counters() -> Text {
    Text::new(
        "Kennzahlen des Programms (Kontakte, beratene Personen, Teilnehmende) zählen Verschiedenes und stehen getrennt \
         von den Indikatoren. Sie werden nicht zueinander addiert.",
        "The programme's own counters (contacts, persons advised, participants) count different things and stand apart \
         from the indicators. They are not added to each other.",
    )
}

/// How people are divided who cannot be cut.
fn divided() -> Text {
    Text::new(
        "Zahlen von Teilvorhaben mit mehreren Regionenkategorien (bundesweite) sind nach ihrem Schlüssel verteilt, in ganzen \
         Personen: je Teilvorhaben, Zeile und Geschlecht nach dem Verfahren von Sainte-Laguë. Die Teile ergeben genau die \
         Summe, und kein Teil sinkt, wenn die Zahl wächst. Welche Personen in welcher Regionenkategorie sind, sagt das nicht. \
         Summen verschiedener Zeilen (etwa EECO01 aus EECO02, EECO04 und EECO05) können in einer Regionenkategorie um \
         einzelne Personen abweichen; über alle Regionenkategorien stimmen sie.",
        "Counts of subprojects in several categories of region (nationwide ones) are divided by their key, in whole persons: for \
         each subproject, row and gender by the method of Sainte-Laguë. The parts sum to the whole exactly, and no part falls \
         when the count grows. This does not say which persons are in which category. Sums of different rows (such as EECO01 \
         of EECO02, EECO04 and EECO05) can differ by single persons in a category of region; over all categories they hold.",
    )
}
