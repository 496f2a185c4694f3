//! Puts plan versions together from the rows of three tables.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use nachweis_domain::{
    key::{IndicatorCode, ItemKey, SourceKey, SubprojectNo},
    plan::PlanVersion,
};

use super::field::{Faults, Record};

/// Plan versions under construction, by subproject and version.
#[derive(Debug)]
pub(super) struct Plans {
    recorded_at: DateTime<Utc>,
    versions: BTreeMap<SubprojectNo, BTreeMap<u32, PlanVersion>>,
}

impl Plans {
    /// No plans yet; `recorded_at` is used where the file does not say.
    pub(super) const fn new(recorded_at: DateTime<Utc>) -> Self {
        Self {
            recorded_at,
            versions: BTreeMap::new(),
        }
    }

    /// Adds a row of the table `plan`.
    pub(super) fn add_item(&mut self, record: &Record<'_>, faults: &mut Faults) {
        let no = record.required("no", faults);
        let version = record.whole::<u32>("version", faults);
        let effective_from = record.date("effective_from", faults);
        let recorded_at = record.moment("recorded_at", self.recorded_at, faults);
        let item = record.required("item", faults);
        let year = record.whole::<u16>("year", faults);
        let amount = record.amount("amount", faults);
        let (Some(no), Some(version), Some(effective_from), Some(recorded_at)) =
            (no, version, effective_from, recorded_at)
        else {
            return;
        };
        let plan = self
            .versions
            .entry(SubprojectNo::new(no))
            .or_default()
            .entry(version)
            .or_insert_with(|| empty(version, effective_from, recorded_at));
        if plan.effective_from != effective_from || plan.recorded_at != recorded_at {
            faults.add(
                record,
                "effective_from",
                "Alle Zeilen einer Planversion müssen dieselben Angaben in „effective_from“ und „recorded_at“ haben.",
                "All rows of a plan version must have the same \"effective_from\" and \"recorded_at\".",
            );
        }
        if let (Some(item), Some(year), Some(amount)) = (item, year, amount) {
            let years = plan.items.entry(ItemKey::new(item)).or_default();
            if years.insert(i32::from(year), amount).is_some() {
                twice(record, "item", faults);
            }
        }
    }

    /// Adds a row of the table `sources`.
    pub(super) fn add_source(&mut self, record: &Record<'_>, faults: &mut Faults) {
        let source = record.required("source", faults);
        let amount = record.amount("amount", faults);
        let plan = self.plan(record, faults);
        if let (Some(plan), Some(source), Some(amount)) = (plan, source, amount)
            && plan.sources.insert(SourceKey::new(source), amount).is_some()
        {
            twice(record, "source", faults);
        }
    }

    /// Adds a row of the table `targets`.
    pub(super) fn add_target(&mut self, record: &Record<'_>, faults: &mut Faults) {
        let indicator = record.required("indicator", faults);
        let target = record.whole::<u64>("target", faults);
        let plan = self.plan(record, faults);
        if let (Some(plan), Some(indicator), Some(target)) = (plan, indicator, target)
            && plan
                .targets
                .insert(IndicatorCode::new(indicator), target)
                .is_some()
        {
            twice(record, "indicator", faults);
        }
    }

    /// The plan version that a row belongs to, which must have rows in `plan`.
    fn plan(&mut self, record: &Record<'_>, faults: &mut Faults) -> Option<&mut PlanVersion> {
        let no = record.required("no", faults)?;
        let version = record.whole::<u32>("version", faults)?;
        let plan = self
            .versions
            .get_mut(no.as_str())
            .and_then(|versions| versions.get_mut(&version));
        if plan.is_none() {
            faults.add(
                record,
                "version",
                &format!("Zu „{no}“, Version {version}, gibt es keine Zeilen in der Tabelle „plan“."),
                &format!("There are no rows in the table \"plan\" for \"{no}\", version {version}."),
            );
        }
        plan
    }

    /// Takes all plan versions of a subproject, in order.
    pub(super) fn take(&mut self, no: &SubprojectNo) -> Vec<PlanVersion> {
        self.versions
            .remove(no)
            .map(|versions| versions.into_values().collect())
            .unwrap_or_default()
    }

    /// Takes the plan versions of the subprojects that are not in the file, in order.
    pub(super) fn take_all(self) -> Vec<(SubprojectNo, PlanVersion)> {
        let versions = self.versions.into_iter();
        versions
            .flat_map(|(no, versions)| versions.into_values().map(move |plan| (no.clone(), plan)))
            .collect()
    }
}

fn empty(number: u32, effective_from: NaiveDate, recorded_at: DateTime<Utc>) -> PlanVersion {
    PlanVersion {
        number,
        effective_from,
        recorded_at,
        items: BTreeMap::new(),
        sources: BTreeMap::new(),
        targets: BTreeMap::new(),
    }
}

fn twice(record: &Record<'_>, column: &str, faults: &mut Faults) {
    faults.add(
        record,
        column,
        "Die Angabe kommt in dieser Planversion zweimal vor.",
        "The entry occurs twice in this plan version.",
    );
}
