//! The service: everything that the use cases need, opened once and shared.

use std::{collections::HashMap, sync::Arc};

use nachweis_domain::{
    access::{Caller, Grant, Role, Scope},
    key::{RoundCode, RuleVersion, SubprojectNo},
    ledger::Ledger,
    round::FundingRound,
    subproject::Subproject,
};
use nachweis_ingest::{ConfinedReader, SealKey};
use nachweis_report::Report;
use nachweis_store::{Actor, OPERATOR, Store};

use crate::{
    clock::Clock,
    error::ServiceError,
    report::{LedgerKey, ReportKey},
    report_cache::{LEDGERS, REPORTS, ReportCache},
    round_files,
    settings::Settings,
    sign_in_limit::SignInTurn,
};

/// The use cases. Cheap to clone; clones share everything. All calls block.
#[derive(Clone)]
pub struct Service {
    pub(crate) store: Store,
    pub(crate) reader: ConfinedReader,
    pub(crate) rounds: Arc<Vec<FundingRound>>,
    pub(crate) rule_versions: Arc<HashMap<RoundCode, RuleVersion>>,
    pub(crate) seal_key: SealKey,
    pub(crate) clock: Clock,
    pub(crate) sign_ins: Arc<SignInTurn>,
    pub(crate) reports: Arc<ReportCache<ReportKey, Report, REPORTS>>,
    pub(crate) ledgers: Arc<ReportCache<LedgerKey, Ledger, LEDGERS>>,
}

impl Service {
    /// Opens the database, and records the rounds of this program and deployment where they have changed.
    ///
    /// # Errors
    /// [`ServiceError::Store`] when the database cannot be used, [`ServiceError::File`] or [`ServiceError::Round`] when
    /// a round file cannot.
    pub fn open(settings: &Settings, clock: Clock) -> Result<Self, ServiceError> {
        let rounds = round_files::load(&settings.round_files)?;
        let store = Store::open(&settings.database_url)?;
        let kept = store.rounds()?;
        for round in rounds.iter().filter(|round| !kept.contains(round)) {
            store.save_round(round, Actor::System, clock.now())?;
        }
        let rounds = store.rounds_with_versions()?;
        Ok(Self::on(store, rounds, settings, clock))
    }

    /// Opens the database as it is, for verification: nothing is written, and rounds are those of this program and
    /// deployment, so that a record that is damaged can be looked at.
    ///
    /// # Errors
    /// As [`Service::open`].
    pub fn open_as_it_is(settings: &Settings, clock: Clock) -> Result<Self, ServiceError> {
        let rounds = round_files::load(&settings.round_files)?;
        let store = Store::open(&settings.database_url)?;
        let versioned = rounds.into_iter().map(|round| {
            let version = nachweis_store::rule_version(&round)?;
            Ok((round, version))
        });
        let rounds = versioned.collect::<Result<_, ServiceError>>()?;
        Ok(Self::on(store, rounds, settings, clock))
    }

    fn on(store: Store, rounds: Vec<(FundingRound, RuleVersion)>, settings: &Settings, clock: Clock) -> Self {
        let versions = rounds.iter();
        let versions = versions.map(|(round, version)| (round.code.clone(), version.clone()));
        let rule_versions = Arc::new(versions.collect());
        let rounds: Arc<Vec<FundingRound>> = Arc::new(rounds.into_iter().map(|(round, _)| round).collect());
        Self {
            reader: ConfinedReader::new(settings.program.clone(), Arc::clone(&rounds)),
            store,
            rounds,
            rule_versions,
            seal_key: SealKey::from_bytes(*settings.seal_key.as_bytes()),
            clock,
            sign_ins: Arc::default(),
            reports: Arc::default(),
            ledgers: Arc::default(),
        }
    }

    /// Who acts on the command line: may do everything, and appears in the journal as the account `operator`.
    pub fn operator() -> Caller {
        let grant = |role| Grant {
            role,
            scope: Scope::All,
        };
        Caller {
            user: OPERATOR,
            grants: Role::ALL.into_iter().map(grant).collect(),
        }
    }

    /// Whether the database answers.
    ///
    /// # Errors
    /// [`ServiceError::Store`] when it does not.
    pub fn ping(&self) -> Result<(), ServiceError> {
        Ok(self.store.ping()?)
    }
}

impl std::fmt::Debug for Service {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Service({})", self.store.url())
    }
}

impl Service {
    /// A round by its code.
    pub(crate) fn known_round(&self, code: &RoundCode) -> Result<&FundingRound, ServiceError> {
        self.rounds
            .iter()
            .find(|round| &round.code == code)
            .ok_or(ServiceError::Hidden)
    }

    /// The version of a round's rules as verdicts name it.
    pub(crate) fn version_of(&self, round: &FundingRound) -> RuleVersion {
        let known = self.rule_versions.get(&round.code);
        known.unwrap_or(&round.rule_version).clone()
    }

    /// A subproject by its number.
    pub(crate) fn known_subproject(&self, no: &SubprojectNo) -> Result<Subproject, ServiceError> {
        self.store.subproject(no)?.ok_or(ServiceError::Hidden)
    }
}
