//! Findings and counts while they are gathered, within the limits.

use std::collections::BTreeMap;

use nachweis_domain::{
    cell::CellRef,
    finding::{Code, Detail, Finding},
};

use crate::limits;

/// The most bytes of unreadable texts that are handed on.
const RAW_BYTES: usize = 1024 * 1024;

/// Findings and counts of a workbook.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    pub(super) findings: Vec<Finding>,
    pub(super) omitted: BTreeMap<Code, u64>,
    pub(super) cells_read: u64,
    pub(super) recomputed: u64,
    pub(super) raw: Vec<(CellRef, String)>,
    by_code: BTreeMap<Code, u64>,
    raw_bytes: usize,
}

impl Gathered {
    /// Keeps a finding, or counts it when there are too many.
    pub(super) fn push(&mut self, finding: Finding) {
        let code = finding.code();
        let of_code = self.by_code.entry(code).or_default();
        *of_code += 1;
        let is_full = limits::FINDINGS_PER_CODE.is_exceeded_by(*of_code)
            || self.findings.len() >= limits::FINDINGS.size();
        // Data about single persons decides what happens to the file; it is never one finding too many.
        if is_full && code != Code::Tpl15 {
            *self.omitted.entry(code).or_default() += 1;
        } else {
            self.findings.push(finding);
        }
    }

    /// A finding at a cell.
    pub(super) fn at(&mut self, at: CellRef, detail: Detail) {
        self.push(Finding::at(at, detail));
    }

    /// A finding about a value that could not be read, with what stands in the cell.
    pub(super) fn unreadable(&mut self, at: CellRef, detail: Detail, raw: String) {
        if !raw.is_empty()
            && self.raw_bytes + raw.len() <= RAW_BYTES
            && self.raw.len() < limits::FINDINGS.size()
        {
            self.raw_bytes += raw.len();
            self.raw.push((at.clone(), raw));
        }
        self.at(at, detail);
    }
}
