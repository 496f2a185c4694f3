//! What of a closed quarter is no longer as it was frozen.

use std::collections::BTreeMap;

use crate::{
    key::{CounterKey, IndicatorCode, ItemKey, SourceKey, SubprojectNo},
    ledger::{Ledger, SubprojectIndex},
    money::Money,
    quarter::Quarter,
};

/// A figure that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference<K, V> {
    /// Whose.
    pub subproject: SubprojectNo,
    /// Which figure.
    pub key: K,
    /// As it was frozen; zero where nothing counted.
    pub frozen: V,
    /// As it is now.
    pub now: V,
}

/// A part of a source's money.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FundPart {
    /// Called.
    Called,
    /// Received.
    Received,
    /// Spent.
    Spent,
}

/// A count of persons or entities, or a counter.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CountKey {
    /// The women, men, non-binary persons or all of an indicator.
    Indicator(IndicatorCode, Gender),
    /// A counter of the programme.
    Counter(CounterKey),
}

/// Who is counted of an indicator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gender {
    /// Women.
    Women,
    /// Men.
    Men,
    /// Non-binary persons.
    NonBinary,
    /// All together, or entities.
    Total,
}

/// Everything of a quarter that differs, each in the order of subproject and figure.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Differences {
    /// Expenditure of plan items, as reported.
    pub expenditure: Vec<Difference<ItemKey, Money>>,
    /// Money of sources.
    pub funds: Vec<Difference<(SourceKey, FundPart), Money>>,
    /// Counts.
    pub counts: Vec<Difference<CountKey, i64>>,
}

impl Differences {
    /// Compares a quarter in the ledger of its closing with the same quarter now.
    pub fn between(frozen: &Ledger, now: &Ledger, quarter: Quarter) -> Self {
        Self {
            expenditure: compared([frozen, now].map(|ledger| expenditure(ledger, quarter))),
            funds: compared([frozen, now].map(|ledger| funds(ledger, quarter))),
            counts: compared([frozen, now].map(|ledger| counts(ledger, quarter))),
        }
    }

    /// Whether everything is as it was frozen.
    pub const fn is_empty(&self) -> bool {
        self.expenditure.is_empty() && self.funds.is_empty() && self.counts.is_empty()
    }
}

/// Figures of a quarter under subproject and key.
type Figures<K, V> = BTreeMap<(SubprojectNo, K), V>;

fn compared<K: Ord + Clone, V: Copy + Default + PartialEq>(
    [frozen, now]: [Figures<K, V>; 2],
) -> Vec<Difference<K, V>> {
    let mut both: Figures<K, (V, V)> = BTreeMap::new();
    for (key, value) in frozen {
        both.entry(key).or_default().0 = value;
    }
    for (key, value) in now {
        both.entry(key).or_default().1 = value;
    }
    both.into_iter()
        .filter(|(_, (frozen, now))| frozen != now)
        .map(|((subproject, key), (frozen, now))| Difference {
            subproject,
            key,
            frozen,
            now,
        })
        .collect()
}

fn number(ledger: &Ledger, subproject: SubprojectIndex) -> Option<SubprojectNo> {
    let state = ledger.subprojects.get(subproject)?;
    Some(state.subproject.no.clone())
}

fn expenditure(ledger: &Ledger, quarter: Quarter) -> Figures<ItemKey, Money> {
    let entries = ledger.expenditure.iter().filter(|entry| entry.quarter == quarter);
    entries
        .filter_map(|entry| {
            let key = (number(ledger, entry.subproject)?, entry.item.clone());
            Some((key, entry.reported))
        })
        .collect()
}

fn funds(ledger: &Ledger, quarter: Quarter) -> Figures<(SourceKey, FundPart), Money> {
    let mut figures = Figures::new();
    for entry in ledger.funds.iter().filter(|entry| entry.quarter == quarter) {
        let Some(no) = number(ledger, entry.subproject) else {
            continue;
        };
        for (part, amount) in [
            (FundPart::Called, entry.totals.called),
            (FundPart::Received, entry.totals.received),
            (FundPart::Spent, entry.totals.spent),
        ] {
            figures.insert((no.clone(), (entry.source.clone(), part)), amount);
        }
    }
    figures
}

fn counts(ledger: &Ledger, quarter: Quarter) -> Figures<CountKey, i64> {
    let mut figures = Figures::new();
    for entry in ledger.indicators.iter().filter(|entry| entry.quarter == quarter) {
        let Some(no) = number(ledger, entry.subproject) else {
            continue;
        };
        for (gender, count) in [
            (Gender::Women, entry.counts.women),
            (Gender::Men, entry.counts.men),
            (Gender::NonBinary, entry.counts.non_binary),
            (Gender::Total, entry.counts.total),
        ] {
            let key = CountKey::Indicator(entry.code.clone(), gender);
            figures.insert((no.clone(), key), count);
        }
    }
    for entry in ledger.counters.iter().filter(|entry| entry.quarter == quarter) {
        if let Some(no) = number(ledger, entry.subproject) {
            figures.insert((no, CountKey::Counter(entry.counter.clone())), entry.count);
        }
    }
    figures
}
