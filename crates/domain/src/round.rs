//! Funding rounds: rules are data of the round, never constants in code (design.md promise 6).
//!
//! A round ships as `crates/domain/rounds/<round>.toml`; a deployment loads files of its own. [`FundingRound::from_toml`]
//! checks a file before anything uses it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    finding::{Code, Severity},
    key::{
        ActionFieldKey, CounterKey, IndicatorCode, ItemKey, NarrativeKey, NetworkCode, RoundCode,
        RuleVersion, SourceKey, StrandKey, TemplateVersion,
    },
    language::Text,
    money::Money,
    period::Period,
    rate::Rate,
    region::{Land, Nuts2, RegionCategory},
    subproject::{Subproject, SubprojectKind},
};

mod check;
mod load;
mod problem;
mod rule;
mod shipped;
mod wording;

pub use load::{ROUND_FILE_LIMIT_BYTES, RoundError};
pub use problem::{RoundFault, RoundProblem};
pub use rule::{RuleMode, RuleSetting};
pub use shipped::{shipped, shipped_text};

/// A funding round with everything its rules need.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FundingRound {
    /// `2023-2025`.
    pub code: RoundCode,
    /// The name of the round.
    pub title: Text,
    /// The name of the funding programme.
    pub programme: Text,
    /// Who pays, as it must be shown on every export (visibility duty).
    pub funding_note: Text,
    /// The time of the round.
    pub period: Period,
    /// The prefix of subproject numbers: `IQ23`.
    pub number_prefix: String,
    /// The workbook that serves this round.
    pub template_version: TemplateVersion,
    /// The version of everything below; each verdict records it.
    pub rule_version: RuleVersion,
    /// Days after the end of a quarter by which its report is due.
    pub report_due_days: u32,
    /// Years that records are kept from 31 December of the year of the last payment (CPR Art. 82).
    pub retention_years: u32,
    /// Who endorses a report before the manager decides on it.
    #[serde(default)]
    pub endorsement: EndorsementRule,
    /// Funding strands.
    pub strands: Vec<Named<StrandKey>>,
    /// Action fields.
    pub action_fields: Vec<Named<ActionFieldKey>>,
    /// Plan items in the order of the workbook.
    pub plan_items: Vec<PlanItemSpec>,
    /// Sources of finance in the order of the workbook.
    pub sources: Vec<SourceSpec>,
    /// The ESF Plus share allowed per category of region (CPR Art. 112(3)).
    pub esf_caps: BTreeMap<RegionCategory, Rate>,
    /// The category of NUTS-2 regions where it is not that of 2021–2027: rounds of another period.
    #[serde(default)]
    pub region_categories: BTreeMap<Nuts2, RegionCategory>,
    /// The least share of own funds in eligible expenditure.
    pub own_funds_minimum: Rate,
    /// Figures at which something is flagged.
    pub thresholds: Thresholds,
    /// Indicators in the order of the workbook.
    pub indicators: Vec<IndicatorSpec>,
    /// Reserved sums: an indicator of each list's first code is the sum of the others (domain.md IND-08).
    #[serde(default)]
    pub reserved_sums: Vec<ReservedSum>,
    /// The programme's own counters in the order of the workbook.
    pub counters: Vec<CounterSpec>,
    /// The counters that together count those who have left; none: results are not compared with leavers (IND-11).
    #[serde(default)]
    pub leavers: Vec<CounterKey>,
    /// The action fields whose subprojects support entities; none: entities are expected everywhere (IND-17).
    #[serde(default)]
    pub supports_entities: Vec<ActionFieldKey>,
    /// Parts of the narrative report.
    pub narrative: Vec<Named<NarrativeKey>>,
    /// Severities that differ from the code's own, and rules switched off.
    #[serde(default)]
    pub severities: BTreeMap<Code, Severity>,
    /// Rules that weigh differently, hold in some quarters only, or run in shadow.
    #[serde(default)]
    pub rules: Vec<RuleSetting>,
}

/// Who endorses a report before the manager decides on it (design.md §2).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EndorsementRule {
    /// The manager decides directly.
    #[default]
    Nobody,
    /// The coordinator of a subproject's network, where there is one; the coordination's own report and subprojects
    /// outside of networks go to the manager directly.
    Networks,
}

impl EndorsementRule {
    /// The network whose coordinator endorses a subproject's reports, if the round asks for that.
    pub fn network_of(self, subproject: &Subproject) -> Option<&NetworkCode> {
        match self {
            Self::Networks if subproject.kind != SubprojectKind::Coordination => subproject.network.as_ref(),
            _ => None,
        }
    }
}

/// A key with its name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Named<K> {
    /// The key.
    pub key: K,
    /// The name for people.
    pub name: Text,
}

/// A plan item (Einzelansatz) of the round.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanItemSpec {
    /// The key.
    pub key: ItemKey,
    /// The name for people.
    pub name: Text,
    /// How its amount comes about.
    pub kind: ItemKind,
}

/// How the amount of a plan item comes about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum ItemKind {
    /// Actual expenditure, each amount with a voucher.
    Actual,
    /// A flat rate (simplified cost option): computed, never typed, without vouchers (CPR Art. 54–56).
    FlatRate {
        /// The items whose sum is the base.
        base: Vec<ItemKey>,
        /// The rate on the base.
        rate: Rate,
        /// The regulation or guideline that allows it.
        source: String,
    },
    /// Income that is deducted from the expenditure; typed as a positive amount, with vouchers.
    Income,
}

