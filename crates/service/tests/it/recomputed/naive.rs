//! The ledger of what was told, by loops over lists.

use std::collections::BTreeSet;

use nachweis_domain::{
    cell::Located,
    context::{FundTotals, GenderCounts},
    figures::IndicatorFigure,
    key::NetworkCode,
    ledger::{
        CounterEntry, ExpenditureEntry, FundEntry, IndicatorEntry, Ledger, QuarterState, SubprojectState,
    },
    money::Money,
    record::UploadState,
};

use super::told::Told;
use crate::world::World;

/// Women, men and non-binary persons, all together as the sum of those that stand there; the typed total where none does.
pub(crate) fn counts(figure: &IndicatorFigure) -> GenderCounts {
    let value = |cell: &Option<Located<i64>>| cell.as_ref().map_or(0, |cell| cell.value);
    let (women, men, non_binary) = (
        value(&figure.women),
        value(&figure.men),
        value(&figure.non_binary),
    );
    let is_empty = figure.women.is_none() && figure.men.is_none() && figure.non_binary.is_none();
    let total = if is_empty {
        value(&figure.total)
    } else {
        women + men + non_binary
    };
    GenderCounts {
        women,
        men,
        non_binary,
        total,
    }
}

/// The ledger. Only the moments up to which it holds are those of the record.
pub(crate) fn ledger(world: &World, told: &Told) -> Ledger {
    let record = world.store.ledger(&world.round.code).unwrap();
    let subprojects: Vec<SubprojectState> = told
        .subprojects
        .iter()
        .map(|subproject| SubprojectState {
            subproject: subproject.clone(),
            plans: of(&told.plans, &subproject.no),
            disbursements: of(&told.payments, &subproject.no),
        })
        .collect();
    let mut ledger = Ledger {
        round: world.round.clone(),
        as_of: record.as_of,
        status_at: record.status_at,
        mark: record.mark,
        networks: told.networks.clone(),
        coordinated: BTreeSet::from([NetworkCode::new("RIN-NW")]),
        subprojects,
        expenditure: Vec::new(),
        funds: Vec::new(),
        indicators: Vec::new(),
        counters: Vec::new(),
        quarters: Vec::new(),
        waivers: Vec::new(),
        closings: Vec::new(),
        reopenings: Vec::new(),
    };
    for index in 0..told.subprojects.len() {
        for quarter in Told::quarters() {
            add_quarter(&mut ledger, told, index, quarter);
        }
    }
    ledger
}

/// What belongs to a number, in the order in which it came.
fn of<K: PartialEq, T: Clone>(all: &[(K, T)], no: &K) -> Vec<T> {
    let own = all.iter().filter(|(of, _)| of == no);
    own.map(|(_, one)| one.clone()).collect()
}

fn add_quarter(ledger: &mut Ledger, told: &Told, index: usize, quarter: nachweis_domain::quarter::Quarter) {
    let no = &told.subprojects[index].no;
    let revisions: Vec<_> = told
        .revisions
        .iter()
        .filter(|one| one.no == *no && one.quarter == quarter)
        .collect();
    let Some(latest) = revisions.last() else {
        return;
    };
    let counting = told
        .counting()
        .find(|one| one.no == *no && one.quarter == quarter);
    ledger.quarters.push(QuarterState {
        subproject: index,
        quarter,
        state: latest.state,
        revision: u32::try_from(revisions.len()).unwrap(),
        uploaded_at: latest.uploaded_at,
        submitted_at: revisions.iter().filter_map(|one| one.submitted_at).min(),
        blocking: latest.blocking,
        warnings: latest.warnings,
        is_reported: counting.is_some(),
        counting: counting.map(|one| one.number),
        is_accepted: counting.is_some_and(|one| one.state == UploadState::Accepted),
    });
    let Some(one) = counting else {
        return;
    };
    let is_accepted = one.state == UploadState::Accepted;
    let amount = |cell: &Option<Located<Money>>| cell.as_ref().map_or(Money::ZERO, |cell| cell.value);
    for figure in &one.figures.expenditure {
        let reported = figure.amount.value;
        ledger.expenditure.push(ExpenditureEntry {
            subproject: index,
            quarter,
            item: figure.item.clone(),
            reported,
            accepted: if is_accepted { reported } else { Money::ZERO },
        });
    }
    for figure in &one.figures.funds {
        ledger.funds.push(FundEntry {
            subproject: index,
            quarter,
            source: figure.source.clone(),
            totals: FundTotals {
                called: amount(&figure.called),
                received: amount(&figure.received),
                spent: amount(&figure.spent),
            },
        });
    }
    for figure in &one.figures.indicators {
        ledger.indicators.push(IndicatorEntry {
            subproject: index,
            quarter,
            code: figure.code.clone(),
            counts: counts(figure),
        });
    }
    for figure in &one.figures.counters {
        ledger.counters.push(CounterEntry {
            subproject: index,
            quarter,
            counter: figure.counter.clone(),
            count: figure.count.as_ref().map_or(0, |count| count.value),
        });
    }
}
