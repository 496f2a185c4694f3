//! Corrections of what an earlier quarter reported: a voucher that names the quarter.

use std::collections::BTreeMap;

use nachweis_domain::{key::ItemKey, money::Money, quarter::Quarter, rate::Rate};

use crate::dice::Dice;

/// Items that are corrected now and then.
const ITEMS: [&str; 3] = ["freelancer_fees", "staff_employees", "participant_costs"];
/// Of a thousand workbooks, how many correct an earlier one.
const PERMILLE: i64 = 25;

/// A correction in the workbook of a later quarter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Correction {
    /// The item.
    pub(crate) item: ItemKey,
    /// The quarter whose figures are corrected.
    pub(crate) corrects: Quarter,
    /// Negative where too much was reported.
    pub(crate) amount: Money,
    /// What happened.
    pub(crate) purpose: &'static str,
}

impl Correction {
    /// The correction in a quarter, if there is one, of what the quarter before spent on each item.
    pub(super) fn of(
        (seed, no): (u64, &str),
        quarter: Quarter,
        before: &BTreeMap<ItemKey, Money>,
    ) -> Option<Self> {
        let mut dice = Dice::new(seed, &[no, &quarter.to_string(), "correction"]);
        if !dice.happens(PERMILLE) {
            return None;
        }
        let item = ItemKey::new(dice.pick(&ITEMS));
        let spent = before.get(&item).copied().filter(|spent| *spent > Money::ZERO)?;
        let part = spent.share(Rate::from_percent(dice.between(2, 11)));
        let (amount, purpose) = if dice.happens(700) {
            (-part, purpose_of_refund(&item))
        } else {
            (part, "Nachberechnung")
        };
        (!amount.is_zero()).then_some(Self {
            item,
            corrects: quarter.previous(),
            amount,
            purpose,
        })
    }

    /// A sentence for the narrative report.
    pub(super) fn told(&self) -> String {
        let language = nachweis_domain::language::Language::De;
        format!(
            "Das {} wird um {} berichtigt ({}); der Beleg nennt das Quartal.",
            self.corrects.display(language),
            self.amount.display(language),
            self.purpose,
        )
    }
}

fn purpose_of_refund(item: &ItemKey) -> &'static str {
    match item.as_str() {
        "staff_employees" => "Erstattung der Krankenkasse (U1)",
        "freelancer_fees" => "Rückzahlung für ausgefallene Termine",
        _ => "Rückgabe nicht benötigter Fahrkarten",
    }
}
