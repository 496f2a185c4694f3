//! What rules would hit: those of a round that run in shadow, or those of a proposed round, over all stored originals.
//!
//! A read: each upload whose original is kept is judged anew with the rules in force and with those in question, against
//! what the record knew when it came, and nothing is kept of it but the report. Figures are taken from the record where they
//! say all that the differing rules look at; else the originals are read again by the confined reader.

use std::sync::{Mutex, PoisonError};

use nachweis_domain::{
    access::{Act, Caller},
    effect::{self, Effect, Evidence, Place, Uncounted},
    finding::Code,
    key::RoundCode,
    language::Text,
    limits,
    past_moment::PastMoment,
    record::RatedFinding,
    round::FundingRound,
};
use nachweis_ingest::{BatchReader, ReadFailure, Reading};
use nachweis_report::{Report, Trial};
use nachweis_store::{JudgedUpload, Revisions, StoreError};

use crate::{
    error::ServiceError,
    gate, identity,
    judge::{self, Comparable},
    readers,
    service::Service,
};

/// What is asked for.
#[derive(Clone, Debug, Default)]
pub struct EffectRequest {
    /// The round as it would be; none for the round in force with its rules in shadow switched on.
    pub proposed: Option<FundingRound>,
    /// Which revisions are judged.
    pub revisions: Revisions,
    /// What is looked at.
    pub looking: Looking,
    /// Up to which past moment uploads, steps and rules count; none for what is known now.
    pub until: Option<PastMoment>,
}

/// What is looked at to judge an upload anew.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Looking {
    /// Stored figures where they say all that the differing rules look at, else originals.
    #[default]
    WhereNeeded,
    /// Originals in any case.
    AtOriginals,
}

impl Service {
    /// Whether the caller may read what rules would hit: asked before a turn is taken for it.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`].
    pub fn may_read_rule_effect(&self, caller: &Caller) -> Result<(), ServiceError> {
        gate::programme(caller, Act::ReadRuleEffect)
    }

    /// The report of what the rules of a round in shadow, or those of a proposed round, would hit: now, or as it was issued
    /// at a past moment, with the uploads and the rules that were known then.
    ///
    /// # Errors
    /// [`ServiceError::Hidden`] or [`ServiceError::Forbidden`]; [`ServiceError::Invalid`] for a proposed round of another
    /// code or workbook, a moment that is still to come, or one before the round was recorded; [`ServiceError::Unread`] when readers cannot be run.
    pub fn rule_effect(
        &self,
        caller: &Caller,
        round: &RoundCode,
        request: &EffectRequest,
    ) -> Result<Report, ServiceError> {
        self.may_read_rule_effect(caller)?;
        let in_force = self.known_round(round)?;
        let known = self.known_at(round, request.until)?;
        let (before, version) = match request.until {
            Some(_) => self.store.round_as_of(round, &known)?,
            None => (in_force.clone(), self.version_of(in_force)),
        };
        let before = &before;
        if let Some(proposed) = &request.proposed {
            comparable(before, proposed)?;
        }
        let after = request.proposed.clone().unwrap_or_else(|| before.switched_on());
        let evidence = match request.looking {
            Looking::AtOriginals => Evidence::Originals,
            Looking::WhereNeeded => Evidence::needed(before, &after),
        };
        let told = Code::ALL.iter().copied();
        let told = told.filter(|code| effect::differs(before, &after, *code));
        let job = Job {
            service: self,
            before,
            after: &after,
            evidence,
        };
        let mut found = Effect::on(told, limits::EFFECT_LISTED.size());
        let until = request.until.map(PastMoment::at);
        let asked = (&known, until, request.revisions);
        let judged = self.store.for_each_judged_quarter(round, asked, &mut |uploads| {
            job.judge_quarter(&uploads, &mut found)
        })?;
        let proposed = request.proposed.as_ref().map(nachweis_store::rule_version);
        let proposed = proposed.transpose()?;
        let trial = Trial {
            before,
            version: &version,
            after: &after,
            proposed: proposed.as_ref(),
            all_revisions: request.revisions == Revisions::All,
            evidence,
            as_of: judged.at,
            mark: judged.mark,
        };
        Ok(nachweis_report::effect(&trial, &found))
    }
}

/// Refuses a proposed round that reads other workbooks.
fn comparable(before: &FundingRound, proposed: &FundingRound) -> Result<(), ServiceError> {
    let (here, there) = (&before.code, &proposed.code);
    if here != there {
        return Err(ServiceError::Invalid {
            code: "proposed-round-other",
            text: Text::new(
                format!(
                    "Die vorgeschlagene Datei ist die der Runde {there}, gefragt ist die Runde {here}. Bitte eine Datei mit code = \"{here}\" angeben."
                ),
                format!(
                    "The proposed file is that of the round {there}, asked for is the round {here}. Please give a file with code = \"{here}\"."
                ),
            ),
        });
    }
    let (ours, theirs) = (&before.template_version, &proposed.template_version);
    if ours != theirs {
        return Err(ServiceError::Invalid {
            code: "proposed-round-workbook",
            text: Text::new(
                format!(
                    "Die vorgeschlagene Datei liest die Arbeitsmappe {theirs}, eingereicht ist die Arbeitsmappe {ours}; was ihre Regeln getroffen hätten, lässt sich nicht sagen. Bitte template_version = \"{ours}\" lassen."
                ),
                format!(
                    "The proposed file reads the workbook {theirs}, uploaded is the workbook {ours}; what its rules would have hit cannot be said. Please leave template_version = \"{ours}\"."
                ),
            ),
        });
    }
    Ok(())
}

