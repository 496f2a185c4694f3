//! Rules about money: one file each.

use super::Rule;
use crate::finding::Code;

mod award;
mod called_money;
mod correction_quarter;
mod flat_rate;
mod item_limit;
mod item_warning;
mod negative_amount;
mod overrun;
mod own_funds;
mod paid_in_grant;
mod paid_in_quarter;
mod source_sum;
mod union_share;
mod voucher_complete;
mod voucher_number;
mod voucher_on_flat_rate;
mod voucher_sum;

/// All rules about money in the order of their codes.
pub(super) const RULES: &[Rule] = &[
    (Code::Fin01, voucher_sum::check),
    (Code::Fin02, flat_rate::check),
    (Code::Fin03, voucher_on_flat_rate::check),
    (Code::Fin04, paid_in_quarter::check),
    (Code::Fin05, paid_in_grant::check),
    (Code::Fin06, voucher_number::check),
    (Code::Fin07, item_warning::check),
    (Code::Fin08, item_limit::check),
    (Code::Fin09, award::check),
    (Code::Fin10, source_sum::check),
    (Code::Fin11, union_share::check),
    (Code::Fin12, own_funds::check),
    (Code::Fin13, called_money::check),
    (Code::Fin14, negative_amount::check),
    (Code::Fin15, correction_quarter::check),
    (Code::Fin16, voucher_complete::check),
];

/// A grid that breaks each rule, for the catalogue of findings.
#[cfg(test)]
pub(super) const EXAMPLES: &[super::testing::Example] = &[
    (Code::Fin01, voucher_sum::tests::example),
    (Code::Fin02, flat_rate::tests::example),
    (Code::Fin03, voucher_on_flat_rate::tests::example),
    (Code::Fin04, paid_in_quarter::tests::example),
    (Code::Fin05, paid_in_grant::tests::example),
    (Code::Fin06, voucher_number::tests::example),
    (Code::Fin07, item_warning::tests::example),
    (Code::Fin08, item_limit::tests::example),
    (Code::Fin09, award::tests::example),
    (Code::Fin10, source_sum::tests::example),
    (Code::Fin11, union_share::tests::example),
    (Code::Fin12, own_funds::tests::example),
    (Code::Fin13, called_money::tests::example),
    (Code::Fin14, negative_amount::tests::example),
    (Code::Fin15, correction_quarter::tests::example),
    (Code::Fin16, voucher_complete::tests::example),
];
