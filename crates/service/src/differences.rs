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
    /// The difference report of a closed quarter: what was frozen beside what holds now, with the reopenings in between.
    ///
    /// # Errors
    /// [`ServiceError::Hidden`] or [`ServiceError::Forbidden`]; [`ServiceError::Invalid`] when the quarter is not closed.
    pub fn differences(
        &self,
        caller: &Caller,
        round: &RoundCode,
        quarter: Quarter,
    ) -> Result<Report, ServiceError> {
        gate::programme(caller, Act::ReadClosings)?;
        let code = &self.known_round(round)?.code;
        let closing = self
            .store
            .closing(code, quarter)?
            .ok_or_else(|| not_closed(quarter))?;
        let ledger = |until| {
            let known = self.known_at(code, until)?;
            let ledger = self.store.ledger_as_of(code, &known)?;
            Ok::<_, ServiceError>(ledger_scope::restrict(caller, ledger))
        };
        let frozen = ledger(Some(PastMoment::from(closing.closed_at)))?;
        let now = ledger(None)?;
        let reopenings = self.store.reopenings(code)?.into_iter();
        let reopenings = reopenings
            .filter(|record| record.quarter == quarter)
            .map(|record| self.reopened(record));
        let closed = ClosedQuarter {
            quarter,
            closed_at: closing.closed_at,
            closed_by: self.name_of(closing.closed_by)?,
            reopenings: reopenings.collect::<Result<_, _>>()?,
        };
        Ok(nachweis_report::differences(&closed, &frozen, &now))
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

fn not_closed(quarter: Quarter) -> ServiceError {
    ServiceError::Invalid {
        code: "quarter-not-closed",
        text: Text::new(
            format!(
                "Das Quartal {quarter} ist nicht abgeschlossen; es gibt nichts Eingefrorenes zum Vergleich. Bitte ein abgeschlossenes Quartal wählen."
            ),
            format!(
                "The quarter {quarter} is not closed; nothing frozen is there to compare with. Please choose a closed quarter."
            ),
        ),
    }
}
