//! What the columns of the report mean.

use nachweis_domain::language::Text;

use super::{super::head, Scope};

pub(super) fn notes(scope: &Scope<'_>) -> Vec<Text> {
    vec![
        Text::new(
            "Bewilligt: Betrag der Mittelherkunft im geltenden Finanzierungsplan über den ganzen Bewilligungszeitraum. \
             Abgerufen, erhalten, verausgabt: gemeldete Beträge aller Quartale bis zum Berichtsstand; die Beträge ausstehender \
             Quartale fehlen darin.",
            "Awarded: the amount of the source in the financing plan in effect, over the whole grant period. Called, \
             received, spent: reported amounts of all quarters up to the reporting status, without those outstanding.",
        ),
        Text::new(
            "Anteil Ist: Anteil der Mittelherkunft an allen verausgabten Mitteln der Regionenkategorie. Anteil zusammen: Anteil \
             aller EU-Mittel oder aller Eigenmittel zusammen; nur dieser wird mit der Grenze verglichen, denn sie gilt für die \
             Mittel einer Art, nicht für eine einzelne Quelle.",
            "Share, actual: the share of the source in all money spent in the category of region. Share, together: the share of \
             all Union money or of all own funds together; only this is compared with the limit, which holds for money of a \
             kind and not for a single source.",
        ),
        Text::new(
            "Höchstens: der EU-Anteil der Regionenkategorie nach Art. 112 Abs. 3 VO (EU) 2021/1060, wie die Förderrunde ihn \
             festlegt. Mindestens: Eigenmittel, wie die Förderrunde sie festlegt; fehlende können bis zum Ende des \
             Bewilligungszeitraums folgen, deshalb gelb. Als Rundung bleiben ein halber Cent je Quartalsbericht und zwei Cent \
             je aufgeteiltem Teilvorhaben unbeachtet.",
            "At most: the Union share of the category of region under Art. 112(3) of Regulation (EU) 2021/1060, as the round \
             sets it. At least: own funds, as the round sets them; what is missing may follow until the end of the grant \
             period, so it is yellow. Half a cent per quarterly report and two cents per divided subproject are disregarded \
             as rounding.",
        ),
        Text::new(
            "Die Grenzen gelten je Regionenkategorie. „Mittelherkunft gesamt“ zeigt die Summen über alle Regionenkategorien und \
             hat deshalb keine Grenze.",
            "Limits hold for each category of region. “Sources in total” shows the sums over all categories of region and has \
             no limit for that reason.",
        ),
        Text::new(
            "Beträge von Teilvorhaben mit mehreren Regionenkategorien (bundesweite) sind verteilt: EU-Mittel nach Schlüssel mal \
             Höchstanteil der Kategorie, Eigen- und Drittmittel nach Schlüssel, Zuwendungsmittel so, dass alle zusammen dem \
             Schlüssel folgen; je Spalte auf den Cent nach dem größten Rest. Die Teile ergeben genau die Summe.",
            "Amounts of subprojects in several categories of region (nationwide ones) are divided: Union money by key times \
             highest share of the category, own and third-party funds by key, grant money so that all together follow the key; \
             for each column to the cent by largest remainder. The parts sum to the whole exactly.",
        ),
        head::plans_note(scope),
        head::reported_note(),
        head::rounding_note(),
    ]
}
