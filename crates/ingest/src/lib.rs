//! The quarterly workbook: one layout, from which it is issued, guarded, read and marked.
