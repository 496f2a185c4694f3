//! Reports that were just made and ledgers that were just read, so that asking again costs nothing. Bounded; the least
//! recently used one goes first.

use std::sync::{Arc, Mutex, PoisonError};

/// Reports kept at a time. A report of 270 subprojects has about 200 KB.
pub(crate) const REPORTS: usize = 48;
/// Ledgers kept at a time. A ledger of 270 subprojects and twelve quarters has some megabytes.
pub(crate) const LEDGERS: usize = 2;

/// Values by key, the most recently used last.
#[derive(Debug)]
pub(crate) struct ReportCache<Key, Report, const ROOM: usize> {
    reports: Mutex<Vec<(Key, Arc<Report>)>>,
}

impl<Key, Report, const ROOM: usize> Default for ReportCache<Key, Report, ROOM> {
    fn default() -> Self {
        Self {
            reports: Mutex::new(Vec::new()),
        }
    }
}

impl<Key: PartialEq, Report, const ROOM: usize> ReportCache<Key, Report, ROOM> {
    /// The report of a key, if it is kept.
    pub(crate) fn get(&self, key: &Key) -> Option<Arc<Report>> {
        let mut reports = self.reports.lock().unwrap_or_else(PoisonError::into_inner);
        let place = reports.iter().position(|(kept, _)| kept == key)?;
        let entry = reports.remove(place);
        let report = Arc::clone(&entry.1);
        reports.push(entry);
        Some(report)
    }

    /// Keeps a report; forgets the least recently used one where there is no room.
    pub(crate) fn put(&self, key: Key, report: Report) -> Arc<Report> {
        let report = Arc::new(report);
        let mut reports = self.reports.lock().unwrap_or_else(PoisonError::into_inner);
        reports.retain(|(kept, _)| kept != &key);
        if reports.len() >= ROOM {
            reports.remove(0);
        }
        reports.push((key, Arc::clone(&report)));
        report
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_least_recently_used_report_is_forgotten_first() {
        let cache = ReportCache::<_, _, REPORTS>::default();
        (0..REPORTS).for_each(|key| {
            cache.put(key, key);
        });
        assert_eq!(cache.get(&0).as_deref(), Some(&0));
        cache.put(REPORTS, REPORTS);
        assert_eq!(cache.get(&1), None);
        assert_eq!(cache.get(&0).as_deref(), Some(&0));
    }

    #[test]
    fn a_key_has_one_report_the_latest() {
        let cache = ReportCache::<_, _, LEDGERS>::default();
        cache.put("burn", 1);
        cache.put("burn", 2);
        assert_eq!(cache.get(&"burn").as_deref(), Some(&2));
    }
}
