//! Funding rounds.

use chrono::NaiveDate;
use nachweis_domain::{
    period::Period,
    round::{
        Counted, FundingRound, IndicatorKind, IndicatorSpec, ItemKind, Named, PlanItemSpec, RuleMode,
        RuleSetting, SourceKind, SourceSpec,
    },
};
use serde::Serialize;
use utoipa::ToSchema;

use super::text::TextView;

/// From the first to the last day.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Period)]
pub(crate) struct PeriodView {
    /// The first day.
    first: NaiveDate,
    /// The last day.
    last: NaiveDate,
}

impl PeriodView {
    /// The period for sending.
    pub(crate) const fn of(period: Period) -> Self {
        Self {
            first: period.first,
            last: period.last,
        }
    }
}

/// A funding round in brief.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RoundSummary)]
pub(crate) struct RoundSummary {
    /// The code.
    #[schema(example = "2023-2025")]
    code: String,
    /// Its name.
    title: TextView,
    /// The name of the programme.
    programme: TextView,
    /// Its time.
    period: PeriodView,
    /// The quarters that it is reported in.
    quarters: Vec<String>,
    /// The version of its workbook.
    template_version: String,
    /// The version of its rules.
    rule_version: String,
}

impl RoundSummary {
    /// The round for sending.
    pub(crate) fn of(round: &FundingRound) -> Self {
        Self {
            code: round.code.to_string(),
            title: TextView::of(&round.title),
            programme: TextView::of(&round.programme),
            period: PeriodView::of(round.period),
            quarters: round.period.quarters().iter().map(ToString::to_string).collect(),
            template_version: round.template_version.to_string(),
            rule_version: round.rule_version.to_string(),
        }
    }
}

/// A funding round with the lists that its workbook and reports use.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Round)]
pub(crate) struct RoundView {
    /// The round in brief.
    #[serde(flatten)]
    summary: RoundSummary,
    /// Who pays, as it must be shown.
    funding_note: TextView,
    /// Days after the end of a quarter by which its report is due.
    report_due_days: u32,
    /// Funding strands.
    strands: Vec<NamedView>,
    /// Action fields.
    action_fields: Vec<NamedView>,
    /// Plan items in the order of the workbook.
    plan_items: Vec<PlanItemView>,
    /// Sources of finance in the order of the workbook.
    sources: Vec<SourceView>,
    /// Indicators in the order of the workbook.
    indicators: Vec<IndicatorView>,
    /// The programme's own counters.
    counters: Vec<NamedView>,
    /// Rules that hold in some quarters only, weigh differently or run in shadow.
    rules: Vec<RuleView>,
}

/// What a round says of a rule.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Rule)]
pub(crate) struct RuleView {
    /// The rule.
    #[schema(example = "FIN-08")]
    code: &'static str,
    /// How much its findings weigh: `off`, `notice`, `warning` or `blocking`.
    severity: &'static str,
    /// `active` or `shadow`.
    mode: &'static str,
    /// The first quarter whose report is checked, where it is not the first of the round.
    #[schema(example = "2024-Q1")]
    effective_from: Option<String>,
    /// The last quarter whose report is checked, where it is not the last of the round.
    effective_until: Option<String>,
}

/// A key with its name.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Named)]
pub(crate) struct NamedView {
    /// The key.
    key: String,
    /// The name for people.
    name: TextView,
}

/// A plan item.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PlanItem)]
pub(crate) struct PlanItemView {
    /// The key and name.
    #[serde(flatten)]
    named: NamedView,
    /// How its amount comes about: `actual`, `flat_rate` or `income`.
    kind: &'static str,
    /// The items that a flat rate is computed from.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    base: Vec<String>,
    /// The flat rate as a fraction: `0.4`.
    #[serde(skip_serializing_if = "Option::is_none")]
    rate: Option<String>,
}

/// A source of finance.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Source)]
pub(crate) struct SourceView {
    /// The key and name.
    #[serde(flatten)]
    named: NamedView,
    /// What the money is: `union`, `grant`, `own` or `third_party`.
    kind: &'static str,
}

/// An indicator.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Indicator)]
pub(crate) struct IndicatorView {
    /// The code.
    #[schema(example = "EECO01")]
    code: String,
    /// The name for people.
    name: TextView,
    /// `output` or `result`.
    kind: &'static str,
    /// `persons` or `entities`.
    counts: &'static str,
}

impl RoundView {
    /// The round for sending.
    pub(crate) fn of(round: &FundingRound) -> Self {
        Self {
            summary: RoundSummary::of(round),
            funding_note: TextView::of(&round.funding_note),
            report_due_days: round.report_due_days,
            strands: round.strands.iter().map(NamedView::of).collect(),
            action_fields: round.action_fields.iter().map(NamedView::of).collect(),
            plan_items: round.plan_items.iter().map(PlanItemView::of).collect(),
            sources: round.sources.iter().map(SourceView::of).collect(),
            indicators: round.indicators.iter().map(IndicatorView::of).collect(),
            counters: round
                .counters
                .iter()
                .map(|counter| NamedView {
                    key: counter.key.to_string(),
                    name: TextView::of(&counter.name),
                })
                .collect(),
            rules: round.rules.iter().map(RuleView::of).collect(),
        }
    }
}

impl RuleView {
    fn of(entry: &RuleSetting) -> Self {
        let severity = entry.severity.unwrap_or_else(|| entry.code.default_severity());
        Self {
            code: entry.code.as_str(),
            severity: severity.as_str(),
            mode: match entry.mode {
                RuleMode::Active => "active",
                RuleMode::Shadow => "shadow",
            },
            effective_from: entry.effective_from.map(|quarter| quarter.to_string()),
            effective_until: entry.effective_until.map(|quarter| quarter.to_string()),
        }
    }
}

impl NamedView {
    fn of<K: ToString>(named: &Named<K>) -> Self {
        Self {
            key: named.key.to_string(),
            name: TextView::of(&named.name),
        }
    }
}

impl PlanItemView {
    fn of(item: &PlanItemSpec) -> Self {
        let (kind, base, rate) = match &item.kind {
            ItemKind::Actual => ("actual", Vec::new(), None),
            ItemKind::Income => ("income", Vec::new(), None),
            ItemKind::FlatRate { base, rate, .. } => (
                "flat_rate",
                base.iter().map(ToString::to_string).collect(),
                Some(rate.to_string()),
            ),
        };
        Self {
            named: NamedView {
                key: item.key.to_string(),
                name: TextView::of(&item.name),
            },
            kind,
            base,
            rate,
        }
    }
}

impl SourceView {
    fn of(source: &SourceSpec) -> Self {
        Self {
            named: NamedView {
                key: source.key.to_string(),
                name: TextView::of(&source.name),
            },
            kind: match source.kind {
                SourceKind::Union => "union",
                SourceKind::Grant => "grant",
                SourceKind::Own => "own",
                SourceKind::ThirdParty => "third_party",
            },
        }
    }
}

impl IndicatorView {
    fn of(indicator: &IndicatorSpec) -> Self {
        Self {
            code: indicator.code.to_string(),
            name: TextView::of(&indicator.name),
            kind: match indicator.kind {
                IndicatorKind::Output => "output",
                IndicatorKind::Result => "result",
            },
            counts: match indicator.counts {
                Counted::Persons => "persons",
                Counted::Entities => "entities",
            },
        }
    }
}
