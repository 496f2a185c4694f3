//! Reading what people type: text in, a value or the reason why not out. Never a guess.
//!
//! Each type has stated rules, in its module's documentation. A text with two possible readings is refused with both
//! (`VAL-02`), a text that says "no answer" is refused as missing (`VAL-10`), because no answer is not zero. Numbers
//! that a spreadsheet holds as numbers do not come here: they need no reading.
//!
//! | Module | Gives | Refusals |
//! |---|---|---|
//! | [`amount`] | [`Money`](crate::money::Money) | `VAL-01` to `VAL-04`, `VAL-10` |
//! | [`count`] | whole numbers | `VAL-02`, `VAL-05`, `VAL-10` |
//! | [`percent`] | [`Rate`](crate::rate::Rate) | `VAL-02`, `VAL-06`, `VAL-10` |
//! | [`quarter`] | [`Quarter`](crate::quarter::Quarter) | `VAL-02`, `VAL-09`, `VAL-10` |
//! | [`date`] | dates | `VAL-02`, `VAL-07`, `VAL-08`, `VAL-10` |
//! | [`text`] | text in NFC | `VAL-11`, `VAL-12` |

pub mod amount;
pub mod count;
pub mod date;
mod numeral;
pub mod percent;
pub mod quarter;
pub mod text;

pub use numeral::DecimalConvention;

#[cfg(test)]
mod tests;
