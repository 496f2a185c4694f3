//! Control totals: what the ledger holds, summed apart from the rows, and compared with them.

use nachweis_domain::money::Money;

use crate::ReportError;

/// The sums of `N` money columns, once from the ledger and once from the rows of a table.
#[derive(Clone)]
pub(super) struct Control<const N: usize> {
    table: &'static str,
    columns: [&'static str; N],
    ledger: [Money; N],
    /// None for a column that some row leaves empty: it does not divide over the rows.
    rows: [Option<Money>; N],
}

impl<const N: usize> Control<N> {
    pub(super) const fn new(table: &'static str, columns: [&'static str; N]) -> Self {
        Self {
            table,
            columns,
            ledger: [Money::ZERO; N],
            rows: [Some(Money::ZERO); N],
        }
    }

    /// Adds amounts of the ledger.
    pub(super) fn expect(&mut self, amounts: [Money; N]) {
        for (sum, amount) in self.ledger.iter_mut().zip(amounts) {
            *sum += amount;
        }
    }

    /// Adds the amounts of a row.
    pub(super) fn count(&mut self, amounts: [Option<Money>; N]) {
        for (sum, amount) in self.rows.iter_mut().zip(amounts) {
            *sum = sum.zip(amount).map(|(sum, amount)| sum + amount);
        }
    }

    /// The totals of the ledger, when rows and ledger agree.
    pub(super) fn check(&self) -> Result<[Money; N], ReportError> {
        let pairs = self.columns.iter().zip(self.rows.iter().zip(&self.ledger));
        for (column, (rows, ledger)) in pairs {
            if rows.is_some_and(|rows| rows != *ledger) {
                return Err(ReportError::ControlTotal {
                    table: self.table,
                    column,
                    rows: rows.unwrap_or_default().to_string(),
                    ledger: ledger.to_string(),
                });
            }
        }
        Ok(self.ledger)
    }
}
