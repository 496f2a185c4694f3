//! What of a closed quarter is no longer as it was frozen.

use nachweis_domain::{
    access::{Act, Caller},
    key::RoundCode,
    language::Text,
    past_moment::PastMoment,
    quarter::Quarter,
    record::{ReopeningRecord, UserId},
};
use nachweis_report::{ClosedQuarter, Reopened, Report};

use crate::{error::ServiceError, gate, ledger_scope, service::Service};

impl Service {
    /// The difference report of a closed quarter: what was frozen beside what holds now, or held at a past moment, with the
    /// reopenings in between. A past moment gives the report that was issued then, byte for byte.
    ///
    /// # Errors
    /// [`ServiceError::Hidden`] or [`ServiceError::Forbidden`]; [`ServiceError::Invalid`] when the quarter is not closed, or
    /// was not by then, and for a moment that is still to come or one before the round was recorded.
    pub fn differences(
        &self,
        caller: &Caller,
        round: &RoundCode,
        quarter: Quarter,
        until: Option<PastMoment>,
    ) -> Result<Report, ServiceError> {
        gate::programme(caller, Act::ReadClosings)?;
        let code = &self.known_round(round)?.code;
        if until.is_some() {
            // Refuses moments at which nothing was known.
            self.known_at(code, until)?;
        }
        let found = self
            .store
            .compared_quarter(code, quarter, until.map(PastMoment::at))?
            .ok_or_else(|| not_closed(quarter, until))?;
        let reopenings = found.reopenings.into_iter();
        let reopenings = reopenings.map(|record| self.reopened(record));
        let closed = ClosedQuarter {
            quarter,
            closed_at: found.closing.closed_at,
            closed_by: self.name_of(found.closing.closed_by)?,
            reopenings: reopenings.collect::<Result<_, _>>()?,
            as_of: found.as_of,
            mark: found.mark,
        };
        let [frozen, later] =
            [found.frozen, found.later].map(|ledger| ledger_scope::restrict(caller, ledger));
        Ok(nachweis_report::differences(&closed, &frozen, &later))
    }
}

impl Service {
    fn reopened(&self, record: ReopeningRecord) -> Result<Reopened, ServiceError> {
        let confirmed = record.confirmed;
        let confirmed = confirmed.map(|(by, at)| Ok::<_, ServiceError>((self.name_of(by)?, at)));
        let withdrawn = record.withdrawal;
        let withdrawn =
            withdrawn.map(|said| Ok::<_, ServiceError>((self.name_of(said.by)?, said.at, said.reason)));
        Ok(Reopened {
            requested_by: self.name_of(record.requested_by)?,
            confirmed: confirmed.transpose()?,
            subproject: record.subproject,
            reason: record.reason,
            requested_at: record.requested_at,
            expires_at: record.expires_at,
            withdrawn: withdrawn.transpose()?,
            id: record.id,
        })
    }

    /// The name of a person as shown to others.
    fn name_of(&self, id: UserId) -> Result<String, ServiceError> {
        let user = self.store.user(id)?;
        Ok(user.map_or_else(|| id.to_string(), |user| user.display_name))
    }
}

fn not_closed(quarter: Quarter, until: Option<PastMoment>) -> ServiceError {
    let text = match until {
        None => Text::new(
            format!(
                "Das Quartal {quarter} ist nicht abgeschlossen; es gibt nichts Eingefrorenes zum Vergleich. Bitte ein abgeschlossenes Quartal wählen."
            ),
            format!(
                "The quarter {quarter} is not closed; nothing frozen is there to compare with. Please choose a closed quarter."
            ),
        ),
        Some(_) => Text::new(
            format!(
                "Das Quartal {quarter} war zum verlangten Zeitpunkt nicht abgeschlossen; es gab nichts Eingefrorenes zum Vergleich. Bitte ein anderes Quartal oder einen späteren Zeitpunkt wählen."
            ),
            format!(
                "The quarter {quarter} was not closed at the moment asked for; nothing frozen was there to compare with. Please choose another quarter or a later moment."
            ),
        ),
    };
    ServiceError::Invalid {
        code: "quarter-not-closed",
        text,
    }
}