/// Two versions of a round over the same uploads.
struct Job<'a> {
    service: &'a Service,
    before: &'a FundingRound,
    after: &'a FundingRound,
    evidence: Evidence,
}

/// Both verdicts on an upload.
type Verdicts = (Vec<RatedFinding>, Vec<RatedFinding>);

/// What an upload holds, and whether it was the expected one where that is not to be found anew; or why it is not counted.
type Evident = Result<(Reading, Option<Comparable>), Uncounted>;

impl Job<'_> {
    /// Judges the uploads of a quarter on all cores, and adds them in their order.
    fn judge_quarter(&self, uploads: &[JudgedUpload], found: &mut Effect) -> Result<(), ServiceError> {
        type Judged = (usize, Result<Verdicts, Uncounted>);
        let verdicts: Mutex<Vec<Judged>> = Mutex::new(Vec::with_capacity(uploads.len()));
        readers::for_each(self.service, uploads, |reader, index, judged| {
            let both = self.judge(reader, judged)?;
            let mut verdicts = verdicts.lock().unwrap_or_else(PoisonError::into_inner);
            verdicts.push((index, both));
            Ok(())
        })?;
        let mut verdicts = verdicts.into_inner().unwrap_or_else(PoisonError::into_inner);
        verdicts.sort_by_key(|(index, _)| *index);
        for ((_, verdicts), judged) in verdicts.into_iter().zip(uploads) {
            let place = Place::of(&judged.upload, judged.standing);
            match verdicts {
                Ok((before, after)) => found.add(&place, before, after),
                Err(why) => found.leave_out(place, why),
            }
        }
        Ok(())
    }

    fn judge(
        &self,
        reader: &mut BatchReader,
        judged: &JudgedUpload,
    ) -> Result<Result<Verdicts, Uncounted>, ServiceError> {
        if let Some(at) = judged.erased_at {
            return Ok(Err(Uncounted::Erased(at)));
        }
        let Some(context) = &judged.context else {
            return Ok(Err(Uncounted::Unknown));
        };
        let kept = self.service.store.findings_of(judged.upload.id)?;
        let (reading, comparable) = match self.reading(reader, judged, &kept)? {
            Ok(evident) => evident,
            Err(why) => return Ok(Err(why)),
        };
        let left = self.evidence.leaves(kept);
        let verdict = |round: &FundingRound| {
            let (identity, comparable) = comparable.map_or_else(
                || identity::check(&reading, round, context, &self.service.seal_key),
                |comparable| (Vec::new(), comparable),
            );
            let mut findings = judge::judge(round, context, &reading, identity, comparable);
            findings.retain(|rated| self.evidence.speaks_of(rated));
            findings.extend(left.iter().cloned());
            findings
        };
        Ok(Ok((verdict(self.before), verdict(self.after))))
    }

    /// What the workbook of an upload holds; with figures alone also whether it was the one expected, as the verdict of
    /// then says. Or why it is not counted.
    fn reading(
        &self,
        reader: &mut BatchReader,
        judged: &JudgedUpload,
        kept: &[RatedFinding],
    ) -> Result<Evident, ServiceError> {
        let store = &self.service.store;
        let upload = &judged.upload;
        match self.evidence {
            Evidence::Figures => {
                let reading = Reading {
                    figures: store.figures_of(upload.id)?,
                    ..Reading::default()
                };
                let strange = kept.iter().any(|rated| rated.finding.code().is_of_a_stranger());
                let comparable = if strange { Comparable::No } else { Comparable::Yes };
                Ok(Ok((reading, Some(comparable))))
            }
            Evidence::Originals => {
                let bytes = match store.original(&upload.sha256) {
                    Ok(Some(bytes)) => bytes,
                    // Erased after the moment that was asked for.
                    Err(StoreError::Erased { at }) => return Ok(Err(Uncounted::Erased(at))),
                    Ok(None) | Err(StoreError::Corrupt { .. }) => return Ok(Err(Uncounted::Damaged)),
                    Err(error) => return Err(error.into()),
                };
                match reader.read(&bytes) {
                    Ok(reading) => Ok(Ok((reading, None))),
                    Err(ReadFailure::Refused(_) | ReadFailure::WorkerLimit { .. }) => {
                        Ok(Err(Uncounted::Unreadable))
                    }
                    Err(failure) => Err(failure.into()),
                }
            }
        }
    }
}
