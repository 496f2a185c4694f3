//! Importing a programme: networks, subprojects, plan versions and money paid out, in one transaction.
//!
//! Nothing is taken away: what a later file no longer names stays. Importing the same again changes nothing.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use nachweis_domain::{
    key::{RoundCode, SubprojectNo},
    plan::{Disbursement, PlanVersion},
    programme::ProgrammeImport,
    record::Action,
};
use serde_json::json;

use crate::{
    actor::Actor,
    attest::{Group, tables},
    connection::Conn,
    disbursement,
    error::{Conflict, StoreError, Thing},
    journal::{self, Event},
    kept, plan, round,
    store::Store,
    subproject::{self, Kept},
};

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
    /// Imports a programme into a round, all or nothing. `source` is the name of the file it comes from, for the
    /// journal.
    ///
    /// The store gives numbers and moments to plan versions, in the order of the import; one that plans the same as the
    /// last recorded for its day of effect is not added again. The same payment twice in an import are two payments;
    /// those that the record has as often are not added again.
    ///
    /// # Errors
    /// [`StoreError::Unknown`] when the round, a network or the subproject of a plan or payment is missing;
    /// [`Conflict::OtherRound`] when a number belongs to another round; or when the database fails.
    pub fn import_programme(
        &self,
        round: &RoundCode,
        source: &str,
        import: &ProgrammeImport,
        by: impl Into<Actor>,
        at: DateTime<Utc>,
    ) -> Result<ImportCounts, StoreError> {
        let by = by.into();
        self.write_at("import the programme", at, |conn, at| {
            let given = Given {
                round,
                source,
                import,
                by,
                at,
            };
            round::require(conn, round.as_str())?;
            let mut counts = ImportCounts::default();
            import_networks(conn, &given, &mut counts)?;
            import_subprojects(conn, &given, &mut counts)?;
            import_plans(conn, &given, &mut counts)?;
            let paid = import_disbursements(conn, &given, &mut counts)?;
            if !counts.is_unchanged() {
                journal_import(conn, &given, counts, &paid)?;
            }
            Ok(counts)
        })
    }
}

/// What is imported, by whom and when.
struct Given<'a> {
    round: &'a RoundCode,
    source: &'a str,
    import: &'a ProgrammeImport,
    by: Actor,
    at: DateTime<Utc>,
}

fn import_networks(
    conn: &mut Conn<'_>,
    given: &Given<'_>,
    counts: &mut ImportCounts,
) -> Result<(), StoreError> {
    for network in &given.import.networks {
        if network.round != *given.round {
            return Err(StoreError::Unknown {
                thing: Thing::Round,
                key: network.round.to_string(),
            });
        }
        let (kept, version) = subproject::save_network(conn, network, given.at)?;
        match kept {
            Kept::New => counts.networks_new += 1,
            Kept::Changed => counts.networks_changed += 1,
            Kept::Same => {}
        }
        let Some(version) = version else { continue };
        let recorded = Recorded {
            action: Action::NetworkRecorded,
            object: network.code.as_str(),
            rows: &[
                Group::new(&tables::NETWORK, &[given.round, &network.code]),
                Group::new(&tables::NETWORK_VERSION, &[given.round, &network.code, &version]),
            ],
        };
        journal_recorded(conn, given, &recorded, &json!({ "round": given.round }))?;
    }
    Ok(())
}

fn import_subprojects(
    conn: &mut Conn<'_>,
    given: &Given<'_>,
    counts: &mut ImportCounts,
) -> Result<(), StoreError> {
    let known: Vec<_> = subproject::networks(conn, given.round)?
        .into_iter()
        .map(|network| network.code)
        .collect();
    let mut plans = plan::of_round(conn, given.round)?;
    for (subproject, planned) in &given.import.subprojects {
        if subproject.round != *given.round {
            return Err(StoreError::Conflict(Conflict::OtherRound {
                subproject: subproject.no.to_string(),
            }));
        }
        if let Some(missing) = subproject.network.as_ref().filter(|code| !known.contains(code)) {
            return Err(StoreError::Unknown {
                thing: Thing::Network,
                key: missing.to_string(),
            });
        }
        let (kept, version) = subproject::save(conn, subproject, given.at)?;
        match kept {
            Kept::New => counts.subprojects_new += 1,
            Kept::Changed => counts.subprojects_changed += 1,
            Kept::Same => {}
        }
        if let Some(version) = version {
            let recorded = Recorded {
                action: Action::SubprojectRecorded,
                object: subproject.no.as_str(),
                rows: &[
                    Group::new(&tables::SUBPROJECT, &[&subproject.no]),
                    Group::new(&tables::SUBPROJECT_VERSION, &[&subproject.no, &version]),
                ],
            };
            journal_recorded(conn, given, &recorded, &json!({ "version": version }))?;
        }
        let recorded = plans.entry(subproject.no.to_string()).or_default();
        counts.plans_new += import_plan(conn, given, &subproject.no, planned, recorded)?;
    }
    Ok(())
}