/// A source of finance of the round.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SourceSpec {
    /// The key.
    pub key: SourceKey,
    /// The name for people.
    pub name: Text,
    /// What the money is.
    pub kind: SourceKind,
}

/// What a source of finance is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SourceKind {
    /// The Union contribution (ESF Plus, ESF).
    Union,
    /// Federal or Land grant money.
    Grant,
    /// The carrier's own funds.
    Own,
    /// Money of third parties.
    ThirdParty,
}

/// Figures at which something is flagged (domain.md §5.2, §8a).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Thresholds {
    /// A plan item over its plan by this or more is a warning.
    pub item_warning: Rate,
    /// A plan item over its plan by more than this without offset elsewhere is a finding (ANBest-P Nr. 1.2).
    pub item_limit: Rate,
    /// Days within which called money must be spent (six-week rule).
    pub call_days: u32,
    /// Burn gap in percentage points up to which the light is green.
    pub light_green_pp: u32,
    /// Burn gap in percentage points up to which the light is yellow.
    pub light_yellow_pp: u32,
    /// Counts from one below this are suppressed in published aggregates.
    pub small_cell: u32,
    /// Least share of participants of foreign background expected (IND-16).
    pub foreign_background: Rate,
}

/// An indicator of the round's catalogue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IndicatorSpec {
    /// `EECO01`.
    pub code: IndicatorCode,
    /// The name for people.
    pub name: Text,
    /// Output or result.
    pub kind: IndicatorKind,
    /// What is counted.
    pub counts: Counted,
    /// The outputs whose sum a result may not exceed (IND-09, IND-10).
    #[serde(default)]
    pub reference: Vec<IndicatorCode>,
}

/// Output or result indicator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IndicatorKind {
    /// Output, counted at entry.
    Output,
    /// Result, counted after leaving.
    Result,
}

/// What an indicator counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Counted {
    /// Persons, by gender.
    Persons,
    /// Entities, as one number.
    Entities,
}

/// A sum that SFC reserves (domain.md IND-08).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReservedSum {
    /// The name of the sum: `EECO02+04`.
    pub code: IndicatorCode,
    /// The parts.
    pub parts: Vec<IndicatorCode>,
}

/// One of the programme's own counters (contacts are not persons advised are not participants; domain.md §3.6).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CounterSpec {
    /// The key.
    pub key: CounterKey,
    /// The name for people.
    pub name: Text,
    /// The counters whose sum this one is, if it is a total.
    #[serde(default)]
    pub sum_of: Vec<CounterKey>,
}

impl FundingRound {
    /// The plan item of a key.
    pub fn plan_item(&self, key: &ItemKey) -> Option<&PlanItemSpec> {
        self.plan_items.iter().find(|item| &item.key == key)
    }

    /// The source of a key.
    pub fn source(&self, key: &SourceKey) -> Option<&SourceSpec> {
        self.sources.iter().find(|source| &source.key == key)
    }

    /// The category of a region in the period of the round.
    ///
    /// ```
    /// use nachweis_domain::{region::{Nuts2, RegionCategory}, round::shipped};
    /// let trier: Nuts2 = "DEB2".parse()?;
    /// let rounds = shipped();
    /// let of = |code| rounds.iter().find(|round| round.code.as_str() == code).map(|round| round.category_of(trier));
    /// assert_eq!(of("2023-2025"), Some(RegionCategory::Transition));
    /// assert_eq!(of("esf-2014-2020"), Some(RegionCategory::MoreDeveloped));
    /// # Ok::<(), nachweis_domain::region::UnknownNuts2>(())
    /// ```
    pub fn category_of(&self, region: Nuts2) -> RegionCategory {
        let own = self.region_categories.get(&region).copied();
        own.unwrap_or_else(|| region.facts().category)
    }

    /// The category that all regions of a Land have in the period of the round; `None` in a mixed one.
    ///
    /// ```
    /// use nachweis_domain::{region::{Land, RegionCategory}, round::shipped};
    /// let rounds = shipped();
    /// let of = |code| rounds.iter().find(|round| round.code.as_str() == code).map(|round| round.category_of_land(Land::RheinlandPfalz));
    /// assert_eq!(of("2023-2025"), Some(None), "Trier is a transition region");
    /// assert_eq!(of("esf-2014-2020"), Some(Some(RegionCategory::MoreDeveloped)));
    /// ```
    pub fn category_of_land(&self, land: Land) -> Option<RegionCategory> {
        let mut categories = Nuts2::all()
            .filter(|region| region.facts().land == land)
            .map(|region| self.category_of(region));
        let first = categories.next()?;
        categories.all(|category| category == first).then_some(first)
    }

    /// The indicator of a code.
    pub fn indicator(&self, code: &IndicatorCode) -> Option<&IndicatorSpec> {
        self.indicators.iter().find(|indicator| &indicator.code == code)
    }

    /// The day by which the report of a quarter is due (counted in Europe/Berlin).
    pub fn due_day(&self, quarter: crate::quarter::Quarter) -> chrono::NaiveDate {
        quarter.last_day() + chrono::Days::new(self.report_due_days.into())
    }

    /// Sums what an item amount counts in the total: income is deducted.
    pub fn signed(&self, item: &ItemKey, amount: Money) -> Money {
        match self.plan_item(item).map(|item| &item.kind) {
            Some(ItemKind::Income) => -amount,
            _ => amount,
        }
    }
}
