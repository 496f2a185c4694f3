//! Quarters that a subproject reports on, and what it is checked against then.

use nachweis_domain::{
    context::ReportingContext,
    language::{Language, Text},
    period::Period,
    quarter::Quarter,
    subproject::Subproject,
};

use crate::{error::ServiceError, service::Service};

impl Service {
    /// What a subproject's quarter is checked against, from our own record.
    ///
    /// # Errors
    /// [`ServiceError::Invalid`] when the quarter lies outside the grant, or no plan is recorded yet.
    pub(crate) fn context(
        &self,
        subproject: &Subproject,
        quarter: Quarter,
    ) -> Result<ReportingContext, ServiceError> {
        if !subproject.grant_period.quarters().contains(&quarter) {
            return Err(outside_grant(subproject, quarter));
        }
        self.store
            .reporting_context(&subproject.no, quarter)?
            .ok_or_else(|| no_plan(subproject, quarter))
    }
}

/// The quarter is none of the round's.
pub(crate) fn outside_round(period: Period, quarter: Quarter) -> ServiceError {
    let [de, en] = Language::ALL.map(|language| wording(period, quarter, language));
    ServiceError::Invalid {
        code: "quarter-outside-round",
        text: Text::new(
            format!(
                "Das {} liegt nicht in der Förderrunde ({} bis {}). Bitte ein Quartal dieses Zeitraums wählen.",
                de.0, de.1, de.2
            ),
            format!(
                "{} is outside the funding round ({} to {}). Please choose a quarter within it.",
                en.0, en.1, en.2
            ),
        ),
    }
}

/// A quarter, and the first and last day of a period that it lies outside of.
fn wording(period: Period, quarter: Quarter, language: Language) -> (String, String, String) {
    (
        quarter.display(language),
        language.date(period.first),
        language.date(period.last),
    )
}

fn outside_grant(subproject: &Subproject, quarter: Quarter) -> ServiceError {
    let [de, en] = Language::ALL.map(|language| wording(subproject.grant_period, quarter, language));
    ServiceError::Invalid {
        code: "quarter-outside-grant",
        text: Text::new(
            format!(
                "Das {} liegt nicht im Bewilligungszeitraum von {} ({} bis {}). Bitte ein Quartal dieses Zeitraums wählen.",
                de.0, subproject.no, de.1, de.2
            ),
            format!(
                "{} is outside the grant period of {} ({} to {}). Please choose a quarter within it.",
                en.0, subproject.no, en.1, en.2
            ),
        ),
    }
}

fn no_plan(subproject: &Subproject, quarter: Quarter) -> ServiceError {
    ServiceError::Invalid {
        code: "no-plan",
        text: Text::new(
            format!(
                "Für {} ist zum {} noch kein Finanzierungsplan erfasst. Bitte zuerst die Programmdaten mit den Plänen einlesen.",
                subproject.no,
                quarter.display(Language::De)
            ),
            format!(
                "No financing plan of {} is recorded for {} yet. Please import the programme data with the plans first.",
                subproject.no,
                quarter.display(Language::En)
            ),
        ),
    }
}
