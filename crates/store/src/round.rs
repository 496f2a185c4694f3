//! Funding rounds: each version of a round's document is kept whole; the newest is in force.

use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
};

use chrono::{DateTime, Utc};
use diesel::{ExpressionMethods, OptionalExtension, QueryDsl, RunQueryDsl};
use nachweis_domain::{
    key::{RoundCode, RuleVersion, TemplateVersion},
    record::{Action, Sha256},
    round::{EndorsementRule, FundingRound},
};
use serde_json::json;

use crate::{
    actor::Actor,
    as_of::AsOf,
    attest::{Group, tables},
    connection::{Conn, on},
    error::{StoreError, Thing},
    journal::{self, Event},
    kept,
    original::hash,
    schema::{funding_round, funding_round_version},
    store::Store,
};

/// What saving a round did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SavedRound {
    /// The round is new.
    New,
    /// It was kept as a new version.
    Changed,
    /// It was the same as the version in force; nothing was written.
    Unchanged,
}

/// The version in force, as number, hash and document.
fn in_force(conn: &mut Conn<'_>, code: &str) -> Result<Option<(i32, String, String)>, StoreError> {
    in_force_at(conn, code, kept::ALWAYS)
}

/// The version that was in force at a moment, as number, hash and document.
fn in_force_at(
    conn: &mut Conn<'_>,
    code: &str,
    at: i64,
) -> Result<Option<(i32, String, String)>, StoreError> {
    Ok(on!(conn, c => funding_round_version::table
        .filter(funding_round_version::round.eq(code))
        .filter(funding_round_version::recorded_at.le(at))
        .order(funding_round_version::number.desc())
        .select((
            funding_round_version::number,
            funding_round_version::document_sha256,
            funding_round_version::document,
        ))
        .first(c)
        .optional())?)
}

/// A round's document and its hash.
fn document(round: &FundingRound) -> Result<(String, Sha256), StoreError> {
    let document = kept::to_json(round)?;
    let sha256 = hash(document.as_bytes());
    Ok((document, sha256))
}

/// The version of a round's rules as verdicts would name it, were the round recorded: with the hash of its document.
///
/// # Errors
/// When the round cannot be written as a document.
pub fn rule_version(round: &FundingRound) -> Result<RuleVersion, StoreError> {
    let (_, sha256) = document(round)?;
    Ok(round.rule_version.with_document(&sha256))
}

/// Reads a round's document and checks it against its hash.
fn read(code: &str, sha256: &str, document: &str) -> Result<FundingRound, StoreError> {
    if hash(document.as_bytes()).to_string() != sha256 {
        return Err(kept::Unreadable("document_sha256").of("funding_round_version", code));
    }
    kept::json("document", document).map_err(|column| column.of("funding_round_version", code))
}

/// The round in force of a code.
pub(crate) fn round(conn: &mut Conn<'_>, code: &str) -> Result<Option<FundingRound>, StoreError> {
    in_force(conn, code)?
        .map(|(_, sha256, document)| read(code, &sha256, &document))
        .transpose()
}

/// The round in force of a code that must exist.
pub(crate) fn require(conn: &mut Conn<'_>, code: &str) -> Result<FundingRound, StoreError> {
    require_at(conn, code, kept::ALWAYS)
}

/// The round as it was in force at a moment, when it must have been recorded.
pub(crate) fn require_at(conn: &mut Conn<'_>, code: &str, at: i64) -> Result<FundingRound, StoreError> {
    let (_, sha256, document) = require_document(conn, code, at)?;
    read(code, &sha256, &document)
}

/// The round as it was in force at a moment, when it must have been recorded, with the version of its rules.
fn with_version(conn: &mut Conn<'_>, code: &str, at: i64) -> Result<(FundingRound, RuleVersion), StoreError> {
    let (_, sha256, document) = require_document(conn, code, at)?;
    let round = read(code, &sha256, &document)?;
    let version = round.rule_version.with_document(&hash(document.as_bytes()));
    Ok((round, version))
}

/// The version that was in force at a moment, when it must have been recorded.
fn require_document(conn: &mut Conn<'_>, code: &str, at: i64) -> Result<(i32, String, String), StoreError> {
    in_force_at(conn, code, at)?.ok_or_else(|| StoreError::Unknown {
        thing: Thing::Round,
        key: code.to_owned(),
    })
}

/// Template versions by the hash of the round's document, for documents that were read and checked. A document never
/// changes; a round that changes gets another one.
pub(crate) type TemplateVersions = Mutex<BTreeMap<String, TemplateVersion>>;

/// So many are remembered.
const REMEMBERED: usize = 64;

/// Only the part of a round's document that says who endorses, so that a decision need not read all of it.
#[derive(serde::Deserialize)]
struct Endorsing {
    #[serde(default)]
    endorsement: EndorsementRule,
}

/// Who endorses in the round in force.
pub(crate) fn endorsement(conn: &mut Conn<'_>, code: &str) -> Result<EndorsementRule, StoreError> {
    let (_, _, document) = in_force(conn, code)?.ok_or_else(|| StoreError::Unknown {
        thing: Thing::Round,
        key: code.to_owned(),
    })?;
    let read: Endorsing =
        kept::json("document", &document).map_err(|column| column.of("funding_round_version", code))?;
    Ok(read.endorsement)
}

