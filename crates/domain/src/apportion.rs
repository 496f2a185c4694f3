//! Dividing whole things that cannot be cut, such as persons, by weights.

/// Divides a count by weights into whole numbers that sum to it exactly, by the method of Sainte-Laguë: each next one goes
/// where `weight ÷ (2 × given + 1)` is largest, the first of equals.
///
/// Unlike the largest remainder, which divides money, this never takes back: a larger count gives no part less. So what
/// holds for counts (of whom, not more than, more than last quarter) holds for each part of them. It does not hold for
/// sums: the parts of two counts need not sum to the part of their sum, but for rounding.
///
/// All weights zero, or none: everything goes to the first part, if there is one.
///
/// ```
/// use nachweis_domain::apportion::apportion;
/// assert_eq!(apportion(10, &[715, 33, 252]), [7, 0, 3]);
/// assert_eq!(apportion(-3, &[1, 1]), [-2, -1]);
/// ```
pub fn apportion(count: i64, weights: &[u64]) -> Vec<i64> {
    let total: u128 = weights.iter().map(|weight| u128::from(*weight)).sum();
    let whole = count.unsigned_abs();
    let mut parts = vec![0_u64; weights.len()];
    // No part ends further below its exact share than half the number of parts and one; the rest is given one by one.
    let margin = u128::try_from(weights.len() / 2 + 2).unwrap_or(u128::MAX);
    let exact = |weight: u64| (u128::from(whole) * u128::from(weight)).checked_div(total);
    for (part, weight) in parts.iter_mut().zip(weights) {
        let share = exact(*weight).unwrap_or_default();
        *part = u64::try_from(share.saturating_sub(margin)).unwrap_or_default();
    }
    if total > 0 {
        let given: u64 = parts.iter().sum();
        for _ in given..whole {
            give_one(&mut parts, weights);
        }
    } else if let Some(first) = parts.first_mut() {
        *first = whole;
    }
    let signed = |part: u64| i64::try_from(part).unwrap_or(i64::MAX) * count.signum();
    parts.into_iter().map(signed).collect()
}

/// Gives one more to the part that is furthest behind.
fn give_one(parts: &mut [u64], weights: &[u64]) {
    let mut best: Option<(&mut u64, u64)> = None;
    for (part, weight) in parts.iter_mut().zip(weights) {
        let is_ahead = best.as_ref().is_none_or(|(other, other_weight)| {
            let (mine, theirs) = (2 * u128::from(*part) + 1, 2 * u128::from(**other) + 1);
            u128::from(*weight) * theirs > u128::from(*other_weight) * mine
        });
        if is_ahead {
            best = Some((part, *weight));
        }
    }
    if let Some((part, _)) = best {
        *part += 1;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Weights of up to five parts, not all zero.
    fn any_weights() -> impl Strategy<Value = Vec<u64>> {
        prop::collection::vec(0_u64..1_000_000, 1..6)
            .prop_filter("not all zero", |weights| weights.iter().any(|weight| *weight > 0))
    }

    /// From nothing, one by one.
    fn one_by_one(count: i64, weights: &[u64]) -> Vec<i64> {
        let mut parts = vec![0; weights.len()];
        for _ in 0..count {
            give_one(&mut parts, weights);
        }
        parts
            .into_iter()
            .map(|part| i64::try_from(part).unwrap())
            .collect()
    }

    proptest! {
        #[test]
        fn parts_are_those_given_one_by_one(count in 0_i64..2_000, weights in any_weights()) {
            prop_assert_eq!(apportion(count, &weights), one_by_one(count, &weights));
        }

        #[test]
        fn parts_sum_to_the_count_and_a_larger_count_takes_nothing_back(
            count in 0_i64..3_000_000_000,
            more in 0_i64..50,
            weights in any_weights(),
        ) {
            let (less, more) = (apportion(count, &weights), apportion(count + more, &weights));
            prop_assert_eq!(less.iter().sum::<i64>(), count);
            prop_assert!(less.iter().zip(&more).all(|(less, more)| less <= more), "{:?} {:?}", less, more);
        }

        #[test]
        fn three_parts_lie_within_one_of_their_exact_share(
            count in 0_i64..100_000,
            weights in prop::collection::vec(1_u64..1_000_000, 1..4),
        ) {
            let total: u64 = weights.iter().sum();
            for (part, weight) in apportion(count, &weights).into_iter().zip(&weights) {
                let exact = u64::try_from(count).unwrap() * weight;
                let off = i128::from(part) * i128::from(total) - i128::from(exact);
                prop_assert!(off.abs() < i128::from(total));
            }
        }
    }

    #[test]
    fn without_weights_the_first_part_gets_all() {
        assert_eq!(apportion(5, &[0, 0]), [5, 0]);
        assert_eq!(apportion(5, &[]), [0_i64; 0]);
    }
}
