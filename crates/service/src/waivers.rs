//! Waivers: asked for with a reason, granted or refused by a second person, withdrawn; and who may read them.

use chrono::{DateTime, TimeDelta, Utc};
use nachweis_domain::{
    access::{Act, Caller},
    finding::Code,
    key::{RoundCode, SubprojectNo},
    language::{Language, Text},
    limits,
    past_moment::PastMoment,
    quarter::Quarter,
    record::WaiverId,
    subproject::Subproject,
    waiver::{self, Waiver, WaiverRefusal, WaiverState},
};
use nachweis_store::{NewWaiver, StoreError, WaiverWord};

use crate::{comment, error::ServiceError, gate, id, service::Service};

/// What is asked for with a waiver.
#[derive(Clone, Debug)]
pub struct WaiverRequest {
    /// The code of the findings to be waived.
    pub code: Code,
    /// The first quarter whose reports it is for.
    pub first: Quarter,
    /// The last one.
    pub last: Quarter,
    /// Why.
    pub reason: String,
    /// Until when.
    pub until: DateTime<Utc>,
}

/// A waiver and where it stands now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownWaiver {
    /// All that is kept of it.
    pub waiver: Waiver,
    /// Where it stands.
    pub state: WaiverState,
}

impl Service {
    /// Asks for a waiver. It counts once a second person grants it.
    ///
    /// # Errors
    /// [`ServiceError::Hidden`] or [`ServiceError::Forbidden`]; [`ServiceError::Invalid`] for a code that cannot be waived,
    /// quarters outside the grant, a missing or long reason, or an end in the past or too far away;
    /// [`ServiceError::Store`] with a conflict while too many requests wait.
    pub fn ask_waiver(
        &self,
        caller: &Caller,
        no: &SubprojectNo,
        request: &WaiverRequest,
    ) -> Result<KnownWaiver, ServiceError> {
        let subproject = self.known_subproject(no)?;
        gate::subproject(caller, Act::AskWaiver, &subproject)?;
        check_quarters(&subproject, request)?;
        let round = self.known_round(&subproject.round)?;
        waiver::check_code(round, request.code, request.first.through(request.last)).map_err(invalid)?;
        let reason = comment::checked_reason(&request.reason)?.to_owned();
        let at = self.clock.now();
        let days = limits::WAIVER_DAYS.value;
        let longest = at + TimeDelta::days(i64::try_from(days).unwrap_or(1));
        if request.until <= at || request.until > longest {
            return Err(unfit_end(days));
        }
        let waiver = self.store.ask_waiver(&NewWaiver {
            id: WaiverId(id::at(at)),
            subproject: no.clone(),
            code: request.code,
            first: request.first,
            last: request.last,
            reason,
            until: request.until,
            by: caller.user,
            at,
            open_at_most: limits::WAIVERS_OPEN.size(),
        })?;
        Ok(self.known(waiver))
    }

    /// Grants a waiver as the second person, until the moment that was asked for or an earlier one.
    ///
    /// # Errors
    /// [`ServiceError::Hidden`] when there is none of this id or the caller may not see its subproject;
    /// [`ServiceError::Forbidden`], also for the person who asked; [`ServiceError::Invalid`] without a reason, or with an end
    /// that is later than was asked or has passed; [`ServiceError::Store`] with a conflict when it is settled.
    pub fn grant_waiver(
        &self,
        caller: &Caller,
        id: WaiverId,
        until: Option<DateTime<Utc>>,
        reason: &str,
    ) -> Result<KnownWaiver, ServiceError> {
        let waiver = self.decided_on(caller, id)?;
        let until = until.unwrap_or(waiver.asked_until);
        let word = self.word(caller, id, reason)?;
        match waiver.decidable(caller.user, word.at, Some(until)) {
            Err(refusal @ (WaiverRefusal::LongerThanAsked | WaiverRefusal::EndPassed)) => {
                Err(invalid(refusal))
            }
            _ => Ok(self.known(self.store.decide_waiver(&word, Some(until))?)),
        }
    }

    /// Refuses a waiver as the second person.
    ///
    /// # Errors
    /// As [`Service::grant_waiver`].
    pub fn refuse_waiver(
        &self,
        caller: &Caller,
        id: WaiverId,
        reason: &str,
    ) -> Result<KnownWaiver, ServiceError> {
        self.decided_on(caller, id)?;
        let word = self.word(caller, id, reason)?;
        Ok(self.known(self.store.decide_waiver(&word, None)?))
    }

    /// Withdraws a waiver: whoever may ask takes back a request, a manager ends what was granted. What was handed in under it
    /// stays as it is.
    ///
    /// # Errors
    /// As [`Service::grant_waiver`].
    pub fn withdraw_waiver(
        &self,
        caller: &Caller,
        id: WaiverId,
        reason: &str,
    ) -> Result<KnownWaiver, ServiceError> {
        let (waiver, subproject) = self.visible_waiver(caller, id)?;
        let act = match waiver.decision {
            Some(_) => Act::DecideWaiver,
            None => Act::AskWaiver,
        };
        gate::subproject(caller, act, &subproject)?;
        let word = self.word(caller, id, reason)?;
        Ok(self.known(self.store.withdraw_waiver(&word)?))
    }

    /// A waiver.
    ///
    /// # Errors
    /// [`ServiceError::Hidden`] when there is none of this id or the caller may not see its subproject, or
    /// [`ServiceError::Forbidden`].
    pub fn waiver(&self, caller: &Caller, id: WaiverId) -> Result<KnownWaiver, ServiceError> {
        let (waiver, _) = self.visible_waiver(caller, id)?;
        Ok(self.known(waiver))
    }