impl Store {
    /// The template version of a round that must exist. Its document is read once: every workbook asks.
    pub(crate) fn template_version(
        &self,
        conn: &mut Conn<'_>,
        code: &str,
    ) -> Result<TemplateVersion, StoreError> {
        let sha256: Option<String> = on!(conn, c => funding_round_version::table
            .filter(funding_round_version::round.eq(code))
            .order(funding_round_version::number.desc())
            .select(funding_round_version::document_sha256)
            .first(c)
            .optional())?;
        let remembered = || {
            self.template_versions()
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
        };
        if let Some(version) = sha256
            .as_ref()
            .and_then(|sha256| remembered().get(sha256).cloned())
        {
            return Ok(version);
        }
        let version = require(conn, code)?.template_version;
        if let Some(sha256) = sha256.filter(|_| remembered().len() < REMEMBERED) {
            remembered().insert(sha256, version.clone());
        }
        Ok(version)
    }

    /// Keeps a round. Journalled only when it differs from the version in force.
    ///
    /// # Errors
    /// When the database fails.
    pub fn save_round(
        &self,
        round: &FundingRound,
        by: impl Into<Actor>,
        at: DateTime<Utc>,
    ) -> Result<SavedRound, StoreError> {
        let by = by.into();
        let (document, sha256) = document(round)?;
        let sha256 = sha256.to_string();
        self.write_at("save a round", at, |conn, at| {
            let code = round.code.as_str();
            let found = in_force(conn, code)?;
            if found.as_ref().is_some_and(|(_, kept, _)| *kept == sha256) {
                return Ok(SavedRound::Unchanged);
            }
            let number = found.as_ref().map_or(0, |(number, ..)| *number) + 1;
            let recorded_at = kept::moment(at);
            if number == 1 {
                on!(conn, c => diesel::insert_into(funding_round::table)
                    .values((funding_round::code.eq(code), funding_round::recorded_at.eq(recorded_at)))
                    .execute(c))?;
            }
            on!(conn, c => diesel::insert_into(funding_round_version::table)
                .values((
                    funding_round_version::round.eq(code),
                    funding_round_version::number.eq(number),
                    funding_round_version::document.eq(&document),
                    funding_round_version::document_sha256.eq(&sha256),
                    funding_round_version::recorded_at.eq(recorded_at),
                ))
                .execute(c))?;
            let written = [
                Group::new(&tables::ROUND_VERSION, &[&code, &number]),
                Group::new(&tables::ROUND, &[&code]),
            ];
            let [version, _] = &written;
            let version = std::slice::from_ref(version);
            let detail = json!({ "version": number, "rule_version": round.rule_version, "sha256": sha256 });
            journal::append(
                conn,
                &Event {
                    at,
                    by,
                    action: Action::RoundLoaded,
                    object: code,
                    detail: &detail,
                    figures_of: Some(code),
                    rows: if number == 1 { &written } else { version },
                },
            )?;
            Ok(if number == 1 {
                SavedRound::New
            } else {
                SavedRound::Changed
            })
        })
    }

    /// All rounds in force, in the order of their codes.
    ///
    /// # Errors
    /// When the database fails or a round is damaged.
    pub fn rounds(&self) -> Result<Vec<FundingRound>, StoreError> {
        let rounds = self.rounds_with_versions()?.into_iter();
        Ok(rounds.map(|(round, _)| round).collect())
    }

    /// All rounds in force, in the order of their codes, with the versions of their rules as verdicts name them: with the
    /// hash of the document that is kept.
    ///
    /// # Errors
    /// When the database fails or a round is damaged.
    pub fn rounds_with_versions(&self) -> Result<Vec<(FundingRound, RuleVersion)>, StoreError> {
        self.snapshot("read the rounds", |conn| {
            let codes: Vec<String> = on!(conn, c => funding_round::table
                .order(funding_round::code)
                .select(funding_round::code)
                .load(c))?;
            let mut rounds = Vec::with_capacity(codes.len());
            for code in codes {
                rounds.push(with_version(conn, &code, kept::ALWAYS)?);
            }
            rounds.sort_by(|(one, _), (other, _)| one.code.cmp(&other.code));
            Ok(rounds)
        })
    }

    /// A round as it was in force at a moment, with the version of its rules as verdicts name it.
    ///
    /// # Errors
    /// [`StoreError::Unknown`] when the round was not recorded by then; or when the database fails or the round is damaged.
    pub fn round_as_of(
        &self,
        code: &RoundCode,
        as_of: &AsOf,
    ) -> Result<(FundingRound, RuleVersion), StoreError> {
        self.read("read a round of a moment", |conn| {
            with_version(conn, code.as_str(), as_of.at())
        })
    }

    /// The round in force of a code.
    ///
    /// # Errors
    /// When the database fails or the round is damaged.
    pub fn round(&self, code: &RoundCode) -> Result<Option<FundingRound>, StoreError> {
        self.read("read a round", |conn| round(conn, code.as_str()))
    }
}
