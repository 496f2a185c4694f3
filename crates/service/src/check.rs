//! Checking a workbook offline: the same reading and rules, no database.
//!
//! The workbook's own envelope says what it is checked against; voucher numbers of earlier quarters are not known here.

use nachweis_domain::{
    finding::{Code, Detail, Finding, Severity},
    language::Language,
    record::RatedFinding,
    round::FundingRound,
};
use nachweis_ingest::{ConfinedReader, Envelope, Reading, SealKey, check_identity};

use crate::{
    error::ServiceError,
    judge::{self, Comparable},
    secret::SecretKey,
};

/// What an offline check found.
#[derive(Clone, Debug)]
pub struct CheckOutcome {
    /// What was read: the workbook's envelope and its figures.
    pub reading: Reading,
    /// All findings in the order of the workbook.
    pub findings: Vec<RatedFinding>,
}

impl CheckOutcome {
    /// How many findings have a severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.findings
            .iter()
            .filter(|finding| finding.severity == severity)
            .count()
    }

    /// Whether the workbook could not be submitted.
    pub fn is_blocked(&self) -> bool {
        self.count(Severity::Blocking) > 0
    }

    /// The workbook with its findings marked; `None` when it is none of ours. Only the key of the server that issued
    /// the workbook can seal the copy again; without it the copy is for reading.
    ///
    /// # Errors
    /// [`ServiceError::Workbook`] when it cannot be written.
    pub fn marked(
        &self,
        rounds: &[FundingRound],
        language: Language,
        key: Option<&SecretKey>,
    ) -> Result<Option<Vec<u8>>, ServiceError> {
        let envelope = self.reading.envelope.as_ref();
        let Some(round) = envelope.and_then(|envelope| round_of(rounds, envelope)) else {
            return Ok(None);
        };
        let key = SealKey::from_bytes(key.map_or([0; 32], |key| *key.as_bytes()));
        Ok(Some(nachweis_ingest::mark(
            round,
            &self.reading,
            &self.findings,
            language,
            &key,
        )?))
    }
}

/// Reads a workbook and applies the rules of its round.
///
/// # Errors
/// [`ServiceError::Refused`] for a file that is not read, [`ServiceError::PersonalData`] for one with data about single
/// persons.
pub fn check(
    rounds: &[FundingRound],
    reader: &ConfinedReader,
    bytes: &[u8],
) -> Result<CheckOutcome, ServiceError> {
    let reading = reader.read(bytes)?;
    let personal = judge::personal_data(&reading.findings);
    if !personal.is_empty() {
        return Err(ServiceError::PersonalData { findings: personal });
    }
    let envelope = reading.envelope.as_ref();
    let findings = match envelope.and_then(|envelope| Some((round_of(rounds, envelope)?, envelope))) {
        Some((round, envelope)) => judged(round, envelope, &reading),
        None => stranger(&reading),
    };
    Ok(CheckOutcome { reading, findings })
}

fn round_of<'a>(rounds: &'a [FundingRound], envelope: &Envelope) -> Option<&'a FundingRound> {
    rounds.iter().find(|round| round.code == envelope.round)
}

/// The workbook is compared with itself: what remains is whether its version is that of the round.
fn judged(round: &FundingRound, envelope: &Envelope, reading: &Reading) -> Vec<RatedFinding> {
    let context = &envelope.context;
    let identity = check_identity(reading, &context.subproject.no, context.quarter, round, None);
    judge::judge(round, context, reading, identity, Comparable::Yes)
}

/// Without a round the severities of the codes themselves count.
fn stranger(reading: &Reading) -> Vec<RatedFinding> {
    let mut findings = reading.findings.clone();
    if !findings.iter().any(|finding| finding.code() == Code::Tpl01) {
        findings.push(Finding::whole(Detail::NotOurTemplate));
    }
    findings.sort();
    findings
        .into_iter()
        .map(|finding| RatedFinding {
            severity: finding.code().default_severity(),
            finding,
            comment: None,
            waiver: None,
        })
        .collect()
}
