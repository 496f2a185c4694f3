//! The ledger counted anew, from rows as they pass or from what the database sums: plans, payments and figures, so that
//! the same reports can be made from it and compared.

use std::{collections::BTreeMap, collections::HashSet, sync::Arc};

use nachweis_domain::{
    audit::{AuditRows, FigureKind, FigurePart, PlanRowKind},
    context::FundTotals,
    key::{IndicatorCode, ItemKey, SourceKey, SubprojectNo},
    ledger::{Ledger, SubprojectIndex, SubprojectState},
    money::Money,
    plan::{Disbursement, PlanVersion},
    quarter::Quarter,
};

mod feed;

use super::{
    cells::{Cells, Persons},
    entries,
};

/// Sums of vouchers by plan item; vouchers without one stand under an empty key.
pub(super) type Vouchers = BTreeMap<String, Money>;

/// A ledger and what else is counted.
#[derive(Clone, Debug)]
pub(super) struct Counted {
    pub(super) ledger: Ledger,
    pub(super) vouchers: Vouchers,
    /// The vouchers of each subproject, where it is known.
    pub(super) vouchers_of: BTreeMap<SubprojectIndex, Vouchers>,
    pub(super) rows: AuditRows,
    /// Rows of a revision that the stream of uploads did not list, or of a subproject that the round does not have.
    pub(super) unlisted: u64,
}

/// A count under way. The round, its subprojects and which plan version is in effect come from the ledger; every amount
/// and count comes from what is added.
pub(super) struct Recount<'a> {
    ledger: &'a Ledger,
    names: HashSet<Arc<str>>,
    last: Option<(SubprojectNo, Option<SubprojectIndex>)>,
    expenditure: Cells<[Money; 2]>,
    funds: Cells<FundTotals>,
    indicators: Cells<Persons>,
    counters: Cells<i64>,
    plans: BTreeMap<SubprojectIndex, PlanVersion>,
    payments: BTreeMap<SubprojectIndex, Vec<Disbursement>>,
    vouchers: BTreeMap<Option<SubprojectIndex>, Vouchers>,
    pub(super) rows: AuditRows,
    unlisted: u64,
}

/// A value of a figure and where it belongs.
struct Figure<'a> {
    subproject: &'a SubprojectNo,
    quarter: Quarter,
    accepted: bool,
    kind: FigureKind,
    key: &'a str,
    part: FigurePart,
    value: i64,
}

impl<'a> Recount<'a> {
    /// Nothing counted yet.
    pub(super) fn new(ledger: &'a Ledger) -> Self {
        Self {
            ledger,
            names: HashSet::new(),
            last: None,
            expenditure: Cells::default(),
            funds: Cells::default(),
            indicators: Cells::default(),
            counters: Cells::default(),
            plans: BTreeMap::new(),
            payments: BTreeMap::new(),
            vouchers: BTreeMap::new(),
            rows: AuditRows::default(),
            unlisted: 0,
        }
    }

    fn figure(&mut self, figure: &Figure<'_>) {
        let Some(subproject) = self.index(figure.subproject) else {
            return;
        };
        let key = self.name(figure.key);
        let place = (subproject, figure.quarter, &key);
        let amount = Money::from_cents(figure.value);
        let mut persons = Persons {
            has_genders: figure.part != FigurePart::Total,
            ..Persons::default()
        };
        let mut funds = FundTotals::default();
        match (figure.kind, figure.part) {
            (FigureKind::Expenditure, FigurePart::Amount) => {
                let accepted = if figure.accepted { amount } else { Money::ZERO };
                return self.expenditure.add(place, [amount, accepted]);
            }
            (FigureKind::Counter, FigurePart::Count) => return self.counters.add(place, figure.value),
            (FigureKind::Fund, FigurePart::Called) => funds.called = amount,
            (FigureKind::Fund, FigurePart::Received) => funds.received = amount,
            (FigureKind::Fund, FigurePart::Spent) => funds.spent = amount,
            (FigureKind::Indicator, FigurePart::Women) => persons.counts.women = figure.value,
            (FigureKind::Indicator, FigurePart::Men) => persons.counts.men = figure.value,
            (FigureKind::Indicator, FigurePart::NonBinary) => persons.counts.non_binary = figure.value,
            (FigureKind::Indicator, FigurePart::Total) => persons.counts.total = figure.value,
            _ => return,
        }
        if figure.kind == FigureKind::Fund {
            self.funds.add(place, funds);
        } else {
            self.indicators.add(place, persons);
        }
    }

