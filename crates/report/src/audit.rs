//! The audit workbook: every figure and voucher with the cell it came from, in constant memory.

mod source;

pub use source::{AuditSource, Each};