/// Adds a plan version unless the last one recorded for its day of effect plans the same. Returns how many were added.
fn import_plan(
    conn: &mut Conn<'_>,
    given: &Given<'_>,
    no: &SubprojectNo,
    planned: &PlanVersion,
    recorded: &mut Vec<PlanVersion>,
) -> Result<u32, StoreError> {
    let last = recorded
        .iter()
        .rev()
        .find(|version| version.effective_from == planned.effective_from);
    if last.is_some_and(|last| last.plans_the_same(planned)) {
        return Ok(0);
    }
    let number = recorded.last().map_or(0, |version| version.number) + 1;
    plan::insert(conn, no, number, planned, (given.by, given.at))?;
    let detail = json!({ "version": number, "effective_from": planned.effective_from });
    let plan = Recorded {
        action: Action::PlanRecorded,
        object: no.as_str(),
        rows: &[&tables::PLAN_VERSION, &tables::PLAN_ROW].map(|rows| Group::new(rows, &[no, &number])),
    };
    journal_recorded(conn, given, &plan, &detail)?;
    recorded.push(PlanVersion {
        number,
        ..planned.clone()
    });
    Ok(1)
}

/// What of an import has an entry of its own.
struct Recorded<'a> {
    action: Action,
    object: &'a str,
    rows: &'a [Group],
}

fn journal_recorded(
    conn: &mut Conn<'_>,
    given: &Given<'_>,
    recorded: &Recorded<'_>,
    detail: &serde_json::Value,
) -> Result<(), StoreError> {
    journal::append(
        conn,
        &Event {
            at: given.at,
            by: given.by,
            action: recorded.action,
            object: recorded.object,
            detail,
            figures_of: Some(given.round.as_str()),
            rows: recorded.rows,
        },
    )
}

/// Adds the plan versions that come without their subproject.
fn import_plans(conn: &mut Conn<'_>, given: &Given<'_>, counts: &mut ImportCounts) -> Result<(), StoreError> {
    if given.import.plans.is_empty() {
        return Ok(());
    }
    let mut plans = plan::of_round(conn, given.round)?;
    for (no, planned) in &given.import.plans {
        require_of_round(conn, given, no)?;
        let recorded = plans.entry(no.to_string()).or_default();
        counts.plans_new += import_plan(conn, given, no, planned, recorded)?;
    }
    Ok(())
}

/// Refuses a subproject that is not recorded, or belongs to another round.
fn require_of_round(conn: &mut Conn<'_>, given: &Given<'_>, no: &SubprojectNo) -> Result<(), StoreError> {
    if subproject::round_of(conn, no)? == given.round.as_str() {
        return Ok(());
    }
    Err(StoreError::Conflict(Conflict::OtherRound {
        subproject: no.to_string(),
    }))
}

/// Adds the payments that the record does not have as often as the file, and tells to whom.
fn import_disbursements<'a>(
    conn: &mut Conn<'_>,
    given: &Given<'a>,
    counts: &mut ImportCounts,
) -> Result<BTreeSet<&'a SubprojectNo>, StoreError> {
    let mut paid_to = BTreeSet::new();
    let mut recorded: BTreeMap<String, Vec<Disbursement>> =
        disbursement::of_round(conn, given.round, kept::ALWAYS)?;
    for (no, paid) in &given.import.disbursements {
        require_of_round(conn, given, no)?;
        let there = recorded.entry(no.to_string()).or_default();
        if let Some(found) = there.iter().position(|other| other == paid) {
            there.swap_remove(found);
            continue;
        }
        disbursement::insert(conn, no, paid, (given.by, given.at))?;
        counts.disbursements_new += 1;
        paid_to.insert(no);
    }
    Ok(paid_to)
}

/// Journals the import as a whole, and the payments that it added.
fn journal_import(
    conn: &mut Conn<'_>,
    given: &Given<'_>,
    counts: ImportCounts,
    paid: &BTreeSet<&SubprojectNo>,
) -> Result<(), StoreError> {
    let moment = kept::moment(given.at);
    let payments = paid
        .iter()
        .map(|no| Group::new(&tables::DISBURSEMENT, &[no, &moment]));
    let payments: Vec<Group> = payments.collect();
    let detail = json!({
        "source": given.source,
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
            at: given.at,
            by: given.by,
            action: Action::ProgrammeImported,
            object: given.round.as_str(),
            detail: &detail,
            figures_of: Some(given.round.as_str()),
            rows: &payments,
        },
    )
}
