//! Money that subprojects call, and when it is paid.

use chrono::{Days, NaiveDate};
use nachweis_domain::{
    key::{SourceKey, SubprojectNo},
    money::Money,
    plan::{Disbursement, PlanVersion, in_effect_or_first},
    programme::ProgrammeImport,
    quarter::Quarter,
    rate::Rate,
    round::{FundingRound, SourceKind},
    subproject::Subproject,
};
use rust_decimal::Decimal;

use super::{habit::Habit, money::Purse, quirk::Quirk};
use crate::{dice::Dice, working_day};

/// The last quarter for which the made-up programme holds payments.
const PAID_UNTIL: (i32, u32) = (2024, 4);

/// Money called for a quarter, and when it was paid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Claim {
    /// The quarter in which it was called.
    pub(super) quarter: Quarter,
    /// The source.
    pub(super) source: SourceKey,
    /// The amount.
    pub(super) amount: Money,
    /// The day of the payment.
    pub(super) paid_on: NaiveDate,
}

/// What a subproject calls: ESF Plus and federal money, in arrears, paid five to eight weeks after each quarter that is
/// reported. With [`Quirk::EarlyCalls`] once more than two quarters' money in advance, and then nothing for two quarters.
pub(super) fn claims(
    round: &FundingRound,
    subproject: &Subproject,
    plans: &[&PlanVersion],
    seed: u64,
) -> Vec<Claim> {
    let no = subproject.no.as_str();
    let quirk = Quirk::of(seed, no);
    let spending = match quirk {
        Quirk::Over(_) => quirk,
        _ => Quirk::None,
    };
    let habit = Habit::of(seed, subproject);
    let mut purse = Purse::new(round, subproject, seed, spending);
    let mut dice = Dice::new(seed, &[no, "payments"]);
    let early = quirk == Quirk::EarlyCalls;
    let mut quarters = subproject.grant_period.quarters();
    quarters.retain(|quarter| !habit.is_silent_in(*quarter));
    let advance = usize::try_from(dice.between(2, 6)).ok().filter(|_| early);
    let mut claims = Vec::new();
    for (index, quarter) in quarters.into_iter().enumerate() {
        let Some(plan) = in_effect_or_first(plans.iter().copied(), quarter.last_day()) else {
            continue;
        };
        let money = purse.spend(plan, quarter);
        let days = dice.between(35, 60).unsigned_abs();
        let (permille, paid_on) = match advance {
            Some(of) if index == of => (2_200, quarter.first_day() + Days::new(9)),
            Some(of) if index == of + 1 => (0, quarter.last_day()),
            _ => (1_000, quarter.last_day() + Days::new(days)),
        };
        for (source, spent) in money.sources {
            let kind = round.source(&source).map(|source| source.kind);
            let amount = spent.share(Rate::from_fraction(Decimal::new(permille, 3)));
            if matches!(kind, Some(SourceKind::Union | SourceKind::Grant)) && amount > Money::ZERO {
                claims.push(Claim {
                    quarter,
                    source,
                    amount,
                    paid_on: working_day::on_or_after(paid_on),
                });
            }
        }
    }
    claims
}

/// Payments of the made-up programme up to the end of 2024.
pub(crate) fn disbursements(
    round: &FundingRound,
    import: &ProgrammeImport,
    seed: u64,
) -> Vec<(SubprojectNo, Disbursement)> {
    let Some(until) = Quarter::new(PAID_UNTIL.0, PAID_UNTIL.1)
        .ok()
        .map(Quarter::last_day)
    else {
        return Vec::new();
    };
    let mut payments = Vec::new();
    for (subproject, plans) in super::subprojects_with_plans(import) {
        let paid = claims(round, subproject, &plans, seed)
            .into_iter()
            .filter(|claim| claim.paid_on <= until);
        payments.extend(paid.map(|claim| {
            let Claim {
                source,
                amount,
                paid_on,
                ..
            } = claim;
            (
                subproject.no.clone(),
                Disbursement {
                    paid_on,
                    source,
                    amount,
                },
            )
        }));
    }
    payments
}
