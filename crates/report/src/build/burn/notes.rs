//! What the columns of the report mean.

use nachweis_domain::language::{Language, Text};

use super::{super::head, Scope};
use crate::GroupBy;

/// What the columns mean, one paragraph each.
pub(super) fn notes(scope: &Scope<'_>, group_by: GroupBy) -> Vec<Text> {
    let mut notes = vec![amounts(), outstanding(), ratios(), forecast(), light(scope)];
    match group_by {
        GroupBy::RegionCategory => {
            notes.push(head::split_note());
            notes.push(Text::new(
                "Ausstehende Quartale eines Teilvorhabens mit mehreren Regionenkategorien zählen in jeder davon; in der Summe \
                 zählen sie einmal. Die Prognose einer Regionenkategorie ergibt sich aus ihren verteilten Beträgen: bewilligt \
                 abzüglich nicht verausgabt zuzüglich über Bewilligung.",
                "Quarters outstanding of a subproject in several categories of region count in each of them; in the total \
                 they count once. The forecast of a category of region follows from its divided amounts: awarded less \
                 unspent plus above award.",
            ));
        }
        GroupBy::PlanItem => notes.push(Text::new(
            "Einnahmen sind mit negativem Vorzeichen abgezogen. Auszahlungen, Prognosen und ausstehende Quartale gibt es nur \
             je Teilvorhaben; sie stehen deshalb nur in der Summe.",
            "Income is deducted with a negative sign. Payments, forecasts and quarters outstanding exist by subproject only; \
             they stand in the total alone.",
        )),
        GroupBy::Quarter => notes.push(Text::new(
            "Ausstehende Quartale, geplant, gemeldet, angenommen und ausgezahlt sind Werte des Quartals. Verbleibend, \
             Mittelabfluss, Zeit, Prognose und Ampel geben den Stand am Ende des Quartals wieder, mit der Planfassung des \
             Planstands und den Meldungen, die heute vorliegen.",
            "Quarters outstanding, planned, reported, accepted and paid out are values of the quarter. Remaining, burn, time, \
             forecast and light show how things stood at the end of the quarter, with the plan stated above and the reports \
             that exist today.",
        )),
        _ => {}
    }
    notes.push(head::plans_note(scope));
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

fn outstanding() -> Text {
    Text::new(
        "Quartale ausstehend: Quartale des Bewilligungszeitraums bis zum Berichtsstand, von denen keine Fassung eingereicht \
         oder angenommen ist. Was darin ausgegeben wurde, ist nicht bekannt; es zählt nicht als null. Deshalb vergleichen \
         Abstand und Ampel nur mit der Zeit der gemeldeten Quartale, und die Prognose behandelt ausstehende Quartale wie \
         künftige. In „Gemeldet“, „Mittelabfluss“ und „Verbleibend“ fehlen ihre Ausgaben.",
        "Quarters outstanding: quarters of the grant period up to the reporting status of which no revision is submitted or \
         accepted. What was spent in them is not known; it does not count as zero. So gap and light compare with the time of \
         reported quarters only, and the forecast treats quarters outstanding like those to come. “Reported”, “burn” and \
         “remaining” lack their expenditure.",
    )
}

fn ratios() -> Text {
    Text::new(
        "Mittelabfluss: gemeldet geteilt durch bewilligt. Zeit vergangen: Tage seit Beginn geteilt durch Tage des \
         Bewilligungszeitraums; davon gemeldet: Tage, die in gemeldeten Quartalen liegen; für Gruppen beide gewichtet mit \
         dem bewilligten Betrag. Abstand: Mittelabfluss abzüglich gemeldeter Zeit in Prozentpunkten; negativ heißt, der \
         Abfluss liegt hinter der Zeit.",
        "Burn: reported divided by awarded. Time elapsed: days since the start divided by the days of the grant period; of it \
         reported: days that lie in reported quarters; for groups both weighted by award. Gap: burn less time reported in \
         percentage points; negative means that spending lags behind time.",
    )
}

fn forecast() -> Text {
    Text::new(
        "Prognose Ende: gemeldet zuzüglich der für ausstehende und künftige Quartale geplanten Beträge mal der \
         Umsetzungsquote. Die Quote ist je Teilvorhaben gemeldet geteilt durch geplant in den letzten vier gemeldeten \
         Quartalen des Bewilligungszeitraums, mindestens 0; vor der ersten Meldung ist sie 1. Voraussichtlich nicht \
         verausgabt und voraussichtlich über Bewilligung: je Teilvorhaben, was die Prognose unter oder über dem bewilligten \
         Betrag liegt; in Gruppen wird beides nicht gegeneinander aufgerechnet, weil Mittel eines Teilvorhabens verfallen, \
         auch wenn ein anderes mehr braucht.",
        "Forecast, end: reported plus the amounts planned for quarters outstanding and to come times the realisation rate. The \
         rate of each subproject is reported divided by planned in the last four reported quarters of the grant period, at \
         least 0; before the first report it is 1. Expected unspent and expected above award: for each subproject, what the \
         forecast lies below or above the award; in groups they are not set off against each other, because money of one \
         subproject lapses even where another needs more.",
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
            "Ampel: grün bis {green_de}, gelb bis {yellow_de} Prozentpunkte Abstand in beide Richtungen, darüber rot; keine \
             Ampel vor der ersten Meldung."
        ),
        format!(
            "Light: green up to {green_en}, yellow up to {yellow_en} percentage points of gap either way, red above; no light \
             before the first report."
        ),
    )
}