    /// All waivers of a subproject, in the order of their numbers, as they are known now or were at a past moment.
    ///
    /// # Errors
    /// [`ServiceError::Hidden`] or [`ServiceError::Forbidden`]; [`ServiceError::Invalid`] for a moment that is still to come.
    pub fn waivers_of(
        &self,
        caller: &Caller,
        no: &SubprojectNo,
        until: Option<PastMoment>,
    ) -> Result<Vec<KnownWaiver>, ServiceError> {
        gate::subproject(caller, Act::ReadUpload, &self.known_subproject(no)?)?;
        self.known_by(until, self.store.waivers_of(no)?)
    }

    /// All waivers of a round that the caller may see, in the order of their numbers, as they are known now or were at a past
    /// moment. What the caller may see is decided by today's subprojects.
    ///
    /// # Errors
    /// [`ServiceError::Hidden`] or [`ServiceError::Forbidden`]; [`ServiceError::Invalid`] for a moment that is still to come.
    pub fn waivers_of_round(
        &self,
        caller: &Caller,
        round: &RoundCode,
        until: Option<PastMoment>,
    ) -> Result<Vec<KnownWaiver>, ServiceError> {
        gate::programme(caller, Act::ReadRounds)?;
        let round = &self.known_round(round)?.code;
        let subprojects = self.store.subprojects(round)?;
        let visible = |waiver: &Waiver| {
            let own = subprojects
                .iter()
                .find(|subproject| subproject.no == waiver.subproject);
            own.is_some_and(|own| gate::allows(caller, Act::ReadUpload, own))
        };
        let mut waivers = self.store.waivers_of_round(round)?;
        waivers.retain(visible);
        self.known_by(until, waivers)
    }
}

impl Service {
    /// Waivers as they were known at a moment, and where they stood then; as of now where none is given.
    fn known_by(
        &self,
        until: Option<PastMoment>,
        waivers: Vec<Waiver>,
    ) -> Result<Vec<KnownWaiver>, ServiceError> {
        let waivers = waivers.into_iter();
        Ok(match self.past(until)? {
            None => waivers.map(|waiver| self.known(waiver)).collect(),
            Some(moment) => {
                let then = waivers.filter_map(|waiver| waiver.as_known_at(moment));
                let known = then.map(|waiver| KnownWaiver {
                    state: waiver.state_at(moment),
                    waiver,
                });
                known.collect()
            }
        })
    }

    fn known(&self, waiver: Waiver) -> KnownWaiver {
        KnownWaiver {
            state: waiver.state_at(self.clock.now()),
            waiver,
        }
    }

    fn visible_waiver(&self, caller: &Caller, id: WaiverId) -> Result<(Waiver, Subproject), ServiceError> {
        let waiver = match self.store.waiver(id) {
            Err(StoreError::Unknown { .. }) => return Err(ServiceError::Hidden),
            other => other?,
        };
        let subproject = self.known_subproject(&waiver.subproject)?;
        gate::subproject(caller, Act::ReadUpload, &subproject)?;
        Ok((waiver, subproject))
    }

    /// A waiver on which the caller may decide; nobody does on what they asked for.
    fn decided_on(&self, caller: &Caller, id: WaiverId) -> Result<Waiver, ServiceError> {
        let (waiver, subproject) = self.visible_waiver(caller, id)?;
        gate::handled(caller, Act::DecideWaiver, &subproject, &[waiver.asked_by])?;
        Ok(waiver)
    }

    fn word(&self, caller: &Caller, id: WaiverId, reason: &str) -> Result<WaiverWord, ServiceError> {
        Ok(WaiverWord {
            id,
            by: caller.user,
            at: self.clock.now(),
            reason: comment::checked_reason(reason)?.to_owned(),
        })
    }
}

fn check_quarters(subproject: &Subproject, request: &WaiverRequest) -> Result<(), ServiceError> {
    let quarters = subproject.grant_period.quarters();
    let within = quarters.contains(&request.first) && quarters.contains(&request.last);
    if within && request.first <= request.last {
        return Ok(());
    }
    let named = |quarter: Option<&Quarter>| quarter.map(ToString::to_string).unwrap_or_default();
    let (first, last) = (named(quarters.first()), named(quarters.last()));
    Err(ServiceError::Invalid {
        code: "waiver-quarters",
        text: Text::new(
            format!(
                "Eine Ausnahme gilt für Quartale des Bewilligungszeitraums, {first} bis {last}, das erste nicht nach dem letzten. Bitte die Quartale prüfen."
            ),
            format!(
                "A waiver is for quarters of the grant period, {first} to {last}, the first not after the last. Please check the quarters."
            ),
        ),
    })
}

fn invalid(refusal: WaiverRefusal) -> ServiceError {
    ServiceError::Invalid {
        code: refusal.code(),
        text: refusal.text(),
    }
}

fn unfit_end(days: u64) -> ServiceError {
    ServiceError::Invalid {
        code: "waiver-end",
        text: Text::new(
            format!(
                "Eine Ausnahme endet von selbst, spätestens nach {} Tagen. Bitte ein Ende in dieser Zeit angeben.",
                Language::De.group(days)
            ),
            format!(
                "A waiver ends by itself, after {} days at the latest. Please give an end within that time.",
                Language::En.group(days)
            ),
        ),
    }
}
