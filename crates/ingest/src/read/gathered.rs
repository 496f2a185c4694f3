//! Findings and counts while they are gathered, within the limits.

use std::collections::{BTreeMap, HashSet};

use nachweis_domain::{
    cell::CellRef,
    figures::TypedOver,
    finding::{Code, Detail, Finding, Hiding, Recomputed},
    limits,
};

/// The most bytes of unreadable texts that are handed on.
const RAW_BYTES: usize = 1024 * 1024;

/// Findings and counts of a workbook.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    pub(super) findings: Vec<Finding>,
    pub(super) omitted: BTreeMap<Code, u64>,
    pub(super) recomputed: u64,
    pub(super) raw: Vec<(CellRef, String)>,
    /// Stored results that are stale.
    pub(super) stale: Vec<Recomputed>,
    /// Numbers typed over formulas that give the same.
    pub(super) alike: Vec<Recomputed>,
    /// Formulas that were deleted.
    pub(super) deleted: Vec<Recomputed>,
    /// Numbers typed over formulas that give others.
    pub(super) typed_over: Vec<TypedOver>,
    /// Hidden rows with typed values of the sheet that is being read, with what hides them; `None` is a hand.
    pub(super) hidden: Vec<(Option<Hiding>, CellRef)>,
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

    /// Reports what concerns several cells: stale results once, because one recalculation mends them all; formulas that
    /// are gone once for each sheet.
    pub(super) fn report_computed(&mut self) {
        let stale = std::mem::take(&mut self.stale);
        self.several(stale, |results| Detail::StaleResults { results });
        for results in by_sheet(std::mem::take(&mut self.alike)) {
            self.several(results, |results| Detail::TypedOverAlike { results });
        }
        for results in by_sheet(std::mem::take(&mut self.deleted)) {
            self.several(results, |results| Detail::FormulasMissing { results });
        }
    }

    /// Drops what only follows from merging: that cells which lost their value to the first one are empty.
    pub(super) fn drop_merged(&mut self) {
        let merged = self
            .findings
            .iter()
            .filter(|finding| finding.code() == Code::Tpl09);
        let emptied: HashSet<CellRef> = merged
            .flat_map(|finding| finding.related.iter().cloned())
            .collect();
        self.findings.retain(|finding| {
            let is_emptied = finding.at.as_ref().is_some_and(|at| emptied.contains(at));
            finding.code() != Code::Val10 || !is_emptied
        });
    }

    /// One finding about several cells; none without cells.
    fn several(&mut self, mut results: Vec<Recomputed>, detail: fn(Vec<Recomputed>) -> Detail) {
        results.sort_by(|a, b| a.at.cmp(&b.at));
        let mut cells = results.iter().map(|result| result.at.clone());
        if let Some(first) = cells.next() {
            let related = cells.collect();
            self.push(Finding::at(first, detail(results)).with_related(related));
        }
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

fn by_sheet(results: Vec<Recomputed>) -> Vec<Vec<Recomputed>> {
    let mut sheets: BTreeMap<String, Vec<Recomputed>> = BTreeMap::new();
    for result in results {
        let sheet = result.at.sheet().to_owned();
        sheets.entry(sheet).or_default().push(result);
    }
    sheets.into_values().collect()
}
