//! What a round says of single rules: how much they weigh, in which quarters, and whether they run in shadow.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::FundingRound;
use crate::{
    finding::{Code, Severity},
    quarter::Quarter,
};

/// An entry of a round about a rule. A rule with entries runs in the quarters that they cover and in no others; a rule
/// without any runs in all quarters of the round.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleSetting {
    /// The rule.
    pub code: Code,
    /// How much its findings weigh; where nothing is said, as the code has it.
    #[serde(default)]
    pub severity: Option<Severity>,
    /// Whether it counts or is only tried.
    #[serde(default)]
    pub mode: RuleMode,
    /// The first quarter whose report is checked; where nothing is said, the first of the round.
    #[serde(default)]
    pub effective_from: Option<Quarter>,
    /// The last quarter whose report is checked; where nothing is said, the last of the round.
    #[serde(default)]
    pub effective_until: Option<Quarter>,
}

/// Whether a rule counts or is only tried.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RuleMode {
    /// Its findings are told and weigh.
    #[default]
    Active,
    /// It finds nothing in any verdict; what it would find is asked for.
    Shadow,
}

impl RuleSetting {
    /// Whether the report of a quarter falls under it, both ends included.
    pub fn covers(&self, quarter: Quarter) -> bool {
        self.effective_from.is_none_or(|first| first <= quarter)
            && self.effective_until.is_none_or(|last| quarter <= last)
    }

    /// Whether two entries hold in the same quarter.
    pub(super) fn meets(&self, other: &Self) -> bool {
        let before = |one: &Self, other: &Self| matches!((one.effective_until, other.effective_from), (Some(last), Some(first)) if last < first);
        !before(self, other) && !before(other, self)
    }
}

/// Codes without which no verdict can be given, whatever a round says: whether a workbook is ours, this subproject's,
/// this quarter's and this version's, whether it may be kept at all, and how many findings are not listed. They weigh as the
/// code has it.
pub(super) const INDISPENSABLE: [Code; 6] = [
    Code::Tpl01,
    Code::Tpl02,
    Code::Tpl03,
    Code::Tpl04,
    Code::Tpl15,
    Code::Tpl22,
];

impl FundingRound {
    /// The severity of a code for the report of a quarter; `None` when the rule does not run there: it is switched off, in
    /// shadow, or not in effect in that quarter.
    ///
    /// ```
    /// use nachweis_domain::{finding::{Code, Severity}, quarter::Quarter, round::{RuleMode, RuleSetting, shipped}};
    /// let mut round = shipped().remove(0);
    /// let from: Quarter = "2024-Q3".parse()?;
    /// round.rules.push(RuleSetting {
    ///     code: Code::Fin08,
    ///     severity: Some(Severity::Blocking),
    ///     mode: RuleMode::Active,
    ///     effective_from: Some(from),
    ///     effective_until: None,
    /// });
    /// assert_eq!(round.severity(Code::Fin08, from), Some(Severity::Blocking));
    /// assert_eq!(round.severity(Code::Fin08, "2024-Q2".parse()?), None);
    /// # Ok::<(), nachweis_domain::quarter::QuarterError>(())
    /// ```
    pub fn severity(&self, code: Code, quarter: Quarter) -> Option<Severity> {
        // Also in a round that was recorded before such entries were refused.
        if INDISPENSABLE.contains(&code) {
            return Some(code.default_severity());
        }
        let severity = match self.setting(code, quarter) {
            Setting::None => self.severities.get(&code).copied(),
            Setting::Outside => return None,
            Setting::Entry(entry) if entry.mode == RuleMode::Shadow => return None,
            Setting::Entry(entry) => entry.severity,
        };
        let severity = severity.unwrap_or_else(|| code.default_severity());
        (severity != Severity::Off).then_some(severity)
    }

    /// Whether a rule runs in shadow for the report of a quarter.
    pub fn tries(&self, code: Code, quarter: Quarter) -> bool {
        !INDISPENSABLE.contains(&code)
            && matches!(self.setting(code, quarter), Setting::Entry(entry) if entry.mode == RuleMode::Shadow)
    }

    /// The rules that run in shadow in some quarter.
    pub fn in_shadow(&self) -> BTreeSet<Code> {
        let shadow = self.rules.iter().filter(|entry| entry.mode == RuleMode::Shadow);
        shadow.map(|entry| entry.code).collect()
    }

    /// The round as it would be with every rule in shadow switched on.
    #[must_use]
    pub fn switched_on(&self) -> Self {
        let mut round = self.clone();
        for entry in &mut round.rules {
            entry.mode = RuleMode::Active;
        }
        round
    }

    fn setting(&self, code: Code, quarter: Quarter) -> Setting<'_> {
        let mut found = Setting::None;
        for entry in self.rules.iter().filter(|entry| entry.code == code) {
            if entry.covers(quarter) {
                return Setting::Entry(entry);
            }
            found = Setting::Outside;
        }
        found
    }
}

/// What the entries of a round say of a rule in a quarter.
enum Setting<'a> {
    /// There is none about the rule.
    None,
    /// None of them covers the quarter.
    Outside,
    /// This one does.
    Entry(&'a RuleSetting),
}

#[cfg(test)]
mod tests;