    fn voucher(&mut self, of: Option<SubprojectIndex>, item: Option<&ItemKey>, amount: Money) {
        let item = item.map_or("", ItemKey::as_str);
        let vouchers = self.vouchers.entry(of).or_default();
        match vouchers.get_mut(item) {
            Some(sum) => *sum += amount,
            None => {
                vouchers.insert(item.to_owned(), amount);
            }
        }
    }

    fn plan(
        &mut self,
        (no, version): (&SubprojectNo, u32),
        kind: PlanRowKind,
        (key, year): (&str, Option<i32>),
        value: i64,
    ) {
        let Some(subproject) = self.index(no) else { return };
        let in_effect = self.ledger.subprojects.get(subproject);
        let in_effect = in_effect.and_then(|state| state.plan_on(self.ledger.day()));
        let Some(in_effect) = in_effect.filter(|plan| plan.number == version) else {
            return;
        };
        let plan = self.plans.entry(subproject).or_insert_with(|| PlanVersion {
            number: in_effect.number,
            effective_from: in_effect.effective_from,
            recorded_at: in_effect.recorded_at,
            items: BTreeMap::new(),
            sources: BTreeMap::new(),
            targets: BTreeMap::new(),
        });
        let amount = Money::from_cents(value);
        match kind {
            PlanRowKind::Item => {
                let years = plan.items.entry(ItemKey::new(key)).or_default();
                *years.entry(year.unwrap_or_default()).or_default() += amount;
            }
            PlanRowKind::Source => *plan.sources.entry(SourceKey::new(key)).or_default() += amount,
            PlanRowKind::Target => {
                let target = plan.targets.entry(IndicatorCode::new(key)).or_default();
                *target = target.saturating_add_signed(value);
            }
        }
    }

    fn payment(&mut self, no: &SubprojectNo, paid_on: chrono::NaiveDate, source: &SourceKey, amount: Money) {
        if let Some(subproject) = self.index(no) {
            self.payments.entry(subproject).or_default().push(Disbursement {
                paid_on,
                source: source.clone(),
                amount,
            });
        }
    }

    /// The place of a subproject in the ledger; what is of no subproject of the round is counted as unlisted.
    fn index(&mut self, no: &SubprojectNo) -> Option<SubprojectIndex> {
        let found = self.known(no);
        self.unlisted += u64::from(found.is_none());
        found
    }

    /// The place of a subproject in the ledger.
    fn known(&mut self, no: &SubprojectNo) -> Option<SubprojectIndex> {
        match &self.last {
            Some((last, found)) if last == no => *found,
            _ => {
                let found = self.ledger.index_of(no);
                self.last = Some((no.clone(), found));
                found
            }
        }
    }

    /// A key, shared with all that are equal.
    fn name(&mut self, key: &str) -> Arc<str> {
        if let Some(known) = self.names.get(key) {
            return Arc::clone(known);
        }
        let key: Arc<str> = Arc::from(key);
        self.names.insert(Arc::clone(&key));
        key
    }

    /// The ledger of what was counted.
    pub(super) fn finish(mut self) -> Counted {
        let base = self.ledger;
        let subprojects = base
            .subprojects
            .iter()
            .enumerate()
            .map(|(index, state)| SubprojectState {
                subproject: state.subproject.clone(),
                plans: self.plans.remove(&index).into_iter().collect(),
                disbursements: self.payments.remove(&index).unwrap_or_default(),
            });
        let subprojects = subprojects.collect();
        let mut vouchers = Vouchers::new();
        for (item, amount) in self.vouchers.values().flatten() {
            *vouchers.entry(item.clone()).or_default() += *amount;
        }
        let vouchers_of = self.vouchers.into_iter();
        let vouchers_of = vouchers_of.filter_map(|(of, vouchers)| Some((of?, vouchers)));
        Counted {
            ledger: Ledger {
                round: base.round.clone(),
                as_of: base.as_of,
                status_at: base.status_at,
                mark: base.mark,
                networks: base.networks.clone(),
                coordinated: base.coordinated.clone(),
                subprojects,
                expenditure: entries::expenditure(self.expenditure.finish()),
                funds: entries::funds(self.funds.finish()),
                indicators: entries::indicators(self.indicators.finish()),
                counters: entries::counters(self.counters.finish()),
                quarters: base.quarters.clone(),
                waivers: base.waivers.clone(),
                closings: base.closings.clone(),
                reopenings: base.reopenings.clone(),
            },
            vouchers,
            vouchers_of: vouchers_of.collect(),
            rows: self.rows,
            unlisted: self.unlisted,
        }
    }
}
