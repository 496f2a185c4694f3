//! Dividing what of a subproject falls to a row over the subproject's own terms.

use nachweis_domain::money::Money;

use super::{Amount, Share, Term};

/// Gives the terms of one subproject the part of it that falls to a row. What falls to the first terms together is rounded,
/// term after term, so that all of them sum to the part exactly and none lies more than a cent (or one) off.
pub(crate) fn spread(terms: &mut [Term], part: &Amount) {
    let Some(whole) = sum(terms, part) else { return };
    let (cents, of) = (units(part), units(&whole));
    let (mut counted, mut given) = (0_i64, 0_i64);
    for term in terms {
        counted = counted.saturating_add(units(&term.part));
        let until = Money::from_cents(cents)
            .in_proportion(Money::from_cents(counted), Money::from_cents(of))
            .unwrap_or_default()
            .cents();
        term.part = like(part, until - given);
        given = until;
        term.share = Some(Share {
            whole: whole.clone(),
            part: part.clone(),
        });
    }
}

fn sum(terms: &[Term], like: &Amount) -> Option<Amount> {
    terms
        .iter()
        .try_fold(like.zero(), |sum, term| sum.plus(&term.part))
}

fn units(amount: &Amount) -> i64 {
    match amount {
        Amount::Money(amount) => amount.cents(),
        Amount::Count(count) => *count,
        Amount::Euro(_) | Amount::Shown(_) => 0,
    }
}

const fn like(amount: &Amount, units: i64) -> Amount {
    match amount {
        Amount::Count(_) => Amount::Count(units),
        _ => Amount::Money(Money::from_cents(units)),
    }
}

#[cfg(test)]
mod tests {
    use nachweis_domain::key::SubprojectNo;
    use proptest::prelude::*;

    use super::{super::Source, *};

    proptest! {
        #[test]
        fn parts_sum_to_the_share_of_the_subproject_and_lie_within_a_cent(
            cents in prop::collection::vec(0_i64..1_000_000, 1..30),
            weight in 0_i64..=1_000,
        ) {
            let no = SubprojectNo::new("IQ23-DE-001");
            let total: i64 = cents.iter().sum();
            let part = total * weight / 1_000;
            let mut terms: Vec<Term> = cents
                .iter()
                .map(|cents| Term::plain(&no, Source::Subproject, Amount::Count(*cents)))
                .collect();
            spread(&mut terms, &Amount::Count(part));
            prop_assert_eq!(terms.iter().map(|term| units(&term.part)).sum::<i64>(), part);
            for (term, cents) in terms.iter().zip(cents) {
                let exact = i128::from(part) * i128::from(cents);
                let off = i128::from(units(&term.part)) * i128::from(total) - exact;
                prop_assert!(off.abs() <= i128::from(total), "{term:?}");
            }
        }
    }
}
