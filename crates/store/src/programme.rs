//! Importing a programme: networks, subprojects, plan versions and money paid out, in one transaction.
//!
//! Nothing is taken away: what a later file no longer names stays. Importing the same again changes nothing.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use nachweis_domain::{
    key::{RoundCode, SubprojectNo},
    plan::{Disbursement, PlanVersion},
    record::Action,
    subproject::{RegionalNetwork, Subproject},
};
use serde_json::json;

use crate::{
    actor::Actor,
    connection::Conn,
    error::{Conflict, StoreError, Thing},
    journal::{self, Event},
    plan, round,
    store::Store,
    subproject::{self, Kept},
};

/// A programme to be imported.
#[derive(Clone, Debug)]
pub struct ProgrammeImport {
    /// The round that everything belongs to.
    pub round: RoundCode,
    /// The name of the file it comes from, for the journal.
    pub source: String,
    /// Networks.
    pub networks: Vec<RegionalNetwork>,
    /// Subprojects with a plan version each. The same subproject may stand here more than once, with further versions
    /// in the order in which they were recorded. Number and moment of a version are given by the store.
    pub subprojects: Vec<(Subproject, PlanVersion)>,
    /// Money paid out. The same payment twice are two payments.
    pub disbursements: Vec<(SubprojectNo, Disbursement)>,
}

/// What an import did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ImportCounts {
    /// Networks that are new.
    pub networks_new: u32,
    /// Networks whose name or Land changed.
    pub networks_changed: u32,
    /// Subprojects that are new.
    pub subprojects_new: u32,
    /// Subprojects whose title, carrier or other master data changed.
    pub subprojects_changed: u32,
    /// Plan versions that are new.
    pub plans_new: u32,
    /// Payments that are new.
    pub disbursements_new: u32,
}

impl ImportCounts {
    /// Whether the import changed nothing.
    pub fn is_unchanged(&self) -> bool {
        *self == Self::default()
    }
}

impl Store {
    /// Imports a programme, all or nothing. Identical plan versions and payments are not added again.
    ///
    /// # Errors
    /// [`StoreError::Unknown`] when the round, a network or the subproject of a payment is missing;
    /// [`Conflict::OtherRound`] when a number belongs to another round; or when the database fails.
    pub fn import_programme(
        &self,
        import: &ProgrammeImport,
        by: impl Into<Actor>,
        at: DateTime<Utc>,
    ) -> Result<ImportCounts, StoreError> {
        let by = by.into();
        self.write("import the programme", |conn| {
            round::require(conn, import.round.as_str())?;
            let mut counts = ImportCounts::default();
            import_networks(conn, import, at, &mut counts)?;
            import_subprojects(conn, import, by, at, &mut counts)?;
            import_disbursements(conn, import, at, &mut counts)?;
            if !counts.is_unchanged() {
                journal_import(conn, import, by, at, counts)?;
            }
            Ok(counts)
        })
    }
}

fn import_networks(
    conn: &mut Conn<'_>,
    import: &ProgrammeImport,
    at: DateTime<Utc>,
    counts: &mut ImportCounts,
) -> Result<(), StoreError> {
    for network in &import.networks {
        if network.round != import.round {
            return Err(StoreError::Unknown {
                thing: Thing::Round,
                key: network.round.to_string(),
            });
        }
        match subproject::save_network(conn, network, at)? {
            Kept::New => counts.networks_new += 1,
            Kept::Changed => counts.networks_changed += 1,
            Kept::Same => {}
        }
    }
    Ok(())
}

fn import_subprojects(
    conn: &mut Conn<'_>,
    import: &ProgrammeImport,
    by: Actor,
    at: DateTime<Utc>,
    counts: &mut ImportCounts,
) -> Result<(), StoreError> {
    let known: Vec<_> = subproject::networks(conn, &import.round)?
        .into_iter()
        .map(|network| network.code)
        .collect();
    let mut plans = plan::of_round(conn, &import.round)?;
    for (given, planned) in &import.subprojects {
        if given.round != import.round {
            return Err(StoreError::Conflict(Conflict::OtherRound {
                subproject: given.no.to_string(),
            }));
        }
        if let Some(missing) = given.network.as_ref().filter(|code| !known.contains(code)) {
            return Err(StoreError::Unknown {
                thing: Thing::Network,
                key: missing.to_string(),
            });
        }
        match subproject::save(conn, given, at)? {
            Kept::New => counts.subprojects_new += 1,
            Kept::Changed => counts.subprojects_changed += 1,
            Kept::Same => {}
        }
        let recorded = plans.entry(given.no.to_string()).or_default();
        counts.plans_new += import_plan(conn, import, given, planned, recorded, (by, at))?;
    }
    Ok(())
}

/// Adds a plan version unless the last one recorded for its day of effect plans the same. Returns how many were added.
fn import_plan(
    conn: &mut Conn<'_>,
    import: &ProgrammeImport,
    given: &Subproject,
    planned: &PlanVersion,
    recorded: &mut Vec<PlanVersion>,
    (by, at): (Actor, DateTime<Utc>),
) -> Result<u32, StoreError> {
    let last = recorded
        .iter()
        .rev()
        .find(|version| version.effective_from == planned.effective_from);
    if last.is_some_and(|last| plan::plans_the_same(last, planned)) {
        return Ok(0);
    }
    let number = recorded.last().map_or(0, |version| version.number) + 1;
    plan::insert(conn, &given.no, number, planned, at)?;
    let detail = json!({ "version": number, "effective_from": planned.effective_from });
    journal::append(
        conn,
        &Event {
            at,
            by,
            action: Action::PlanRecorded,
            object: given.no.as_str(),
            detail: &detail,
            figures_of: Some(import.round.as_str()),
        },
    )?;
    recorded.push(PlanVersion {
        number,
        ..planned.clone()
    });
    Ok(1)
}

/// Adds the payments that the record does not have as often as the file.
fn import_disbursements(
    conn: &mut Conn<'_>,
    import: &ProgrammeImport,
    at: DateTime<Utc>,
    counts: &mut ImportCounts,
) -> Result<(), StoreError> {
    let mut recorded: BTreeMap<String, Vec<Disbursement>> =
        plan::disbursements_of_round(conn, &import.round)?;
    for (no, paid) in &import.disbursements {
        if subproject::round_of(conn, no)? != import.round.as_str() {
            return Err(StoreError::Conflict(Conflict::OtherRound {
                subproject: no.to_string(),
            }));
        }
        let there = recorded.entry(no.to_string()).or_default();
        if let Some(found) = there.iter().position(|other| other == paid) {
            there.swap_remove(found);
            continue;
        }
        plan::insert_disbursement(conn, no, paid, at)?;
        counts.disbursements_new += 1;
    }
    Ok(())
}

fn journal_import(
    conn: &mut Conn<'_>,
    import: &ProgrammeImport,
    by: Actor,
    at: DateTime<Utc>,
    counts: ImportCounts,
) -> Result<(), StoreError> {
    let detail = json!({
        "source": import.source,
        "networks_new": counts.networks_new,
        "networks_changed": counts.networks_changed,
        "subprojects_new": counts.subprojects_new,
        "subprojects_changed": counts.subprojects_changed,
        "plans_new": counts.plans_new,
        "disbursements_new": counts.disbursements_new,
    });
    journal::append(
        conn,
        &Event {
            at,
            by,
            action: Action::ProgrammeImported,
            object: import.round.as_str(),
            detail: &detail,
            figures_of: Some(import.round.as_str()),
        },
    )
}
