//! What the columns of the report mean.

use nachweis_domain::language::{Language, Text};

use super::{super::head, Scope};

pub(super) fn notes(scope: &Scope<'_>) -> Vec<Text> {
    vec![
        amounts(),
        rule(scope),
        offset(),
        Text::new(
            "Einnahmen stehen als positive Beträge in ihrer Zeile und sind in der Summe abgezogen; an der 20-%-Regel nehmen sie \
             nicht teil.",
            "Income stands as a positive amount in its row and is deducted in the total; it takes no part in the 20 % rule.",
        ),
        head::plans_note(scope),
        head::reported_note(),
        head::rounding_note(),
    ]
}

fn amounts() -> Text {
    Text::new(
        "Plan: Einzelansatz im geltenden Finanzierungsplan über den ganzen Bewilligungszeitraum. Gemeldet: Ausgaben bis zum \
         Berichtsstand. Abweichung: gemeldet geteilt durch Plan, minus 1; ein negativer Wert heißt, dass der Ansatz noch \
         nicht ausgeschöpft ist.",
        "Plan: the plan item in the financing plan in effect, over the whole grant period. Reported: expenditure up to the \
         reporting status. Deviation: reported divided by plan, minus 1; a negative value means that the item is not used up \
         yet.",
    )
}

fn rule(scope: &Scope<'_>) -> Text {
    let thresholds = &scope.ledger.round.thresholds;
    let percent = |language| {
        (
            thresholds.item_warning.display(language),
            thresholds.item_limit.display(language),
        )
    };
    let (warning_de, limit_de) = percent(Language::De);
    let (warning_en, limit_en) = percent(Language::En);
    Text::new(
        format!(
            "20-%-Regel (Nr. 1.2 ANBest-P): Ein Einzelansatz darf um bis zu {limit_de} überschritten werden, soweit andere \
             Ansätze das ausgleichen; mehr als {limit_de} brauchen auch dann die Zustimmung der Bewilligungsbehörde. \
             Frühwarnung ab {warning_de}. Die Grenzen gelten auf den Cent: genau {limit_de} liegen nicht darüber, genau \
             {warning_de} werden gemeldet. Ob eine Zustimmung vorliegt, steht nicht in diesem Bericht. Den Plan einzelner \
             Kalenderjahre prüft er nicht; das tut die Prüfung FIN-07 jeder Arbeitsmappe."
        ),
        format!(
            "20 % rule (ANBest-P no. 1.2): a plan item may be exceeded by up to {limit_en} where other items make up for it; \
             more than {limit_en} needs the consent of the granting authority even then. Early warning from {warning_en}. The \
             limits hold to the cent: exactly {limit_en} is not above, exactly {warning_en} is warned of. Whether there is a \
             consent is not known to this report. It does not look at the plans of single calendar years; the check FIN-07 of \
             every workbook does."
        ),
    )
}

fn offset() -> Text {
    Text::new(
        "Über Plan: was Ansätze und Pauschalen über ihrem Plan liegen. Eingespart bis Stand: was von dem Betrag übrig ist, der \
         für gemeldete Quartale geplant war; was für ausstehende und künftige Quartale geplant ist, spart nichts ein. \
         „Ausgeglichen“ heißt: die Summe „Über Plan“ eines Teilvorhabens ist nicht höher als seine Summe „Eingespart bis \
         Stand“; sonst ist keine seiner Überschreitungen ausgeglichen. Pauschalen sind keine freien Ansätze: sie sparen \
         nichts ein, ihr Mehrbetrag muss aber mit ausgeglichen werden.",
        "Over plan: what items and flat rates lie above their plan. Saved to date: what is left of the amount planned for \
         reported quarters; what is planned for quarters outstanding or to come saves nothing. “Offset” means that the sum \
         “over plan” of a subproject is not higher than its sum “saved to date”; otherwise none of its overruns is offset. \
         Flat rates are no free items: they save nothing, but what they grow by must be offset as well.",
    )
}
