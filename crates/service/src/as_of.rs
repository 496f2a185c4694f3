//! Asking for a past moment: what the record knew then.

use chrono::{DateTime, Utc};
use nachweis_domain::{
    key::RoundCode,
    language::{Language, Text},
    past_moment::PastMoment,
};
use nachweis_store::AsOf;

use crate::{error::ServiceError, service::Service};

impl Service {
    /// What was known of a round at a moment, or is known now.
    ///
    /// # Errors
    /// [`ServiceError::Hidden`] when there is no such round; [`ServiceError::Invalid`] for a moment that is still to come,
    /// or one before the round was recorded.
    pub(crate) fn known_at(
        &self,
        round: &RoundCode,
        until: Option<PastMoment>,
    ) -> Result<AsOf, ServiceError> {
        let Some(until) = self.past(until)? else {
            return self.store.as_of(round, None)?.ok_or(ServiceError::Hidden);
        };
        match self.store.as_of(round, Some(until))? {
            Some(as_of) => Ok(as_of),
            None => Err(too_early(
                self.store.recorded_since(round)?.ok_or(ServiceError::Hidden)?,
            )),
        }
    }

    /// The moment asked for, if one is.
    ///
    /// # Errors
    /// [`ServiceError::Invalid`] for one that is still to come.
    pub(crate) fn past(&self, until: Option<PastMoment>) -> Result<Option<DateTime<Utc>>, ServiceError> {
        let until = until.map(PastMoment::at);
        // Moments of the record may be ahead of the clock by as many microseconds as it stood still.
        if until > Some(self.clock.now()) && until > self.store.last_moment()? {
            return Err(still_to_come());
        }
        Ok(until)
    }
}

fn still_to_come() -> ServiceError {
    ServiceError::Invalid {
        code: "as-of-future",
        text: Text::new(
            "Der verlangte Zeitpunkt liegt in der Zukunft; ein Tag zählt bis zu seinem Ende. Bitte einen vergangenen Zeitpunkt \
             angeben, oder die Angabe für den heutigen Stand weglassen.",
            "The moment asked for is in the future; a day counts to its end. Please give a past moment, or leave it out for \
             the present state.",
        ),
    }
}

fn too_early(recorded: DateTime<Utc>) -> ServiceError {
    let since = |language: Language| language.moment(recorded);
    ServiceError::Invalid {
        code: "as-of-early",
        text: Text::new(
            format!(
                "Zum verlangten Zeitpunkt war die Förderrunde noch nicht erfasst; das ist sie seit {} Uhr. Bitte einen späteren \
                 Zeitpunkt angeben.",
                since(Language::De)
            ),
            format!(
                "The funding round was not recorded yet at the moment asked for; it has been since {} (Europe/Berlin). Please \
                 give a later moment.",
                since(Language::En)
            ),
        ),
    }
}
