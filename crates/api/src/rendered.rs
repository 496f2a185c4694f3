//! Reports as bytes, kept as long as the service hands out the same report.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, PoisonError},
};

use actix_web::web::Bytes;
use nachweis_domain::language::Language;
use nachweis_service::Report;

use crate::negotiation::Format;

/// Reports kept at most.
const ENTRIES: usize = 64;
/// Bytes of all reports kept at most.
const SIZE_BYTES: usize = 8 * 1024 * 1024;

/// The last rendered reports. A report is recognised by being the very same value that the service cached: when figures
/// change, the service builds another one, and the old bytes are never found again.
#[derive(Debug, Default)]
pub(crate) struct RenderedReports(Mutex<VecDeque<Entry>>);

#[derive(Debug)]
struct Entry {
    report: Arc<Report>,
    language: Language,
    format: Format,
    bytes: Bytes,
}

impl RenderedReports {
    /// The bytes of a report, if they are kept.
    pub(crate) fn find(&self, report: &Arc<Report>, language: Language, format: Format) -> Option<Bytes> {
        let entries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        entries
            .iter()
            .find(|entry| {
                Arc::ptr_eq(&entry.report, report) && entry.language == language && entry.format == format
            })
            .map(|entry| entry.bytes.clone())
    }

    /// Keeps the bytes of a report; the oldest ones go when there are too many.
    pub(crate) fn keep(&self, report: &Arc<Report>, language: Language, format: Format, bytes: &Bytes) {
        if bytes.len() > SIZE_BYTES {
            return;
        }
        let mut entries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        entries.push_back(Entry {
            report: Arc::clone(report),
            language,
            format,
            bytes: bytes.clone(),
        });
        let mut size_bytes: usize = entries.iter().map(|entry| entry.bytes.len()).sum();
        while entries.len() > ENTRIES || size_bytes > SIZE_BYTES {
            let Some(oldest) = entries.pop_front() else { break };
            size_bytes -= oldest.bytes.len();
        }
    }
}
