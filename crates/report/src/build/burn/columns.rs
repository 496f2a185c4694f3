//! The columns of the report and what they mean.

use nachweis_domain::language::{Language, Text};

use super::{super::head, Scope};
use crate::{Column, ColumnKind, GroupBy};

/// Whether the rows of a grouping say how many subprojects they stand for.
pub(super) const fn counts_subprojects(group_by: GroupBy) -> bool {
    matches!(
        group_by,
        GroupBy::Round | GroupBy::Land | GroupBy::Network | GroupBy::ActionField
    )
}

/// The columns after those that name the group.
pub(super) fn columns(mut naming: Vec<Column>, group_by: GroupBy) -> Vec<Column> {
    if counts_subprojects(group_by) {
        naming.push(Column::new("subprojects", ColumnKind::Count, "Teilvorhaben", "Subprojects").wide(13));
    }
    let (de, en) = match group_by {
        GroupBy::Quarter => ("Geplant", "Planned"),
        _ => ("Geplant bis Stand", "Planned to date"),
    };
    let planned = Column::new("planned", ColumnKind::Money, de, en);
    naming.extend([
        Column::new("awarded", ColumnKind::Money, "Bewilligt", "Awarded"),
        planned,
        Column::new("reported", ColumnKind::Money, "Gemeldet", "Reported"),
        Column::new("accepted", ColumnKind::Money, "Angenommen", "Accepted"),
        Column::new("paid_out", ColumnKind::Money, "Ausgezahlt", "Paid out"),
        Column::new("remaining", ColumnKind::Money, "Verbleibend", "Remaining"),
        Column::new("burn", ColumnKind::Percent, "Mittelabfluss", "Burn").wide(13),
        Column::new("elapsed", ColumnKind::Percent, "Zeit vergangen", "Time elapsed"),
        Column::new("gap", ColumnKind::Points, "Abstand", "Gap"),
        Column::new("forecast", ColumnKind::Money, "Prognose Ende", "Forecast, end"),
        Column::new(
            "unspent",
            ColumnKind::Money,
            "Voraussichtlich nicht verausgabt",
            "Expected unspent",
        )
        .wide(18),
        Column::new("light", ColumnKind::Light, "Ampel", "Light").wide(9),
    ]);
    naming
}

/// What the columns mean.
pub(super) fn notes(scope: &Scope<'_>, group_by: GroupBy) -> Vec<Text> {
    let mut notes = vec![amounts(), ratios(), forecast(), light(scope)];
    match group_by {
        GroupBy::RegionCategory => notes.push(head::split_note()),
        GroupBy::PlanItem => notes.push(Text::new(
            "Einnahmen sind mit negativem Vorzeichen abgezogen. Auszahlungen und Prognosen gibt es nur je Teilvorhaben; \
             sie stehen deshalb nur in der Summe.",
            "Income is deducted with a negative sign. Payments and forecasts exist by subproject only; they stand in the \
             total alone.",
        )),
        GroupBy::Quarter => notes.push(Text::new(
            "Geplant, gemeldet, angenommen und ausgezahlt sind Werte des Quartals. Verbleibend, Mittelabfluss, Zeit, \
             Prognose und Ampel geben den Stand am Ende des Quartals wieder.",
            "Planned, reported, accepted and paid out are values of the quarter. Remaining, burn, time, forecast and light \
             show how things stood at the end of the quarter.",
        )),
        _ => {}
    }
    notes.push(head::reported_note());
    notes.push(head::rounding_note());
    notes
}

fn amounts() -> Text {
    Text::new(
        "Bewilligt: zuwendungsfähige Gesamtausgaben der geltenden Planfassung über den ganzen Bewilligungszeitraum. \
         Geplant bis Stand: abgeschlossene Jahre ganz, das laufende Jahr in gleichen Quartalen. Ausgezahlt: an die \
         Teilvorhaben gezahlte Mittel. Verbleibend: bewilligt abzüglich gemeldet.",
        "Awarded: total eligible expenditure of the plan in effect over the whole grant period. Planned to date: past \
         years as a whole, the current year in equal quarters. Paid out: money paid to the subprojects. Remaining: awarded \
         less reported.",
    )
}

fn ratios() -> Text {
    Text::new(
        "Mittelabfluss: gemeldet geteilt durch bewilligt. Zeit vergangen: Tage seit Beginn geteilt durch Tage des \
         Bewilligungszeitraums, für Gruppen gewichtet mit dem bewilligten Betrag. Abstand: Mittelabfluss abzüglich \
         vergangener Zeit in Prozentpunkten; negativ heißt, der Abfluss liegt hinter der Zeit.",
        "Burn: reported divided by awarded. Time elapsed: days since the start divided by the days of the grant period, for \
         groups weighted by award. Gap: burn less time elapsed in percentage points; negative means that spending lags \
         behind time.",
    )
}

fn forecast() -> Text {
    Text::new(
        "Prognose Ende: gemeldet zuzüglich der noch geplanten Quartale mal der Umsetzungsquote der letzten vier Quartale \
         (gemeldet geteilt durch geplant). Voraussichtlich nicht verausgabt: bewilligt abzüglich Prognose.",
        "Forecast, end: reported plus the quarters still planned times the realisation rate of the last four quarters \
         (reported divided by planned). Expected unspent: awarded less forecast.",
    )
}

fn light(scope: &Scope<'_>) -> Text {
    let thresholds = &scope.ledger.round.thresholds;
    let [green, yellow] = [thresholds.light_green_pp, thresholds.light_yellow_pp].map(u64::from);
    let say = |language: Language| (language.group(green), language.group(yellow));
    let (green_de, yellow_de) = say(Language::De);
    let (green_en, yellow_en) = say(Language::En);
    Text::new(
        format!(
            "Ampel: grün bis {green_de}, gelb bis {yellow_de} Prozentpunkte Abstand in beide Richtungen, darüber rot."
        ),
        format!(
            "Light: green up to {green_en}, yellow up to {yellow_en} percentage points of gap either way, red above."
        ),
    )
}
