//! Sums among operations, by amounts only.

use super::{Kind::*, *};

fn rows(rows: &[(Kind, i64)]) -> Vec<Option<StatedSum>> {
    find((0..).zip(rows).map(|(row, (kind, euro))| {
        let amount = Money::from_cents(euro * 100);
        let is_thin = true;
        (
            row,
            Judged {
                kind: *kind,
                amount,
                is_thin,
            },
        )
    }))
}

fn of(found: &[Option<StatedSum>], index: usize) -> Option<(u32, u32)> {
    found[index].as_ref().expect("a sum").of
}

#[test]
fn subtotals_above_and_below_their_operations_and_the_total_are_found() {
    let found = rows(&[
        (Between, 0),
        (Operation, 10),
        (Operation, 20),
        (SumIfItAddsUp, 30),
        (Operation, 5),
        (Sum, 5),
        (Sum, 35),
    ]);
    assert_eq!(of(&found, 3), Some((1, 2)));
    assert_eq!(of(&found, 5), Some((4, 4)));
    assert!(found[6].as_ref().expect("the total").is_total);
    let heads = rows(&[
        (SumIfItAddsUp, 30),
        (Operation, 10),
        (Operation, 20),
        (SumIfItAddsUp, 7),
        (Operation, 7),
    ]);
    assert_eq!((of(&heads, 0), of(&heads, 3)), (Some((1, 2)), Some((4, 4))));
}

#[test]
fn what_adds_up_to_nothing_is_no_sum_unless_it_says_so() {
    let found = rows(&[(Operation, 10), (SumIfItAddsUp, 11), (Operation, 20), (Sum, 99)]);
    assert_eq!(found[1], None);
    let stated = found[3].as_ref().expect("it says so");
    assert!(!stated.agrees() && stated.is_of_all());
    assert!(
        stated.text().de.contains("99,00") && stated.text().de.contains("30,00"),
        "{}",
        stated.text().de
    );
    assert!(stated.text().en.contains("-€69.00"), "{}", stated.text().en);
}

#[test]
fn a_sum_ends_at_rows_without_amount_and_never_within_operations() {
    // 20 + 30 are two neighbours, but no sum begins between 10 and 20.
    let found = rows(&[
        (Operation, 10),
        (Operation, 20),
        (Operation, 30),
        (SumIfItAddsUp, 50),
    ]);
    assert_eq!(found[3], None);
    let found = rows(&[
        (Operation, 10),
        (Between, 0),
        (Operation, 20),
        (Operation, 30),
        (SumIfItAddsUp, 50),
    ]);
    assert_eq!(of(&found, 4), Some((2, 3)));
}

#[test]
fn a_last_row_that_equals_all_others_is_their_sum() {
    let found = rows(&[(Operation, 10), (Operation, 20), (Operation, 30), (Operation, 60)]);
    assert!(found[3].is_some());
    let found = rows(&[(Operation, 10), (Operation, 20), (Operation, 30), (Operation, 61)]);
    assert_eq!(found[3], None);
    let found = rows(&[(Operation, 10), (Operation, 10)]);
    assert_eq!(found, [None, None], "two equal operations");
}
