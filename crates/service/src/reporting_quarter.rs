//! Quarters that a subproject reports on, and what it is checked against then.

use nachweis_domain::{
    context::ReportingContext,
    language::{Language, Text},
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

fn outside_grant(subproject: &Subproject, quarter: Quarter) -> ServiceError {
    let period = subproject.grant_period;
    let wording = |language: Language| {
        (
            quarter.display(language),
            language.date(period.first),
            language.date(period.last),
        )
    };
    let (de, en) = (wording(Language::De), wording(Language::En));
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
